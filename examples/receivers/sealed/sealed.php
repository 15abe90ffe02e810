<?php
// Opens and makes sealed callbacks, with PHP's openssl extension and nothing else. Copy all above `The rest`.
//
// PHP by itself takes a tag of four bytes and any nonce, cuts a key that is too long, and reads base64 that is none: each
// line marked `trap:` closes one of these. README.md says which is which.

class Refused extends Exception {}

function check(bool $holds): void
{
    if (!$holds) throw new Refused('refused'); // one answer for all failures
}

function encode(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function decode(string $text): string
{
    $bytes = (string) base64_decode(strtr($text, '-_', '+/'));
    check(encode($bytes) === $text); // trap: base64
    return $bytes;
}

function header_of(string $kid): string
{
    return encode('{"alg":"dir","enc":"A256GCM","typ":"callback+jwt","kid":"' . $kid . '"}');
}

/** @throws Refused, unless every check has passed; the claims have `jti` and `params` */
function open_sealed(string $token, string $kid, string $key, int $now, string $method, string $url): stdClass
{
    $parts = explode('.', $token);
    check(count($parts) === 5 && $parts[1] === ''); // trap: parts
    [$header, , $nonce, $data, $tag] = $parts + ['', '', '', '', ''];
    check($header === header_of($kid)); // trap: header
    [$nonce, $data, $tag, $key] = array_map('decode', [$nonce, $data, $tag, str_replace('cbk2_', '', $key)]);
    check(strlen($key) === 32); // trap: key
    check(strlen($nonce) === 12); // trap: nonce
    check(strlen($tag) === 16); // trap: tag
    $plain = openssl_decrypt($data, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $nonce, $tag, $header);
    $claims = json_decode((string) $plain); // false is refused as what is no JSON
    check($claims instanceof stdClass && ($claims->params ?? null) instanceof stdClass); // trap: claims
    check(is_int($claims->iat ?? null) && abs($now - $claims->iat) <= 300); // trap: iat
    check(is_string($claims->jti ?? null) && preg_match('/\A[!-\-\/-~]{1,128}\z/', $claims->jti) === 1); // trap: jti
    check(($claims->htm ?? null) === $method); // trap: htm
    check(($claims->htu ?? null) === $url); // trap: htu
    return $claims;
}

/** The token of a JSON body; what is beside it is for others. json_decode() by itself takes the last of two. */
function token_in_json(string $body): string
{
    check(preg_match_all('/"(j|\\\\u006[aA])(w|\\\\u0077)(e|\\\\u0065)"\s*:/', $body) === 1); // trap: once
    $token = json_decode($body)->jwe ?? null;
    check(is_string($token));
    return $token;
}

/** The token of a form or of a query. */
function token_in_form(string $body): string
{
    $tokens = [];
    foreach (explode('&', $body) as $pair) {
        [$name, $value] = explode('=', $pair, 2) + ['', ''];
        if (urldecode($name) === 'jwe') $tokens[] = urldecode($value);
    }
    check(count($tokens) === 1); // trap: once
    return $tokens[0] ?? '';
}

/** The token over a claims set in JSON. */
function seal(string $kid, string $key, string $claims): string
{
    [$header, $nonce, $key] = [header_of($kid), random_bytes(12), decode(str_replace('cbk2_', '', $key))];
    check(strlen($key) === 32);
    $data = openssl_encrypt($claims, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $nonce, $tag, $header);
    return implode('.', [$header, '', encode($nonce), encode($data), encode($tag)]);
}

// The rest is for scripts/sealed: a JSON object per line in, `ok RESULT` or `refused` out.
foreach (explode("\n", rtrim(stream_get_contents(STDIN), "\n")) as $line) {
    $case = json_decode($line, false, 512, JSON_THROW_ON_ERROR);
    try {
        if ($case->do === 'seal') {
            echo 'ok ' . seal($case->kid, $case->key, $case->claims) . "\n";
            continue;
        }
        $find = ['json' => 'token_in_json', 'form' => 'token_in_form', 'token' => 'strval'][$case->kind];
        $claims = open_sealed($find($case->text), $case->kid, $case->key, $case->now, $case->method, $case->url);
        echo 'ok ' . json_encode([$claims->jti, $claims->params]) . "\n";
    } catch (Refused) {
        echo "refused\n";
    }
}
