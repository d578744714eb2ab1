# Each target works by itself on a fresh clone: it makes .venv first where that is needed, and only then.
# Wanted: Python 3.11 or later with venv, and the packages of deploy/requirements*.txt from the index that pip knows.
# `make PYTHON=/path/to/python ...` takes that Python; `make run ARGS="--config my.yaml"` passes arguments on.

.DEFAULT_GOAL := help
.PHONY: help setup run demo test bench check chaos again
.DELETE_ON_ERROR:

PIP := .venv/bin/python -m pip --quiet --disable-pip-version-check --no-input
SUITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

help:
	@echo 'make demo     the story of the seeds on a page of its own: no account, no network'
	@echo 'make run      watch live, with monitor.yaml where there is one'
	@echo 'make test     the tests'
	@echo 'make check    ruff and mypy'
	@echo 'make bench    posts a second, the cost of all of Bluesky, of reading, how long an alert takes'
	@echo 'make chaos    the tests with the long kill tests'
	@echo 'make setup    only the packages that run and demo need'

setup: .venv/.run
	@echo 'ready: .venv/bin/monitor'

run: .venv/.run
	@.venv/bin/monitor run $(ARGS)

demo: .venv/.run
	@.venv/bin/monitor demo $(ARGS)

test: .venv/.dev
	@.venv/bin/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

chaos: .venv/.dev
	@CHAOS=1 .venv/bin/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: .venv/.dev
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy

bench: .venv/.dev
	@.venv/bin/python -m tests.bench.bench $(ARGS)
	@.venv/bin/python -m tests.bench.firehose
	@.venv/bin/python -m tests.bench.reading
	@.venv/bin/python -m tests.bench.latency
	@.venv/bin/python -m tests.bench.scorers

# Three steps, each with a file that says it is done: the environment, what the service needs, what its tests need.
# hatchling and editables are among the pinned packages, so that the package itself is built without the index.
.venv/.python:
	@for python in $(if $(PYTHON),'$(PYTHON)',python3.13 python3.12 python3.11 python3); do \
	  if "$$python" -c '$(SUITS)' 2>/dev/null; then \
	    echo "setting up .venv with $$("$$python" --version); the first time takes a minute" && \
	    "$$python" -m venv --clear .venv && echo "$$python" > $@; exit; \
	  fi; \
	done; \
	echo 'no Python 3.11 or later with the modules venv and ensurepip among: $(or $(PYTHON),python3.13 python3.12 python3.11 python3)' >&2; \
	echo 'install one (Debian: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python' >&2; \
	exit 1

.venv/.run: .venv/.python deploy/requirements.txt pyproject.toml
	@$(PIP) install --require-hashes -r deploy/requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.run deploy/requirements-dev.txt
	@$(PIP) install --require-hashes -r deploy/requirements-dev.txt
	@touch $@

# Another PYTHON than the one that .venv was made with: make it again.
ifdef PYTHON
ifneq ($(PYTHON),$(shell cat .venv/.python 2>/dev/null))
.venv/.python: again
endif
endif
