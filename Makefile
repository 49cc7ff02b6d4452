# Two commands matter: `make serve` and `make test`. Works with GNU make 3.81 and a POSIX shell.
# PYTHON names the Python to build .venv with; ARGS goes on to parley or pytest: make serve ARGS="--port 8001".

PYTHON ?=
ARGS ?=
BIN := .venv/bin
SOURCES := $(wildcard graphapi visualizer tests benchmarks docs requirements)

# An environment that was moved, or whose Python is gone, is made anew.
PLACE := $(shell test -x $(BIN)/python && cat .venv/.place 2>/dev/null)
ifneq ($(PLACE),$(CURDIR))
.PHONY: .venv/.runtime .venv/.dev
endif

# The first Python that is new enough, and has the venv module if any of them has, builds .venv.
define install
for needed in "import ensurepip, venv, sys" "import sys"; do \
  for python in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3.14 python3); do \
    if "$$python" -c "$$needed; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then \
      exec "$$python" requirements/install.py $(1); \
    fi; \
  done; \
done; \
found=$$($(if $(PYTHON),"$(PYTHON)",python3) --version 2>&1) || found="none$(if $(PYTHON), called $(PYTHON))"; \
echo "Parley needs Python 3.11 or newer, and this machine has $$found. Install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python), or name it: make PYTHON=/path/to/python3" >&2; \
exit 1
endef

.PHONY: help setup serve test check docs pictures bench editor lock clean

help:
	@echo "make serve   the explorer on http://127.0.0.1:8000 (installs and fetches what it needs at first)"
	@echo "make test    all tests"
	@echo "make check   ruff, mypy, import-linter, generated docs"
	@echo "make setup   only the installation, for development"
	@echo "make docs    write the generated pages of docs/ anew"
	@echo "make pictures   the pictures of docs/pictures/ anew (needs Chromium)"
	@echo "make bench   measurements of speed and memory"
	@echo "make editor  the editor of the page /cypher anew, from its lock (needs npm)"
	@echo "make lock    renew requirements/*.txt (needs uv)"
	@echo "make clean   remove .venv and caches; data and Neo4j stay"

.venv/.runtime: requirements/runtime.txt pyproject.toml
	@$(call install,runtime)

.venv/.dev: requirements/dev.txt pyproject.toml
	@$(call install,dev)

setup: .venv/.dev

serve: .venv/.runtime
	@exec $(BIN)/parley serve $(ARGS)

test: .venv/.dev
	@exec $(BIN)/python -m pytest $(ARGS)

check: .venv/.dev
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

docs: .venv/.dev
	$(BIN)/python docs/generate.py

pictures: .venv/.dev
	@exec $(BIN)/python docs/pictures.py

bench: .venv/.dev
	@exec $(BIN)/python -m benchmarks $(ARGS)

editor: .venv/.dev
	$(BIN)/python -m graphapi.web.bundle renew

lock:
	@command -v uv >/dev/null || { echo "Renewing the lock files needs uv: pip install uv" >&2; exit 1; }
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml --group build --output-file requirements/runtime.txt
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build *.egg-info
	find graphapi visualizer tests benchmarks docs requirements -name __pycache__ -type d -prune -exec rm -rf {} +
