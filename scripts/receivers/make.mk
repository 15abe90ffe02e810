# The receivers in other languages. Included by the root Makefile; RECEIVERS="php go" chooses languages.
.PHONY: receivers

receivers: ## our callbacks, and forged ones, opened by PHP, Java, Go, Ruby, Python and Node; their mistakes diagnosed
	@scripts/receivers/install
	$(CARGO) build -q --locked -p callback-profile-cli
	build/receivers/venv/bin/python -B scripts/receivers/run.py $(abspath $(or $(CARGO_TARGET_DIR),target))/debug/cbp
	@$(MAKE) --no-print-directory diagnosis-fresh
