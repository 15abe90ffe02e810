# The command `cbp`. Included by the root Makefile.
.PHONY: cli-lint cli-test

cli-lint:
	$(CARGO) clippy -q -p callback-profile-cli --all-targets --all-features -- -D warnings

cli-test: ## the shared cases through `cbp`, its options and exit codes, the README's commands
	$(CARGO) test -p callback-profile-cli -- --nocapture
	scripts/test-readme
