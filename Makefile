# make run    start the app            make test   run every test
# make check  format, lint, types, tests      make soak   the long tests
# make lint-js  lint and types of static/; this one needs Node
# make editor   bundle CodeMirror anew, after another version in package.json; this one too
# make api      docs/api.md from the docstrings
# make bench  every benchmark, one after the other; this takes long

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test test-other-pythons test-other-torches soak bench check lint lint-js editor format api

run: $(READY)
	$(BIN)/streamlit run app.py

# First what can share the machine, in two processes; then, alone, what looks at the clock.
JOBS ?= 2
test: $(READY)
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not soak and not alone"
	$(BIN)/python -m pytest -m "alone and not soak"

# The engine on every further Python that has its packages; the script says which it found.
test-other-pythons:
	.ci/other-pythons

# The engine with every other version of PyTorch that is ready; the script says which it found.
test-other-torches: $(READY)
	.ci/other-torches

soak: $(READY)
	$(BIN)/python -m pytest tests -m soak -s

# Never two at once: each measures the machine it runs on. In the order of benchmarks/README.md.
BENCHMARKS := trace_cost watch_cost beside_others run_cost latency load startup lesson_updates layout first_view

bench: $(READY)
	@for one in $(BENCHMARKS); do \
	  echo "== $$one"; $(BIN)/python -m benchmarks.$$one || exit 1; \
	done

check: lint test

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

lint-js: node_modules/.ready
	npx eslint static tests/static
	npx tsc

editor: node_modules/.ready
	node static/vendor/build.mjs

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Made anew when a requirement changes: what was dropped must not linger.
$(READY): requirements.txt requirements-dev.txt constraints.txt
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

api: $(READY)
	$(BIN)/python docs/make_api.py

node_modules/.ready: package.json package-lock.json
	npm ci --no-audit --no-fund
	touch $@
