# The tasks of the project; `make` alone lists them. The path of the checkout must not contain a space.
# `make setup PYTHON=python3.12` makes .venv with another interpreter than python3.
PY := .venv/bin/python
SHELL := /bin/sh
export PYTHON ?= python3
.DEFAULT_GOAL := help

.PHONY: help demo setup test check validate bench fuzz chaos audit sbom golden catalogue constraints clean

help:  ## list the tasks
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 22

setup:  ## install what is missing and make .venv
	@sh tools/setup.sh

demo: setup  ## write the model letters into out/, and those of fifty clients into out/batch/
	@.venv/bin/arznoma write examples/rustam.yaml --language ru --language tg --language en --out out/ --force
	@.venv/bin/arznoma batch examples/batch/clients.csv --mapping examples/batch/mapping.yaml \
	  --base examples/batch/base.yaml --out out/batch

test: setup  ## run the whole test suite
	$(PY) -m pytest -n auto

check: setup  ## run the linters, the type checker, the layer rules, the checks of the law packs and of the docs
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy generator
	.venv/bin/lint-imports
	for pack in law/*/; do \
	  out="$$(.venv/bin/arznoma --ui en law check "$$(basename "$$pack")")" || { echo "$$out"; exit 1; }; \
	done
	$(PY) -m pytest -q tests/test_docs.py tests/test_catalogue.py tests/test_add_a_letter.py tests/test_add_a_language.py

validate: setup  ## write the examples and run the outside validators on them
	rm -rf out/validate
	$(PY) tools/write_examples.py out/validate
	sh tools/validate/run.sh out/validate
	$(PY) -m pytest -q tests/test_traces.py -k two_days

bench: setup  ## measure speed as ratios; writes out/bench.json (half an hour; QUICK=1 only tries it out)
	$(PY) tools/bench.py

fuzz: setup  ## attack the program with inputs changed at random (ten minutes; MINUTES=, SEED=, ONLY= choose)
	$(PY) tools/fuzz.py

chaos: setup  ## kill and starve the program at every step and see that no promise breaks (a quarter of an hour on two cores; EVERY=1 for all)
	$(PY) tools/chaos.py

audit: setup .tools/supply/done  ## ask whether the packages we rest on have known flaws (needs pypi.org)
	@$(PY) tools/supply/supply.py audit

sbom: setup .tools/supply/done  ## list what we ship, with versions and hashes; writes out/sbom.cdx.json
	@$(PY) tools/supply/supply.py sbom

.tools/supply/done: tools/supply/requirements.txt
	$(PYTHON) -m venv --clear .tools/supply
	.tools/supply/bin/pip -q --disable-pip-version-check install --require-hashes -r $<
	touch $@

golden: setup  ## write the golden texts anew; read the diff before you commit it
	$(PY) -m pytest -q tests/test_golden.py tests/test_bad.py --write-golden

catalogue: setup  ## write docs/letters.md and its pictures anew from the letters
	$(PY) tools/catalogue.py

constraints: setup  ## (maintainers) pin the newest versions with hashes in constraints.txt
	test -x .tools/uv/bin/uv || { $(PYTHON) -m venv .tools/uv && .tools/uv/bin/pip install -q uv; }
	.tools/uv/bin/uv lock -q --upgrade
	.tools/uv/bin/uv export -q --no-emit-project --all-groups --all-extras --no-annotate --no-header -o constraints.txt
	rm -f uv.lock

clean:  ## remove everything that can be made again, but no letters: those in out/ may be yours
	rm -rf .venv .tools dist out/validate out/bench.json examples/case.schema.json
	rm -rf .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis
