//! What tenants send: payloads, patches, stored profiles, envelopes.

use callback_profile::ParseOptions;

use super::text::{enc, joined, json, list, parse, payload, payload_of_url, profile, repeat};
use super::{Family, Work};

pub(super) const FAMILIES: &[Family] = &[
    Family { name: "body: towers of 28 arrays", accepted: true, make: towers_of_arrays },
    Family { name: "body: towers of 28 objects", accepted: true, make: towers_of_objects },
    Family { name: "brackets that never close", accepted: false, make: brackets },
    Family { name: "`{\"` by the thousand", accepted: false, make: braces_and_quotes },
    Family { name: "nothing but blanks", accepted: false, make: blanks },
    Family { name: "many small numbers", accepted: true, make: small_numbers },
    Family { name: "a number of many digits", accepted: true, make: huge_number },
    Family { name: "many numbers with exponents", accepted: true, make: exponents },
    Family { name: "one name twice, far apart", accepted: false, make: duplicate_at_the_end },
    Family { name: "objects of 64 names with one fingerprint", accepted: true, make: same_fingerprints },
    Family { name: "one object of many names", accepted: true, make: many_names },
    Family { name: "one object of long names that share their start", accepted: true, make: long_names },
    Family { name: "a string of escapes", accepted: true, make: escapes },
    Family { name: "many strings of one escape", accepted: true, make: short_escapes },
    Family { name: "a string of escapes, cut short", accepted: false, make: escapes_cut_short },
    Family { name: "a long title", accepted: true, make: long_title },
    Family { name: "a long title of wrong letters", accepted: false, make: wrong_title },
    Family { name: "many wrong events", accepted: false, make: wrong_events },
    Family { name: "many events", accepted: true, make: many_events },
    Family { name: "many wrong headers", accepted: false, make: wrong_headers },
    Family { name: "one header of a long wrong name", accepted: false, make: long_header_name },
    Family { name: "many headers that differ in case", accepted: false, make: headers_in_case },
    Family { name: "many unknown members", accepted: true, make: unknown_members },
    Family { name: "unknown members with names to escape", accepted: true, make: unknown_escaped },
    Family { name: "body: unclosed `<`", accepted: true, make: unclosed_names },
    Family { name: "body: `<a` by the thousand", accepted: true, make: started_names },
    Family { name: "body: one replacer of a long path", accepted: true, make: long_path },
    Family { name: "body: brackets within a name", accepted: true, make: brackets_in_name },
    Family { name: "body: many replacers", accepted: true, make: many_replacers },
    Family { name: "body: many replacers in one string", accepted: true, make: replacers_in_one_string },
    Family { name: "body: many fields of a form", accepted: true, make: form_fields },
    Family { name: "body: an object in a string", accepted: true, make: body_in_string },
    Family { name: "message: `{\"` by the thousand", accepted: true, make: message_braces },
    Family { name: "message: braces and blanks", accepted: true, make: message_blanks },
    Family { name: "message: pairs without an end", accepted: true, make: half_pairs },
    Family { name: "message: many pairs", accepted: true, make: many_pairs },
    Family { name: "message: pairs with escapes", accepted: true, make: escaped_pairs },
    Family { name: "message: a pair of wrong escapes in a pair", accepted: true, make: wrong_escapes },
    Family { name: "params: many that match", accepted: true, make: params_that_match },
    Family { name: "params: many that match nothing", accepted: true, make: params_in_vain },
    Family { name: "params: dotted, over many replacers", accepted: true, make: params_over_replacers },
    Family { name: "params: dotted, over many objects", accepted: true, make: params_over_objects },
    Family { name: "params: dotted, one name of many dots", accepted: true, make: params_of_dots },
    Family { name: "url: many parameters", accepted: true, make: url_parameters },
    Family { name: "url: many empty parameters", accepted: true, make: url_ampersands },
    Family { name: "url: parameters with filled names, and params", accepted: true, make: url_and_params },
    Family { name: "url: many slashes", accepted: true, make: url_slashes },
    Family { name: "url: many replacers", accepted: true, make: url_replacers },
    Family { name: "url: many characters to encode", accepted: true, make: url_to_encode },
    Family { name: "url: a host of many dots", accepted: false, make: url_dots },
    Family { name: "url: a host of many punycode labels", accepted: false, make: url_punycode },
    Family { name: "url: many `@`", accepted: false, make: url_at_signs },
    Family { name: "url: many colons in brackets", accepted: false, make: url_colons },
    Family { name: "patch: a large one on a large profile", accepted: true, make: patch },
    Family { name: "stored: everything in strings", accepted: true, make: stored },
    Family { name: "stored: an envelope of nulls", accepted: true, make: stored_nulls },
    Family { name: "envelope: large data", accepted: true, make: envelope },
];

fn towers_of_arrays(size: usize, options: &ParseOptions) -> Work {
    let tower = |_| "[".repeat(28) + &"]".repeat(28);
    parse(&format!(r#""body":{{"a":[{}]}}"#, list(size, tower)), options)
}

fn towers_of_objects(size: usize, options: &ParseOptions) -> Work {
    let tower = |_| r#"{"":"#.repeat(28) + "0" + &"}".repeat(28);
    parse(&format!(r#""body":{{"a":[{}]}}"#, list(size, tower)), options)
}

fn brackets(size: usize, options: &ParseOptions) -> Work {
    Work::Parse(repeat("[{\"\":", size), *options)
}

fn braces_and_quotes(size: usize, options: &ParseOptions) -> Work {
    Work::Parse(repeat("{\"", size), *options)
}

fn blanks(size: usize, options: &ParseOptions) -> Work {
    Work::Parse(repeat(" \n", size), *options)
}

fn small_numbers(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{"a":[{}]}}"#, list(size, |_| "1".to_owned())), options)
}

fn huge_number(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{"a":0.{}}}"#, repeat("9", size)), options)
}

fn exponents(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{"a":[{}]}}"#, list(size, |n| format!("{n}.5e-{}", n % 400))), options)
}

fn duplicate_at_the_end(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{"n0":1,{}}}"#, list(size, |n| format!(r#""n{}":1"#, n % 60_000))), options)
}

fn same_fingerprints(size: usize, options: &ParseOptions) -> Work {
    let member = |n: usize| format!(r#""x{n:07}m00000yz":0"#);
    let object = |_| format!("{{{}}}", (0..64).map(member).collect::<Vec<_>>().join(","));
    parse(&format!(r#""body":{{"a":[{}]}}"#, list(size, object)), options)
}

fn many_names(size: usize, options: &ParseOptions) -> Work {
    let name = |n: usize| format!(r#""{:x}":0"#, n.wrapping_mul(0x9E37_79B9) % 0x1_0000_0000);
    parse(&format!(r#""body":{{{}}}"#, list(size, name)), options)
}

fn long_names(size: usize, options: &ParseOptions) -> Work {
    let start = "n".repeat(300);
    parse(&format!(r#""body":{{{}}}"#, list(size, |n| format!(r#""{start}{n}":0"#))), options)
}

fn escapes(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{"a":"{}"}}"#, repeat(r"\u0061\n\ud83d\ude00", size)), options)
}

fn short_escapes(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{"a":[{}]}}"#, list(size, |_| r#""\n""#.to_owned())), options)
}

fn escapes_cut_short(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{"a":"{}"#, repeat(r#"\""#, size)), options)
}

fn long_title(size: usize, options: &ParseOptions) -> Work {
    let title = repeat("a Title_-9", size);
    Work::Parse(
        format!(r#"{{"title":"{title}","http_method":"GET","url":"https://example.com/"}}"#),
        *options,
    )
}

fn wrong_title(size: usize, options: &ParseOptions) -> Work {
    Work::Parse(format!(r#"{{"title":"{}"}}"#, repeat("é", size)), *options)
}

fn wrong_events(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{}},"events":[{}]"#, list(size, |_| "1".to_owned())), options)
}

fn many_events(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{}},"events":[{}]"#, list(size, |_| r#""e""#.to_owned())), options)
}

fn wrong_headers(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{}},"headers":{{{}}}"#, list(size, |n| format!(r#""{n} ":"é""#))), options)
}

fn long_header_name(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{}},"headers":{{"{}":1}}"#, repeat("~/ ", size)), options)
}

fn headers_in_case(size: usize, options: &ParseOptions) -> Work {
    let name = |n: usize| format!(r#""{}{}":"""#, if n.is_multiple_of(2) { "x" } else { "X" }, n / 2);
    parse(&format!(r#""body":{{}},"headers":{{{}}}"#, list(size, name)), options)
}

fn unknown_members(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{}},{}"#, list(size, |n| format!(r#""{n}":0"#))), options)
}

fn unknown_escaped(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{}},{}"#, list(size, |n| format!(r#""~~~~~~~~{n}":0"#))), options)
}

fn in_body(text: &str, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{"a":{}}}"#, json(text)), options)
}

fn unclosed_names(size: usize, options: &ParseOptions) -> Work {
    in_body(&repeat("<", size), options)
}

fn started_names(size: usize, options: &ParseOptions) -> Work {
    in_body(&repeat("<a.b[0]", size), options)
}

fn long_path(size: usize, options: &ParseOptions) -> Work {
    in_body(&format!("<{}a>", repeat("a.", size)), options)
}

fn brackets_in_name(size: usize, options: &ParseOptions) -> Work {
    in_body(&format!("<a{}>", repeat("[0]", size)), options)
}

fn many_replacers(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{"a":[{}]}}"#, list(size, |_| r#""<a>""#.to_owned())), options)
}

fn replacers_in_one_string(size: usize, options: &ParseOptions) -> Work {
    in_body(&repeat("<a>.", size), options)
}

fn form_fields(size: usize, options: &ParseOptions) -> Work {
    let headers = r#""headers":{"content-type":"application/x-www-form-urlencoded"}"#;
    let fields = list(size, |n| format!(r#""{n}":"<f>""#));
    parse(&format!(r#""body":{{{fields}}},{headers},{}"#, enc("")), options)
}

fn body_in_string(size: usize, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{}"#, json(&format!("{{{}}}", list(size, |n| format!(r#""{n}":0"#))))), options)
}

fn in_message(text: &str, options: &ParseOptions) -> Work {
    parse(&format!(r#""body":{{}},"response_message":{}"#, json(text)), options)
}

fn message_braces(size: usize, options: &ParseOptions) -> Work {
    in_message(&repeat("{\"", size), options)
}

fn message_blanks(size: usize, options: &ParseOptions) -> Work {
    in_message(&repeat("{                                \"", size), options)
}

fn half_pairs(size: usize, options: &ParseOptions) -> Work {
    in_message(&repeat("{\"a\":\"b\" ", size), options)
}

fn many_pairs(size: usize, options: &ParseOptions) -> Work {
    in_message(&joined(size, "", |n| format!("{{\"{n}\":\"b\"}}")), options)
}

fn escaped_pairs(size: usize, options: &ParseOptions) -> Work {
    in_message(&repeat("{\"\\n\":\"\\u0061\"}", size), options)
}

fn wrong_escapes(size: usize, options: &ParseOptions) -> Work {
    in_message(&repeat("{\"\\x{\":\"\\y{\"}", size), options)
}

fn params_that_match(size: usize, options: &ParseOptions) -> Work {
    let body = list(size / 2, |n| format!(r#""n{n}":"<a>""#));
    let params = list(size / 3, |n| format!(r#""n{n}""#));
    parse(&format!(r#""body":{{{body}}},{}"#, enc(&format!(r#","params":[{params}]"#))), options)
}

fn params_in_vain(size: usize, options: &ParseOptions) -> Work {
    let body = list(size / 2, |n| format!(r#""n{n}":0"#));
    let params = list(size / 2, |n| format!(r#""x{n}""#));
    parse(&format!(r#""body":{{{body}}},{}"#, enc(&format!(r#","params":[{params}]"#))), options)
}

fn params_over_replacers(size: usize, options: &ParseOptions) -> Work {
    let body = list(size / 2, |_| r#""<a>""#.to_owned());
    let params = list(size / 2, |n| format!(r#""a.{n}""#));
    parse(&format!(r#""body":{{"a":[{body}]}},{}"#, enc(&format!(r#","params":[{params}]"#))), options)
}

fn params_over_objects(size: usize, options: &ParseOptions) -> Work {
    let body = list(size / 2, |_| r#"{"b":{"c":1}}"#.to_owned());
    let params = list(size / 2, |n| format!(r#""a.b.{n}""#));
    parse(&format!(r#""body":{{"a":[{body}]}},{}"#, enc(&format!(r#","params":[{params}]"#))), options)
}

fn params_of_dots(size: usize, options: &ParseOptions) -> Work {
    let body = r#"{"a":"#.repeat(20) + "1" + &"}".repeat(20);
    let params = format!(r#","params":["{}a"]"#, repeat("a.", size));
    parse(&format!(r#""body":{body},{}"#, enc(&params)), options)
}

fn of_url(url: &str, options: &ParseOptions) -> Work {
    Work::Parse(payload_of_url(url, ""), *options)
}

fn url_parameters(size: usize, options: &ParseOptions) -> Work {
    of_url(&format!("https://example.com/?{}", joined(size, "&", |n| format!("{n}=<a>"))), options)
}

fn url_ampersands(size: usize, options: &ParseOptions) -> Work {
    of_url(&format!("https://example.com/?{}", repeat("&", size)), options)
}

fn url_and_params(size: usize, options: &ParseOptions) -> Work {
    let query = joined(size / 2, "&", |_| "<n>=<a>".to_owned());
    let params = list(size / 2, |n| format!(r#""x{n}""#));
    let enc = enc(&format!(r#","params":[{params}]"#));
    Work::Parse(payload_of_url(&format!("https://example.com/?{query}"), &format!(",{enc}")), *options)
}

fn url_slashes(size: usize, options: &ParseOptions) -> Work {
    of_url(&format!("https://example.com{}", repeat("/.", size)), options)
}

fn url_replacers(size: usize, options: &ParseOptions) -> Work {
    of_url(&format!("https://example.com/{}", repeat("<a>", size)), options)
}

fn url_to_encode(size: usize, options: &ParseOptions) -> Work {
    of_url(&format!("https://example.com/{}", repeat("é|", size)), options)
}

fn url_dots(size: usize, options: &ParseOptions) -> Work {
    of_url(&format!("https://{}/", repeat("1.", size)), options)
}

fn url_punycode(size: usize, options: &ParseOptions) -> Work {
    of_url(&format!("https://{}com/", repeat("xn--mnchen-3ya.", size)), options)
}

fn url_at_signs(size: usize, options: &ParseOptions) -> Work {
    of_url(&format!("https://{}/", repeat("a@", size)), options)
}

fn url_colons(size: usize, options: &ParseOptions) -> Work {
    of_url(&format!("https://[{}]/", repeat("1:", size)), options)
}

fn patch(size: usize, options: &ParseOptions) -> Work {
    let members = list(size / 2, |n| format!(r#""m{n}":"<a> b""#));
    let own = payload(&format!(r#""body":{{{members}}},{}"#, enc("")));
    Work::Patch(profile(&own, options), format!(r#"{{"title":"patched","body":{{{members}}}}}"#))
}

fn stored(size: usize, options: &ParseOptions) -> Work {
    let body = json(&format!("{{{}}}", list(size / 4, |n| format!(r#""{n}":"<a>""#))));
    let headers = json(&format!("{{{}}}", list(size / 4, |n| format!(r#""{n}":"""#))));
    let events = json(&format!("[{}]", list(size / 4, |_| r#""""#.to_owned())));
    let members =
        format!(r#""body":{body},"headers":{headers},"events":{events},"profile_id":"id","status":1"#);
    Work::Stored(payload(&members), *options)
}

fn stored_nulls(size: usize, options: &ParseOptions) -> Work {
    let data = payload(&format!(r#""body":{{}},{}"#, list(size, |n| format!(r#""{n}":null"#))));
    Work::Stored(
        format!(r#"{{"code":"RBC024","message":"m","data":{data},"error":{{}},"status":200}}"#),
        *options,
    )
}

/// Envelopes have the limits of the defaults, so this one stays within them.
fn envelope(size: usize, _: &ParseOptions) -> Work {
    let data = repeat(r"\u00e9", size.min(200 * 1024));
    Work::Envelope(format!(r#"{{"code":"c","message":"m","data":["{data}"],"error":{{}},"status":200}}"#))
}
