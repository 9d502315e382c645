# Voicebox: every command in one place. `make help` lists them.
.DEFAULT_GOAL := help
BIN := .venv/bin

.PHONY: help run test lint format messages bench lock set-up set-up-test

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: set-up ## Set up what is missing, then serve a sample school on http://localhost:8080
	@.setup/run.sh

test: set-up-test ## Set up what is missing, then check style, types, layers and behaviour
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest

lint: set-up-test ## Style, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: set-up-test ## Put the code into its usual shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

messages: set-up-test ## Extract the texts, update every catalogue, compile them
	@.setup/messages.sh

bench: set-up-test ## Measure against the bare ceiling and print ratios
	@$(BIN)/python -m tests.benchmarks

lock: set-up-test ## Lock the dependencies anew (needs uv in .venv: pip install uv)
	@.setup/lock.sh

set-up:
	@.setup/set-up.sh

set-up-test:
	@.setup/set-up.sh test
