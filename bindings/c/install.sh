#!/bin/sh
# Lays down libraries, headers, callback_profile.pc and the CMake package: install.sh BUILT_LIBRARIES
# PREFIX, LIBDIR (absolute, or relative to PREFIX), INCLUDEDIR and DESTDIR say where; STRIP is that of the libraries' machine.
# `make c-install` calls it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
built=$1
prefix=${PREFIX:-/usr/local}
libdir=${LIBDIR:-lib}
includedir=${INCLUDEDIR:-include}
case $libdir in /*) ;; *) libdir=$prefix/$libdir ;; esac
case $includedir in /*) ;; *) includedir=$prefix/$includedir ;; esac
destdir=${DESTDIR:-}
strip=${STRIP:-strip}

version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\([^"]*\)".*/\1/p' "$root/Cargo.toml")
case $version in
0.*) soversion=$(echo "$version" | cut -d. -f1,2) ;; # before 1.0 a minor version may break the ABI
*) soversion=$(echo "$version" | cut -d. -f1) ;;
esac
name=libcallback_profile

# Fills a template: @NAME@ becomes the variable's value.
fill() {
    sed -e "s|@VERSION@|$version|g" -e "s|@PREFIX@|$prefix|g" -e "s|@LIBDIR@|$libdir|g" \
        -e "s|@INCLUDEDIR@|$includedir|g" -e "s|@SOVERSION@|$soversion|g" -e "s|@TO_LIBDIR@|$to_libdir|g" \
        -e "s|@TO_INCLUDEDIR@|$to_includedir|g" "$1" >"$2.tmp"
    chmod 644 "$2.tmp" && mv "$2.tmp" "$2"
}

cmakedir=$libdir/cmake/callback_profile
to_libdir=$(realpath -m -s --relative-to="$cmakedir" "$libdir")
to_includedir=$(realpath -m -s --relative-to="$cmakedir" "$includedir")

install -d "$destdir$includedir" "$destdir$libdir/pkgconfig" "$destdir$cmakedir"
install -m 644 "$root/include/callback_profile.h" "$root/include/callback_profile.hpp" "$destdir$includedir"
install -m 755 "$built/$name.so" "$destdir$libdir/$name.so.$version"
$strip --strip-unneeded "$destdir$libdir/$name.so.$version"
ln -sf "$name.so.$version" "$destdir$libdir/$name.so.$soversion"
ln -sf "$name.so.$version" "$destdir$libdir/$name.so"
install -m 644 "$built/$name.a" "$destdir$libdir/$name.a"
$strip --strip-debug "$destdir$libdir/$name.a"
fill "$here/callback_profile.pc.in" "$destdir$libdir/pkgconfig/callback_profile.pc"
fill "$here/cmake/callback_profileConfig.cmake.in" "$destdir$cmakedir/callback_profileConfig.cmake"
fill "$here/cmake/callback_profileConfigVersion.cmake.in" "$destdir$cmakedir/callback_profileConfigVersion.cmake"
echo "installed callback_profile $version in $destdir$prefix"
