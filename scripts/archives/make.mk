# Archives: the scripts of examples/archives on real engines. Included by the root Makefile; ENGINES="polars duckdb" chooses some.
.PHONY: archives bench-archives archives-ready

archives-ready: python-wheel
	@scripts/archives/install

archives: archives-ready ## the scripts of examples/archives on Spark, DuckDB, Polars, DataFusion and pyarrow: every row of a small file is checked
	@build/archives/venv/bin/python -B scripts/archives/run.py

bench-archives: archives-ready ## 2,000,000 rows through every way, 10,000,000 through one; draws build/archives/ways.svg
	@build/archives/venv/bin/python -B scripts/archives/bench.py
