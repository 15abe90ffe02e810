#!/usr/bin/env bash
# Builds the library for tests and runs everything against it: run.sh [short|long|coverage]
# `make c-test` and `make c-test-long` call it. Everything that is made is in build/c.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
cd "$root"
target=${CARGO_TARGET_DIR:-$root/target}
out=$root/build/c
mode=${1:-short}
rm -rf "$out"
mkdir -p "$out"

step() { echo "== $*"; }
die() {
    echo "FAILED $*"
    exit 1
}

# --------------------------------------------------------------------------------------------------------- build
# library FOLDER OPT-LEVEL: with the test features
library() {
    CARGO_PROFILE_DEV_OPT_LEVEL=$2 cargo build -q -p callback-profile-c --features testing,hazmat
    mkdir -p "$out/$1"
    cp "$target/debug/libcallback_profile.so" "$out/$1/libcallback_profile.so.0.1"
    ln -sf libcallback_profile.so.0.1 "$out/$1/libcallback_profile.so"
}
step "the library with the test features"
# Optimised code may look at the length of a text before it asks whether there is a text at all: right, but valgrind
# reports a decision on an uninitialised value. So what it watches is not optimised (cryptography and the like still is).
library unoptimised 0
library lib 1

warnings="-Wall -Wextra -Wpedantic -Wno-overlength-strings -Wno-missing-field-initializers -Werror"
python3 "$here/gen_cases.py" testdata "$out/cases.c"
python3 "$here/gen_misuse.py" include/callback_profile.h "$out/misuse_calls.c"

# beside COMMAND...: runs it beside others, as many as there are cores; all_beside: waits for all of them
compiling=()
beside() {
    while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do sleep 0.05; done
    "$@" &
    compiling+=($!)
}
all_beside() {
    for process in "${compiling[@]}"; do wait "$process" || die "a program does not compile"; done
    compiling=()
}

# compile FOLDER FLAGS: every test program, into a folder of its own
compile() {
    local name to=$out/$1 flags="-g $2 $warnings -Iinclude -I$here"
    local link="-L$out/lib -lcallback_profile -Wl,--enable-new-dtags,-rpath,$out/lib -pthread"
    mkdir -p "$to"
    gcc -std=c99 $flags -c "$out/cases.c" -o "$to/cases.o"
    beside gcc -std=c99 $flags "$here/test_cases.c" "$to/cases.o" -o "$to/test_cases" $link
    beside g++ -std=c++17 $flags "$here/test_cases.cpp" "$to/cases.o" -o "$to/test_cases_cpp" $link
    beside gcc -std=c99 $flags "$here/test_vectors.c" -o "$to/test_vectors" $link
    beside gcc -std=c99 $flags "$here/test_misuse.c" "$out/misuse_calls.c" -o "$to/test_misuse" $link
    beside gcc -std=c99 $flags "$here/test_sealing.c" -o "$to/test_sealing" $link
    beside gcc -std=c99 $flags "$here/test_arrow.c" -o "$to/test_arrow" $link
    beside g++ -std=c++17 $flags "$here/test_objects.cpp" -o "$to/test_objects" $link
    beside gcc -std=c99 $flags "$here/test_names.c" -o "$to/test_names" $link
    beside gcc -std=gnu99 $flags "$here/test_threads.c" -o "$to/test_threads" $link
    beside gcc -std=gnu99 $flags "$here/test_cycles.c" -o "$to/test_cycles" $link
    beside gcc -std=c99 $flags "$here/test_canary.c" -o "$to/test_canary" $link
    beside gcc -std=c99 $flags "$here/must_fail.c" -o "$to/must_fail" $link
    beside gcc -std=c99 $flags "$here/header_alone.c" -o "$to/header_alone_c" $link
    beside g++ -std=c++17 $flags "$here/header_alone.cpp" -o "$to/header_alone_cpp" $link
    beside g++ -std=c++17 $flags "$here"/double_include_{a,b}.cpp -o "$to/double_include" $link
    beside g++ -std=c++17 $flags "$here/misused_result.cpp" -o "$to/misused_result" $link
    sed -n '/^ \* An example/,/^ \* What holds/s/^ \*     //p' include/callback_profile.h >"$out/header_example.c"
    beside gcc -std=c99 $flags "$out/header_example.c" -o "$to/header_example" $link
    beside gcc -std=c99 $flags bindings/c/examples/guide.c -o "$to/guide" $link
    beside g++ -std=c++17 $flags bindings/c/examples/guide.cpp -o "$to/guide_cpp" $link
    beside gcc -std=c99 $flags bindings/c/examples/diagnose.c -o "$to/diagnose" $link
    beside g++ -std=c++17 $flags bindings/c/examples/diagnose.cpp -o "$to/diagnose_cpp" $link
    beside gcc -std=c99 $flags bindings/c/examples/sealed.c -o "$to/sealed" $link
    beside g++ -std=c++17 $flags bindings/c/examples/sealed.cpp -o "$to/sealed_cpp" $link
    beside gcc -std=gnu99 $flags bindings/c/examples/receiver.c -o "$to/receiver" $link $(pkg-config --cflags --libs libmicrohttpd sqlite3)
    for name in service inbox; do
        beside gcc -std=gnu99 $flags bindings/c/examples/$name.c -o "$to/$name" $link $(pkg-config --cflags --libs sqlite3)
        beside g++ -std=c++17 $flags bindings/c/examples/$name.cpp -o "$to/${name}_cpp" $link $(pkg-config --cflags --libs sqlite3)
    done
    beside g++ -std=c++17 $flags bindings/c/examples/dispatcher.cpp -o "$to/dispatcher" $link $(pkg-config --cflags --libs sqlite3)
    all_beside
}

# run_all FOLDER WRAPPER...: every test program, its panics on purpose kept quiet
run_all() {
    local from=$out/$1
    shift
    for program in header_alone_c header_alone_cpp double_include test_cases test_cases_cpp test_misuse test_sealing \
        test_arrow test_names test_objects; do
        "$@" "$from/$program" 2>"$out/stderr" || { tail -n 40 "$out/stderr"; die "$* $program"; }
    done
}

# must_be_found FOLDER KIND WORDS WRAPPER...: a planted defect is reported
must_be_found() {
    local from=$out/$1 kind=$2 words=$3
    shift 3
    if "$@" "$from/must_fail" "$kind" >"$out/stdout" 2>"$out/stderr"; then die "$kind is not found: $*"; fi
    grep -q "$words" "$out/stderr" || { cat "$out/stderr"; die "$kind is reported otherwise"; }
}

# misused_results FOLDER: each misuse of a Result aborts, after one line that says why
misused_results() {
    local from=$out/$1 ran=0 kind words
    "$from/misused_result" nothing || die "misused_result without a misuse"
    while read -r kind words; do
        # a shell of its own reports the signal to the same file
        if bash -c '"$0" "$1"; exit $?' "$from/misused_result" "$kind" 2>"$out/stderr"; then die "misused_result $kind goes on"; fi
        grep -q "^callback_profile: $words" "$out/stderr" || { cat "$out/stderr"; die "misused_result $kind does not say why"; }
        ran=$((ran + 1))
    done <<'KINDS'
value value() of a Result: invalid_profile: body must have
star value() of a Result: invalid_profile: body must have
arrow value() of a Result: invalid_profile: body must have
error error() of a Result: there is no error
void_error error() of a Result: there is no error
KINDS
    echo "count misused_result cpp ran=$ran refused=0 failed=0"
}

# test_objects has an operator delete[] of its own, which valgrind would replace without the last option.
valgrind="env LD_LIBRARY_PATH=$out/unoptimised valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,possible --soname-synonyms=somalloc=nouserintercepts"
helgrind="valgrind -q --tool=helgrind --error-exitcode=9"
sanitizers="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
export ASAN_OPTIONS=detect_stack_use_after_return=1 RUST_BACKTRACE=0

short() {
    step "the contract: guards, exports, header"
    cargo test -q -p callback-profile-c --features testing,hazmat
    cargo test -q -p callback-profile-arrow
    python3 "$here/test_surface.py" "$root"

    step "plain"
    compile plain "-O1"
    compile_strict
    run_all plain
    misused_results plain
    "$out/plain/test_vectors" build/vectors
    "$out/plain/test_threads"
    "$out/plain/test_cycles" 20000
    "$out/plain/test_canary" 10000
    # It has a free() of its own, which no sanitizer allows.
    gcc -std=gnu99 -g -O1 -fno-builtin $warnings -Iinclude -I"$here" "$here/test_wiping.c" -o "$out/plain/test_wiping" \
        -L"$out/lib" -lcallback_profile -Wl,--enable-new-dtags,-rpath,"$out/lib"
    "$out/plain/test_wiping"
    python3 "$here/test_readme.py" "$root" "$out/plain"
    [ "$("$out/plain/header_example")" = "to: +919876543210" ] || die "the example in the header"
    for example in service.c inbox.c service.cpp inbox.cpp dispatcher.cpp; do
        [ "$(wc -l <bindings/c/examples/$example)" -lt 150 ] || die "$example is too long for an example"
    done

    step "gcc's address and undefined-behaviour sanitizers"
    compile asan "-O1 $sanitizers"
    for program in test_cases test_cases_cpp test_vectors test_misuse test_sealing test_arrow test_objects test_threads receiver; do
        nm "$out/asan/$program" | grep -c __asan_init >/dev/null || die "$program has no address sanitizer"
        nm "$out/asan/$program" | grep -c __ubsan_handle >/dev/null || die "$program has no undefined-behaviour sanitizer"
    done
    if nm "$out/plain/test_cases" | grep -c __asan_init >/dev/null; then die "the plain program has a sanitizer"; fi
    run_all asan
    "$out/asan/test_vectors" build/vectors
    "$out/asan/test_threads" 50
    "$out/asan/test_cycles" 200 unmeasured
    must_be_found asan leak LeakSanitizer
    must_be_found asan use-after-free heap-use-after-free
    must_be_found asan undefined "signed integer overflow"

    step "valgrind"
    $valgrind "$out/plain/test_misuse" 2>"$out/stderr" || { tail -n 40 "$out/stderr"; die "valgrind test_misuse"; }
    $valgrind "$out/plain/test_sealing" 2>"$out/stderr" || { tail -n 40 "$out/stderr"; die "valgrind test_sealing"; }
    $valgrind "$out/plain/test_arrow" one-thread 2>"$out/stderr" || { tail -n 40 "$out/stderr"; die "valgrind test_arrow"; }
    $valgrind "$out/plain/test_objects" 2>"$out/stderr" || { tail -n 40 "$out/stderr"; die "valgrind test_objects"; }
    $valgrind "$out/plain/test_cases" without-diagnosis
    must_be_found plain leak "definitely lost" $valgrind
    must_be_found plain use-after-free "Invalid read" $valgrind

    step "helgrind: 16 threads"
    $helgrind "$out/plain/test_threads" 5 warm

    step "the receiver, with real requests"
    python3 "$here/test_receiver.py" "$out/plain/receiver"
    python3 "$here/test_receiver.py" "$out/asan/receiver"

    step "service, inbox and dispatcher, over loopback"
    python3 "$here/test_service.py" "$out/plain"
    python3 "$here/test_service.py" "$out/asan"

    "$here/test_install.sh"
}

# The headers and the strictest flags that a C service may have.
compile_strict() {
    for standard in c99 c11 c17; do
        gcc -std=$standard -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Werror -Iinclude \
            -fsyntax-only "$here/header_alone.c"
    done
    for standard in c++17 c++20; do
        g++ -std=$standard -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Werror -Iinclude \
            -fsyntax-only "$here/header_alone.cpp"
        g++ -std=$standard -fno-exceptions -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only "$here/header_alone.cpp"
        g++ -std=$standard -Wall -Wextra -Wpedantic -Werror -Iinclude -x c++ -fsyntax-only "$here/header_alone.c"
        must_not_compile $standard
    done
}

# must_not_compile STANDARD: each case of must_not_compile.cpp is refused for its reason, and without them it compiles
must_not_compile() {
    local source=$here/must_not_compile.cpp cases=0 name words
    local compiler="g++ -std=$1 -Wall -Wextra -Werror -Iinclude -fsyntax-only $source"
    $compiler || die "must_not_compile.cpp without a case"
    while read -r name words; do
        if $compiler "-D$name" 2>"$out/stderr"; then die "$name compiles"; fi
        grep -qF "$words" "$out/stderr" || { cat "$out/stderr"; die "$name is refused for another reason than '$words'"; }
        cases=$((cases + 1))
    done < <(sed -n 's|^#ifdef \(CASE_[A-Z_]*\) // |\1 |p' "$source")
    [ "$cases" = "$(grep -c '#ifdef' "$source")" ] && [ "$cases" -ge 25 ] || die "only $cases cases that must not compile"
    echo "count must_not_compile cpp ran=$cases refused=0 failed=0"
}

long() {
    compile plain "-O1"
    compile asan "-O1 $sanitizers"
    step "a canary key in a million failing calls"
    "$out/plain/test_canary" 1000000
    step "a million cycles"
    "$out/plain/test_cycles" 1000000
    step "everything under valgrind"
    run_all plain $valgrind
    $valgrind "$out/plain/test_cycles" 200 unmeasured || die "valgrind test_cycles"
    step "helgrind, longer"
    $helgrind "$out/plain/test_threads" 100 warm
    "$out/plain/test_threads" 20000
    step "the receiver under valgrind"
    python3 "$here/test_receiver.py" "$out/plain/receiver" $valgrind
    step "service, inbox and dispatcher under valgrind"
    python3 "$here/test_service.py" "$out/plain" $valgrind
}

# What scripts/coverage needs: every program once.
coverage() {
    compile plain "-O1"
    run_all plain
    "$out/plain/test_threads" 20
    "$out/plain/test_cycles" 50 unmeasured
    python3 "$here/test_receiver.py" "$out/plain/receiver"
    python3 "$here/test_service.py" "$out/plain"
}

$mode
echo "c: all of $mode passed"
