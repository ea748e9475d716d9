# What one can do here. Each target installs first what it needs.
.PHONY: help setup setup-test run tour test test-all fuzz bench lint lock

help:       ## this list
	@grep -E '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed 's/:[^#]*##/\t/' | expand -t 14

setup:      ## install what is missing: system packages, and Python packages into .venv
	@.ci/setup

setup-test: ## the same and what only the tests need: real peers for the drivers
	@.ci/setup test

run: setup  ## the terminal with the reference office and the bench of devices, all in one
	@.venv/bin/kiosk run --embedded

tour: setup ## drive every journey off screen, in both orientations and languages, into out/tour
	@.ci/tour

test: setup-test ## everything that CI runs
	@.ci/check

test-all: setup-test ## the same and the heavier sweeps
	@.ci/check --heavy

fuzz: setup ## a million damaged frames for the parsers of device bytes
	@PYTHONPATH=. .venv/bin/python tests/fuzz

bench: setup ## measure: start, touch, keys, card, ticket, search, codes, booking, drivers, numbers, calls
	@.venv/bin/python tests/bench

lint: setup ## style, types and structure only
	@.venv/bin/ruff check . && .venv/bin/mypy && .venv/bin/lint-imports

lock: setup ## pin the dependencies of pyproject.toml anew
	@.venv/bin/pip-compile --quiet --upgrade --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url \
	    --no-emit-trusted-host --no-header --all-extras --output-file constraints/dev.txt pyproject.toml
