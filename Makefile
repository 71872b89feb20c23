# The commands of the project. `make` alone lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup run test bench check format lock screenshots clean environment
MAKEFLAGS += --no-print-directory

# The first Python that is new enough; name another with make PYTHON=… setup
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$python" && exit; done; echo python3)
SET_UP = command -v $(PYTHON) >/dev/null \
	|| { echo "No $(PYTHON) is here. Install Python 3.11 or newer, with venv, and run make again."; exit 1; }; \
	$(PYTHON) -m machinery.setup
BIN := .venv/bin

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# What the demo data and the mails call the site; another port is another address.
setup run: export SITE_URL ?= http://127.0.0.1:$(or $(PORT),8000)

setup: ## Install, build, migrate and load the demo data
	@$(SET_UP)

run: setup ## Set up, then serve the site, the worker and the beat (PORT=8000)
	@exec $(BIN)/python -m machinery.serve

test: environment ## Run the whole test suite (TESTS="…" for a part of it)
	@exec $(BIN)/pytest --numprocesses 2 $(TESTS)

bench: environment ## Measure the desk and the list with 2,000 and 20,000 recommendations
	@exec $(BIN)/python -m tests.benchmarks

STEP = @printf '\n== %s\n'
# Stand-ins that let the production settings load; they lead nowhere.
PRODUCTION = env -u DATA_DIR DJANGO_SETTINGS_MODULE=config.settings.production \
	DJANGO_SECRET_KEY=only-for-make-check-0123456789-abcdefghijklmnopqrstuvwxyz \
	DJANGO_ALLOWED_HOSTS=tracker.example SITE_URL=https://tracker.example \
	DATABASE_URL=postgres://tracker@127.0.0.1:5432/none REDIS_URL=redis://127.0.0.1:6379/0 \
	EMAIL_URL=consolemail://

check: environment ## Lint, formatting, types, import rules, migrations, deployment settings
	$(STEP) 'Lint (ruff)'
	@$(BIN)/ruff check
	$(STEP) 'Formatting (ruff)'
	@$(BIN)/ruff format --check
	$(STEP) 'Types (mypy)'
	@$(BIN)/mypy
	$(STEP) 'Import rules (import-linter)'
	@$(BIN)/lint-imports
	$(STEP) 'Migrations are complete'
	@DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	$(STEP) 'Production settings (check --deploy)'
	@$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: environment ## Format the code and repair what ruff can repair
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

LOCK = $(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-header

lock: environment ## Lock the requirements again, Node's package included (UPGRADE=--upgrade)
	@$(LOCK) $(UPGRADE) requirements.in --output-file requirements.txt
	@$(LOCK) $(UPGRADE) requirements-dev.in --output-file requirements-dev.txt
	@$(LOCK) $(UPGRADE) assets/requirements-node.in --output-file assets/requirements-node.txt

screenshots: environment ## Take pictures of the main pages from demo data (TO=folder)
	@exec $(BIN)/python -m machinery.screenshots $(if $(TO),--to "$(TO)")

clean: ## Remove what set-up and tests made; the data folder stays
	@rm -rf .venv assets/built assets/node_modules .mypy_cache .pytest_cache .ruff_cache \
		.hypothesis .import_linter_cache .coverage htmlcov test-results
	@find . -name __pycache__ -type d -not -path './data/*' -prune -exec rm -rf {} +

environment:
	@$(SET_UP) --for development
