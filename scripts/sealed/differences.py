"""What published packages take and ours refuses, by the names of the cases; a new version that differs is noticed.

None of it forges anything: who has no key makes other spellings of a token at most, and ids and versions that nobody uses.
"""

# Cases of `open` about the form of a token, or about the key.
TOKENS = {
    # Blanks, padding and the bits that are left over are skipped; there is no limit for the header.
    "jose": {
        "bare: a line break behind it",
        "form: CR LF in the header, authentic",
        "form: a blank behind it",
        "form: a line break behind it",
        "form: a line break in the ciphertext",
        "form: a tab in the tag",
        "form: bits left over in the ciphertext",
        "form: bits left over in the header, authentic",
        "form: bits left over in the tag",
        "form: padding behind the ciphertext",
        "form: padding behind the header, authentic",
        "form: padding behind the tag",
        "header: over 4 KiB, of a member",
        "header: over 4 KiB, of blanks",
    },
    "joserfc": set(),
    # The same, and a nonce of any length; the header is written anew before it is authenticated.
    "jwcrypto": {
        "form: a nonce of 16 bytes",
        "form: a nonce of 8 bytes",
        "form: bits left over in the ciphertext",
        "form: bits left over in the header",
        "form: bits left over in the tag",
        "form: padding behind the ciphertext",
        "form: padding behind the header",
        "form: padding behind the tag",
        "form: the other alphabet",
        "header: over 4 KiB, of a member",
        "header: over 4 KiB, of blanks",
    },
}

# Cases of `verify`. Both packages take any id and any number of signatures, and read the timestamp as a number, which is
# then signed as they would write it.
BOTH = {
    "id: a point moved from the timestamp",
    "id: of 129 characters",
    "id: of a point",
    "id: that is not ASCII",
    "id: with DEL",
    "id: with a blank",
    "id: with a point",
    "id: with a tab",
    "signature: 17, the first is right",
    "signature: 17, the last is right",
    "signature: 17, unknown versions before it",
    "timestamp: '+1790000000', signed as 1790000000",
    "timestamp: '01790000000', signed as 1790000000",
    "timestamp: '1790000000.0', signed as 1790000000",
    "timestamp: '1790000000 ', signed as 1790000000",
}
WEBHOOKS = {
    "node": BOTH | {"signature: a comma behind it", "timestamp: '1790000000x', signed as 1790000000"},
    "python": BOTH
    | {
        "signature: bits left over",
        "signature: padded twice",
        "again: the timestamp 253402300799",  # refused there: five minutes later is beyond Python's calendar
    },
}
