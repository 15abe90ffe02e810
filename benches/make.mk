# Targets of the benches; included by the Makefile.
.PHONY: bench-peers bench-instructions bench-plots

bench-peers: oracle-tools ## ours against OpenSSL, aws-lc, jsonschema, templates: ratios and budgets
	$(CARGO) run -q --release --locked --manifest-path benches/peers/Cargo.toml

bench-instructions: c-test-tools ## instructions of key operations under callgrind, against the baseline
	benches/instructions/run

bench-plots: oracle-tools ## the plots in docs/, from a run of the peers' bench
	mkdir -p build docs
	$(CARGO) run -q --release --locked --manifest-path benches/peers/Cargo.toml scale > build/scale.txt
	python3 benches/plots.py build/scale.txt docs
