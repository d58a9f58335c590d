# The only command surface: `make` alone says what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
TESTS := $(RUN) -m pytest -n auto --dist worksteal

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:  # a record of tests that failed is none
.PHONY: help demo test check check-all prove prove-quick mutants nights format lint types arrows docs docs-site coverage slow wheel frameworks spark spark-tests sail bench clean

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

# A law is a test that Hypothesis draws examples for. Tests with chosen examples must take every branch
# alone, so laws are not measured: that would make them three times as slow, and a branch taken by luck.
test: $(VENV)/test  ## Run the tests, each law on few examples (COVERAGE=1: and record branches)
ifdef COVERAGE
	rm -f .coverage
	$(MAKE) --no-print-directory .coverage
	$(TESTS) -m "hypothesis and not slow"
else
	$(TESTS) -m "not slow"
endif

.coverage: $(VENV)/check $(shell find src tests examples -type f ! -name '*.pyc')
	$(BIN)/coverage run -m pytest -m "not slow and not hypothesis"

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
	PYTHONPATH=tests/support $(RUN) -m pytest -p doc_examples README.md docs src

docs-site: $(VENV)/docs  ## Build the site of the docs into build/site; a warning is an error
	$(BIN)/sphinx-build -q -E -W --keep-going -d build/doctrees -c docs/site . build/site
	@echo "docs-site: open build/site/index.html"

coverage: .coverage  ## Hold that every branch is taken (records anew only what has changed)
	$(BIN)/coverage report --skip-covered

slow: $(VENV)/test  ## Run what `make test` leaves out: slow tests, and laws on more examples
	HYPOTHESIS_PROFILE=thorough $(TESTS) -m "slow or hypothesis"

$(VENV)/prove: $(VENV)/test
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[prove]'
	touch $@

prove: $(VENV)/prove  ## Prove what can be proved to the end, and the laws on new random examples: half an hour
	$(RUN) proofs/run.py
	HYPOTHESIS_PROFILE=prove $(TESTS) -m hypothesis

prove-quick: $(VENV)/prove  ## Try a small part of the proofs, to see that they run
	$(RUN) proofs/run.py --quick minutes breakpoints zones peers

prove-%: $(VENV)/prove
	$(RUN) proofs/run.py $*

$(VENV)/mutants: $(VENV)/test
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[mutants]'
	touch $@

# What was found is kept under mutants/: a second run goes on where the first was cut off.
mutants: $(VENV)/mutants  ## Break what decides an answer in thousands of ways, each seen by a test: an hour
	PYTHONPATH="$(CURDIR)/proofs/mutants" $(BIN)/mutmut run
	$(RUN) proofs/mutants/survivors.py

nights: $(VENV)/test  ## Prove the laws on thousands of random examples, for hours
	HYPOTHESIS_PROFILE=nightly $(TESTS) -m hypothesis

wheel: $(VENV)/check  ## Build the wheel and test it in an environment of its own
	rm -rf dist build/wheel
	$(RUN) -m build --quiet
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check "$$(ls dist/*.whl)[test]"
	build/wheel/bin/python -m pytest -p no:cacheprovider tests/whole/test_azdigi.py tests/whole/test_peers.py tests/whole/test_package.py

build/django/ready: pyproject.toml
	test -x build/django/bin/python || $(PYTHON) -m venv build/django
	build/django/bin/python -m pip install --quiet --disable-pip-version-check --editable . django django-helpdesk
	touch $@

frameworks: build/django/ready  ## Run what needs frameworks, in environments of their own
	build/django/bin/python examples/django_helpdesk/manage.py test sla

build/spark/ready: pyproject.toml
	test -x build/spark/bin/python || $(PYTHON) -m venv build/spark
	build/spark/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[spark,test]'
	touch $@

# An environment that nobody could use is not installed. Where the project is checked, Java must be there.
spark:  ## Answer a million rows on Spark, which needs Java, in an environment of its own
	@if .ci/java; then $(MAKE) --no-print-directory spark-tests; \
	elif [ "$$CI" = true ]; then exit 1; else echo "spark: skipped, for Java is missing"; fi

spark-tests: build/spark/ready
	build/spark/bin/python -m pytest -p no:cacheprovider tests/spark

# Sail takes the clients of older Sparks only, so it cannot share their environment.
build/sail/ready: pyproject.toml
	test -x build/sail/bin/python || $(PYTHON) -m venv build/sail
	build/sail/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[arrow,bulk,test]' pysail 'pyspark-client>=4.0,<4.3' 'pandas<3'
	touch $@

sail: build/sail/ready  ## Answer them on Sail, which speaks as Spark does and needs no Java
	build/sail/bin/python -m pytest -p no:cacheprovider tests/spark

check: lint types arrows docs docs-site coverage slow prove-quick  ## Everything a change must pass
	@echo "check: all green"

check-all: check wheel frameworks spark sail  ## And what needs an environment of its own: the wheel, frameworks, clusters, other interpreters
	.ci/versions

bench: $(VENV)/check  ## Compare speeds with other libraries, as ratios (they are installed for it)
	$(RUN) -m pip install --quiet --disable-pip-version-check workclock timegrid businesstimedelta
	$(RUN) bench/run.py

clean:  ## Remove what make made
	rm -rf $(VENV) dist build mutants .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
