"""Students' notebooks stop at the first question by design, so they are not run as the others are."""

collect_ignore = ["release", "class_against_machine.py", "nbgrader_config.py"]
