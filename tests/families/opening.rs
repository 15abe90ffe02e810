//! What strangers send against the template: names that must be there, names that nobody knows, names again and again,
//! long names over many values.

use std::sync::LazyLock;

use callback_profile::cipher::Algorithm;
use callback_profile::{OpenOptions, Parameters, ParseOptions};

use super::received::{absent, cipher, open, open_by, open_parts, open_url, part, structures};
use super::text::{FORM, MULTIPART, enc, joined, list, names, repeat};
use super::{Family, Work};

pub(super) const FAMILIES: &[Family] = &[
    Family { name: "open JSON: many required names, none there", accepted: false, make: json_required },
    Family { name: "open JSON: many required names, each readable", accepted: false, make: json_readable },
    Family {
        name: "open JSON: many required names, against their order",
        accepted: true,
        make: json_reversed,
    },
    Family { name: "open JSON: many names that may be absent", accepted: true, make: json_absent },
    Family { name: "open JSON: many unknown names", accepted: true, make: json_unknown },
    Family { name: "open JSON: many unknown names, encrypted", accepted: true, make: json_unknown_encrypted },
    Family { name: "open JSON: many unknown elements", accepted: true, make: json_elements },
    Family { name: "open JSON: a long name over many values", accepted: true, make: json_long_name },
    Family {
        name: "open JSON: a long name over many readable values",
        accepted: false,
        make: json_long_readable,
    },
    Family { name: "open JSON: towers of long names", accepted: true, make: json_long_towers },
    Family { name: "open JSON: dotted names, and empty objects", accepted: false, make: dotted_empty },
    Family { name: "open JSON: dotted names, one may be absent", accepted: false, make: dotted_one_absent },
    Family { name: "open JSON: dotted names, all there", accepted: true, make: dotted_all },
    Family { name: "open JSON: dotted names of many dots", accepted: false, make: dotted_dots },
    Family { name: "open JSON: dotted names into many whole names", accepted: false, make: dotted_many },
    Family { name: "open form: many required names, none there", accepted: false, make: form_required },
    Family { name: "open form: many unknown names, encrypted", accepted: true, make: form_unknown },
    Family {
        name: "open form: many unknown names, the last one twice",
        accepted: false,
        make: form_last_twice,
    },
    Family { name: "open form: brackets in a field", accepted: false, make: form_brackets },
    Family { name: "open form: small structures in many fields", accepted: true, make: form_structures },
    Family { name: "open form: a long name over many values", accepted: true, make: form_long_name },
    Family { name: "open multipart: many required names, none there", accepted: false, make: parts_required },
    Family { name: "open multipart: many unknown names", accepted: true, make: parts_unknown },
    Family { name: "open multipart: one name again and again", accepted: false, make: parts_repeated },
    Family { name: "open query: many required names, none there", accepted: false, make: query_required },
    Family { name: "open query: one name as often as in the template", accepted: true, make: query_repeated },
    Family {
        name: "open query: one name once more than in the template",
        accepted: false,
        make: query_once_more,
    },
    Family { name: "open query: many filled names", accepted: true, make: query_filled },
    Family { name: "open query: many filled names, one there", accepted: false, make: query_filled_one },
    Family { name: "open query: many unknown names", accepted: true, make: query_unknown_names },
];

/// Encryption of everything by CFB, under which the shortest encrypted string is the empty text.
fn cfb(more: &str) -> String {
    format!(",{}", enc(more).replace("GCM", "CFB"))
}

fn json_required(size: usize, options: &ParseOptions) -> Work {
    open(&names(size), &cfb(""), "{}".to_owned(), options)
}

fn json_readable(size: usize, options: &ParseOptions) -> Work {
    let received = format!("{{{}}}", list(size / 2, |n| format!(r#""n{n}":[]"#)));
    open(&names(size / 2), &cfb(""), received, options)
}

fn json_reversed(size: usize, options: &ParseOptions) -> Work {
    let body = names(size / 2);
    let count = body.split(',').count();
    let members: Vec<_> = (0..count).rev().map(|n| format!(r#""n{n}":"""#)).collect();
    open(&body, &cfb(""), format!("{{{}}}", members.join(",")), options)
}

fn json_absent(size: usize, options: &ParseOptions) -> Work {
    open_by(&names(size), &cfb(""), "{}".to_owned(), options, absent())
}

fn json_unknown(size: usize, options: &ParseOptions) -> Work {
    let received = format!(r#"{{"a":"",{}}}"#, list(size, |n| format!(r#""u{n}":[]"#)));
    open(r#""a":"<m>""#, &cfb(r#","params":["a","b.c","b.d"]"#), received, options)
}

fn json_unknown_encrypted(size: usize, options: &ParseOptions) -> Work {
    let received = format!(r#"{{"a":"",{}}}"#, list(size, |n| format!(r#""u{n}":"""#)));
    open(r#""a":"<m>""#, &cfb(""), received, options)
}

fn json_elements(size: usize, options: &ParseOptions) -> Work {
    let received = format!(r#"{{"a":[{}]}}"#, list(size, |_| "\"\"".to_owned()));
    open(r#""a":["<m>"]"#, &cfb(""), received, options)
}

fn json_long_name(size: usize, options: &ParseOptions) -> Work {
    let (name, values) = (repeat("n", size / 2), list(size / 2, |_| "\"\"".to_owned()));
    open_by(r#""a":"<m>""#, &cfb(""), format!(r#"{{"a":{{"{name}":[{values}]}}}}"#), options, structures())
}

fn json_long_readable(size: usize, options: &ParseOptions) -> Work {
    let (name, values) = (repeat("n", size / 2), list(size / 2, |_| "1".to_owned()));
    open_by(r#""a":"<m>""#, &cfb(""), format!(r#"{{"a":{{"{name}":[{values}]}}}}"#), options, structures())
}

fn json_long_towers(size: usize, options: &ParseOptions) -> Work {
    let tower = |n: usize| format!(r#"{{"{n:0>200}":"#).repeat(20) + r#"["",""]"# + &"}".repeat(20);
    open_by(r#""a":"<m>""#, &cfb(""), format!(r#"{{"a":[{}]}}"#, list(size, tower)), options, structures())
}

fn dotted(size: usize, received: &str, options: &ParseOptions, by: OpenOptions<'static>) -> Work {
    let params = list(size / 2, |n| format!(r#""n.x{n}""#));
    open_by(r#""n":"<m>""#, &cfb(&format!(r#","params":[{params}]"#)), received.to_owned(), options, by)
}

fn dotted_empty(size: usize, options: &ParseOptions) -> Work {
    let received = format!(r#"{{"n":[{}]}}"#, list(size / 2, |_| "{}".to_owned()));
    dotted(size, &received, options, OpenOptions::default())
}

fn dotted_one_absent(size: usize, options: &ParseOptions) -> Work {
    let received = format!(r#"{{"n":[{}]}}"#, list(size / 2, |_| "{}".to_owned()));
    let mut by = OpenOptions::default();
    static ABSENT: LazyLock<Vec<String>> = LazyLock::new(|| vec!["n.x0".to_owned()]);
    by.absent = Parameters::Names(&ABSENT);
    dotted(size, &received, options, by)
}

fn dotted_all(size: usize, options: &ParseOptions) -> Work {
    // The same names as the params, so that all are there.
    let count = list(size / 2, |n| format!(r#""n.x{n}""#)).split(',').count();
    let members: Vec<_> = (0..count).map(|n| format!(r#""x{n}":"""#)).collect();
    dotted(size, &format!(r#"{{"n":{{{}}}}}"#, members.join(",")), options, OpenOptions::default())
}

fn dotted_dots(size: usize, options: &ParseOptions) -> Work {
    let mut params = Vec::new();
    let (mut name, mut bytes) = ("n.a".to_owned(), 0);
    while bytes < size / 2 {
        params.push(format!("\"{name}.b\""));
        bytes += name.len();
        name.push_str(".a");
    }
    let mut members = Vec::new();
    let (mut name, mut bytes) = ("a".to_owned(), 0);
    while bytes < size / 2 {
        members.push(format!(r#""{name}":0"#));
        bytes += name.len();
        name.push_str(".a");
    }
    let more = cfb(&format!(r#","params":[{}]"#, params.join(",")));
    open(r#""n":"<m>""#, &more, format!(r#"{{"n":{{{}}}}}"#, members.join(",")), options)
}

fn dotted_many(size: usize, options: &ParseOptions) -> Work {
    let params = list(size / 2, |n| format!(r#""n.x{n}""#));
    let body = format!(r#""n":[{}]"#, list(size / 4, |_| "\"<m>\"".to_owned()));
    let received = format!(r#"{{"n":[{}]}}"#, list(size / 4, |_| "{}".to_owned()));
    open(&body, &cfb(&format!(r#","params":[{params}]"#)), received, options)
}

fn form_required(size: usize, options: &ParseOptions) -> Work {
    open(&names(size), &format!("{FORM}{}", cfb("")), "u=".to_owned(), options)
}

fn form_unknown(size: usize, options: &ParseOptions) -> Work {
    let received = format!("a=&{}", joined(size, "&", |n| format!("u{n}=")));
    open(r#""a":"<m>""#, &format!("{FORM}{}", cfb("")), received, options)
}

fn form_last_twice(size: usize, options: &ParseOptions) -> Work {
    let received = joined(size, "&", |n| format!("u{n}=")) + "&u0=";
    open(r#""a":"<m>""#, FORM, received, options)
}

fn form_brackets(size: usize, options: &ParseOptions) -> Work {
    let more = format!("{FORM}{}", cfb(""));
    open_by(r#""a":"<m>""#, &more, format!("a={}", repeat("[", size)), options, structures())
}

fn form_structures(size: usize, options: &ParseOptions) -> Work {
    let body = names(size / 2);
    let count = body.split(',').count();
    let fields: Vec<_> = (0..count).map(|n| format!("n{n}=[\"\",{{}}]")).collect();
    let fields = fields.join("&").replace('"', "%22");
    open_by(&body, &format!("{FORM}{}", cfb("")), fields, options, structures())
}

fn form_long_name(size: usize, options: &ParseOptions) -> Work {
    let name = repeat("n", size / 4);
    let received = format!("{name}=[{}]", list(size / 2, |_| "%22%22".to_owned()));
    let body = format!(r#""{name}":"<m>""#);
    open_by(&body, &format!("{FORM}{}", cfb("")), received, options, structures())
}

fn parts_required(size: usize, options: &ParseOptions) -> Work {
    let received = part("b", "name=\"u\"", "") + "--b--\r\n";
    open(&names(size), &format!("{MULTIPART}{}", cfb("")), received, options)
}

fn parts_unknown(size: usize, options: &ParseOptions) -> Work {
    let parts = joined(size, "", |n| part("b", &format!("name=\"u{n}\""), "v"));
    open_parts(r#""a":"<m>""#, &parts, options)
}

fn parts_repeated(size: usize, options: &ParseOptions) -> Work {
    open_parts(r#""a":"<m>""#, &repeat(&part("b", "name=\"a\"", "v"), size).repeat(2), options)
}

fn query_required(size: usize, options: &ParseOptions) -> Work {
    open_url(&joined(size, "&", |n| format!("n{n}=<v>")), "", "/?u=1".to_owned(), options)
}

fn query_repeated(size: usize, options: &ParseOptions) -> Work {
    let sealed = cipher(Algorithm::Aes128Gcm).encrypt("").unwrap();
    let received = repeat(&format!("a={sealed}&"), size / 2);
    let count = received.matches('&').count();
    open_url(&repeat("a=<v>&", 6 * count), "", format!("?{received}"), options)
}

fn query_once_more(size: usize, options: &ParseOptions) -> Work {
    let query = repeat("a=<v>&", size / 2);
    let count = query.matches('&').count();
    open_url(&query, "", "a=&".repeat(count + 1), options)
}

fn query_filled(size: usize, options: &ParseOptions) -> Work {
    let sealed = cipher(Algorithm::Aes128Gcm).encrypt("").unwrap();
    let received = joined(size / 2, "&", |n| format!("n{n}={sealed}"));
    let count = received.split('&').count();
    let query: Vec<_> = (0..count).map(|n| format!("<n{n}>=<v>")).collect();
    open_url(&query.join("&"), "", received, options)
}

fn query_filled_one(size: usize, options: &ParseOptions) -> Work {
    let query = joined(size, "&", |n| format!("<n{n}>=<v>"));
    open_url(&query, "", "a=".to_owned(), options)
}

fn query_unknown_names(size: usize, options: &ParseOptions) -> Work {
    let received = joined(size, "&", |n| format!("u{n}={}", repeat("v", 8)));
    open_url("k=c", "", format!("?{received}"), options)
}
