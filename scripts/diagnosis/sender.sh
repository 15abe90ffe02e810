#!/usr/bin/env bash
# Mistakes that users of the openssl command make. A line: algorithm, key, IV, value; an answer: number of the line, causes,
# what, base64 of the text. The command has no GCM.
set -euo pipefail

hex() { od -An -v -tx1 | tr -d ' \n'; }
say() { printf '%s\t%s\t%s\t%s\n' "$line" "$1" "$2" "$(base64 -w0)"; }
enc() { openssl enc "$@" 2>/dev/null; }

line=0
while IFS=$'\t' read -r algorithm key iv value; do
    bits=$(cut -d- -f2 <<<"$algorithm")
    key_hex=$(printf %s "$key" | hex) iv_hex=$(printf %s "$iv" | hex)
    own=(-K "$key_hex" -iv "$iv_hex")
    if [[ $algorithm == *CFB ]]; then
        printf %s "$value" | enc "-aes-$bits-cfb" "${own[@]}" -a -A | say opens "as it should be"
        printf %s "$value" | enc "-aes-$bits-cfb" "${own[@]}" -a | say opens,line_breaks "-a without -A"
        printf %s "$value" | enc "-aes-$bits-cfb8" "${own[@]}" -a -A | say cfb8 cfb8
        printf %s "$value" | enc "-aes-$bits-cfb1" "${own[@]}" -a -A | say cfb1 cfb1
        printf %s "$value" | enc "-aes-$bits-ofb" "${own[@]}" -a -A | say ofb ofb
        printf %s "$value" | enc "-aes-$bits-ctr" "${own[@]}" -a -A | say ctr ctr
        printf %s "$value" | enc "-aes-$bits-cbc" "${own[@]}" -a -A | say cbc cbc
        printf %s "$value" | enc "-aes-$bits-ecb" -K "$key_hex" -a -A | say ecb ecb
        printf %s "$value" | enc "-aes-$bits-cfb" "${own[@]}" | hex | say hex_text "piped to od"
        printf %s "$value" | enc "-aes-$bits-cfb" "${own[@]}" -a -A | base64 -w0 | say double_encoding "-a, piped to base64"
        printf '%s\n' "$value" | enc "-aes-$bits-cfb" "${own[@]}" -a -A | say wrapped_value "echo without -n"
        printf %s "$value" | enc "-aes-$bits-cfb" -K "$key_hex" -iv 0 -a -A | say iv_other "-iv 0"
        printf %s "$value" | enc "-aes-$bits-cfb" -k "$key" -md sha256 -a -A | say foreign_container "-k"
        printf %s "$value" | enc "-aes-$bits-cfb" -pbkdf2 -k "$key" -a | say foreign_container "-pbkdf2 -k"
        if [ "$bits" != 256 ]; then
            printf %s "$value" | enc -aes-256-cfb "${own[@]}" -a -A | say key_length "a short -K for aes-256-cfb"
        fi
        if [ "$bits" = 128 ]; then
            printf %s "$value" | enc -aes-256-cfb -K "${key_hex}0a" -iv "$iv_hex" -a -A | say key_line_break "-K with a line feed"
        fi
    fi
    line=$((line + 1))
done
