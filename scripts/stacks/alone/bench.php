<?php
// PHP's receiver in a loop. It reads its case from standard input and answers it when it is loaded; then the nanoseconds of one body.
declare(strict_types=1);
require __DIR__ . '/../../../examples/receivers/receiver.php';
[, $algo, $key, $iv, $names, $body] = explode("\t", $line, 6); // as the receiver left it
$times = 100000;
for ($i = 0, $start = hrtime(true); $i < $times; $i++) {
    open_body($algo, $key, $iv, $body, ['status', 'to']);
}
echo intdiv(hrtime(true) - $start, $times), "\n";
