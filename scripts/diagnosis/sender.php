<?php
// Mistakes that PHP programs make. A line: algorithm, key, IV, value; an answer: number of the line, causes, what, base64 of the text.

function say(int $line, string $causes, string $what, string $text): void
{
    echo implode("\t", [$line, $causes, $what, base64_encode($text)]), "\n";
}

foreach (file('php://stdin', FILE_IGNORE_NEW_LINES) as $line => $input) {
    [$algorithm, $key, $iv, $value] = explode("\t", $input);
    [, $bits, $mode] = explode('-', strtolower($algorithm));
    $raw = OPENSSL_RAW_DATA;
    $tag = null;
    if ($mode === 'gcm') {
        $name = "aes-$bits-gcm";
        $sealed = openssl_encrypt($value, $name, $key, $raw, $iv, $tag);
        say($line, 'opens', 'as it should be', base64_encode($sealed . $tag));
        say($line, 'tag_missing', 'without $tag', base64_encode($sealed));
        say($line, 'tag_first', '$tag first', base64_encode($tag . $sealed));
        say($line, 'pieces', 'both encoded', base64_encode($sealed) . '.' . base64_encode($tag));
        say($line, 'double_encoding', 'base64 twice', base64_encode(base64_encode($sealed . $tag)));
        $encoded = openssl_encrypt($value, $name, $key, 0, $iv, $tag);
        say($line, 'double_encoding', 'without OPENSSL_RAW_DATA', base64_encode($encoded . $tag));
        $sealed = openssl_encrypt($value, $name, $key, $raw, substr($iv, 0, 12), $tag);
        say($line, 'iv_cut', 'an IV of 12 bytes', base64_encode($sealed . $tag));
        $sealed = openssl_encrypt($value, $name, $key, $raw, $iv, $tag, $iv);
        say($line, 'tag_wrong', 'the IV as associated data', base64_encode($sealed . $tag));
        $sealed = openssl_encrypt($value, $name, $key, $raw, $iv, $tag, '', 12);
        say($line, 'tag_short', 'a tag of 12 bytes', base64_encode($sealed . $tag));
        $own = random_bytes(12);
        $sealed = openssl_encrypt($value, $name, $key, $raw, $own, $tag);
        say($line, 'iv_in_text', 'random_bytes(12) in front', base64_encode($own . $tag . $sealed));
        $sealed = openssl_encrypt(serialize($value), $name, $key, $raw, $iv, $tag);
        say($line, 'wrapped_value', 'serialize()', base64_encode($sealed . $tag));
        if ($bits !== '256') {
            $sealed = openssl_encrypt($value, 'aes-256-gcm', $key, $raw, $iv, $tag);
            say($line, 'key_length', 'a short key for aes-256-gcm', base64_encode($sealed . $tag));
        }
        continue;
    }
    $name = "aes-$bits-cfb";
    $seal = fn (string $name, string $key, int $options = OPENSSL_RAW_DATA) => openssl_encrypt($value, $name, $key, $options, $iv);
    say($line, 'opens', 'without OPENSSL_RAW_DATA, once', $seal($name, $key, 0));
    say($line, 'double_encoding', 'without OPENSSL_RAW_DATA', base64_encode($seal($name, $key, 0)));
    say($line, 'cfb8', 'cfb8', base64_encode($seal("aes-$bits-cfb8", $key)));
    say($line, 'cbc', 'cbc', $seal("aes-$bits-cbc", $key, 0));
    say($line, 'key_length', 'the name of another size', base64_encode($seal($bits === '256' ? 'aes-128-cfb' : 'aes-256-cfb', $key)));
    say($line, 'key_hashed', "hash('sha256', \$key, true)", base64_encode($seal('aes-256-cfb', hash('sha256', $key, true))));
    say($line, 'key_hashed', "hash('sha256', \$key)", base64_encode($seal('aes-256-cfb', hash('sha256', $key))));
    say($line, 'key_hashed', 'md5($key)', base64_encode($seal('aes-256-cfb', md5($key))));
    say($line, 'hex_text', 'bin2hex', bin2hex($seal($name, $key)));
    say($line, 'percent_encoded', 'urlencode', urlencode($seal($name, $key, 0)));
    say($line, 'surrounding_characters,escaped_text', 'json_encode', json_encode($seal($name, $key, 0)));
    say($line, 'not_encrypted', 'openssl_encrypt forgotten', $value);
    say($line, 'only_base64', 'base64 alone', base64_encode($value));
}
