#!/usr/bin/env bash
# Lays down the command, its man pages and its completions under $DESTDIR$PREFIX.
# Usage: install.sh COMMAND [SAME-COMMAND-THAT-RUNS-HERE]    the second prints the pages if the first is for another machine
set -euo pipefail
command=$1
prefix=${DESTDIR:-}${PREFIX:-/usr/local}
share=$prefix/share

install -D -m 755 "$command" "$prefix/bin/cbp"
cbp=${2:-$prefix/bin/cbp}
put() { # put FILE ARGUMENT...: what the command prints
    install -D -m 644 /dev/null "$1"
    "$cbp" "${@:2}" >"$1"
}
put "$share/man/man1/cbp.1" man
for name in $("$cbp" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\+\) .*/\1/p'); do
    [ "$name" = help ] || put "$share/man/man1/cbp-$name.1" man "$name"
done
put "$share/bash-completion/completions/cbp" completions bash
put "$share/zsh/site-functions/_cbp" completions zsh
put "$share/fish/vendor_completions.d/cbp.fish" completions fish
echo "installed $prefix/bin/cbp, $(find "$share/man/man1" -name 'cbp*.1' | wc -l) man pages, completions for bash, zsh and fish"
