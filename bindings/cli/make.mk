# The command `cbp`. Included by the root Makefile.
.PHONY: cli-lint cli-test install-cli

cli-lint:
	$(CARGO) clippy -q -p callback-profile-cli --all-targets --all-features -- -D warnings

cli-test: ## the shared cases through `cbp`, its options and exit codes, the README's commands
	$(CARGO) test -p callback-profile-cli -- --nocapture
	scripts/test-readme

install-cli: ## the command, its man pages and completions (bash, zsh, fish) under $(DESTDIR)$(PREFIX)
	$(CARGO) build --release -p callback-profile-cli
	@PREFIX="$(PREFIX)" bindings/cli/install.sh $${CARGO_TARGET_DIR:-target}/release/cbp
