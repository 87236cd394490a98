# Two commands on a fresh machine that has Python 3.11 and make:
#   make app     set up, then serve the example organisation's team map
#   make test    set up, then run every test
# make app MODEL=path/to/squads.yaml PORT=8600   opens another organisation on another port

PYTHON ?= python3
MODEL ?= squads.yaml
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
# The pictures of pull-request comments are drawn by this in one browser test, which is skipped where there is no npm.
MERMAID := 11.17.2
NPM := $(VENV)/npm
UV := $(shell command -v uv 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help setup app test lint check pictures benchmarks clean

help:
	@echo "make app                 serve the example organisation on http://localhost:$(PORT)"
	@echo "make app MODEL=path      serve another organisation (a YAML file or a folder)"
	@echo "make test                run every test (browser tests too, where a Chromium is found)"
	@echo "make lint                ruff, mypy --strict, import-linter"
	@echo "make pictures            make the pictures of the README again"
	@echo "make benchmarks          print every claim of speed as a ratio"

$(STAMP): pyproject.toml constraints.txt
ifdef UV
	@echo "Setting up $(VENV) with uv (once; about a minute on a new machine) ..."
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@$(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[app,test]'
else
	@echo "Setting up $(VENV) with venv and pip (once; a minute or two on a new machine) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[app,test]'
endif
	@touch $(STAMP)

setup: $(STAMP)

app: setup
	@$(BIN)/topology app '$(MODEL)' --port '$(PORT)'

test: setup $(NPM)/.ready $(VENV)/.engines
	@$(BIN)/python -m pytest

# The metrics are compared on PostgreSQL and on Spark too. Spark is large and needs Java, so it is set up only where there is one.
$(VENV)/.engines: pyproject.toml constraints.txt | $(STAMP)
	@extras=warehouse; command -v java >/dev/null 2>&1 && extras=warehouse,spark \
		|| echo "No Java here: the tests that run the metrics on Spark will be skipped."; \
	if [ -n "$(UV)" ]; then $(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable ".[app,test,$$extras]"; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[app,test,$$extras]"; fi
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 \
		|| echo "No PostgreSQL server here: the tests that run the metrics on it will be skipped."
	@touch $@

$(NPM)/.ready: Makefile | $(STAMP)
	@mkdir -p $(NPM)
	@command -v npm >/dev/null 2>&1 && cd $(NPM) && rm -rf package \
		&& npm pack --silent mermaid@$(MERMAID) >/dev/null 2>&1 && tar xzf mermaid-$(MERMAID).tgz && rm -f mermaid-$(MERMAID).tgz \
		|| echo "No npm here, or it did not answer: the test that draws Mermaid pictures will be skipped."
	@touch $@

lint: setup
	@echo "ruff ...";          $(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .
	@echo "mypy --strict ..."; $(BIN)/mypy
	@echo "import-linter ..."; $(BIN)/lint-imports

check: setup
	@$(BIN)/topology check

pictures: setup
	@$(BIN)/python docs/make_pictures.py

benchmarks: setup
	@$(BIN)/python -m pip --version >/dev/null 2>&1 \
		&& $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[app,test,benchmarks]' \
		|| $(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[app,test,benchmarks]'
	@for file in benchmarks/bench_*.py; do $(BIN)/python $$file || exit 1; done

clean:
	@rm -rf $(VENV) build dist *.egg-info
