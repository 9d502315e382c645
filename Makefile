# Voicebox: every command in one place. `make help` lists them.
.DEFAULT_GOAL := help
BIN := .venv/bin
# What answers go through, on PostgreSQL as well at every change; all the rest of it with `make test-postgres`.
ON_BOTH := $(addprefix tests/feedback/operations/,counting/test_count.py $(patsubst %,answers/test_%.py,respond respond_slips respond_sealed receipts rooms sheets))

JOURNEYS := $(wildcard tests/journeys/test_*.py)
FIRST_JOURNEYS := $(foreach letter,a b c d e t,tests/journeys/test_$(letter)%)

.PHONY: help run sample-code test learned test-pages test-service test-pure test-postgresql test-journeys test-more-journeys test-reliability test-looks test-postgres audit lint checked format messages prove soak bench bench-reading compare bench-serving wheels lock sbom scan set-up set-up-test

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: set-up ## Set up what is missing, then serve a sample school on http://localhost:8080
	@.setup/run.sh

sample-code: ## Print the codes that the sample school's accounts are asked for when they sign in
	@.setup/run.sh sample-code

test: ## Set up what is missing, then check style, types, layers and behaviour
	@.setup/set-up.sh test later
	@$(MAKE) --no-print-directory --jobs=5 --output-sync=target \
		test-reliability test-service test-pages test-journeys checked test-more-journeys test-postgresql test-pure

# Takes some minutes of one core, once: style and types are looked at meanwhile.
learned:
	@.setup/set-up.sh learn

# Side by side, for much of it waits: for a browser, for processes that are killed, for a disk.
test-pages: learned
	@$(BIN)/python -m pytest tests/feedback/web tests/feedback/reports

test-service: learned
	@$(BIN)/python -m pytest tests/feedback --ignore=tests/feedback/web --ignore=tests/feedback/reports

test-pure: learned
	@$(BIN)/python -m pytest tests/analysis tests/attacks tests/forms

test-postgresql: learned
	@$(BIN)/python -m pytest tests/postgres
	@$(BIN)/python -m pytest --database=postgresql $(ON_BOTH)

# In two halves, for each waits for its own browser.
test-journeys: learned
	@$(BIN)/python -m pytest $(filter $(FIRST_JOURNEYS),$(JOURNEYS))

test-more-journeys: learned
	@$(BIN)/python -m pytest $(filter-out $(FIRST_JOURNEYS),$(JOURNEYS))

test-reliability: learned
	@$(BIN)/python -m pytest tests/reliability

test-looks: set-up-test ## Open every page in light and dark, at three widths, in every language of the test forms
	@EVERY_LOOK=1 $(BIN)/python -m pytest tests/journeys tests/feedback/reports -k "everybody_can_use or every_kind"

audit: set-up-test ## Lighthouse, pa11y, HTML validators and a bad line over the respondents' pages (fetches them with npm)
	@.setup/set-up.sh audit
	@$(BIN)/python -m tests.audit

test-postgres: set-up-test ## Run everything that has a database on a throw-away PostgreSQL server
	@$(BIN)/python -m pytest --database=postgresql tests/feedback tests/journeys tests/postgres

lint: set-up-test checked ## Style, types and layers

checked:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest tests/rules tests/sbom

format: set-up-test ## Put the code into its usual shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

messages: set-up-test ## Extract the texts, update every catalogue, compile them
	@.setup/messages.sh

prove: set-up-test ## Try to find out who said what: attacks on a made-up school's files (under 5 minutes)
	@$(BIN)/python -m feedback prove --only generated
	@$(BIN)/python -m pytest tests/feedback/proof
	@EVERY_LOOK=1 $(BIN)/python -m pytest tests/attacks

soak: set-up-test ## Kill, cut off, fill up, lock and time a running school, on both databases (half an hour)
	@$(BIN)/python -m tests.reliability

bench: set-up-test ## Measure against the bare ceiling and print ratios
	@$(BIN)/python -m tests.benchmarks

bench-reading: set-up-test ## Time the reading of 10,000 and of 100,000 comments, by itself and through a whole round that is killed
	@$(BIN)/python -m tests.benchmarks.reading 10000 100000
	@$(BIN)/python -m tests.benchmarks.whole_round 100000

compare: set-up-test ## Measure the reading of labelled comments beside what others do: make compare FILES="a.csv b.csv"
	@.setup/set-up.sh compare
	@$(BIN)/python -m feedback evaluate $(FILES)

bench-serving: set-up-test ## Measure ways to serve under slow clients, and listen to the proxies (needs nginx and caddy)
	@$(BIN)/python -m tests.benchmarks.serving
	@$(BIN)/python -m pytest tests/benchmarks/silent_proxies.py

wheels: set-up ## Make dist/voicebox-VERSION/: all that install.sh needs on a computer without a network
	@.setup/wheels.sh

scan: set-up-test ## Let wapiti, sqlmap and a crawler of our own attack a sample school that is thrown away (fetches the first two)
	@.setup/set-up.sh scan
	@$(BIN)/python -m tests.scan
	@EVERY_LOOK=1 $(BIN)/python -m pytest tests/feedback/web/test_hostile_input.py

sbom: set-up-test ## Write dist/sbom.cdx.json: every package and asset of an installation, with its licence
	@$(BIN)/python -m tests.sbom

lock: set-up-test ## Lock the dependencies anew (needs uv in .venv: pip install uv)
	@.setup/lock.sh

set-up:
	@.setup/set-up.sh

set-up-test:
	@.setup/set-up.sh test
