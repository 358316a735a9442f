# Everything runs in .venv, made on first use; only Python 3.11+ and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

unexport PYTHONDONTWRITEBYTECODE # else every process compiles every module anew

.PHONY: demo test check format lint types layering histories month bench pictures pages lock kit clean

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

demo: $(READY)  ## open the program on a practice commune
	$(BIN)/ntm demo

test: $(READY)  ## the test suite
	$(BIN)/python -m pytest -n auto --dist worksteal

check: format lint types layering test  ## all that CI checks

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

layering: $(READY)
	$(BIN)/lint-imports

histories: $(READY)  ## thousands of long histories of laptops that exchange bundles; for the night
	$(BIN)/python -m pytest -n auto --hypothesis-profile=histories tests/test_histories.py

month: $(READY)  ## plays docs/mot-thang.md in tmux, a terminal for each machine; needs tmux and faketime
	$(BIN)/python -m tests.docs.month_in_tmux

bench: $(READY)  ## ratios against something real, measured in the same run
	$(BIN)/python -m tests.bench

pictures: $(READY)  ## redraw docs/pictures from the practice commune
	$(BIN)/python docs/pictures.py

pages: $(READY)  ## redraw docs/pages, the first page of every paper; needs LibreOffice and poppler
	$(BIN)/python docs/paper_pages.py

lock: $(READY)  ## name anew every wheel that a kit carries, after the requirements changed
	$(BIN)/python -m kit.building.locking

kit: $(READY)  ## the folder for laptops without internet; KIT="--platform linux" and so on
	$(BIN)/python -m kit.building $(KIT)

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache
