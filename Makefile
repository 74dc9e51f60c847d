PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000

VENV := .venv
# The tool that writes the locks has a place of its own: it is no part of what is tested.
LOCK_VENV := .venv-lock
UV_VERSION := 0.13.9
# `make lock LOCKFLAGS=--upgrade` moves to the newest versions; without it only
# what pyproject.toml changed moves.
LOCKFLAGS ?=

BIN := $(VENV)/bin
PIP_INSTALL = $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input \
	--require-hashes --no-build-isolation --use-pep517
# durable_rules calls a function that Python 3.13 took out of its C interface. This
# one does the same, in older versions too. CPPFLAGS, because its setup.py overwrites CFLAGS.
FOR_DURABLE_RULES = CPPFLAGS="$${CPPFLAGS-} -DPyEval_CallObject=PyObject_CallObject"
# The extractor for TOML lives in the package wizard, which is not installed.
PYBABEL := PYTHONPATH=. $(BIN)/pybabel

PO := $(wildcard translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
# A half-made catalogue must not look finished to the next run.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# In how many processes tests run. A file stays whole, so what it shares is made once.
WORKERS ?= 2
AT_ONCE = --numprocesses $(WORKERS) --dist loadfile

export HOST PORT PYTHON

.PHONY: help
help: ## List the targets
	@echo 'Usage: make TARGET   (HOST, PORT, PYTHON and WORKERS can be set)'
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

.PHONY: run
run: $(VENV)/.stamp-run catalogues ## Install what is needed and serve on HOST:PORT
	@exec $(BIN)/python -m serving

.PHONY: test
test: test-setup ## Install what is needed and run every check and every test but the slow ones
	$(run-lint)
	$(BIN)/python -m pytest $(AT_ONCE) -m 'not slow'

.PHONY: test-fast
test-fast: venv-dev catalogues ## Run the tests of questions, rules and presenters: a minute
	$(BIN)/python -m pytest $(AT_ONCE) -m 'not slow and not thorough' \
		tests/questions tests/rules tests/wizard/presenters

.PHONY: test-slow
test-slow: test-setup ## Run the long forms of tests, which take minutes
	$(BIN)/python -m pytest --timeout=0 -m slow

.PHONY: fuzz
fuzz: test-setup ## Send 100,000 bad inputs and all else that is made up, and count
	$(BIN)/python -m pytest --timeout=0 -m slow tests/operations/fuzz

.PHONY: faults
faults: test-setup ## Kill, reload and take away under load, again and again, and count
	$(BIN)/python -m pytest --timeout=0 -m slow tests/operations/test_faults.py

.PHONY: attack
attack: test-setup ## Try what somebody could who wants to harm visitors, longer than `make test` does
	$(BIN)/python -m pytest --timeout=0 tests/attack

.PHONY: lint
lint: venv-dev node_modules/.stamp catalogues ## Check style, types, questions and rules
	$(run-lint)

define run-lint
$(BIN)/ruff check .
$(BIN)/ruff format --check .
$(BIN)/mypy
$(BIN)/python -m wizard check
$(run-lint-frontend)
endef

define run-lint-frontend
npx --no-install eslint --max-warnings 0 wizard tests '*.js'
npx --no-install prettier --check --log-level warn '{wizard,tests}/**/*.{js,mjs,css}' '*.{js,json}'
npx --no-install stylelint 'wizard/**/*.css'
endef

.PHONY: lint-frontend
lint-frontend: node_modules/.stamp ## Check scripts and style sheets
	$(run-lint-frontend)

.PHONY: bench
bench: venv-dev catalogues ## Measure the speed
	$(BIN)/python -m benchmarks

.PHONY: bench-oracle
bench-oracle: venv-dev catalogues ## Measure what times and lengths tell of answers
	$(BIN)/python -m benchmarks.oracle
	$(BIN)/python -m benchmarks.lengths

.PHONY: bench-journeys
bench-journeys: venv-dev catalogues ## Load the service with whole questionnaires for five minutes
	$(BIN)/python -m benchmarks.journeys 300 16

.PHONY: bench-wrk
bench-wrk: test-setup ## The same with wrk, which leaves more of the machine to the service
	$(BIN)/python -m benchmarks.wrk 300 16

.PHONY: sbom
sbom: venv-dev ## Write the bill of materials (CycloneDX) to build/sbom.json
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements.lock --output-reproducible --of JSON -o build/sbom.json

.PHONY: audit
audit: venv-dev ## Look up known weaknesses of what is served
	$(BIN)/pip-audit --requirement requirements-redis.lock --disable-pip --no-deps

.PHONY: screenshots
screenshots: test-setup ## Make pictures of the pages
	$(BIN)/python -m tests.screenshots

.PHONY: translations
translations: venv-dev ## Bring the .po files up to date with the texts
	@mkdir -p translations
	$(PYBABEL) --quiet extract -F babel.cfg -o translations/messages.pot \
		-k _l -k N_ -k both -k lazy_gettext -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2 \
		-c 'Translators:' --add-location=file --sort-by-file --no-wrap \
		--project=Terugkeerwijzer --copyright-holder='the Terugkeerwijzer authors' .
# A guess at a changed sentence could tell someone the wrong thing: no fuzzy matching.
	$(if $(PO),$(PYBABEL) --quiet update -i translations/messages.pot -d translations \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap)

# LANG is also a variable of every shell: only what is said to make counts.
.PHONY: review
review: $(VENV)/.stamp-run ## Write a spreadsheet for a native reader: make review LANG=ti
	@$(if $(filter command line,$(origin LANG)),env -u LANG $(BIN)/python -m wizard review '$(LANG)',\
		echo 'Say which language: make review LANG=ti' >&2; exit 2)

.PHONY: review-import
review-import: $(VENV)/.stamp-run ## Take a reviewed spreadsheet over: make review-import FILE=...
	@$(if $(filter command line,$(origin FILE)),$(BIN)/python -m wizard review-import '$(FILE)',\
		echo 'Say which file: make review-import FILE=review-ti.csv' >&2; exit 2)

.PHONY: catalogues
catalogues: $(MO) ## Compile the .po files

# The packages are a means to compile, not a reason to do it again: hence the bar. All at once:
# with a mistake in one of them, none is compiled.
$(MO) &: $(PO) | $(VENV)/.stamp-run
	@$(BIN)/python -m wizard compile $(PO)

.PHONY: venv
venv: $(VENV)/.stamp-run ## Install what the program needs into .venv

.PHONY: venv-dev
venv-dev: $(VENV)/.stamp-dev ## Install what the program and its tests need into .venv

.PHONY: test-setup
test-setup: system-test $(VENV)/.stamp-dev node_modules/.stamp catalogues

# Not behind a stamp: a checkout can outlive the machine's packages, and looking is quick.
.PHONY: system-test
system-test:
	@bin/system-packages test

$(VENV)/.stamp-run: requirements-build.lock requirements.lock
	@bin/system-packages run
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11 ..." if sys.version_info < (3, 11) else 0)'
	@echo 'Installing the program into $(VENV)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP_INSTALL) -r requirements-build.lock
	@$(FOR_DURABLE_RULES) $(PIP_INSTALL) -r requirements.lock
# pip may bring back an extension that it once built without the line above.
	@$(BIN)/python -c 'import durable_rules_engine' || { \
		echo 'durable_rules does not load. Remove what pip stored, then run make again:' >&2; \
		echo '    $(BIN)/python -m pip cache remove durable_rules; make clean' >&2; exit 1; }
	@touch $@

$(VENV)/.stamp-dev: requirements-dev.lock $(VENV)/.stamp-run
	@echo 'Installing the test tools into $(VENV)'
	@$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@

# --ignore-scripts: these packages are data for the tests, nothing of them has to run here.
node_modules/.stamp: package.json package-lock.json .npmrc | system-test
	@echo 'Installing the test tools into node_modules'
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

UV_COMPILE = $(LOCK_VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links $(LOCKFLAGS)

.PHONY: lock
lock: $(LOCK_VENV)/.stamp-$(UV_VERSION) ## Write the lock files again from pyproject.toml and package.json
	$(UV_COMPILE) --group build -o requirements-build.lock
	$(UV_COMPILE) pyproject.toml -o requirements.lock
# The tests must run against the very versions that are served.
	$(UV_COMPILE) -c requirements.lock --extra redis pyproject.toml -o requirements-redis.lock
	$(UV_COMPILE) -c requirements.lock --extra dev pyproject.toml -o requirements-dev.lock
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error

$(LOCK_VENV)/.stamp-$(UV_VERSION):
	@test -x $(LOCK_VENV)/bin/python || $(PYTHON) -m venv $(LOCK_VENV)
	@$(LOCK_VENV)/bin/python -m pip install -qq --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.PHONY: clean
clean: ## Remove everything that the other targets made
	rm -rf $(VENV) $(LOCK_VENV) node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
	rm -f $(MO) translations/messages.pot
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
