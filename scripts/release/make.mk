# Releases: scripts/release/, docs/releasing.md. TARGETS="..." takes some of the targets of scripts/release/targets.txt.
.PHONY: release test-release test-release-smoke reproducible

release: ## wheels, npm packages, C library, command, Debian packages for four targets, in dist/VERSION (half an hour)
	@TARGETS="$(TARGETS)" scripts/release/release

test-release: ## what `make release` left, run on the shared cases; aarch64 under qemu (a quarter of an hour)
	@TARGETS="$(TARGETS)" scripts/release/test

test-release-smoke: ## the C library for aarch64, built without optimisation and run on the shared cases under qemu (two minutes)
	@scripts/release/smoke

reproducible: ## two builds in two folders are alike byte for byte (one target; twice a build)
	@TARGETS="$(TARGETS)" scripts/release/reproducible
