# The Rust example and what Rust users get.
.PHONY: rust-service-test package-test public-api

RUST_SERVICE := examples/rust/service/Cargo.toml

rust-service-test: ## the axum service of examples/rust over loopback HTTP
	$(CARGO) test -q --locked --manifest-path $(RUST_SERVICE) -- --nocapture

package-test: ## the core's package, built and used in an empty folder
	@scripts/test-package

public-api: ## the public API against docs/public-api.txt (nightly; installs cargo-public-api: minutes; ACCEPT=1 rewrites the file)
	@scripts/public-api
