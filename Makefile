# Two commands matter: `make run` and `make test`. `make` alone lists them all.
PYTHON ?= python3
PORT ?= 8050
export PORT PYTHON

BIN := .venv/bin/python -m
CODE := $(dir $(wildcard */__init__.py)) wsgi.py gunicorn.conf.py tests
QUICK := not slow and not e2e
PARALLEL := -n 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help run test check bench certify screenshots data clean install install-dev lint

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | sort | expand -t 14

run: install ## load what config.yaml names, train in the background and serve it on http://127.0.0.1:$PORT (8050)
	@.venv/bin/python -m etl load
	@exec .venv/bin/gunicorn wsgi:server

test: ## everything: format, lint, types, layers, quick tests, then slow and browser tests
	@.ci/packages
	@$(MAKE) --no-print-directory check
	@$(BIN) pytest -q -n 2 --dist worksteal -m "slow or e2e"

check: install-dev lint ## format, lint, types, layers, quick tests, doctests
	@$(BIN) pytest -q $(PARALLEL) -m "$(QUICK)"

lint: install-dev
	@$(BIN) ruff format --check .
	@$(BIN) ruff check .
	@$(BIN) mypy $(CODE)
	@.venv/bin/lint-imports

bench: install-dev ## measure against peers; results in build/, see docs/benchmarks.md
	@$(BIN) tests.benchmarks

certify: install-dev ## simulate what the experiment page promises and write docs/certificate.md; PART=a for one part
	@$(BIN) tests.certificate $(PART)

screenshots: install-dev ## make the pictures of the README from the running product
	@$(BIN) tests.screenshots

data: install ## write the default log of 200,000 sessions to data/sessions.csv
	@$(BIN) etl generate --profile planted --sessions 200000 --seed 42 --out data/sessions.csv

clean: ## remove the environment, loaded data and everything that was built
	@rm -rf .venv data build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

install:
	@.ci/venv requirements.txt

install-dev:
	@.ci/venv requirements.txt requirements-dev.txt
