# Fuzzing. What it does: fuzz/README.md.
FUZZ_SECONDS ?= 600
FUZZ_BUILT = $(or $(CARGO_TARGET_DIR),fuzz/target)/x86_64-unknown-linux-gnu/release
FUZZ_TARGETS = $(patsubst fuzz/fuzz_targets/%.rs,%,$(wildcard fuzz/fuzz_targets/*.rs))

.PHONY: fuzz fuzz-smoke fuzz-seeds fuzz-tools

fuzz-tools:
	@pkg-config --exists libssl || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libssl-dev pkg-config; } >/dev/null

fuzz-smoke: fuzz-tools ## every fuzz target on a stable compiler: its corpus, and 20,000 mutations
	FUZZ_SMOKE=20000 cargo test -q --manifest-path fuzz/Cargo.toml -p callback-profile-fuzz-targets -- --nocapture

fuzz: fuzz-tools ## every fuzz target for FUZZ_SECONDS (600) under libFuzzer and its address sanitizer (needs nightly Rust)
	@cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --version 0.13.2 --locked
	cargo +nightly fuzz build
	@for target in $(FUZZ_TARGETS); do \
		mkdir -p build/fuzz/$$target && echo "== $$target" && \
		$(FUZZ_BUILT)/$$target build/fuzz/$$target fuzz/corpus/$$target -artifact_prefix=build/fuzz/$$target- \
			-dict=fuzz/cbp.dict -max_len=4096 -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 2>build/fuzz/$$target.log \
			|| { tail -40 build/fuzz/$$target.log; exit 1; }; \
		grep -E "stat::number_of_executed_units|stat::average_exec_per_sec|stat::new_units_added|^Done" build/fuzz/$$target.log; \
		grep -oE "cov: [0-9]+ ft: [0-9]+" build/fuzz/$$target.log | tail -1; \
	done

fuzz-seeds: ## write the seeds of fuzz/corpus from testdata
	python3 fuzz/seeds.py
