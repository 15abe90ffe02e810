<?php
// Opens a callback, with PHP's openssl extension and nothing else. Copy decrypt_value(), open_body() and refuse().
//
// PHP by itself pads a short key with NUL bytes, cuts a long one, takes a tag of one byte, reads base64 that is none,
// and returns false instead of throwing: each line marked `trap:` closes one of these. README.md says which is which.

class Refused extends Exception {}

function refuse(): never
{
    throw new Refused('refused'); // one answer for all failures
}

/** @throws Refused and nothing is returned, unless every check has passed */
function decrypt_value(string $algo, string $key, string $iv, string $text): string
{
    if (preg_match('/\AAES-(128|192|256)-(GCM|CFB)\z/', $algo) !== 1) refuse(); // trap: algorithm
    if (strlen($key) * 8 !== (int) substr($algo, 4, 3)) refuse(); // trap: key
    if (strlen($iv) !== 16) refuse(); // trap: iv
    $bytes = base64_decode($text, true);
    if ($bytes === false || base64_encode($bytes) !== $text) refuse(); // trap: base64

    $tag = null; // CFB has none, and PHP warns if it is given one
    if (str_ends_with($algo, 'GCM')) {
        if (strlen($bytes) < 16) refuse(); // trap: tag
        $tag = substr($bytes, -16);
        $bytes = substr($bytes, 0, -16);
    }
    // "cfb" is CFB128. Without OPENSSL_RAW_DATA PHP would decode base64 once more.
    $name = strtolower($algo); // trap: cfb128
    $value = openssl_decrypt($bytes, $name, $key, OPENSSL_RAW_DATA, $iv, $tag); // trap: raw
    if ($value === false) refuse(); // trap: verified
    if (preg_match('//u', $value) !== 1) refuse(); // trap: utf8
    return $value;
}

/**
 * @return array the members of a JSON body, those of these names decrypted
 * @throws Refused unless each of the names is there as a text
 */
function open_body(string $algo, string $key, string $iv, string $text, array $names): array
{
    $body = (array) json_decode($text); // of a name that comes twice it keeps the last
    if (array_diff($names, array_keys($body))) refuse(); // trap: absent
    $named = array_intersect_key($body, array_flip($names));
    if (array_filter($named, 'is_string') !== $named) refuse(); // trap: text
    foreach (array_filter($named, 'is_string') as $name => $value) {
        $body[$name] = decrypt_value($algo, $key, $iv, $value);
    }
    return $body;
}

// The rest is for scripts/receivers: `algo TAB key TAB iv TAB base64`, or `body TAB algo TAB key TAB iv TAB names TAB JSON`,
// per line in; `ok BASE64`, of a body one for each name, or `refused` out.
foreach (explode("\n", rtrim(stream_get_contents(STDIN), "\n")) as $line) {
    try {
        if (str_starts_with($line, "body\t")) {
            [, $algo, $key, $iv, $names, $text] = explode("\t", $line, 6);
            $body = open_body($algo, $key, $iv, $text, explode(',', $names));
            $values = array_map(fn ($name) => is_string($body[$name] ?? null) ? $body[$name] : '', explode(',', $names));
        } else {
            $values = [decrypt_value(...explode("\t", $line, 4))];
        }
        echo 'ok ' . implode(' ', array_map('base64_encode', $values)) . "\n";
    } catch (Refused) {
        echo "refused\n";
    }
}
