# Hent. `make help` lists the commands. Needs make and a Python 3 with pip; everything else is brought here.

PORT ?= 8000
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .tools/bin/uv
# An installed CPython of the right version if there is one, else one that uv fetches; never a user's own environment.
export UV_PYTHON_PREFERENCE ?= managed
export UV_PYTHON_DOWNLOADS ?= automatic
unexport VIRTUAL_ENV UV_PROJECT_ENVIRONMENT PYTHONPATH PYTHONHOME
# Required rather than skipped: programs of the system (Node.js, Chromium).
REQUIRE_ALL ?= 0
export REQUIRE_ALL
OLD := tests/channels/web/old
DIALOGUES := tests/journeys/test_dialogues.py
# Two tests at once, each with numpy's threads on every core, wait for each other.
test tests-journeys tests-dialogues: export OPENBLAS_NUM_THREADS ?= 1

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check train bench bench-nlu clean tests-web tests-journeys tests-dialogues model

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.ready bot/.venv/.ready ## start everything for a demonstration (PORT=8000)
	@.venv/bin/hent demo --port $(PORT)

test: check tests-web ## check, then every test
	@echo "› tests of the parts"
	@.venv/bin/pytest -q -n 2 -m "not stack and not alone"
	@echo "› tests of the whole house (PostgreSQL, Rasa, server, worker, Chromium)"
	@$(MAKE) -j 2 -O tests-journeys tests-dialogues
	@.venv/bin/pytest -q -m alone

# A house each, at once: they wait more than they work (one after the other 11 to 17 minutes). Both end with what the
# logs and tables of their house hold. Not by xdist: with pytest 9.2 its groups go to either worker.
tests-journeys: model
	@.venv/bin/pytest -q -m stack --ignore=$(DIALOGUES)

tests-dialogues: model
	@.venv/bin/pytest -q $(DIALOGUES) tests/journeys/test_leaks.py

check: .venv/.ready-dev bot/.venv/.ready ## format, lint, types, what the web chat weighs, known weaknesses
	@echo "› format, lint, types"
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet --config bot/ruff.toml bot/hent_bot tests/bot/unit
	@.venv/bin/ruff check --quiet --config bot/ruff.toml bot/hent_bot tests/bot/unit
	@.venv/bin/mypy --no-error-summary
	@cd bot && ../.venv/bin/mypy --no-error-summary --python-executable .venv/bin/python
	@echo "› weight of the web chat"
	@.venv/bin/python -m tests.channels.web.weighing
	@echo "› known weaknesses of what both lock files hold"
	@.venv/bin/python -m tests.audit $(UV)

train: .venv/.ready bot/.venv/.ready ## train Rasa if what it learns from changed
	@.venv/bin/hent train

bench: .venv/.ready-dev bot/.venv/.ready ## measure: a table, and bench.json
	@.venv/bin/hent bench

bench-nlu: .venv/.ready-dev bot/.venv/.ready ## measure understanding beside stock Rasa (its training: half an hour, once)
	@.venv/bin/hent bench-nlu

clean: ## delete what was built, and the demonstration's data
	@! [ -L .hent/postgres ] || rm -rf "$$(dirname "$$(readlink .hent/postgres)")"
	rm -rf .hent build models bench.json bench-nlu.json .mypy_cache .ruff_cache .pytest_cache .hypothesis

tests-web: .venv/.ready-dev
	@echo "› unit tests of the pages (Node.js)"
	@mkdir -p build
	@if command -v node > /dev/null; then \
		node --test tests/channels/web/*.test.mjs tests/channels/desk/*.test.mjs > build/tests-web.log 2>&1 \
			|| { cat build/tests-web.log; exit 1; }; \
		grep -E '^# (tests|pass|fail)|^ℹ (tests|pass|fail)' build/tests-web.log; \
	elif [ "$(REQUIRE_ALL)" = 1 ]; then \
		echo "Node.js is required (REQUIRE_ALL=1) and absent."; exit 1; \
	else \
		echo "SKIPPED: Node.js is absent, the pages' unit tests did not run."; \
	fi
	@echo "› the chat on old telephones (Node.js, npm)"
	@if command -v npm > /dev/null; then \
		[ $(OLD)/node_modules/.ready -nt $(OLD)/package-lock.json ] \
			|| { npm ci --prefix $(OLD) --no-audit --no-fund --loglevel=error && touch $(OLD)/node_modules/.ready; } || exit 1; \
		node --test $(OLD)/*.test.mjs > build/tests-old.log 2>&1 || { cat build/tests-old.log; exit 1; }; \
		grep -E '^# (tests|pass|fail)|^ℹ (tests|pass|fail)' build/tests-old.log; \
	elif [ "$(REQUIRE_ALL)" = 1 ]; then \
		echo "npm is required (REQUIRE_ALL=1) and absent."; exit 1; \
	else \
		echo "SKIPPED: npm is absent, nobody looked for what old telephones do not know."; \
	fi

# Before both houses: each would learn it, into the same folder.
model: .venv/.ready bot/.venv/.ready
	@.venv/bin/hent train > /dev/null

# Stamps: a second run compares dates and starts nothing.
.tools/uv-$(UV_VERSION):
	@echo "› uv $(UV_VERSION), into .tools"
	@$(PYTHON) -m venv .tools > /dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip .tools
	@if [ -x .tools/bin/pip ]; then .tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); \
	else $(PYTHON) -m pip --python .tools/bin/python install --quiet --disable-pip-version-check uv==$(UV_VERSION); fi
	@touch $@

# --inexact: a demonstration after a test run leaves the tests' tools in place.
.venv/.ready: uv.lock pyproject.toml | .tools/uv-$(UV_VERSION)
	@echo "› the server's environment (Python 3.13)"
	@$(UV) sync --frozen --no-dev --inexact --python 3.13
	@touch $@

.venv/.ready-dev: uv.lock pyproject.toml | .tools/uv-$(UV_VERSION)
	@echo "› the server's environment, with the tests' tools (Python 3.13)"
	@$(UV) sync --frozen --python 3.13
	@touch .venv/.ready $@

bot/.venv/.ready: bot/uv.lock bot/pyproject.toml | .tools/uv-$(UV_VERSION)
	@echo "› Rasa's environment (Python 3.10)"
	@$(UV) sync --frozen --project bot --python 3.10
	@touch $@
