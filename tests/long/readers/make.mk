# The readers of multipart bodies, forms and queries against other parsers; included by the Makefile.
.PHONY: readers readers-smoke readers-build

READERS_SEED ?= 1
READERS = build/readers/venv/bin/python -B tests/long/readers/run.py --seed $(READERS_SEED)

readers: readers-build ## received bodies, read by us and by ten other parsers: 5,000 for each
	$(READERS) --compared 5000

readers-smoke: readers-build ## the same with 300 bodies
	$(READERS) --cases 300

readers-build:
	@tests/long/readers/install
	@$(CARGO) build -q $(LONG) -p callback-profile-readers
