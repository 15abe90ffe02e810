//! Published test vectors, and our own of `testdata/vectors/`, as `make vectors` writes them into `build/vectors/`.
//! `scripts/vectors/fetch.py` says where they come from and what the fields are.

#![cfg(feature = "hazmat")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may panic
#![allow(clippy::arithmetic_side_effects)]

mod support;

use callback_profile::cipher::{Algorithm, Cipher, CipherError, TagPlacement, WireFormat, hazmat};
use callback_profile::json::Document;
use callback_profile::{CallbackOptions, Limits, OpenOptions, Parameters, Profile, Record};

use support::{Checked, folder, same};

struct Row<'f> {
    operation: &'f str,
    expected: &'f str,
    fields: Vec<&'f str>,
}

impl Row<'_> {
    fn bytes<const N: usize>(&self) -> [Vec<u8>; N] {
        let fields: Vec<_> = self.fields.iter().map(|field| unhex(field)).collect();
        fields.try_into().unwrap()
    }

    /// The reason after `refused:`.
    fn refused(&self) -> Option<&str> {
        self.expected.strip_prefix("refused:")
    }
}

fn unhex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2) && text.is_ascii(), "{text} is no hexadecimal");
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// Runs every row of a suite, prints the count and fails with all differences.
fn run(suite: &str, total: usize, to_refuse: usize, check: impl Fn(&Row<'_>) -> Checked) {
    let path = folder("build/vectors").join(format!("{suite}.tsv"));
    let file = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; `make vectors` gets the test vectors", path.display()));
    let (mut ran, mut refused, mut failed) = (0, 0, Vec::new());
    for line in file.lines() {
        let [operation, expected, name, ref fields @ ..] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{suite}: {line}");
        };
        let row = Row { operation, expected, fields: fields.to_vec() };
        ran += 1;
        refused += usize::from(row.refused().is_some());
        failed.extend(check(&row).err().map(|difference| format!("{name}: {difference}")));
    }
    println!("count {suite} rust ran={ran} refused={refused} failed={}", failed.len());
    assert!(failed.is_empty(), "{} of {ran} failed:\n{}", failed.len(), failed.join("\n"));
    assert_eq!((ran, refused), (total, to_refuse));
}

/// An open text, or the error that the row expects; a shorter tag and an empty IV are refused by rules of ours.
fn gcm(row: &Row<'_>) -> Checked {
    same("operation", row.operation, "gcm")?;
    let [key, iv, associated, ciphertext, tag, plaintext] = row.bytes();
    let sealed = [ciphertext, tag].concat();
    let opened = hazmat::gcm_open(&key, &iv, &associated, &sealed);
    if row.expected == "ok" {
        same("sealed", hazmat::gcm_seal(&key, &iv, &associated, &plaintext), Ok(sealed))?;
        return same("opened", opened, Ok(plaintext));
    }
    let code = opened.map_err(|error| error.code().name());
    same("error", code, Err(row.refused().unwrap_or("auth_failed")))
}

fn cfb(row: &Row<'_>) -> Checked {
    same("operation", row.operation, "cfb")?;
    let [key, iv, plaintext, ciphertext] = row.bytes();
    same("encrypted", hazmat::cfb_encrypt(&key, &iv, &plaintext).as_ref(), Ok(&ciphertext))?;
    same("decrypted", hazmat::cfb_decrypt(&key, &iv, &ciphertext), Ok(plaintext))
}

/// A thousand blocks, each of them made of what came out two steps before (NIST AESAVS, 6.4.4).
fn monte_carlo(row: &Row<'_>) -> Checked {
    same("operation", row.operation, "mct")?;
    let encrypts = row.fields[0] == "encrypt";
    let [key, mut iv, mut input, last]: [Vec<u8>; 4] =
        row.fields[1..].iter().map(|field| unhex(field)).collect::<Vec<_>>().try_into().unwrap();
    let mut before = iv.clone();
    let mut output = Vec::new();
    for _ in 0..1000 {
        let step = if encrypts { hazmat::cfb_encrypt } else { hazmat::cfb_decrypt };
        output = step(&key, &iv, &input).map_err(|error| error.to_string())?;
        iv = if encrypts { output.clone() } else { input };
        input = std::mem::replace(&mut before, output.clone());
    }
    same("the thousandth output", output, last)
}

/// By the reader itself, and as a profile: whatever a profile says of JSON that is read, it is not that it is no JSON.
fn json(row: &Row<'_>) -> Checked {
    same("operation", row.operation, "json")?;
    let [text] = row.bytes();
    let read = Document::read(&text, &Limits::default());
    same("accepted", read.is_ok(), row.expected == "ok")
        .map_err(|found| format!("{found} {:?}", read.err()))?;
    let report = Profile::parse(&text).unwrap_err();
    same("accepted in a profile", report.violations()[0].keyword != "json", row.expected == "ok")
}

/// A URL that is accepted is sent to the scheme, host and port that WHATWG reads; a refusal of a valid one says why.
fn url(row: &Row<'_>) -> Checked {
    same("operation", row.operation, "url")?;
    let [payload, scheme, host, port] = row.fields[..] else { panic!("{:?}", row.fields) };
    let profile = match Profile::parse(unhex(payload)) {
        Ok(profile) => profile,
        Err(report) => {
            let found = report.violations();
            same("refusals", found.len(), 1)?;
            same("place", found[0].pointer.as_str(), "/url")?;
            same("refused", row.expected != "ok", true)
                .map_err(|difference| format!("{difference}\n  {}", found[0].message))?;
            return row.refused().map_or(Ok(()), |rule| same("rule", found[0].message.as_str(), rule));
        }
    };
    same("accepted", "ok", row.expected)?;
    let callback = profile.callback(&Record::parse("{}").unwrap()).map_err(|error| error.to_string())?;
    let sent = url::Url::parse(&callback.url).map_err(|error| error.to_string())?;
    let sent_port = sent.port().map_or_else(String::new, |port| port.to_string());
    same("target", [sent.scheme(), sent.host_str().unwrap(), &sent_port], [scheme, host, port])
}

/// One value through `Cipher`. What CFB8 encrypted has a name that is refused, and is not read as CFB either.
fn value(row: &Row<'_>) -> Checked {
    same("operation", row.operation, "value")?;
    let [algorithm, key, iv, tag, text, plaintext] = row.fields[..] else { panic!("{:?}", row.fields) };
    let plaintext = String::from_utf8(unhex(plaintext)).unwrap();
    let is_cfb8 = algorithm.ends_with("CFB8");
    same("known algorithm", Algorithm::from_name(algorithm).is_some(), !is_cfb8)?;
    let algorithm = Algorithm::from_name(algorithm.trim_end_matches('8')).unwrap();
    let wire_format = WireFormat::default().with_tag(TagPlacement::from_name(tag).unwrap());
    let cipher =
        Cipher::new(algorithm, key, iv).map_err(|error| error.to_string())?.with_wire_format(wire_format);
    let decrypted = cipher.decrypt_text(text);
    if is_cfb8 {
        same("reason", row.refused(), Some("unknown_algorithm"))?;
        return same("read as CFB", decrypted.is_ok_and(|found| found == plaintext), false);
    }
    if row.expected != "ok" {
        return same("decrypted", decrypted, Err(CipherError::AuthFailed));
    }
    same("decrypted", decrypted.as_ref(), Ok(&plaintext))?;
    same("encrypted", cipher.encrypt(&plaintext).as_deref(), Ok(text))
}

fn callback(row: &Row<'_>) -> Checked {
    same("operation", row.operation, "callback")?;
    let [profile, record, boundary, method, url, headers, body, opened, structures] = row.fields[..] else {
        panic!("{:?}", row.fields)
    };
    let text = |hex: &str| String::from_utf8(unhex(hex)).unwrap();
    let profile = Profile::parse(unhex(profile)).map_err(|report| report.to_string())?;
    let record = unhex(record);
    let record = Record::parse(&record).map_err(|error| error.to_string())?;
    let mut options = CallbackOptions::default();
    options.boundary = Some(boundary).filter(|boundary| !boundary.is_empty());
    let made = profile.callback_with(&record, &options).map_err(|error| error.to_string())?;
    same("method", made.method.name(), method)?;
    same("url", made.url.as_str(), url)?;
    let lines: String = made.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    same("headers", lines, text(headers))?;
    let expected_body = (body != "none").then(|| text(body));
    same("body", made.body.as_deref(), expected_body.as_deref())?;
    let names = structures.split(',').filter(|name| !name.is_empty());
    let structures: Vec<String> = names.map(str::to_owned).collect();
    let mut options = OpenOptions::default();
    options.structures = Parameters::Names(&structures);
    let received = made.body.as_ref().unwrap_or(&made.url);
    same("opened without structures", profile.open(received).is_ok(), structures.is_empty())?;
    let read = profile.open_with(received, &options).map_err(|error| error.to_string())?;
    same("opened", read.json(), text(opened).as_str())
}

#[test]
fn wycheproof() {
    run("wycheproof-gcm", 316, 6, gcm);
    run("wycheproof-gmac", 414, 0, gcm);
}

#[test]
fn nist() {
    run("cavp-gcm", 47_250, 40_500, gcm);
    run("cavp-cfb", 2_138, 0, cfb);
    run("cavp-cfb-mct", 600, 0, monte_carlo);
}

#[test]
fn json_test_suite() {
    run("json-suite", 318, 32, json);
}

#[test]
fn whatwg_urls() {
    run("wpt-url", 819, 77, url);
}

#[test]
fn our_own() {
    run("own-gcm16", 2_250, 192, value);
    run("own-cfb", 1_086, 312, value);
    run("own-callback", 120, 0, callback);
}
