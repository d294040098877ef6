# Everything a developer or a first-time user runs. `make help` lists it.
# The environment is .venv; PYTHON names the interpreter that makes it (3.11 or newer).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Not quiet: an installation of minutes that says nothing looks like one that hangs.
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --require-hashes --progress-bar off
# requirements.lock: everything, for developers; requirements-run.lock: what the program needs to run, in the same versions.
LOCK := .cache/lock/bin/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url -p 3.11 --quiet
# Arguments for pytest, as in: make test TESTS="tests/cli -k help"
TESTS ?= tests
# The same for the long drills, as in: make drills DRILLS="tests/drills/test_kills.py --seed 7 --rounds 3"
DRILLS ?= tests/drills

# Where it is set, each of the thousands of processes that the tests start would compile every module again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo crawl test drills lint types format docs tree lock clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

demo: $(VENV)/.run ## Crawl the bundled replica of the broadcasters' sites, index it and search it (no network needed)
	@$(BIN)/python -m tests.demo

crawl: $(VENV)/.run ## Crawl the live sites into the archive of your settings, index, search and sum up
	@worst=0; failed=; \
	for step in 'crawl' 'index' 'status' 'search 长三角 --limit 5'; do \
	  printf '\n$$ deltanews %s\n' "$$step"; \
	  $(BIN)/deltanews $$step; status=$$?; \
	  test $$status -ne 130 || exit 130; \
	  test $$status -eq 0 || failed="$$failed, deltanews $$step ($$status)"; \
	  test $$status -le $$worst || worst=$$status; \
	done; \
	test -z "$$failed" || printf '\nNot everything went well: %s. The reasons stand above, under each command.\n' "$${failed#, }" >&2; \
	exit $$worst

# Twice as many at once as a small machine has cores: many wait for a site's pause or a retry, and no test asserts a time.
test: $(VENV)/.dev ## Run the tests (TESTS=… for some of them)
	$(BIN)/pytest -n 4 --dist loadfile --no-loadscope-reorder --durations 10 $(TESTS)

drills: $(VENV)/.dev ## Run the long drills: kills and faults, compared with undisturbed runs (DRILLS=… for some, or --seed N)
	$(BIN)/pytest $(DRILLS)

lint: $(VENV)/.dev ## Check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --exclude '*.md' .

types: $(VENV)/.dev ## Check types
	$(BIN)/mypy

format: $(VENV)/.dev ## Format the code and fix what can be fixed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format --exclude '*.md' .

docs: $(VENV)/.dev ## Regenerate the generated parts of README and docs/
	$(BIN)/python docs/generate.py

tree: ## Print the tree of the project with a line per file
	@$(PYTHON) docs/tree.py

lock: ## Compile both lock files again, after a change of dependencies in pyproject.toml
	test -x .cache/lock/bin/uv || { $(PYTHON) -m venv .cache/lock && .cache/lock/bin/python -m pip install --quiet uv; }
	$(LOCK) --group dev -o requirements.lock
	$(LOCK) -c requirements.lock -o requirements-run.lock

clean: ## Remove the environment and everything that was made
	rm -rf $(VENV) .cache .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A stamp for each set of packages: a second call finds it and does nothing. pip itself first: an old one refuses
# lxml's extras.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'DeltaNews needs Python 3.11 or newer; $(PYTHON) is older or missing. Say which: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo 'No virtual environment could be made. On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	$(PIP) install --upgrade pip
	@touch $@

$(VENV)/.run: requirements-run.lock pyproject.toml | $(VENV)/.made
	@echo 'Installing DeltaNews into $(VENV): about 90 packages, each named as it comes …'
	@$(INSTALL) -r requirements-run.lock
	$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements.lock $(VENV)/.run
	@echo 'Installing the tools for tests into $(VENV) …'
	@$(INSTALL) -r requirements.lock
	@touch $@
