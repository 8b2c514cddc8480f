# Reaffirm: six verbs. Each does its own set-up into .venv and is safe to repeat.
#
#   make demo    install, read the sample corpus, show what a ledger tells; on a terminal, serve it as pages
#   make test    install with the tools of development, run all tests
#   make check   ruff, mypy, import-linter, documentation
#   make gate    quality against the floors of tests/floors.json
#   make bench   speaker turns, speed, attribution in news, size of the ledger, near-copies, web pages, formats, hostile files, kills
#   make clean   take away .venv, caches and what demo and build left
#
# And for maintainers: make constraints, make docs, make site, make pictures, make gate-raise.
# PYTHON=... chooses the interpreter (3.11 to 3.13); PYTEST=... gives pytest other arguments.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
COMPILE := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
PYTEST ?= -n 2

.PHONY: demo test check check-style check-imports check-docs check-types gate gate-raise bench clean constraints docs site pictures
.DEFAULT_GOAL := demo
.DELETE_ON_ERROR:

demo: $(VENV)/installed
	@echo "(reaffirm is $(BIN)/reaffirm here; after \". $(BIN)/activate\" the commands below work as they stand)"; echo
	@$(BIN)/reaffirm demo examples --serve

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest $(PYTEST)

check: check-style check-imports check-docs check-types

check-style: $(VENV)/installed-dev
	$(BIN)/ruff check .

check-imports: $(VENV)/installed-dev
	$(BIN)/lint-imports --no-logo --no-cache

check-docs: $(VENV)/installed-dev
	$(BIN)/python -m pytest tests/docs tests/test_project.py

check-types: $(VENV)/installed-dev
	$(BIN)/mypy

gate: $(VENV)/installed-dev
	$(BIN)/python tests/gate.py

gate-raise: $(VENV)/installed-dev
	$(BIN)/python tests/gate.py --raise

bench: $(VENV)/installed-dev
	@set -e; for script in bench/turns.py bench/speed.py bench/ledger_size.py bench/attribution.py bench/meantime.py bench/we.py bench/timex.py bench/offices.py bench/redline.py bench/audit.py bench/novelty.py bench/anachronisms.py bench/commitments.py bench/pledges.py bench/demands.py bench/issues.py bench/copies.py bench/pages.py bench/files.py bench/ftm.py bench/hostile.py bench/kill.py bench/review_kill.py "bench/web_pages.py --copies 4" "bench/web_together.py --seconds 60"; do \
	  if [ -f $${script%% *} ]; then echo "== $$script"; $(BIN)/python $$script; else echo "== $$script is not there yet"; fi; \
	done

clean:
	rm -rf $(VENV) dist build site trial tutorial .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks .import_linter_cache
	rm -f demo.db demo.db-journal
	find src tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} +

docs: $(VENV)/installed-dev
	$(BIN)/python tests/docs/generate.py --write

site: $(VENV)/installed-dev
	$(BIN)/mkdocs build --strict

pictures: $(VENV)/installed-dev
	$(BIN)/python -m pytest tests/web/test_web_pictures.py -k taken
	cp $(addprefix build/web/readme-,thread.png reader.png matrix.png) docs/pictures/
	cd docs/pictures && for name in thread reader matrix; do mv readme-$$name.png $$name.png; done

constraints: $(VENV)/installed-dev
	$(BIN)/$(COMPILE) --extra build pyproject.toml -o constraints/base.txt
	$(BIN)/$(COMPILE) --extra build --extra dev --extra exports --extra plots -c constraints/base.txt pyproject.toml -o constraints/dev.txt

# Set-up. A stamp is older than what it was made from only when that changed, so a second run costs nothing.

$(VENV)/made:
	@python=; for candidate in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3); do \
	  if "$$candidate" -c '$(FITS)' >/dev/null 2>&1; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Reaffirm needs Python 3.11, 3.12 or 3.13 with its venv module$(if $(PYTHON),; $(PYTHON) is not that)." >&2; \
	  echo "Install one (Debian, Ubuntu: python3 and python3-venv) or name it: make demo PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi; \
	$(BIN)/python -m pip --version >/dev/null 2>&1 || "$$python" -m venv --clear $(VENV)
	@touch $@

$(VENV)/base: constraints/base.txt | $(VENV)/made
	@echo "Installing the parts that Reaffirm stands on into $(VENV) (once; a minute or two) ..."
	@$(PIP) install -q --require-hashes -r constraints/base.txt
	@touch $@

$(VENV)/installed: pyproject.toml $(VENV)/base
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: constraints/dev.txt $(VENV)/installed
	@echo "Installing the tools of development into $(VENV) (once) ..."
	@$(PIP) install -q --require-hashes -r constraints/dev.txt
	@touch $@
