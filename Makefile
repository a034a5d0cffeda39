# Every target sets up what it needs in .venv (or .venv-<version>) inside the checkout; nothing is installed by hand.
# Works with GNU Make 3.81 and newer.

.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EDITOR_READY := tests_editor/node_modules/.ready
BENCH := .venv-bench
BENCH_READY := $(BENCH)/.ready
ARGS ?=
WORKERS ?= auto
# Temporary files stay inside the checkout.
PYTEST := TMPDIR="$(CURDIR)/$(VENV)/tmp" $(BIN)/python -m pytest -o tmp_path_retention_policy=failed

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.PHONY: help setup demo test test-pythons test-editor test-engines test-browser bench profile lint format types docs wheel check-all clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The stamp is newer than pyproject.toml when everything that it declares is installed.
$(READY): pyproject.toml .ci/set-up
	@bash .ci/set-up $(VENV) $(PYTHON)

setup: $(READY) ## make .venv with the library (editable) and the tools

demo: $(READY) ## evaluate the example case: what to do, what to ask, and why
	@$(BIN)/safeguard-rules evaluate examples/cheek.yaml $(ARGS)

test: $(READY) ## run the tests; make test ARGS="tests/test_layers.py -k rooms"
	$(PYTEST) -n $(WORKERS) $(ARGS)

test-pythons: ## run the tests under every other supported Python found here
	bash .ci/test-pythons $(ARGS)

# The language server that the editor tests drive: pinned by its lock file, which names no registry.
$(EDITOR_READY): tests_editor/package-lock.json
	@command -v node >/dev/null && command -v npm >/dev/null || { echo "make test-editor needs node and npm" >&2; exit 1; }
	cd tests_editor && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

test-editor: $(READY) $(EDITOR_READY) ## run the tests of the schemas in an editor's language server; needs node and npm
	$(PYTEST) tests_editor $(ARGS)

test-engines: $(READY) ## run the recipes of docs/screening.md on the real engines; Spark needs Java 17
	bash .ci/test-engines $(ARGS)

test-browser: $(READY) ## look at the documentation pages in Chromium; needs node and npm
	VENV=$(VENV) bash .ci/test-browser

$(BENCH_READY): pyproject.toml .ci/set-up-bench benchmarks/requirements.txt benchmarks/package-lock.json $(READY)
	@bash .ci/set-up-bench $(BENCH) $(BIN)/python

bench: $(BENCH_READY) ## measure beside other engines, into docs/speed.md; make bench ARGS=--quick
	@$(BENCH)/bin/python -m benchmarks.bench $(ARGS)

profile: $(BENCH_READY) ## where the time of one evaluation goes, into docs/speed.md
	@$(BENCH)/bin/python -m benchmarks.profile_of_one --write $(ARGS)

lint: $(READY) ## ruff: lint and formatting
	$(BIN)/python -m ruff check $(ARGS)
	$(BIN)/python -m ruff format --check $(ARGS)

format: $(READY) ## ruff: format and mend what can be mended
	$(BIN)/python -m ruff format $(ARGS)
	$(BIN)/python -m ruff check --fix $(ARGS)

types: $(READY) ## mypy, strict
	$(BIN)/python -m mypy $(ARGS)

docs: $(READY) ## run every command and load every block that the documents show
	$(PYTEST) tests/test_documents.py $(ARGS)

wheel: $(READY) ## build the sdist and the wheel into dist/
	$(BIN)/python -m build --no-isolation --outdir dist .

check-all: ## everything that CI runs
	bash .ci/run

clean: ## remove what these targets made
	rm -rf .venv .venv-* build dist tests_editor/node_modules tools/web/node_modules benchmarks/node_modules src/*.egg-info *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src rulepacks tests tests_editor tests_engines tools benchmarks examples -name __pycache__ -type d -prune -exec rm -rf {} +
