# The core as WebAssembly, and the JavaScript of `callback-profile/wasm`. Needs Debian's apt, cargo, Node from 20 and npm; the compiler is
# fetched once (scripts/wasm/build).
WASM := build/wasm/callback_profile.wasm
WASM_JS := $(NODE_DIR)/wasm/built/library.mjs

.PHONY: wasm

wasm: $(WASM_JS) ## the core as WebAssembly, and the entry callback-profile/wasm (fetches Debian's Rust compiler once)

$(WASM): $(shell find src bindings/wasm -name '*.rs' -o -name Cargo.toml) Cargo.toml Cargo.lock scripts/wasm/build
	scripts/wasm/build

$(WASM_JS): $(WASM) $(NODE_INSTALLED) $(wildcard $(NODE_DIR)/*.cjs $(NODE_DIR)/lib/*.cjs $(NODE_DIR)/lib/wasm/*.cjs) $(NODE_DIR)/scripts/wasm.mjs
	node $(NODE_DIR)/scripts/wasm.mjs
