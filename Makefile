# The only command surface: `make` alone says what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python

.DEFAULT_GOAL := help
.PHONY: help demo test check check-all format lint types arrows docs docs-site coverage wheel bench clean

help:  ## Say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(VENV)/base: pyproject.toml
	test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/test: $(VENV)/base
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

$(VENV)/check: $(VENV)/test
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[check]'
	touch $@

$(VENV)/docs: $(VENV)/check
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	touch $@

demo: $(VENV)/base  ## Answer every ticket of a helpdesk export
	$(RUN) examples/whmcs_deadlines.py

test: $(VENV)/test  ## Run the tests (HYPOTHESIS_PROFILE=nightly for the long ones)
	$(RUN) -m pytest

format: $(VENV)/check  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only --quiet .

lint: $(VENV)/check  ## Lint, and hold the format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/check  ## mypy strict, and complete public types by pyright
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(RUN) tests/typing
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pyright --verifytypes support_sla --ignoreexternal

arrows: $(VENV)/check  ## Hold the direction of imports
	$(BIN)/lint-imports

docs: $(VENV)/check  ## Run every example in the docs and docstrings
	PYTHONPATH=tests $(RUN) -m pytest -p doc_examples README.md docs src

docs-site: $(VENV)/docs  ## Build the site of the docs into build/site; a warning is an error
	$(BIN)/sphinx-build -q -E -W --keep-going -d build/doctrees -c docs/site . build/site
	@echo "docs-site: open build/site/index.html"

coverage: $(VENV)/check  ## Run the tests and measure branches, which must all be taken
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report

wheel: $(VENV)/check  ## Build the wheel and test it in an environment of its own
	rm -rf dist build/wheel
	$(RUN) -m build --quiet
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check "$$(ls dist/*.whl)[test]"
	build/wheel/bin/python -m pytest -p no:cacheprovider tests/test_azdigi.py tests/test_peers.py tests/test_package.py

check: lint types arrows docs docs-site coverage  ## Everything a change must pass
	@echo "check: all green"

check-all: check wheel  ## And what takes longer: the wheel, other interpreters, oldest dependencies
	.ci/versions

bench: $(VENV)/check  ## Compare speeds with other libraries, as ratios (they are installed for it)
	$(RUN) -m pip install --quiet --disable-pip-version-check workclock timegrid businesstimedelta pandas
	$(RUN) bench/run.py

clean:  ## Remove what make made
	rm -rf $(VENV) dist build .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
