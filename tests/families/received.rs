//! What strangers post: received bodies and queries, and single texts to decrypt.

use callback_profile::cipher::{Algorithm, Cipher};
use callback_profile::{OpenOptions, Parameters, ParseOptions};

use super::text::{FORM, MULTIPART, enc, joined, list, names, payload, payload_of_url, profile, repeat};
use super::{Family, Work};

pub(super) const FAMILIES: &[Family] = &[
    Family { name: "open JSON: many encrypted values", accepted: true, make: json_values },
    Family { name: "open JSON: towers, params over them", accepted: false, make: json_towers },
    Family {
        name: "open JSON: towers, params over them may be absent",
        accepted: true,
        make: json_towers_absent,
    },
    Family { name: "open JSON: names to escape, then a failure", accepted: false, make: json_failure },
    Family { name: "open form: many fields that are known", accepted: true, make: form_known },
    Family { name: "open form: one name again and again", accepted: false, make: form_repeated },
    Family { name: "open form: ampersands", accepted: true, make: form_ampersands },
    Family { name: "open form: percent signs", accepted: true, make: form_percent },
    Family { name: "open multipart: many parts that are known", accepted: true, make: parts_known },
    Family { name: "open multipart: names that end in a backslash", accepted: true, make: parts_backslash },
    Family { name: "open multipart: one part of many parameters", accepted: false, make: part_parameters },
    Family { name: "open multipart: one part of many header lines", accepted: true, make: part_headers },
    Family { name: "open multipart: boundaries within lines", accepted: true, make: part_within_lines },
    Family { name: "open multipart: almost boundaries", accepted: true, make: part_almost },
    Family { name: "open multipart: delimiters that never end", accepted: false, make: part_delimiters },
    Family { name: "open query: many known parameters, out of order", accepted: true, make: query_disorder },
    Family { name: "open query: many unknown parameters, and params", accepted: true, make: query_unknown },
    Family { name: "decrypt: a long text", accepted: true, make: decrypt_long },
    Family { name: "decrypt: blanks for plus signs", accepted: true, make: decrypt_blanks },
    Family { name: "decrypt: a wrong tag", accepted: false, make: decrypt_wrong },
    Family { name: "decrypt: an end that is no base64", accepted: false, make: decrypt_bad_end },
];

pub(super) fn cipher(algorithm: Algorithm) -> Cipher {
    Cipher::new(algorithm, "K1abcdefghijkl2P", "POabcdefghijklLY").unwrap()
}

pub(super) fn open(body: &str, more: &str, received: String, options: &ParseOptions) -> Work {
    open_by(body, more, received, options, OpenOptions::default())
}

/// The same under other settings of opening.
pub(super) fn open_by(
    body: &str,
    more: &str,
    received: String,
    options: &ParseOptions,
    by: OpenOptions<'static>,
) -> Work {
    Work::Open(profile(&payload(&format!(r#""body":{{{body}}}{more}"#)), options), received.into_bytes(), by)
}

/// All structures are allowed.
pub(super) fn structures() -> OpenOptions<'static> {
    let mut by = OpenOptions::default();
    by.structures = Parameters::All;
    by
}

/// All names may be absent.
pub(super) fn absent() -> OpenOptions<'static> {
    let mut by = OpenOptions::default();
    by.absent = Parameters::All;
    by
}

fn json_values(size: usize, options: &ParseOptions) -> Work {
    let sealed = cipher(Algorithm::Aes128Gcm).encrypt("v").unwrap();
    let received = format!(r#"{{"a":[{}]}}"#, list(size, |_| format!("\"{sealed}\"")));
    open_by(r#""a":"<m>""#, &format!(",{}", enc("")), received, options, structures())
}

fn json_towers(size: usize, options: &ParseOptions) -> Work {
    towers(size, options, OpenOptions::default())
}

fn json_towers_absent(size: usize, options: &ParseOptions) -> Work {
    towers(size, options, absent())
}

fn towers(size: usize, options: &ParseOptions, by: OpenOptions<'static>) -> Work {
    let tower = |_| r#"{"a":"#.repeat(28) + "0" + &"}".repeat(28);
    let params = list(size / 4, |n| format!(r#""t.a.a.a.{n}""#));
    let more = format!(",{}", enc(&format!(r#","params":[{params}]"#)));
    open_by(r#""t":"<m>""#, &more, format!(r#"{{"t":[{}]}}"#, list(size / 2, tower)), options, by)
}

fn json_failure(size: usize, options: &ParseOptions) -> Work {
    let received = format!(r#"{{"{}":{{"a":1}}}}"#, repeat(r#"\""#, size));
    open(r#""a":"<m>""#, &format!(",{}", enc("")), received, options)
}

fn form_known(size: usize, options: &ParseOptions) -> Work {
    let body = names(size / 2);
    let received = joined(size / 3, "&", |n| format!("n{n}=v"));
    open(&body, FORM, received, options)
}

fn form_repeated(size: usize, options: &ParseOptions) -> Work {
    open(r#""a":"<m>""#, FORM, repeat("a=v&", size), options)
}

fn form_ampersands(size: usize, options: &ParseOptions) -> Work {
    open(r#""a":"<m>""#, FORM, repeat("&", size), options)
}

fn form_percent(size: usize, options: &ParseOptions) -> Work {
    open(r#""a":"<m>""#, FORM, format!("a={}", repeat("%41+", size)), options)
}

pub(super) fn part(boundary: &str, parameters: &str, value: &str) -> String {
    format!("--{boundary}\r\nContent-Disposition: form-data; {parameters}\r\n\r\n{value}\r\n")
}

pub(super) fn open_parts(body: &str, parts: &str, options: &ParseOptions) -> Work {
    open(body, MULTIPART, format!("{parts}--b--\r\n"), options)
}

fn parts_known(size: usize, options: &ParseOptions) -> Work {
    let body = names(size / 8);
    let parts = joined(size, "", |n| part("b", &format!("name=\"n{n}\""), "v"));
    open_parts(&body, &parts, options)
}

fn parts_backslash(size: usize, options: &ParseOptions) -> Work {
    let body = list(size / 2, |n| format!(r#""n{n}\\":"<m>""#));
    let parts = joined(size / 4, "", |n| part("b", &format!("name=\"n{n}\\\""), "v"));
    open_parts(&body, &parts, options)
}

fn part_parameters(size: usize, options: &ParseOptions) -> Work {
    let body = names(size / 8);
    let parameters = joined(size, "", |n| format!("x{n}=\";\"; ")) + "name=\"a\"";
    open_parts(&body, &part("b", &parameters, "v"), options)
}

fn part_headers(size: usize, options: &ParseOptions) -> Work {
    let parameters = format!("name=a{}", repeat("\r\nx: Content-Disposition", size));
    open_parts(r#""a":"<m>""#, &part("b", &parameters, "v"), options)
}

fn part_within_lines(size: usize, options: &ParseOptions) -> Work {
    open_parts(r#""a":"<m>""#, &part("b", "name=a", &repeat("v--b \t", size)), options)
}

fn part_almost(size: usize, options: &ParseOptions) -> Work {
    let boundary = "b".repeat(69);
    let almost = repeat(&format!("\r\n--{boundary}\r\n--"), size);
    let parts = part(&format!("{boundary}c"), "name=\"a\"", &almost) + &format!("--{boundary}c--\r\n");
    open(r#""a":"<m>""#, MULTIPART, parts, options)
}

fn part_delimiters(size: usize, options: &ParseOptions) -> Work {
    open(r#""a":"<m>""#, MULTIPART, format!("--b{}", repeat(" \t", size)), options)
}

pub(super) fn open_url(query: &str, more: &str, received: String, options: &ParseOptions) -> Work {
    let own = payload_of_url(&format!("https://example.com/?{query}"), &format!(",{}", enc(more)));
    Work::Open(profile(&own, options), received.into_bytes(), OpenOptions::default())
}

fn query_disorder(size: usize, options: &ParseOptions) -> Work {
    let query = joined(size / 2, "&", |n| format!("n{n}=v"));
    let count = query.split('&').count();
    let received: Vec<_> = (0..count).rev().map(|n| format!("n{n}=v")).collect();
    open_url(&query, "", format!("/?{}", received.join("&")), options)
}

fn query_unknown(size: usize, options: &ParseOptions) -> Work {
    let params = list(size / 2, |n| format!(r#""x{n}""#));
    let received = joined(size / 2, "&", |n| format!("y{n}=v"));
    open_url("<n>=<v>", &format!(r#","params":[{params}]"#), format!("?{received}"), options)
}

fn decrypt_long(size: usize, _: &ParseOptions) -> Work {
    let cipher = cipher(Algorithm::Aes128Gcm);
    let text = cipher.encrypt("v".repeat(size)).unwrap();
    Work::Decrypt(Box::new(cipher), text)
}

fn decrypt_blanks(size: usize, _: &ParseOptions) -> Work {
    Work::Decrypt(Box::new(cipher(Algorithm::Aes128Cfb)), " ".repeat(size / 4 * 4))
}

fn decrypt_wrong(size: usize, _: &ParseOptions) -> Work {
    Work::Decrypt(Box::new(cipher(Algorithm::Aes128Gcm)), "A".repeat(size / 4 * 4))
}

fn decrypt_bad_end(size: usize, _: &ParseOptions) -> Work {
    Work::Decrypt(Box::new(cipher(Algorithm::Aes128Gcm)), "-".repeat(size / 4 * 4) + "!")
}
