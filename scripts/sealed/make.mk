# Sealed callbacks and signatures: the independent vectors, and strangers' code. Included by the root Makefile; RECEIVERS="php go" chooses languages.
.PHONY: sealed-vectors sealed-stock

SEALED_PYTHON = build/sealed/venv/bin/python -B

sealed-vectors: ## testdata/sealed.json and signature.json are what an independent program makes (WRITE=1 writes them)
	@scripts/sealed/install
	@$(SEALED_PYTHON) scripts/sealed/vectors.py $(if $(WRITE),,--check)

sealed-stock: sealed-vectors ## sealed callbacks and signatures in PHP, Java, Go, Ruby, Python and Node, and in published packages
	@scripts/receivers/install
	$(SEALED_PYTHON) scripts/sealed/run.py
	$(SEALED_PYTHON) scripts/sealed/published.py
	SEALED_MADE=$(CURDIR)/build/sealed/made.json cargo test -q --locked -p callback-profile --all-features \
		--test sealed what_strangers_make_opens -- --nocapture
