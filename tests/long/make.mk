# The checks of tests/long/; included by the Makefile.
include tests/long/senders/make.mk
.PHONY: bounds canary canary-node canary-python oracle-test oracle-tools schema-test timing timing-valgrind wiping

LONG := --locked --manifest-path tests/long/Cargo.toml
LONG_RUN = $(CARGO) run -q --release $(LONG)

bounds: ## how time and memory grow with hostile input: exponents per family
	$(LONG_RUN) -p callback-profile-bounds

SAMPLES ?= 10000000
timing: ## whether the time of checking a tag tells where it is wrong: a t-test over SAMPLES (10,000,000)
	@test -e /usr/include/valgrind/memcheck.h || { echo "timing needs valgrind's headers (apt-get install valgrind)"; exit 1; }
	$(LONG_RUN) -p callback-profile-timing -- $(SAMPLES)

timing-valgrind: ## whether a branch or an address depends on keys, plaintexts or tags
	tests/long/timing/valgrind

wiping: ## every freed block is searched for keys, IVs and plaintexts of encrypted values
	$(LONG_RUN) -p callback-profile-secrets -- wiping

CALLS ?= 1000000
DIAGNOSES ?= 100000
canary: ## a canary key in CALLS (1,000,000) failing calls and DIAGNOSES (100,000) from Rust, and 2,000 calls of the command
	$(LONG_RUN) -p callback-profile-secrets -- canary $(CALLS)
	$(LONG_RUN) -p callback-profile-secrets -- diagnoses $(DIAGNOSES)
	$(CARGO) build -q --release -p callback-profile-cli
	python3 tests/long/secrets/surfaces/command.py $${CARGO_TARGET_DIR:-target}/release/cbp

canary-python: ## the same from Python, where the wheel is installed
	python3 tests/long/secrets/surfaces/python.py $(CALLS)

canary-node: node-build ## the same from Node
	cd bindings/node && node ../../tests/long/secrets/surfaces/node.mjs $(CALLS)

schema-test: ## the JSON Schema against the jsonschema crate
	$(CARGO) test $(LONG) -p callback-profile-schema-test -- --nocapture

oracle-test: oracle-tools vectors ## OpenSSL, as the other tests call it, against the published vectors
	$(CARGO) test $(LONG) -p callback-profile-oracle -- --nocapture

oracle-tools: # what OpenSSL's crate is built with
	@pkg-config --exists libssl || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libssl-dev pkg-config; } >/dev/null
