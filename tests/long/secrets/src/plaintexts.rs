//! No block that the library frees holds the plaintext of an encrypted value: while callbacks are made and opened, and
//! when that fails halfway.

use std::hint::black_box;

use callback_profile::{
    CallbackBuffer, CallbackOptions, Missing, OpenOptions, Parameters, ParseOptions, Profile, Record,
};

use crate::freed::look;

/// 16 characters of what encrypted values hold.
const PLAINTEXT: &str = "CANARYpLaiNtExT1";

/// Three body types and a query; `x` is text, `o` a structure, and `g` outgrows the first room of every buffer.
const KINDS: [(&str, &str); 4] = [
    ("json", r#""http_method":"POST","url":"https://example.com/""#),
    (
        "form",
        r#""http_method":"POST","url":"https://example.com/","headers":{"content-type":"application/x-www-form-urlencoded"}"#,
    ),
    (
        "multipart",
        r#""http_method":"POST","url":"https://example.com/","headers":{"content-type":"multipart/form-data"}"#,
    ),
    (
        "query",
        r#""http_method":"GET","url":"https://example.com/?a=<x>&b=id-<x>&c=pre-<o>-post&d=<o>&g=<g><g><g>""#,
    ),
];
const BODY: &str =
    r#"{"a":"<x>","b":"id-<x>","c":"pre <o> post","d":"<o>","e":{"f":["<x>",1,null]},"g":"<g><g><g>"}"#;

fn profile(algorithm: &str, members: &str, options: &ParseOptions) -> Profile {
    let payload = format!(
        r#"{{"title":"plaintexts",{members},"body":{BODY},
        "enc":{{"algo":"{algorithm}","key":"K1abcdefghijkl2P","IV":"POabcdefghijklLY"}}}}"#
    );
    Profile::parse_with(payload, options).expect("a valid profile")
}

/// A record whose values hold the canary; every character as `\u00XX` if `escaped`.
fn record(escaped: bool) -> String {
    let canary = match escaped {
        true => PLAINTEXT.bytes().map(|byte| format!("\\u{byte:04x}")).collect(),
        false => PLAINTEXT.to_owned(),
    };
    let long = canary.repeat(40);
    format!(r#"{{"x":"{canary}","o":{{"k":["{canary}",{{"n":"{canary}"}}]}},"g":"{long}"}}"#)
}

fn canary() -> [u8; 16] {
    PLAINTEXT.as_bytes().try_into().expect("16 characters")
}

struct Checks {
    ran: usize,
    failed: usize,
}

impl Checks {
    fn check(&mut self, what: &str, work: impl FnOnce()) {
        let seen = look(&[canary()], work);
        self.ran += 1;
        if seen.found > 0 || seen.blocks == 0 {
            self.failed += 1;
            println!("FAILED {what}: {} plaintexts in {} freed blocks", seen.found, seen.blocks);
        }
    }
}

pub fn run() -> usize {
    let mut checks = Checks { ran: 0, failed: 0 };
    for algorithm in ["AES-128-GCM", "AES-128-CFB"] {
        for (kind, members) in KINDS {
            let profile = profile(algorithm, members, &ParseOptions::default());
            for escaped in [false, true] {
                let spelling = if escaped { "escaped" } else { "plain" };
                let name = format!("{algorithm}, {kind}, {spelling}");
                made(&mut checks, &name, &profile, &record(escaped));
                not_made(&mut checks, &name, algorithm, members, &record(escaped));
            }
            opened(&mut checks, &format!("{algorithm}, {kind}"), kind, &profile);
        }
    }
    // The allocator sees what is not wiped.
    let seen = look(&[canary()], || drop(black_box(PLAINTEXT.to_owned())));
    let leak_is_found = usize::from(seen.found != 1);
    println!("count plaintexts rust ran={} refused=0 failed={}", checks.ran, checks.failed + leak_is_found);
    assert_eq!(checks.ran, 2 * 4 * (2 * (4 + 5) + 6), "operations");
    checks.failed + leak_is_found
}

fn made(checks: &mut Checks, name: &str, profile: &Profile, text: &str) {
    let options = CallbackOptions::default();
    checks.check(&format!("{name}: record"), || drop(Record::parse(text).expect("an object")));
    let record = Record::parse(text).expect("an object");
    checks.check(&format!("{name}: callback"), || {
        drop(black_box(profile.callback(&record).expect("a callback")));
    });
    checks.check(&format!("{name}: buffer"), || {
        let mut buffer = CallbackBuffer::default();
        profile.callback_into(text.as_bytes(), &options, &mut buffer).expect("a callback");
        drop(black_box(buffer));
    });
    checks.check(&format!("{name}: buffer, used again for more and for less"), || {
        let mut buffer = CallbackBuffer::default();
        for record in [r#"{"x":"1"}"#, text, r#"{"x":"1"}"#, text] {
            profile.callback_into(record.as_bytes(), &options, &mut buffer).expect("a callback");
        }
        drop(black_box(buffer));
    });
}

/// Callbacks that fail after values were filled in.
fn not_made(checks: &mut Checks, name: &str, algorithm: &str, members: &str, text: &str) {
    let mut buffer = CallbackBuffer::default();
    let mut fails = |what: &str, profile: &Profile, text: &str, options: &CallbackOptions<'_>| {
        checks.check(&format!("{name}: {what}"), || {
            profile.callback_into(text.as_bytes(), options, &mut buffer).expect_err("a failure");
            let record = Record::parse(text);
            record.ok().into_iter().for_each(|record| {
                profile.callback_with(&record, options).expect_err("a failure");
            });
            drop(std::mem::take(&mut buffer));
        });
    };
    let usual = profile(algorithm, members, &ParseOptions::default());
    let mut options = CallbackOptions::default();
    options.missing = Missing::Error;
    let without = text.replace("\"g\":", "\"other\":");
    fails("a name is missing", &usual, &without, &options);
    let usual_options = CallbackOptions::default();
    fails("a record that ends too early", &usual, text.trim_end_matches('}'), &usual_options);
    let header = match members.contains("headers") {
        true => members.replace("\"headers\":{", "\"headers\":{\"h\":\"<h>\","),
        false => format!("{members},\"headers\":{{\"h\":\"<h>\"}}"),
    };
    let with_header = text.replacen('{', "{\"h\":\"\\u0000\",", 1);
    fails(
        "a header that is not allowed",
        &profile(algorithm, &header, &ParseOptions::default()),
        &with_header,
        &usual_options,
    );
    let mut small = ParseOptions::default();
    small.limits.output_bytes = 1200;
    fails("an output that is too long", &profile(algorithm, members, &small), text, &usual_options);
    if members.contains("multipart") {
        options = CallbackOptions::default();
        options.boundary = Some("ends in a blank ");
        fails("a boundary that is not allowed", &usual, text, &options);
    } else {
        let many = text.replacen('{', &format!("{{\"many\":[{}],", "0,".repeat(10_000) + "0"), 1);
        fails("a record of too many values", &usual, &many, &usual_options);
    }
}

/// What was sent, opened and dropped: whole, and with something wrong behind the first values.
fn opened(checks: &mut Checks, name: &str, kind: &str, profile: &Profile) {
    let text = record(false);
    let callback = profile.callback(&Record::parse(&text).expect("an object")).expect("a callback");
    let sent = callback.body.unwrap_or(callback.url);
    let mut options = OpenOptions::default();
    options.structures = Parameters::All;
    let mut open = |what: &str, received: &str, succeeds: bool| {
        checks.check(&format!("{name}: {what}"), || {
            let opened = black_box(profile.open_with(received, &options));
            assert_eq!(opened.is_ok(), succeeds, "{name}: {what}: {opened:?}");
            drop(opened);
        });
    };
    open("open", &sent, true);
    // `g` is the last parameter; what comes before it was decrypted by then.
    let (before, missing, end) = match kind {
        "json" => ("\"g\":\"", "\"x\":\"", "\"}"),
        "multipart" => ("name=\"g\"\r\n\r\n", "name=\"x\"\r\n\r\n", "\r\n--"),
        _ => ("g=", "x=", "&"),
    };
    let at = sent.rfind(before).expect("the last parameter") + before.len();
    let (start, rest) = sent.split_at(at);
    let (value, rest) = rest.split_at(rest.find(end).unwrap_or(rest.len()));
    open(
        "the last one is missing",
        &[start.strip_suffix(before).expect("its name"), missing, value, rest].concat(),
        false,
    );
    open("the last one is no base64", &[start, value, "!", rest].concat(), false);
    let cipher = profile.encryption().expect("it encrypts").cipher();
    let latin_1 = cipher.encrypt([PLAINTEXT.as_bytes(), b"\xE9"].concat()).expect("short");
    let latin_1 = if kind == "multipart" || kind == "json" { latin_1 } else { latin_1.replace('+', "%2B") };
    open("the last one is not UTF-8", &[start, &latin_1, rest].concat(), false);
    let readable = match kind {
        "json" => format!("{},\"z\":5}}", sent.strip_suffix('}').expect("an object")),
        "multipart" => sent.replacen("{\"f\":[\"", "{\"f\":[5,\"", 1),
        "form" => sent.replacen("%7B%22f%22%3A%5B%22", "%7B%22f%22%3A%5B5%2C%22", 1),
        _ => format!("{sent}&z=1&z=2"),
    };
    open("something readable, or twice", &readable, false);
    open("the end is missing", start.strip_suffix(before).expect("its name"), false);
}
