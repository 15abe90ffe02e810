#!/usr/bin/env bash
# What cargo-c installs is what `make c-install` installs, but for the CMake package, which cargo-c does not make.
set -euo pipefail
cd "$(dirname "$0")/../../.."
version='0.10.24+cargo-0.98.0' # newer ones need Rust 1.97
tools=$PWD/.tools
out=$PWD/build/c/cargo-c
if ! "$tools/bin/cargo-cinstall" --version 2>/dev/null | grep -qF "${version%%+*}"; then
    cargo install cargo-c --version "$version" --locked --root "$tools"
fi
rm -rf "$out"
mkdir -p "$out"
PATH=$tools/bin:$PATH cargo cinstall -p callback-profile-c --release --destdir "$out/theirs" --prefix /usr --libdir /usr/lib \
    --target-dir "${CARGO_TARGET_DIR:-$PWD/target}/cargo-c"
make --no-print-directory c-install PREFIX=/usr LIBDIR=/usr/lib DESTDIR="$out/ours"
tree() { (cd "$1" && find . \( -type f -o -type l \) ! -path '*/cmake/*' | LC_ALL=C sort); }
diff <(tree "$out/ours") <(tree "$out/theirs")
for side in ours theirs; do
    so=$out/$side/usr/lib/libcallback_profile.so
    objdump -p "$so" | awk '$1 == "SONAME" { print $2 }' >"$out/$side.txt"
    nm -D --defined-only "$so" | awk '{ print $3 }' | LC_ALL=C sort >>"$out/$side.txt"
    readlink "$so" >>"$out/$side.txt"
    PKG_CONFIG_SYSROOT_DIR='' PKG_CONFIG_PATH=$out/$side/usr/lib/pkgconfig \
        pkg-config --modversion --cflags --libs callback_profile >>"$out/$side.txt"
done
diff "$out/ours.txt" "$out/theirs.txt"
echo "check-cargo-c: the trees are alike"
