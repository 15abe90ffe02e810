# The npm package. Needs Rust, Node from 20 and npm; everything else comes from package-lock.json, but for WebAssembly (scripts/wasm).
NODE_DIR := bindings/node
NODE_INSTALLED := $(NODE_DIR)/node_modules/.package-lock.json
# napi writes the typings of the native half only in a full build of the crate, so the drift check has a build of its own.
NAPI := cd $(NODE_DIR) && npm exec --offline -- napi build --platform --no-js --no-const-enum

.PHONY: node-build node-pack node-test node-runtimes-test node-lint node-bench node-clean

# Not `npm ci`: it refuses a lock that lacks optional packages of other systems, which a registry mirror may not have.
$(NODE_INSTALLED): $(NODE_DIR)/package.json $(NODE_DIR)/package-lock.json
	cd $(NODE_DIR) && npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

node-build: $(NODE_INSTALLED)
	$(NAPI) --release --strip --dts index.d.ts
	node $(NODE_DIR)/scripts/link.mjs

node-pack: node-build wasm
	node $(NODE_DIR)/scripts/pack.mjs dist

node-test: node-pack vectors
	node $(NODE_DIR)/scripts/test-installed.mjs dist

# 200 MB of runtimes, kept in build/node-runtimes.
node-runtimes-test: node-pack ## the npm package under Bun and Deno (fetches them once: 200 MB)
	node $(NODE_DIR)/scripts/test-runtimes.mjs dist

node-lint: node-build
	cargo clippy -q -p callback-profile-node -- -D warnings
	node $(NODE_DIR)/scripts/lint.mjs

node-bench: node-build
	cd $(NODE_DIR) && node bench/callback.mjs && node bench/validate.mjs

node-clean:
	rm -rf $(NODE_DIR)/node_modules $(NODE_DIR)/*.node $(NODE_DIR)/wasm/build $(NODE_DIR)/wasm/*.wasm dist/callback-profile-*.tgz
