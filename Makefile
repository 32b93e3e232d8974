# Two commands for a newcomer: make demo, make test. Both set everything up by themselves.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
BIN := .venv/bin

.PHONY: help setup demo console test check lint types imports generated format bench fuzz applications orders names simulate mutants kills soak gallery pictures generate lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

setup: ## Debian packages, virtual environment, locked Python packages
	@packaging/setup/setup.sh dev

demo: setup ## the main job: card in, certificate out; leaves everything in build/demo/
	@$(BIN)/koufu-kiosk demo --out build/demo

console: setup ## the municipality's console with a fictional city: open http://localhost:8090/demo
	@$(BIN)/koufu-server console --demo --home $${KOUFU_HOME:-build/console}

test: setup ## every test
	@$(BIN)/pytest -q -n $${KOUFU_TEST_WORKERS:-$$(( $$(nproc) + 1 ))} --dist loadgroup --no-loadscope-reorder

check: setup ## lint, format, types, import contracts, generated code
	@$(MAKE) -s -j $$(nproc) --output-sync=target types imports generated lint

types:
	@$(BIN)/mypy

imports:
	@$(BIN)/lint-imports

generated:
	@packaging/setup/generate.sh --check

lint:
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

format: setup ## put the code into shape
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format .

bench: ## measure a visit beside its peers, the paper's check, and the import of a whole city (long, resumable); writes build/bench
	@packaging/setup/setup.sh bench
	@$(PY) -m tests.benchmarks
	@$(PY) -m tests.benchmarks.protection
	@$(PY) -m tests.benchmarks.ground
	@$(PY) -m tests.benchmarks.ocr
	@$(PY) -m tests.benchmarks.registers
	@$(PY) -m tests.benchmarks.paper --captures scan-300 photo scan-200 augraphy
	@$(PY) -m tests.benchmarks.paper_copies
	@$(PY) -m tests.benchmarks.register_changes
	@$(PY) -m tests.benchmarks.console

fuzz: setup ## long: garbage on every port, in every reader and on every page of the console, 10 minutes each (resumable)
	@packaging/setup/setup.sh bench
	@$(PY) -m tests.fuzz
	@$(PY) -m tests.fuzz.guided
	@$(PY) -m tests.fuzz.console
	@KOUFU_FAMILIES=10000 $(PY) -m pytest -q --timeout=0 tests/certserver/rules/test_protected_addresses.py

applications: setup ## long: 20,000 card applications moved by many hands at once, on each database there is (resumable)
	@KOUFU_APPLICATIONS=$${KOUFU_APPLICATIONS:-20000} $(PY) -m pytest -q -n 0 -s --timeout=0 tests/certserver/pipeline/test_card_application_machine.py

orders: setup ## long: 50,000 orders at 64 terminals and 4 workers on each database there is, registers changing (resumable)
	@$(PY) -m tests.orders

names: setup ## long: 10,000 residents with names of every character the fonts have (resumable)
	@$(PY) -m tests.names

simulate: setup ## long: every single fault of every journey, then seeded visits, on a virtual clock (resumable); writes build/simulate
	@$(PY) -m tests.simulation

mutants: setup ## long: faults planted in the product, and what notices each (resumable); writes build/mutants
	@$(PY) -m tests.mutants

kills: setup ## long: terminal, server, PC/SC daemon and printer killed at 200 instants, disks filled and broken, the line cut (resumable); KOUFU_KILLS=--postgresql
	@$(PY) -m tests.kills $$KOUFU_KILLS

soak: setup ## long: 10,000 visits in one kiosk process, 2,000 through pcscd, 5,000 at a server: what stays behind, how fast screens answer; build/soak
	@$(PY) -m tests.soak
	@$(PY) -m tests.soak --pcscd --sessions 2000 --again 50 --every 50 --issued 1000 --out build/soak/pcscd
	@$(PY) -m tests.soak.server
	@$(BIN)/pytest -q -m soak --timeout=0

gallery: setup ## every screen and every sheet as a picture: open build/gallery/index.html
	@QT_QPA_PLATFORM=offscreen $(PY) -m kiosk.screens.gallery build/gallery/screens
	@$(PY) -m tests.gallery.sheets build/gallery/sheets
	@$(PY) -m tests.gallery.papers build/gallery/papers
	@$(PY) -m tests.gallery.console build/gallery/console
	@$(PY) -m tests.gallery.index build/gallery

generate: setup ## the generated messages beside their .proto files
	@packaging/setup/generate.sh

lock: ## the hashed requirement files anew (needs the network)
	@packaging/setup/lock.sh

clean: ## everything that was built; the virtual environment stays
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

pictures: demo ## the README's pictures anew, from both demonstrations
	@cp build/demo/screens/09-confirm.png docs/pictures/confirm.png
	@cp build/demo/receipt.png docs/pictures/receipt.png
	@pdftoppm -r 110 -gray -png -singlefile -f 1 -l 1 build/demo/certificate.pdf docs/pictures/face
	@pdftoppm -r 110 -gray -png -singlefile -f 2 -l 2 build/demo/certificate.pdf docs/pictures/back
	@$(PY) -m tests.gallery.checked docs/pictures/check.jpg
	@KOUFU_DEMO=postoffice $(BIN)/koufu-kiosk demo --out build/postoffice
	@$(PY) -m tests.gallery.counter build/postoffice/screens docs/pictures
	@$(PY) -m tests.gallery.console build/gallery/console /proposals /applications /terminals
	@cp build/gallery/console/proposals-desk-ja.png docs/pictures/console.png
	@cp build/gallery/console/applications-desk-ja.png docs/pictures/console-applications.png
	@cp build/gallery/console/terminals-desk-ja.png docs/pictures/console-terminals.png
