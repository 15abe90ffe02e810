<?php
// Verifies signatures (Standard Webhooks 1.0.0) with PHP alone. Copy all above `The rest`.
//
// PHP by itself reads base64 that is none, and turns any text into a number: each line marked `trap:` closes something.
// README.md says what.

class Refused extends Exception {}

function check(bool $holds): void
{
    if (!$holds) throw new Refused('refused'); // one answer for all failures
}

function key_of(string $secret): string
{
    $key = (string) base64_decode(substr($secret, 6));
    check($secret === 'whsec_' . base64_encode($key) && strlen($key) >= 24 && strlen($key) <= 64); // trap: secret
    return $key;
}

/** Whether one of the signatures is made with one of the secrets; in constant time. */
function holds(array $secrets, string $signed, array $received): bool
{
    $holds = false;
    foreach ($secrets as $secret) {
        $made = 'v1,' . base64_encode(hash_hmac('sha256', $signed, key_of($secret), true));
        foreach ($received as $signature) $holds = hash_equals($made, $signature) || $holds;
    }
    return $holds;
}

/** Id and timestamp, for the body as it was received. Remember the id for twice the tolerance. @throws Refused */
function verify(array $secrets, array $headers, string $body, int $now, int $tolerance = 300): array
{
    $found = ['webhook-id' => [], 'webhook-timestamp' => [], 'webhook-signature' => []];
    foreach ($headers as [$name, $value]) $found[strtolower($name)][] = $value;
    [$ids, $timestamps, $signatures] = array_values($found);
    check(count($ids) === 1 && count($timestamps) === 1 && count($signatures) === 1); // trap: headers
    [$id, $timestamp, $received] = [end($ids), end($timestamps), explode(' ', end($signatures))];
    check(preg_match('/\A[!-\-\/-~]{1,128}\z/', $id) === 1); // trap: id
    check(preg_match('/\A(0|[1-9][0-9]{0,17})\z/', $timestamp) === 1); // trap: timestamp
    check(count($received) <= 16); // trap: many
    check(holds($secrets, "$id.$timestamp.$body", $received)); // trap: signature
    check(abs($now - (int) $timestamp) <= $tolerance); // trap: time
    return [$id, (int) $timestamp];
}

// The rest is for scripts/sealed: see scripts/sealed/signature_jobs.py for the line in; `ok ID TIMESTAMP` or `refused` out.
foreach (explode("\n", rtrim(stream_get_contents(STDIN), "\n")) as $line) {
    [$now, $tolerance, $body, $count] = $texts = explode("\t", $line);
    $plain = array_map('base64_decode', array_slice($texts, 4));
    $headers = array_chunk(array_slice($plain, (int) $count), 2);
    try {
        $verified = verify(array_slice($plain, 0, (int) $count), $headers, base64_decode($body), (int) $now, (int) $tolerance);
        echo 'ok ' . implode(' ', $verified) . "\n";
    } catch (Refused) {
        echo "refused\n";
    }
}
