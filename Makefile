# The developer's menu. `make` alone prints it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PREFIX ?= /usr/local
CARGO ?= cargo
export PREFIX

include bindings/c/make.mk
include bindings/cli/make.mk
include bindings/python/make.mk
include bindings/node/make.mk
include kernels/make.mk
include tests/long/make.mk
include examples/rust/make.mk
include fuzz/make.mk
include benches/make.mk
include scripts/receivers/make.mk
include scripts/diagnosis/make.mk
include scripts/vectors/make.mk
include scripts/sealed/make.mk
include scripts/stacks/make.mk
include scripts/archives/make.mk
include scripts/wasm/make.mk
include scripts/release/make.mk
include tests/long/readers/make.mk
include scripts/page/make.mk

.PHONY: help demo test test-long coverage mutants lint ten-functions bench install wheel npm-pack generate audit doc clean

help: ## print this menu
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

demo: ## the main job on examples/: validate, message, encrypted callback, open
	@scripts/demo

test: ## all suites on every surface; ends with the counts
	@scripts/test

test-long: c-test-long ## what takes longer: a million cycles, everything under valgrind

coverage: ## line coverage of the core and of bindings/c (a minute)
	@scripts/coverage

MUTANTS ?= --package callback-profile
mutants: ## change the core in every way cargo-mutants knows; the tests must notice (hours; MUTANTS="-f 'src/cipher/**'" for a part)
	@cargo mutants --version >/dev/null 2>&1 || $(CARGO) install cargo-mutants --version 27.1.0 --locked
	@mkdir -p build
	cargo mutants --jobs 2 --output build $(MUTANTS)

lint: ## formatting, clippy, documentation, generated files, versions
	@scripts/lint

ten-functions: ## ten functions of src/ at random, to read: are they where one looks for them? (SEED=1 for the same ones again)
	@scripts/ten-functions $(SEED)

bench: ## criterion: validate, message, callback, cipher
	$(CARGO) bench -p callback-profile

install: c-install ## library, headers, pkg-config and CMake files under $(DESTDIR)$(PREFIX)

wheel: python-wheel ## the Python wheel, in dist/

npm-pack: node-pack ## the npm tarballs, in dist/

generate: ## rewrite the generated files: catalogue, schema, C header
	GENERATE=1 $(CARGO) test -q -p callback-profile --test generated
	@$(MAKE) --no-print-directory c-header

audit: ## licences, bans and sources of all dependencies (installs cargo-deny: minutes)
	@command -v cargo-deny >/dev/null || $(CARGO) install cargo-deny --version 0.20.2 --locked
	cargo deny check licenses bans sources

doc: ## the Rust documentation, in target/doc
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc -p callback-profile --no-deps --all-features

clean: ## remove all that was built or fetched: every target folder, build, dist, node_modules, venvs (not caches outside: ~/.cargo, ~/.npm, pip's)
	$(CARGO) clean
	git -c core.excludesFile=/dev/null clean -ffdXq
