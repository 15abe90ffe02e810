# The C ABI: library, headers, packages. Included by the root Makefile; PREFIX, LIBDIR, INCLUDEDIR and DESTDIR say where to.

C_DIR := bindings/c
C_TARGET = $(or $(CARGO_TARGET_DIR),target)
export LIBDIR INCLUDEDIR DESTDIR

# c_need COMMAND-THAT-PROVES-IT, PACKAGE...: installs what is missing
c_need = $(1) >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq --no-install-recommends $(2); } >/dev/null

.PHONY: c-build c-install c-lint c-test c-test-long c-test-tools c-header c-header-check c-clean check-cargo-c

c-build: ## the C library, shared and static, in target/release
	cargo build --release -p callback-profile-c

c-install: c-build
	@PREFIX="$(PREFIX)" $(C_DIR)/install.sh $(C_TARGET)/release

c-test-tools:
	@$(call c_need,command -v gcc && command -v g++ && command -v pkg-config,gcc g++ pkg-config)
	@$(call c_need,command -v cmake,cmake)
	@$(call c_need,command -v valgrind,valgrind libc6-dbg)
	@$(call c_need,command -v python3,python3)
	@$(call c_need,pkg-config --exists libmicrohttpd,libmicrohttpd-dev)
	@$(call c_need,pkg-config --exists sqlite3,libsqlite3-dev)

c-lint: c-header-check
	cargo clippy -q -p callback-profile-c --all-targets --features testing,hazmat -- -D warnings
	cargo clippy -q -p callback-profile-arrow --all-targets -- -D warnings

c-test: c-test-tools vectors ## shared cases from C and C++, misuse, sanitizers, valgrind, helgrind, receiver, install
	$(C_DIR)/tests/run.sh short

c-test-long: c-test-tools ## a million cycles, everything under valgrind
	$(C_DIR)/tests/run.sh long

c-header: ## rewrite include/callback_profile.h from the source
	CBP_WRITE_HEADER=1 cargo test -q -p callback-profile-c --features testing,hazmat --test contract header::

c-header-check: ## header and list of exports are those of the source
	cargo test -q -p callback-profile-c --features testing,hazmat --test contract

check-cargo-c: c-test-tools ## compare what cargo-c installs with ours (installs cargo-c: a quarter of an hour)
	$(C_DIR)/tests/check_cargo_c.sh

c-clean:
	rm -rf build/c
	cargo clean -p callback-profile-c
