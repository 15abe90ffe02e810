# Sealed callbacks and signatures: the independent vectors, and strangers' code. Included by the root Makefile.
.PHONY: sealed-vectors

SEALED_PYTHON = build/sealed/venv/bin/python -B

sealed-vectors: ## testdata/sealed.json and signature.json are what an independent program makes (WRITE=1 writes them)
	@scripts/sealed/install
	@$(SEALED_PYTHON) scripts/sealed/vectors.py $(if $(WRITE),,--check)
