# make demo    the administration of the shipped register on two days, and a change between them rehearsed in a scratch copy
# make test    lint, types, layers, tests, coverage of the thinking rooms: what CI runs
# make bench   speed, as ratios to other programs measured in the same run; BENCH=--all measures everything
# make docs    the pages of docs/rules, and what the documents show, made anew
# make lock    lock the newest versions that pyproject.toml allows, with hashes
# make clean   remove everything that make has made
#
# Needs python3 (3.11 or newer, with venv), git and make; everything else goes into .venv. Another Python: make PYTHON=python3.12 test

PYTHON := python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
THINKING := src/orgreg/model/*,src/orgreg/query/*,src/orgreg/diff/*,src/orgreg/check/*

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test bench docs lock clean

# What the user's shell says about Python and git is not about this venv and this repository.
unexport PYTHONPATH PYTHONHOME PYTHONSAFEPATH PYTHONDONTWRITEBYTECODE VIRTUAL_ENV PIP_USER PIP_TARGET PIP_PREFIX

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

demo: .venv/.run
	@echo 'orgreg tree --date 2024-02-29'
	@$(BIN)/orgreg tree --date 2024-02-29
	@echo
	@echo 'orgreg tree --date 2024-03-01'
	@$(BIN)/orgreg tree --date 2024-03-01
	@echo
	@echo 'orgreg move 50.21 0500.10 --date 2024-03-01 --source mitteilung-2024-04-02 --dry-run'
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && $(BIN)/python -m tests.change.before "$$scratch" && \
		$(BIN)/orgreg -C "$$scratch" move 50.21 0500.10 --date 2024-03-01 --source mitteilung-2024-04-02 --dry-run

test: .venv/.dev
	@$(BIN)/ruff check -q
	@$(BIN)/ruff format -q --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/pytest -n auto --cov --cov-report=
	@$(BIN)/coverage report --fail-under=100 --include='$(THINKING)'

bench: .venv/.bench
	@$(BIN)/python -m benchmarks $(BENCH)

docs: .venv/.dev
	@$(BIN)/python -m tests.docs.rules
	@$(BIN)/python -m tests.docs.refresh

# run.txt and build.txt are parts of dev.txt, and dev.txt of bench.txt: the same versions in each.
lock: .venv/.uv
	@.venv/uv/bin/uv -q pip compile $(LOCK) --upgrade --group dev pyproject.toml -o requirements/dev.txt
	@.venv/uv/bin/uv -q pip compile $(LOCK) --upgrade -c requirements/dev.txt pyproject.toml -o requirements/run.txt
	@.venv/uv/bin/uv -q pip compile $(LOCK) --upgrade -c requirements/dev.txt --group pyproject.toml:build -o requirements/build.txt
	@.venv/uv/bin/uv -q pip compile $(LOCK) --upgrade -c requirements/dev.txt --group pyproject.toml:bench -o requirements/bench.txt
LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

clean:
	@rm -rf .venv .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# One venv, filled as far as needed: what runs orgreg, then what tests it. A stamp is written last, so a broken install is begun again.
.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit("orgreg needs Python 3.11 or newer: make PYTHON=...") if sys.version_info < (3, 11) else None'
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.run: requirements/run.txt requirements/build.txt pyproject.toml | .venv/.made
	@$(PIP) --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.bench: requirements/bench.txt .venv/.dev
	@$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@

.venv/.uv: | .venv/.made
	@$(PYTHON) -m venv .venv/uv
	@.venv/uv/bin/python -m pip install -qq --disable-pip-version-check 'uv>=0.9'
	@touch $@
