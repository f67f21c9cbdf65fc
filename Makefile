# thidua. `make` alone prints this list.
PYTHON ?= python3
export PYTHON
BIN := .venv/bin
# A process a core, each with servers and a browser of its own; a file stays in one of them.
IN_PARALLEL := -n logical --maxprocesses=4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help demo serve test check fuzz bench format lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/runtime ## set everything up, then do the main job on the real input of one commune
	@$(BIN)/python -m embedded.cli demo

serve: .venv/runtime ## run the same stack in the browser until Ctrl-C; prints address and accounts
	@$(BIN)/python -m embedded.cli serve

test: .venv/dev ## set everything up, then run every test
	@scripts/system-packages.sh
	@$(BIN)/python -m pytest $(IN_PARALLEL) $(PYTEST_ARGS)

check: .venv/dev ## format, lint, types, import contracts, then every test
	@echo "== ruff"; $(BIN)/ruff format --check . && $(BIN)/ruff check .
	@echo "== mypy"; $(BIN)/mypy kernel ooxml vnadmin services client embedded
	@echo "== import contracts"; $(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

fuzz: .venv/dev ## render 12,000 random templates and texts (minutes); `make test` tries 500
	@$(BIN)/python -m pytest tests/fuzz --hypothesis-profile=thorough --timeout=7200 $(PYTEST_ARGS)

bench: .venv/dev ## measure rendering beside its peers, Celery, issuing (BENCH_ARGS=--help)
	@$(BIN)/python -m bench $(BENCH_ARGS)

format: .venv/dev ## format the code
	@$(BIN)/ruff check --fix --exit-zero -q . && $(BIN)/ruff format .

lock: ## renew the hashed requirements from requirements/*.in (needs uv)
	@scripts/lock.sh

clean: ## remove the environment and what demo, serve and tests left under var/
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# One virtual environment; a lock file that changed is installed again.
.venv/runtime: requirements/runtime.lock
	@scripts/virtualenv.sh runtime
.venv/dev: requirements/dev.lock requirements/runtime.lock
	@scripts/virtualenv.sh dev
