<?php
// The library from PHP 8.1 or newer, by FFI: `php -d ffi.enable=1`; under FPM, a preload file (`FFI::load`), since `ffi.enable` is
// `preload` there. CALLBACK_PROFILE_LIBRARY names the library; else the loader finds libcallback_profile.so.
//
// A copy of the declarations of callback_profile.h that are needed here. Two differ: `const void *` instead of `const char *` as
// a result, because PHP makes a string of that, which ends at the first zero byte; `const char *` instead of `const void *` as an
// argument, because PHP passes a string for that alone.
declare(strict_types=1);

final class CallbackProfileError extends RuntimeException
{
    /** @param string[] $parameters the parameters that the error is about */
    public function __construct(string $message, public readonly string $name, public readonly string $class, public readonly array $parameters)
    {
        parent::__construct($message);
    }
}

final class CallbackProfile
{
    private const DECLARATIONS = <<<'C'
        typedef int32_t cbp_status;
        typedef struct { const char *data; size_t len; } cbp_str;
        typedef struct cbp_error cbp_error;
        typedef struct cbp_bytes cbp_bytes;
        typedef struct cbp_profile cbp_profile;
        typedef struct cbp_callback cbp_callback;
        typedef struct cbp_diagnosis cbp_diagnosis;
        typedef struct cbp_parse_options cbp_parse_options;
        typedef struct cbp_call_options cbp_call_options;
        const void *cbp_bytes_data(const cbp_bytes *);
        size_t cbp_bytes_len(const cbp_bytes *);
        void cbp_bytes_free(cbp_bytes *);
        cbp_str cbp_error_name(const cbp_error *);
        cbp_str cbp_error_class(const cbp_error *);
        cbp_str cbp_error_message(const cbp_error *);
        size_t cbp_error_parameter_count(const cbp_error *);
        cbp_str cbp_error_parameter_at(const cbp_error *, size_t);
        void cbp_error_free(cbp_error *);
        cbp_parse_options *cbp_parse_options_new(void);
        cbp_status cbp_parse_options_set_wire_format(cbp_parse_options *, uint32_t, uint32_t, uint32_t, cbp_error **);
        cbp_status cbp_parse_options_set_limit(cbp_parse_options *, uint32_t, size_t, cbp_error **);
        void cbp_parse_options_free(cbp_parse_options *);
        cbp_call_options *cbp_call_options_new(void);
        cbp_status cbp_call_options_set_missing(cbp_call_options *, uint32_t, cbp_error **);
        cbp_status cbp_call_options_set_surrogates(cbp_call_options *, uint32_t, cbp_error **);
        cbp_status cbp_call_options_set_boundary(cbp_call_options *, const char *, size_t, cbp_error **);
        cbp_status cbp_call_options_set_content_type(cbp_call_options *, const char *, size_t, cbp_error **);
        cbp_status cbp_call_options_set_structures(cbp_call_options *, const cbp_str *, size_t, cbp_error **);
        cbp_status cbp_call_options_set_absent(cbp_call_options *, const cbp_str *, size_t, cbp_error **);
        cbp_status cbp_call_options_allow_all_structures(cbp_call_options *, cbp_error **);
        cbp_status cbp_call_options_allow_all_absent(cbp_call_options *, cbp_error **);
        void cbp_call_options_free(cbp_call_options *);
        cbp_status cbp_profile_parse(const char *, size_t, const cbp_parse_options *, cbp_profile **, cbp_error **);
        void cbp_profile_free(cbp_profile *);
        cbp_status cbp_profile_open(const cbp_profile *, const char *, size_t, const cbp_call_options *, cbp_bytes **, cbp_error **);
        cbp_status cbp_profile_callback(const cbp_profile *, const char *, size_t, const cbp_call_options *, cbp_callback **, cbp_error **);
        uint32_t cbp_callback_method(const cbp_callback *);
        cbp_str cbp_method_name(uint32_t);
        cbp_str cbp_callback_url(const cbp_callback *);
        size_t cbp_callback_header_count(const cbp_callback *);
        cbp_str cbp_callback_header_name(const cbp_callback *, size_t);
        cbp_str cbp_callback_header_value(const cbp_callback *, size_t);
        cbp_str cbp_callback_body(const cbp_callback *);
        size_t cbp_callback_missing_count(const cbp_callback *);
        cbp_str cbp_callback_missing(const cbp_callback *, size_t);
        void cbp_callback_free(cbp_callback *);
        cbp_status cbp_diagnose(const cbp_profile *, const cbp_str *, size_t, const void *, cbp_diagnosis **, cbp_error **);
        cbp_status cbp_diagnosis_to_json(const cbp_diagnosis *, cbp_bytes **, cbp_error **);
        void cbp_diagnosis_free(cbp_diagnosis *);
        C;

    private static ?FFI $c = null;

    private function __construct(private FFI\CData $profile)
    {
    }

    public function __destruct()
    {
        self::$c->cbp_profile_free($this->profile);
    }

    /** @param array{wire?: int[], limit?: array<int, int>} $options numbers of the header: CBP_ENCODING_..., CBP_LIMIT_... */
    public static function parse(string $payload, array $options = []): self
    {
        self::$c ??= FFI::cdef(self::DECLARATIONS, getenv('CALLBACK_PROFILE_LIBRARY') ?: 'libcallback_profile.so');
        $settings = self::$c->cbp_parse_options_new();
        try {
            if (isset($options['wire'])) {
                self::call('cbp_parse_options_set_wire_format', [$settings, ...$options['wire']]);
            }
            foreach ($options['limit'] ?? [] as $limit => $value) {
                self::call('cbp_parse_options_set_limit', [$settings, $limit, $value]);
            }
            return new self(self::call('cbp_profile_parse', [$payload, strlen($payload), $settings], 'cbp_profile'));
        } finally {
            self::$c->cbp_parse_options_free($settings);
        }
    }

    /** The parameters of a received callback as a JSON object. */
    public function open(string $received, array $options = []): string
    {
        $open = fn ($settings) => self::call('cbp_profile_open', [$this->profile, $received, strlen($received), $settings], 'cbp_bytes');
        return self::take($options === [] ? $open(null) : self::settings($options, $open));
    }

    /** @return array{method: string, url: string, headers: array<array{string, string}>, body: ?string, missing: string[]} */
    public function callback(string $record, array $options = []): array
    {
        $make = fn ($settings) => self::call('cbp_profile_callback', [$this->profile, $record, strlen($record), $settings], 'cbp_callback');
        $callback = $options === [] ? $make(null) : self::settings($options, $make);
        $c = self::$c;
        $headers = $missing = [];
        for ($i = 0; $i < $c->cbp_callback_header_count($callback); $i++) {
            $headers[] = [self::text($c->cbp_callback_header_name($callback, $i)), self::text($c->cbp_callback_header_value($callback, $i))];
        }
        for ($i = 0; $i < $c->cbp_callback_missing_count($callback); $i++) {
            $missing[] = self::text($c->cbp_callback_missing($callback, $i));
        }
        $body = $c->cbp_callback_body($callback);
        $result = [
            'method' => self::text($c->cbp_method_name($c->cbp_callback_method($callback))),
            'url' => self::text($c->cbp_callback_url($callback)),
            'headers' => $headers,
            'body' => $body->data === null ? null : self::text($body),
            'missing' => $missing,
        ];
        $c->cbp_callback_free($callback);
        return $result;
    }

    /** Why these encrypted texts do not open, as JSON. @param string[] $texts */
    public function diagnose(array $texts): string
    {
        $diagnosis = self::strings($texts, fn ($views, $count) => self::call('cbp_diagnose', [$this->profile, $views, $count, null], 'cbp_diagnosis'));
        try {
            return self::take(self::call('cbp_diagnosis_to_json', [$diagnosis], 'cbp_bytes'));
        } finally {
            self::$c->cbp_diagnosis_free($diagnosis);
        }
    }

    /** Calls $use with the settings of a call. */
    private static function settings(array $options, callable $use): FFI\CData
    {
        $settings = self::$c->cbp_call_options_new();
        try {
            foreach ($options as $name => $value) {
                match (true) {
                    $value === true => self::call("cbp_call_options_allow_all_$name", [$settings]),
                    is_int($value) => self::call("cbp_call_options_set_$name", [$settings, $value]),
                    is_string($value) => self::call("cbp_call_options_set_$name", [$settings, $value, strlen($value)]),
                    is_array($value) => self::strings($value, fn ($views, $count) => self::call("cbp_call_options_set_$name", [$settings, $views, $count])),
                };
            }
            return $use($settings);
        } finally {
            self::$c->cbp_call_options_free($settings);
        }
    }

    /** Calls a function whose last two arguments are the result (none without $result) and the error. */
    private static function call(string $function, array $arguments, string $result = ''): ?FFI\CData
    {
        $error = self::$c->new('cbp_error *');
        $out = $result === '' ? null : self::$c->new("$result *");
        $outputs = $out === null ? [FFI::addr($error)] : [FFI::addr($out), FFI::addr($error)];
        if (self::$c->$function(...$arguments, ...$outputs) === 0) {
            return $out;
        }
        $parameters = [];
        for ($i = 0; $i < self::$c->cbp_error_parameter_count($error); $i++) {
            $parameters[] = self::text(self::$c->cbp_error_parameter_at($error, $i));
        }
        [$message, $name, $class] = array_map(fn ($part) => self::text(self::$c->{"cbp_error_$part"}($error)), ['message', 'name', 'class']);
        self::$c->cbp_error_free($error);
        throw new CallbackProfileError($message, $name, $class, $parameters);
    }

    private static function text(FFI\CData $view): string
    {
        return $view->len === 0 ? '' : FFI::string($view->data, $view->len);
    }

    private static function take(FFI\CData $bytes): string
    {
        $text = FFI::string(FFI::cast('char *', self::$c->cbp_bytes_data($bytes)), self::$c->cbp_bytes_len($bytes));
        self::$c->cbp_bytes_free($bytes);
        return $text;
    }

    /** Calls $use with an array of cbp_str whose memory lives as long. */
    private static function strings(array $texts, callable $use): ?FFI\CData
    {
        $count = count($texts);
        $views = self::$c->new("cbp_str[$count]");
        $memory = [];
        foreach (array_values($texts) as $i => $text) {
            $memory[$i] = self::$c->new('char[' . max(1, strlen($text)) . ']');
            FFI::memcpy($memory[$i], $text, strlen($text));
            $views[$i]->data = self::$c->cast('char *', FFI::addr($memory[$i]));
            $views[$i]->len = strlen($text);
        }
        return $use($views, $count);
    }
}

// From here on: test cases from standard input, or `bench`; see README.md. Leave it out.
if (realpath($_SERVER['SCRIPT_FILENAME']) !== __FILE__) {
    return;
}
$settings = function (string $text): array {
    $parse = $call = [];
    foreach (array_filter(explode(';', $text)) as $setting) {
        [$name, $value] = explode('=', $setting, 2);
        match ($name) {
            'wire' => $parse['wire'] = array_map('intval', explode(',', $value)),
            'limit' => $parse['limit'][(int) explode(',', $value)[0]] = (int) explode(',', $value)[1],
            'missing', 'surrogates' => $call[$name] = (int) $value,
            'content_type', 'boundary' => $call[$name] = hex2bin($value),
            'structures', 'absent' => $call[$name] = $value === '*' ? true : array_map('hex2bin', explode(',', $value)),
        };
    }
    return [$parse, $call];
};
while (($line = fgets(STDIN)) !== false) {
    [$job, $payload, $input, $options, $times] = explode("\t", rtrim($line, "\n"));
    [$parse, $call] = $settings($options);
    try {
        $profile = CallbackProfile::parse(hex2bin($payload), $parse);
        if ($job === 'callback') {
            $callback = $profile->callback(hex2bin($input), $call);
            $headers = implode("\n", array_map(fn ($header) => implode(': ', $header), $callback['headers']));
            $parts = [$callback['method'], $callback['url'], $headers, $callback['body'] === null ? '' : "={$callback['body']}", implode("\n", $callback['missing'])];
        } elseif ($job === 'bench') {
            $received = hex2bin($input);
            for ($i = 0, $start = hrtime(true); $i < (int) $times; $i++) {
                $profile->open($received);
            }
            $parts = [(string) intdiv(hrtime(true) - $start, (int) $times)];
        } else {
            $parts = [$job === 'open' ? $profile->open(hex2bin($input), $call) : $profile->diagnose([hex2bin($input)])];
        }
        echo 'ok ', implode(' ', array_map('bin2hex', $parts)), "\n";
    } catch (CallbackProfileError $error) {
        echo "error $error->name $error->class ", bin2hex(implode("\n", $error->parameters)), "\n";
    }
}
