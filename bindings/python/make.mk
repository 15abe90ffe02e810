# Python. Everything is made under build/python and dist/; a bare Debian machine with Rust and Python 3 is enough.
.PHONY: python-wheel python-sdist python-test python-lint python-bench python-clean

python-wheel: ## the Python wheel, in dist/
	@bindings/python/scripts/wheel

python-sdist: ## the Python source distribution, in dist/, built and installed as pip does where no wheel fits
	@bindings/python/scripts/sdist

python-test: vectors vectors-fresh ## the wheel, installed and tested without Rust on PATH; the sdist
	@bindings/python/scripts/test
	@bindings/python/scripts/sdist

python-lint: ## formatting, clippy, stubtest, mypy and pyright
	@bindings/python/scripts/lint

python-bench: ## a callback and a check from Python against their peers
	@bindings/python/scripts/bench

python-clean: ## remove what the targets above made
	@rm -rf build/python dist/callback_profile-*.whl dist/callback_profile-*.tar.gz
