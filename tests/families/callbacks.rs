//! What end users send by way of records: reading them, messages, callbacks.

use callback_profile::{Missing, ParseOptions};

use super::text::{
    FORM, MULTIPART, enc, joined, json, list, names, payload, payload_of_url, profile, repeat,
};
use super::{Family, Work};

pub(super) const FAMILIES: &[Family] = &[
    Family { name: "record: brackets that never close", accepted: false, make: brackets },
    Family { name: "record: many small values", accepted: true, make: small_values },
    Family { name: "record: many names", accepted: true, make: many_names },
    Family { name: "record: escaped names", accepted: true, make: escaped_names },
    Family { name: "message: many missing names", accepted: true, make: missing_names },
    Family { name: "message: many names that are there", accepted: true, make: present_names },
    Family { name: "message: one long value", accepted: true, make: long_value },
    Family { name: "callback: ends of an array", accepted: true, make: ends_of_an_array },
    Family { name: "callback: many missing names", accepted: false, make: callback_missing },
    Family { name: "callback: names against their order", accepted: true, make: against_the_order },
    Family { name: "callback: a path of many steps", accepted: true, make: steps },
    Family { name: "callback: many encrypted values", accepted: true, make: encrypted_values },
    Family { name: "callback: one tree, params over it", accepted: true, make: params_over_tree },
    Family { name: "callback: control characters", accepted: true, make: controls },
    Family { name: "callback: many fields of a form", accepted: true, make: form },
    Family { name: "callback: many fields, multipart", accepted: true, make: multipart },
    Family { name: "callback: values that look like boundaries", accepted: true, make: near_boundaries },
    Family { name: "callback: many filled parameters, and params", accepted: true, make: filled_parameters },
    Family { name: "callback: a path of slashes", accepted: true, make: slashes },
];

fn brackets(size: usize, options: &ParseOptions) -> Work {
    Work::Record(repeat(r#"{"a":["#, size), options.limits)
}

fn small_values(size: usize, options: &ParseOptions) -> Work {
    Work::Record(format!(r#"{{"a":[{}]}}"#, list(size, |_| "0".to_owned())), options.limits)
}

fn many_names(size: usize, options: &ParseOptions) -> Work {
    Work::Record(format!("{{{}}}", list(size, |n| format!(r#""{n}":0"#))), options.limits)
}

fn escaped_names(size: usize, options: &ParseOptions) -> Work {
    Work::Record(format!("{{{}}}", list(size, |n| format!(r#""\u0061{n}":0"#))), options.limits)
}

fn message(text: &str, record: &str, options: &ParseOptions) -> Work {
    let own = payload(&format!(r#""body":{{}},"response_message":{}"#, json(text)));
    Work::Message(profile(&own, options), record.to_owned(), Missing::Empty)
}

fn missing_names(size: usize, options: &ParseOptions) -> Work {
    message(&joined(size, "", |n| format!("<m{n}>")), "{}", options)
}

fn present_names(size: usize, options: &ParseOptions) -> Work {
    let record = format!("{{{}}}", list(size / 2, |n| format!(r#""m{n}":"v""#)));
    message(&joined(size / 3, "", |n| format!("<m{n}>")), &record, options)
}

fn long_value(size: usize, options: &ParseOptions) -> Work {
    message("<m>", &format!(r#"{{"m":"{}"}}"#, repeat(r"\n", size)), options)
}

/// A callback of a body, sent as JSON.
fn callback(body: &str, more: &str, record: String, options: &ParseOptions) -> Work {
    let own = payload(&format!(r#""body":{{{body}}}{more}"#));
    Work::Callback(profile(&own, options), record, Missing::Empty)
}

/// Each of many replacers asks for the last element of a long array.
fn ends_of_an_array(size: usize, options: &ParseOptions) -> Work {
    let count = (size / 8).max(3);
    let body = list(size / 2, |n| format!(r#""{n}":"<a[{}]>""#, count - 1 - n % 3));
    callback(&body, "", format!(r#"{{"a":[{}]}}"#, vec!["1234567"; count].join(",")), options)
}

fn callback_missing(size: usize, options: &ParseOptions) -> Work {
    let own = payload(&format!(r#""body":{{{}}}"#, list(size, |n| format!(r#""{n}":"<m{n}>""#))));
    Work::Callback(profile(&own, options), "{}".to_owned(), Missing::Error)
}

fn against_the_order(size: usize, options: &ParseOptions) -> Work {
    let body = list(size / 2, |n| format!(r#""{n}":"<m{n}>""#));
    let count = body.split(',').count();
    let record: Vec<_> = (0..count).rev().map(|n| format!(r#""m{n}":0"#)).collect();
    callback(&body, "", format!("{{{}}}", record.join(",")), options)
}

fn steps(size: usize, options: &ParseOptions) -> Work {
    let record = r#"{"a":"#.repeat(20) + "1" + &"}".repeat(20);
    callback(&format!(r#""b":"<{}a>""#, repeat("a.", size)), "", record, options)
}

fn encrypted_values(size: usize, options: &ParseOptions) -> Work {
    let body = names(size);
    callback(&body, &format!(",{}", enc("")), r#"{"m":"v"}"#.to_owned(), options)
}

fn params_over_tree(size: usize, options: &ParseOptions) -> Work {
    let params = list(size / 2, |n| format!(r#""a.{n}""#));
    let record = format!(r#"{{"m":{{{}}}}}"#, list(size / 2, |n| format!(r#""{n}":0"#)));
    callback(r#""a":"<m>""#, &format!(",{}", enc(&format!(r#","params":[{params}]"#))), record, options)
}

fn controls(size: usize, options: &ParseOptions) -> Work {
    callback(r#""a":"<m>""#, "", format!(r#"{{"m":"{}"}}"#, repeat(r"\u0001", size)), options)
}

fn form(size: usize, options: &ParseOptions) -> Work {
    let body = names(size);
    callback(&body, &format!("{FORM},{}", enc("")), r#"{"m":"v"}"#.to_owned(), options)
}

fn multipart(size: usize, options: &ParseOptions) -> Work {
    let body = names(size);
    callback(&body, MULTIPART, r#"{"m":"v"}"#.to_owned(), options)
}

fn near_boundaries(size: usize, options: &ParseOptions) -> Work {
    let text = joined(size, "", |n| format!("cbp-{n:015x}\\r\\n--cbp-"));
    callback(r#""a":"<m>""#, MULTIPART, format!(r#"{{"m":"{text}"}}"#), options)
}

fn filled_parameters(size: usize, options: &ParseOptions) -> Work {
    let query = joined(size / 2, "&", |n| format!("<n{n}>=<v>"));
    let params = list(size / 2, |n| format!(r#""x{n}""#));
    let enc = enc(&format!(r#","params":[{params}]"#));
    let own = payload_of_url(&format!("https://example.com/?{query}"), &format!(",{enc}"));
    Work::Callback(profile(&own, options), r#"{"v":"v"}"#.to_owned(), Missing::Empty)
}

fn slashes(size: usize, options: &ParseOptions) -> Work {
    let own = payload_of_url(&format!("https://example.com/{}<v>", repeat("./", size)), "");
    Work::Callback(profile(&own, options), r#"{"v":"v"}"#.to_owned(), Missing::Empty)
}
