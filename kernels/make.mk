# Targets of kernels/; included by the Makefile.
.PHONY: portable-test

# What a machine without the instructions runs: our kernel off, and `polyval` and `aes` without theirs.
portable-test: vectors ## the ciphers as on a machine without instructions for AES and carry-less multiplication
	set -o pipefail; RUSTFLAGS='--cfg callback_profile_ghash="portable" --cfg polyval_backend="soft" --cfg aes_backend="soft"' \
		CARGO_TARGET_DIR=$${CARGO_TARGET_DIR:-target}/portable \
		$(CARGO) test --locked -p callback-profile-ghash -p callback-profile --all-features --lib --test vectors --test cases -- --nocapture | \
		sed -u 's/^count \([^ ]*\) rust /count \1 portable /'
