# Fuzzing. What it does: fuzz/README.md.
FUZZ_SECONDS ?= 600
FUZZ_RUNS ?= -1
FUZZ_SANITIZER ?= address
FUZZ_BUILD ?=
FUZZ_OPTIONS ?= -max_len=4096
# The sanitizer's checks as calls: inline ones are branches, which libFuzzer counts as coverage and collects in every run.
FUZZ_RUSTFLAGS = $(if $(filter address,$(FUZZ_SANITIZER)),-Cllvm-args=-asan-instrumentation-with-call-threshold=0)
FUZZ_BUILT = $(or $(CARGO_TARGET_DIR),fuzz/target)/x86_64-unknown-linux-gnu/release
FUZZ_TARGETS ?= $(patsubst fuzz/fuzz_targets/%.rs,%,$(wildcard fuzz/fuzz_targets/*.rs))

DIFFERENTIAL_CASES ?= 100000000
DIFFERENTIAL_OUTSIDE_CASES ?= 1000000
DIFFERENTIAL_SEED ?= 1
DIFFERENTIAL = $(or $(CARGO_TARGET_DIR),fuzz/target)/differential/callback-profile-differential
DIFFERENTIAL_VENV := build/differential/venv

.PHONY: fuzz fuzz-smoke fuzz-seeds differential differential-outside differential-build

fuzz-smoke: oracle-tools ## every fuzz target on a stable compiler: its corpus, and 20,000 mutations; a short differential
	FUZZ_SMOKE=20000 cargo test -q --manifest-path fuzz/Cargo.toml -p callback-profile-fuzz-targets -p callback-profile-differential -- --nocapture

fuzz: oracle-tools ## every fuzz target, or FUZZ_TARGETS, under libFuzzer for FUZZ_SECONDS (600; 0: no limit) or FUZZ_RUNS executions; needs nightly Rust
	@cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --version 0.13.2 --locked
	RUSTFLAGS="$(FUZZ_RUSTFLAGS)" cargo +nightly fuzz build --sanitizer $(FUZZ_SANITIZER) $(FUZZ_BUILD)
	@for target in $(FUZZ_TARGETS); do \
		mkdir -p build/fuzz/$$target && echo "== $$target" && \
		$(FUZZ_BUILT)/$$target build/fuzz/$$target fuzz/corpus/$$target -artifact_prefix=build/fuzz/$$target- \
			-dict=fuzz/cbp.dict -runs=$(FUZZ_RUNS) -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 $(FUZZ_OPTIONS) \
			2>build/fuzz/$$target.log || { tail -40 build/fuzz/$$target.log; exit 1; }; \
		grep "cov: " build/fuzz/$$target.log | tail -1; \
		grep -E "^Done|^stat::" build/fuzz/$$target.log; \
	done

fuzz-seeds: ## write the seeds of fuzz/corpus from testdata
	python3 fuzz/seeds.py

differential-build: oracle-tools
	cargo build -q --locked --manifest-path fuzz/Cargo.toml --profile differential -p callback-profile-differential

differential: differential-build ## the ciphers against OpenSSL: DIFFERENTIAL_CASES (10^8: minutes) from DIFFERENTIAL_SEED (1)
	$(DIFFERENTIAL) --cases $(DIFFERENTIAL_CASES) --seed $(DIFFERENTIAL_SEED)

differential-outside: differential-build ## the same cases against Node's crypto and Python's cryptography: 10^6 each
	@test -x $(DIFFERENTIAL_VENV)/bin/python || python3 -m venv $(DIFFERENTIAL_VENV)
	@$(DIFFERENTIAL_VENV)/bin/python -c "import cryptography" 2>/dev/null || $(DIFFERENTIAL_VENV)/bin/pip install -q cryptography==50.0.2
	@set -o pipefail; for reader in "node fuzz/differential/outside.mjs" "$(DIFFERENTIAL_VENV)/bin/python fuzz/differential/outside.py"; do \
		$(DIFFERENTIAL) --write --cases $(DIFFERENTIAL_OUTSIDE_CASES) --seed $(DIFFERENTIAL_SEED) \
			| $$reader $(DIFFERENTIAL_OUTSIDE_CASES) || exit 1; \
	done
