# Two commands matter: `make run` opens the office, `make test` proves it.
PY = .venv/bin/python
PORT ?= 8000
export PORT

P ?= P01
DB ?= sqlite
LANE ?= ci
SEED ?= 1
ROWS ?= 10000,100000
# Files are handed out as they are collected: the longest first (tests/conftest.py), so that nobody waits for one at the end.
# An office in a browser waits for its clock and its mails half of the time: twice as many processes as the two cores.
PYTEST = $(PY) -m pytest -n 4 --dist loadfile --no-loadscope-reorder
# Each process of a test run would compile the program and every test anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run demo test quick lint prove bench setup setup-dev lock clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/ -/'

run: demo  ## set up, load the demo company, start web, workers and clock on 127.0.0.1:8000 (PORT=8001 for another)
	@exec $(PY) -m acr_program.config.supervise

demo: setup  ## the demo company only; what is there is kept
	@echo "Making the database and the static files, half a minute"
	@$(PY) manage.py collectstatic --noinput --verbosity 0 & \
	$(PY) manage.py migrate --verbosity 0 && wait $$!
	@$(PY) manage.py demo

test: setup-dev  ## all tests on SQLite, with a browser; on DATABASE_URL where it is set (LEAVE=alike: without what is alike on both)
	@$(PY) -m acr_program.config.needs browser
	@$(PYTEST) $(if $(LEAVE),-m "not $(LEAVE)")

quick: setup-dev  ## without browser, second processes and what is slow by its scale, under 90 s
	@$(PYTEST) -m "not browser and not process and not prove and not slow"

lint: setup-dev  ## style, templates, types, import order, missing migrations
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@git ls-files -z 'templates/*.html' ':!templates/pdf' | xargs -0 -r .venv/bin/djade --check --target-version 6.0
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(PY) manage.py makemigrations --check --dry-run --settings tests.settings

prove: setup-dev  ## a promise or more: make prove P=P07 DB=pg LANE=full SEED=1
	@$(PY) -m tests.prove $(P) --db $(DB) --lane $(LANE) --seed $(SEED)

bench: setup-dev  ## what it costs, against a bare limit: make bench DB=pg ROWS=10000,100000 WRITE=1
	@$(PY) -m tests.bench --db $(DB) --rows $(ROWS) $(if $(WRITE),--write)

setup:
	@bin/setup run
	@$(PY) -m acr_program.config.needs

setup-dev:
	@bin/setup dev
	@$(PY) -m acr_program.config.needs

lock: ## requirements.in and requirements-dev.in, locked with hashes (needs uv)
	@uv pip compile -q --universal --python-version 3.13 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links requirements.in -o requirements.txt
	@uv pip compile -q --universal --python-version 3.13 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links requirements-dev.in -o requirements-dev.txt

clean:  ## removes the environment and caches; the data in var/ stays
	@rm -rf .venv staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .moulds
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
