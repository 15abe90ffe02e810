# Texts to diagnose that real programs make. Included by the root Makefile; RECEIVERS="php go" chooses languages.
.PHONY: diagnosis-programs diagnosis-vectors diagnosis-vectors-fresh diagnosis-fresh

DIAGNOSIS_PYTHON = PYTHONPATH=scripts/receivers build/receivers/venv/bin/python -B

diagnosis-vectors: ## write testdata/diagnosis.json; what real programs made stays as it is
	@scripts/receivers/install
	$(DIAGNOSIS_PYTHON) scripts/vectors/make_diagnosis.py

diagnosis-programs: ## texts of real PHP, Java, Go, Ruby, Python, Node and openssl, with the keys of SEED=n, into testdata/diagnosis.json
	@scripts/receivers/install
	$(DIAGNOSIS_PYTHON) scripts/diagnosis/run.py --keep
	$(DIAGNOSIS_PYTHON) scripts/vectors/make_diagnosis.py

diagnosis-fresh: # texts of real programs made now, diagnosed and not kept; SEED=n for other keys and values
	@mkdir -p build/diagnosis
	$(DIAGNOSIS_PYTHON) scripts/diagnosis/run.py build/diagnosis/cases.json
	DIAGNOSIS_CASES=$(abspath build/diagnosis/cases.json) $(CARGO) test -q --locked -p callback-profile --all-features \
		--test diagnosis texts_of_real_programs -- --nocapture
