# The library as WebAssembly. Included by the root Makefile. The first build fetches Debian's compiler and builds std: minutes.
.PHONY: wasm wasm-test wasm-reproducible

wasm: ## the library as WebAssembly, in build/wasm
	@scripts/wasm/build
	@wc -c build/wasm/callback_profile.wasm

wasm-test: ## the shared cases and vectors through WebAssembly in Node, by the npm package's own tests
	@scripts/wasm/build && scripts/wasm/build testing
	@$(MAKE) --no-print-directory $(NODE_INSTALLED) vectors
	@node scripts/wasm/test.mjs

wasm-reproducible: ## two builds from two folders, compared byte by byte
	@scripts/wasm/reproducible
