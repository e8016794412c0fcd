# Needs make and Python 3.11 or newer; everything else comes from requirements.txt into .venv, once.
PYTHON ?= python3
RUN := .venv/bin/python

# Tests run each notebook once more, compare what it says with tests/recorded, and leave it as a page.
RECORDED := -p framing.recording.plugin --recorded tests/recorded --executed build/notebooks

.PHONY: help demo lab test test-browser lint notebooks record wheel golden requirements clean classroom docs
.DELETE_ON_ERROR:

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*##/  make \1\t/p' Makefile

demo: .venv/installed  ## Report on the bundled example: build/report
	.venv/bin/framing report data/example/articles.csv --out build/report

lab: .venv/installed  ## Open the notebooks in JupyterLab
	$(RUN) -m jupyterlab notebooks

classroom: .venv/installed  ## Make the students' notebooks from those with solutions: notebooks/classroom/release
	cd notebooks/classroom && for assignment in source/*; do \
		../../$(RUN) -m nbgrader generate_assignment --no-db --force "$$(basename "$$assignment")" || exit 1; done

test: lint  ## Run every check: style, types, layers, tests, doctests, notebooks
	$(RUN) -m pytest -n 2 --nbmake $(RECORDED)

test-browser: .venv/installed  ## Open JupyterLab, explorer and report in Chromium, which must be installed
	$(RUN) -m pytest tests/browser

lint: .venv/installed  ## Run only the checks of style, types and layers
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy --strict framing
	.venv/bin/lint-imports
	$(RUN) -m nbstripout --verify notebooks/*.ipynb notebooks/classroom/*/*/*.ipynb

notebooks: .venv/installed  ## Run the notebooks, compare them with what was recorded, build pages: build/notebooks
	$(RUN) -m pytest -n 2 $(RECORDED) notebooks

record: .venv/installed  ## Record anew what the notebooks say: tests/recorded
	$(RUN) -m pytest -n 2 $(RECORDED) --record notebooks

docs: notebooks  ## Write the pages: build/docs/index.html
	$(RUN) -m docs.pages
	$(RUN) -m sphinx --fail-on-warning --keep-going --quiet --fresh-env --conf-dir docs \
		--doctree-dir build/docs-trees build/docs-source build/docs

wheel: .venv/installed  ## Build the wheel: dist/
	$(RUN) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

golden: .venv/installed  ## Write the golden tables anew, so that the diff shows which figures moved
	$(RUN) -m tests.golden

requirements:  ## Resolve the pinned versions anew: requirements.txt
	$(PYTHON) -m venv build/uv
	build/uv/bin/python -m pip install --quiet uv
	build/uv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
		--all-extras --generate-hashes --no-emit-index-url --no-annotate \
		--custom-compile-command "make requirements" --output-file requirements.txt pyproject.toml > /dev/null

clean:  ## Back to a fresh clone: remove .venv, builds and caches
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The pinned packages and the package itself have a stamp each: an edit of pyproject.toml installs no pin again.
.venv/pinned: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'framing needs Python 3.11 or newer as $(PYTHON); name another: make PYTHON=python3.12' >&2; exit 1; }
	@echo 'Installing the pinned packages into .venv (once, 1 to 2 minutes)'
	@$(PYTHON) -m venv --clear .venv
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes --no-deps --only-binary :all: \
		--requirement requirements.txt
	@touch $@

.venv/installed: .venv/pinned pyproject.toml
	@$(RUN) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
