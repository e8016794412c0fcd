"""Settings of the course folder, which is the folder of this file.

nbgrader reads them when it is started here; folders of hand-ins and grades are made here too, and git ignores them.
"""

c = get_config()  # noqa: F821  (nbgrader defines it)

c.CourseDirectory.course_id = "framing"

# A comment instead of an error: a cell that nobody answered leads to the sentence of its check, not to a traceback.
c.ClearSolutions.code_stub = {"python": "# Your answer goes here."}
c.ClearSolutions.text_stub = "*Your answer goes here.*"

# On a slow laptop the first reading of fifty articles takes longer than the usual 30 seconds.
c.Execute.timeout = 300
