# Archives: the scripts of examples/archives on real engines. Included by the root Makefile; ENGINES="polars duckdb" chooses some.
.PHONY: archives bench-archives archives-ready

archives-ready: python-wheel
	@scripts/archives/install

archives: archives-ready ## the scripts of examples/archives on Spark, DuckDB, Polars, DataFusion, pandas and pyarrow: every row of a small file is checked
	@build/archives/venv/bin/python -B scripts/archives/run.py

bench-archives: archives-ready ## ROWS (2,000,000) through every way, each row compared; then how fast, with 5 times as many through one; draws build/archives/ways.svg
	$(CARGO) build --release -q -p callback-profile-cli
	@build/archives/venv/bin/python -B scripts/archives/apart.py $(ROWS)
	@build/archives/venv/bin/python -B scripts/archives/bench.py $(ROWS)
