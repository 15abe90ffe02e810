# Other languages over the C library. Included by the root Makefile; STACKS="php go" chooses some.
.PHONY: stacks bench-stacks stacks-library

STACKS_PREFIX := build/stacks/prefix

stacks-library: c-build
	@scripts/stacks/install
	@rm -rf $(STACKS_PREFIX) && PREFIX="$(abspath $(STACKS_PREFIX))" DESTDIR= LIBDIR=lib INCLUDEDIR=include $(C_DIR)/install.sh $(C_TARGET)/release

stacks: stacks-library ## the shared cases through the installed C library from PHP, Ruby, Go, LuaJIT, C# and Java
	@python3 -B scripts/stacks/run.py $(STACKS_PREFIX)

bench-stacks: stacks-library ## nanoseconds of one open by these, and by the receivers without a library
	@python3 -B scripts/stacks/run.py $(STACKS_PREFIX) bench
