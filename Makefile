# Two commands are enough on a machine with Python 3.11+, make and git: `make serve` and `make test`.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
SYNCED := .venv/.synced
PROVIDER := .venv/provider/.synced
UV := UV_SYSTEM_CERTS=true VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv

# Where no bytecode is kept, every process that a test starts compiles all that it imports anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help serve test nightly check audit bench format

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

$(SYNCED): pyproject.toml uv.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9"
	@$(UV) sync --quiet --locked --all-extras --all-groups --no-group provider --inexact
	@touch $@

# The identity provider that the tests sign in with is a program of its own, in a place of its own: its package would hide ours.
$(PROVIDER): $(SYNCED)
	@UV_PROJECT_ENVIRONMENT=.venv/provider $(UV) sync --quiet --locked --only-group provider --python $(BIN)/python
	@touch $@

serve: $(SYNCED) ## Serve the example, public cases and reference data
	$(BIN)/ewgraph demo --port $(PORT)

test: $(SYNCED) $(PROVIDER) ## Run all tests, with the coverage gate
	@$(BIN)/python -m ewgraph.index.warming
	$(BIN)/python -m pytest --cov --cov-report=term -n 2 --dist loadgroup
	@$(BIN)/python -c "print('tests passed')"

nightly: $(SYNCED) ## Ask 20,000 random requests for what is hidden; `make test` asks 2,000
	@$(BIN)/python -m ewgraph.index.warming
	NON_INTERFERENCE_REQUESTS=20000 $(BIN)/python -m pytest tests/security/test_non_interference.py -n 2

check: $(SYNCED) audit ## Check style, types, layers, generated files and dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/validate-pyproject pyproject.toml
	$(BIN)/python tools/vocabulary.py --check
	$(BIN)/python tools/graphql_outline.py --check
	$(BIN)/python tools/codelist_shapes.py --check
	$(BIN)/python tools/example_world.py --check
	$(BIN)/python tools/client_questions.py --check
	$(BIN)/python tools/client_operations.py --check

audit: $(SYNCED) ## Ask for known vulnerabilities of the dependencies
	$(BIN)/python tools/audit.py

bench: $(SYNCED) ## Measure, side by side with the bare store and with others
	$(BIN)/python -m benchmarks

format: $(SYNCED) ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
