# Targets of the benches; included by the Makefile.
.PHONY: bench-bounds bench-peers bench-instructions bench-plots canary canary-node canary-python timing timing-valgrind wiping

bench-peers: ## ours against OpenSSL, aws-lc, jsonschema, templates: ratios and budgets
	$(CARGO) run -q --release --locked --manifest-path benches/peers/Cargo.toml

bench-bounds: ## how time and memory grow with hostile input: exponents per family
	$(CARGO) run -q --release --locked --manifest-path benches/bounds/Cargo.toml

bench-instructions: ## instructions of key operations under callgrind, against the baseline
	@command -v valgrind >/dev/null || { echo "bench-instructions needs valgrind (apt-get install valgrind)"; exit 1; }
	benches/instructions/run

bench-plots: ## the plots in docs/, from a run of the peers' bench
	mkdir -p build docs
	$(CARGO) run -q --release --locked --manifest-path benches/peers/Cargo.toml scale > build/scale.txt
	python3 benches/plots.py build/scale.txt docs

SAMPLES ?= 10000000
timing: ## whether the time of checking a tag tells where it is wrong: a t-test over SAMPLES (10,000,000)
	@test -e /usr/include/valgrind/memcheck.h || { echo "timing needs valgrind's headers (apt-get install valgrind)"; exit 1; }
	$(CARGO) run -q --release --locked --manifest-path benches/timing/Cargo.toml -- $(SAMPLES)

timing-valgrind: ## whether a branch or an address depends on keys, plaintexts or tags
	benches/timing/valgrind

wiping: ## every freed block is searched for keys and IVs
	$(CARGO) run -q --release --locked --manifest-path benches/secrets/Cargo.toml -- wiping

CALLS ?= 1000000
canary: ## a canary key in CALLS (1,000,000) failing calls from Rust, and 2,000 of the command
	$(CARGO) run -q --release --locked --manifest-path benches/secrets/Cargo.toml -- canary $(CALLS)
	$(CARGO) build -q --release -p callback-profile-cli
	python3 benches/secrets/surfaces/command.py $${CARGO_TARGET_DIR:-target}/release/cbp

canary-python: ## the same from Python, where the wheel is installed
	python3 benches/secrets/surfaces/python.py $(CALLS)

canary-node: node-build ## the same from Node
	cd bindings/node && node ../../benches/secrets/surfaces/node.mjs $(CALLS)
