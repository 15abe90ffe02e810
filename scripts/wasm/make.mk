# The library as WebAssembly. Included by the root Makefile. The first build fetches Debian's compiler and builds std: minutes.
.PHONY: wasm wasm-test wasm-browsers wasm-reproducible bench-wasm

wasm: $(NODE_INSTALLED) ## the library as WebAssembly, in build/wasm, and what the npm package makes of it
	@scripts/wasm/build
	@node $(NODE_DIR)/scripts/wasm.mjs
	@wc -c build/wasm/callback_profile.wasm

wasm-test: node-pack vectors ## the npm package where the native addon is missing: the shared cases and vectors through WebAssembly
	@scripts/wasm/build testing
	@node scripts/wasm/test.mjs dist

wasm-browsers: node-pack ## the same in Chromium, Deno and Bun, and what bundlers make of it (fetches what it needs once)
	@node scripts/wasm/browsers.mjs dist
	@node $(NODE_DIR)/scripts/test-runtimes.mjs dist --wasm
	@node scripts/wasm/workerd.mjs dist

bench-wasm: node-build wasm ## sizes, and the times of four calls against the native addon
	@node scripts/wasm/bench.mjs

wasm-reproducible: ## two builds from two folders, compared byte by byte
	@scripts/wasm/reproducible
