# The page: examples/page in one file. Needs Node from 20 and npm, Python 3, and what `make wasm` needs; its tests need Chromium, Debian's
# or the one that CHROMIUM names.
PAGE_DIR := scripts/page
PAGE_INSTALLED := $(PAGE_DIR)/node_modules/.package-lock.json

.PHONY: page page-wasm page-test page-smoke page-logic-test page-pictures page-browser

$(PAGE_INSTALLED): $(PAGE_DIR)/package.json $(PAGE_DIR)/package-lock.json
	cd $(PAGE_DIR) && npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

page: $(PAGE_INSTALLED) page-wasm ## the page that explains a callback, dist/callback-profile.html
	node $(PAGE_DIR)/build.mjs

# cargo builds what changed; the first build fetches Debian's compiler and builds std: minutes.
page-wasm:
	@scripts/page/wasm

page-test: page page-logic-test page-browser ## the page in Chromium, as people use it (minutes)
	node $(PAGE_DIR)/test.mjs

page-smoke: page page-logic-test page-browser ## a part of it, with ways out and hostile texts (a minute)
	node $(PAGE_DIR)/test.mjs --smoke

# Its logic alone, in Node over the native package.
page-logic-test: $(PAGE_INSTALLED) node-build
	node --test $(PAGE_DIR)/tests/

page-pictures: page page-browser
	node $(PAGE_DIR)/pictures.mjs

page-browser:
	@[ -n "$(CHROMIUM)" ] || command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null
