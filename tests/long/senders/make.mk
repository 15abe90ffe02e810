# The callbacks as clients send them. Included by the root Makefile.
.PHONY: senders senders-smoke

SENDERS = $(CARGO) build -q --locked -p callback-profile-cli && \
	build/senders/venv/bin/python -B tests/long/senders/run.py $(abspath $(or $(CARGO_TARGET_DIR),target))/debug/cbp

senders: ## our callbacks through requests, httpx, urllib, fetch, Node's http and curl: the same bytes arrive
	@tests/long/senders/install
	@$(SENDERS) 300

senders-smoke: # the same with fewer mixtures
	@tests/long/senders/install
	@$(SENDERS) 20
