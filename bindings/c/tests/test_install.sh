#!/usr/bin/env bash
# Installs into an empty folder and uses the result as bindings/c/README.md says: pkg-config and CMake, shared and static.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
cd "$root"
out=$root/build/c/install
stage=$out/stage
die() {
    echo "FAILED install: $*"
    exit 1
}

echo "== install, shared and static, pkg-config and CMake"
rm -rf "$out"
mkdir -p "$out"
# A LIBDIR that is not the default, and one that CMake looks into on this system: lib64 is not on Debian.
libdir=lib/$(gcc -print-multiarch)
make --no-print-directory c-install PREFIX=/opt/cbp LIBDIR="$libdir" DESTDIR="$stage"
make --no-print-directory c-install PREFIX=/opt/cbp LIBDIR="/opt/cbp/$libdir" DESTDIR="$stage" >/dev/null # again, absolute
lib=$stage/opt/cbp/$libdir
so=$(readlink -f "$lib/libcallback_profile.so")

# SONAME and the version links
soname=$(objdump -p "$so" | awk '$1 == "SONAME" { print $2 }')
for link in libcallback_profile.so "$soname"; do
    [ "$(readlink "$lib/$link")" = "$(basename "$so")" ] || die "version link $link"
done

# Exactly the listed symbols, and nothing without the prefix
nm -D --defined-only "$so" | awk '{ print $3 }' | LC_ALL=C sort >"$out/exports.txt"
diff bindings/c/exports.txt "$out/exports.txt" || die "exported symbols"

# Everything that the shared library needs is part of every system
needed=$(objdump -p "$so" | awk '$1 == "NEEDED" { print $2 }' | LC_ALL=C sort | tr '\n' ' ')
case "$needed" in
"ld-linux-x86-64.so.2 libc.so.6 libgcc_s.so.1 " | "libc.so.6 libgcc_s.so.1 " | "ld-linux-aarch64.so.1 libc.so.6 libgcc_s.so.1 ") ;;
*) die "it needs $needed" ;;
esac

# pkg-config
export PKG_CONFIG_SYSROOT_DIR=$stage PKG_CONFIG_PATH=$lib/pkgconfig LD_LIBRARY_PATH=$lib
version=$(pkg-config --modversion callback_profile)
grep -q "^#define CBP_VERSION \"$version\"$" "$stage/opt/cbp/include/callback_profile.h" || die "version $version"
expected='opened    {"status":"DELIVERED","to":"+919876543210"}'
try() {
    "$@" | grep -qxF "$expected" || die "$*"
    echo "ok $(basename "$1")"
}
cd "$out"
gcc -std=c99 -Wall -Wextra -Wpedantic -Werror "$here/../examples/quickstart.c" \
    $(pkg-config --cflags --libs callback_profile) -o pkgconfig_c_shared
gcc -std=c99 "$here/../examples/quickstart.c" $(pkg-config --cflags callback_profile) \
    -Wl,-Bstatic -lcallback_profile -L"$lib" -Wl,-Bdynamic $(pkg-config --static --libs callback_profile | sed 's/-lcallback_profile//') \
    -o pkgconfig_c_static
gcc -static "$here/../examples/quickstart.c" $(pkg-config --static --cflags --libs callback_profile) -o pkgconfig_c_fully_static
g++ -std=c++17 -Wall -Wextra -Wpedantic -Werror "$here/../examples/quickstart.cpp" \
    $(pkg-config --cflags --libs callback_profile) -o pkgconfig_cpp_shared
for program in pkgconfig_c_shared pkgconfig_cpp_shared; do
    objdump -p $program | grep -q "NEEDED.*$soname" || die "$program is not linked with $soname"
done
for program in pkgconfig_c_static pkgconfig_c_fully_static; do
    if objdump -p $program | grep -q callback_profile; then die "$program is not static"; fi
done
for program in pkgconfig_*; do try "./$program"; done

# README's lines for the shell; the first one, of make, has laid down the tree.
mkdir -p readme && cp "$here/../examples/quickstart.c" readme/
printf '#include <callback_profile.h>\nunsigned loaded(void) { return cbp_abi_version(); }\n' >readme/plugin.c
cd readme
lines=0
while read -r line; do
    eval "$line" >readme.log 2>&1 || { cat readme.log; die "README: $line"; }
    lines=$((lines + 1))
done < <(sed -n '/^```sh/,/^```/p' "$root/bindings/c/README.md" | grep '^cc ')
[ $lines = 3 ] || die "README: $lines lines"
if nm -D --defined-only plugin.so | grep cbp_; then die "README: the plug-in exports the library"; fi
nm -D --defined-only plugin.so | grep -q ' loaded$' || die "README: the plug-in"
cd ..

# CMake, after the whole tree was moved
unset LD_LIBRARY_PATH PKG_CONFIG_SYSROOT_DIR
mv "$stage/opt/cbp" "$out/moved"
cmake -S "$here/../examples" -B cmake -DCMAKE_PREFIX_PATH="$out/moved" >cmake.log 2>&1 || { cat cmake.log; die "cmake"; }
cmake --build cmake >>cmake.log 2>&1 || { cat cmake.log; die "cmake --build"; }
for program in cmake/quickstart_*_*; do try "$program"; done
(cd cmake && ctest >ctest.log 2>&1) || { cat cmake/ctest.log; die "ctest"; }
grep "tests passed" cmake/ctest.log
# README's lines of CMake, in a project that sets no standard, with a compiler whose default is older than C++17.
mkdir -p asks
{
    printf 'cmake_minimum_required(VERSION 3.16)\nproject(asks LANGUAGES CXX)\nadd_executable(service quickstart.cpp)\n'
    sed -n '/^```cmake/,/^```/{/^```/!p}' "$root/bindings/c/README.md"
    printf 'add_executable(other quickstart.cpp)\ntarget_link_libraries(other PRIVATE callback_profile::static)\n'
} >asks/CMakeLists.txt
cp "$here/../examples/quickstart.cpp" asks/
cmake -S asks -B asks/build -DCMAKE_CXX_FLAGS=-std=c++11 -DCMAKE_PREFIX_PATH="$out/moved" >asks.log 2>&1 || { cat asks.log; die "cmake asks"; }
cmake --build asks/build >>asks.log 2>&1 || { cat asks.log; die "the target does not ask for C++17"; }
for program in service other; do try "asks/build/$program"; done
# Without it the same project fails, so that this test can.
sed -i 's/^find_package.*/&\nset_property(TARGET callback_profile::callback_profile callback_profile::static PROPERTY INTERFACE_COMPILE_FEATURES)/' asks/CMakeLists.txt
cmake -S asks -B asks/without -DCMAKE_CXX_FLAGS=-std=c++11 -DCMAKE_PREFIX_PATH="$out/moved" >asks.log 2>&1 || { cat asks.log; die "cmake without"; }
if cmake --build asks/without >>asks.log 2>&1; then die "C++17 is not asked for, and the project is built"; fi
# A project without C++ finds the package too.
mkdir -p only_c && printf 'cmake_minimum_required(VERSION 3.16)\nproject(only_c C)\nfind_package(callback_profile 0.1 REQUIRED)\nadd_executable(only_c quickstart.c)\ntarget_link_libraries(only_c callback_profile::callback_profile)\n' >only_c/CMakeLists.txt
cp "$here/../examples/quickstart.c" only_c/
cmake -S only_c -B only_c/build -DCMAKE_PREFIX_PATH="$out/moved" >only_c.log 2>&1 && cmake --build only_c/build >>only_c.log 2>&1 || { cat only_c.log; die "only C"; }
try only_c/build/only_c
printf 'cmake_minimum_required(VERSION 3.16)\nproject(x C)\nfind_package(callback_profile 0.2 REQUIRED)\n' >wrong.cmake
mkdir -p wrong && mv wrong.cmake wrong/CMakeLists.txt
if cmake -S wrong -B wrong/build -DCMAKE_PREFIX_PATH="$out/moved" >wrong.log 2>&1; then die "version 0.2 is found"; fi

so=$(readlink -f "$out/moved/$libdir/libcallback_profile.so")
echo "sizes: shared $(stat -c %s "$so") bytes stripped, static $(stat -c %s "$out/moved/$libdir/libcallback_profile.a") bytes," \
    "$(wc -l <"$root/bindings/c/exports.txt") exports"
