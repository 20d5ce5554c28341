# Every command does all the set-up that it needs: Python 3.11 or newer and make are enough.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# Hundreds of processes are started by the tests: none is to compile again what another has compiled, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=
# What must cover the rules by itself, and is traced for that; tracing all the tests would take half as long again.
RULES := tests/domain tests/service tests/scheduler tests/content tests/adapters/slack/inbound
# Tests take a process more than there are cores, for many wait for a lease to run out; set JOBS=0 for one.
JOBS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

.PHONY: setup demo test lint types bench lock clean

setup: .venv/ready

demo: .venv/ready
	@$(BIN)/python -m bot demo

test: lint types .venv/ready
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --cov --cov-report= $(RULES)
	$(BIN)/python -m tests.coverage_floor
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal tests $(RULES:%=--ignore=%)

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python -m bot content check --allow-old-reviews

types: .venv/ready
	$(BIN)/mypy

bench: .venv/ready
	$(BIN)/python -m benchmarks

.venv/ready: requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (with its venv module): install it, or say make PYTHON=/path/to/python"; exit 1; }
	@echo "Setting .venv up: this takes about a minute, once."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip check --disable-pip-version-check
	@touch $@

# Needs uv; run it after a change of the dependencies in pyproject.toml. The second lock is what a run takes, the third that and the extra [llm].
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-strip-extras --custom-compile-command "make lock"
lock:
	$(COMPILE) --all-extras -o requirements.lock
	$(COMPILE) --constraint requirements.lock -o requirements-run.lock
	$(COMPILE) --extra llm --constraint requirements.lock -o requirements-llm.lock

clean:
	rm -rf .venv .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
