//! The cases of `testdata/sealed.json` and `signature.json`, through the command.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test may panic, and prints its counts"
)]

mod common;

use common::{Folder, cbp, root};
use serde_json::{Value, json};

/// Whether the case was run, or is one that no command line or file can express.
type Checked = Result<bool, String>;

fn same(what: &str, found: impl Into<Value>, expected: impl Into<Value>) -> Result<(), String> {
    let (found, expected) = (found.into(), expected.into());
    if found == expected { Ok(()) } else { Err(format!("{what}: {found} instead of {expected}")) }
}

/// Runs the cases of an array of a file and prints the count.
fn suite(file: &str, array: &str, least: usize, check: impl Fn(&Value, &Folder) -> Checked) {
    let text = std::fs::read(root().join(format!("testdata/{file}.json"))).expect(file);
    let cases: Value = serde_json::from_slice(&text).expect(file);
    let cases = cases[array].as_array().expect(array);
    assert!(cases.len() >= least, "{}", cases.len());
    let folder = Folder::new(&format!("{file}-{array}"));
    let (mut refused, mut failures) = (0, Vec::new());
    for case in cases {
        match check(case, &folder) {
            Ok(true) => {}
            Ok(false) => refused += 1,
            Err(why) => failures.push(format!("{}: {why}", case["name"])),
        }
    }
    println!("count {file}-{array} cli ran={} refused={refused} failed={}", cases.len(), failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(refused * 8 < cases.len(), "{refused} cases were not run");
}

fn text<'c>(case: &'c Value, name: &str) -> &'c str {
    case[name].as_str().expect(name)
}

/// `--option=value` where the case has a value.
fn option(args: &mut Vec<String>, option: &str, value: &Value) {
    match value {
        Value::Null | Value::Bool(false) => {}
        Value::Bool(true) => args.push(format!("--{option}")),
        Value::String(text) => args.push(format!("--{option}={text}")),
        Value::Array(names) => {
            let names: Vec<&str> = names.iter().map(|name| name.as_str().expect("a name")).collect();
            args.push(format!("--{option}={}", names.join(",")));
        }
        other => args.push(format!("--{option}={other}")),
    }
}

#[test]
fn callbacks_are_sealed_to_the_byte() {
    suite("sealed", "seal", 123, |case, folder| {
        let profile = folder.file("profile.json", text(case, "profile"));
        let mut args = vec!["callback".to_owned(), "--json".to_owned()];
        for (name, member) in [
            ("random", "random"),
            ("timestamp", "issued_at"),
            ("id", "id"),
            ("profile-id", "profile_id"),
            ("boundary", "boundary"),
            ("bare-token", "bare"),
        ] {
            option(&mut args, name, &case[member]);
        }
        args.extend([profile, "-".to_owned()]);
        let run = cbp(&args, text(case, "record").as_bytes());
        let made: Value =
            serde_json::from_slice(&run.stdout).map_err(|error| format!("{error}: {}", run.stderr))?;
        let expected = &case["callback"];
        for member in ["method", "url", "body"] {
            same(member, made[member].clone(), expected[member].clone())?;
        }
        let pairs = expected["headers"].as_array().expect("headers").iter();
        let headers: String =
            pairs.map(|pair| format!("{}:{}", pair[0], pair[1])).collect::<Vec<_>>().join(",");
        same("headers in order", run.text().contains(&format!("\"headers\":{{{headers}}}")), true)?;
        same("id", made["id"].clone(), case["id"].clone())?;
        same("issued_at", made["issued_at"].clone(), case["issued_at"].clone())?;
        Ok(true)
    });
}

/// What `cbp diagnose` says of a broken rule.
fn causes(rule: &str) -> &'static [&'static str] {
    match rule {
        "repeated" => &["sealed_carrier"],
        "malformed" => &["sealed_token", "sealed_carrier", "sealed_header"],
        "header" => &["sealed_header"],
        "kid" => &["sealed_kid"],
        "key" => &["sealed_key"],
        "claims" | "duplicate" | "unknown" | "iat" | "jti" => &["sealed_claims"],
        "freshness" => &["sealed_time"],
        "htm" => &["sealed_method", "sealed_claims"],
        "htu" => &["sealed_url", "sealed_claims"],
        "pid" => &["sealed_profile", "sealed_claims"],
        "copy" => &["sealed_copy"],
        "template" => &["sealed_parameters"],
        _ => &[],
    }
}

#[test]
fn received_callbacks_open_or_are_refused_for_their_rule() {
    suite("sealed", "open", 505, |case, folder| {
        let profile = folder.file("profile.json", text(case, "profile"));
        let received = text(case, "received").as_bytes();
        let expected = &case["expected"];
        let mut given = Vec::new();
        for (name, member) in [
            ("now", "now"),
            ("tolerance", "tolerance"),
            ("method", "method"),
            ("url", "url"),
            ("profile-id", "profile_id"),
        ] {
            option(&mut given, name, &expected[member]);
        }
        option(&mut given, "content-type", &case["content_type"]);
        let mut args = vec!["open".to_owned(), "--details".to_owned()];
        args.extend(given.iter().cloned());
        option(&mut args, "any-age", &expected["not_checked"]);
        option(&mut args, "any-method", &expected["method"].is_null().into());
        option(&mut args, "any-url", &expected["url"].is_null().into());
        option(&mut args, "structures", &case["options"]["structures"]);
        option(&mut args, "absent", &case["options"]["absent"]);
        args.extend([profile.clone(), "-".to_owned()]);
        let run = cbp(&args, received);
        if let Some(code) = case["error"].as_str() {
            same("exit code", run.code, 1)?;
            same("standard output", run.text(), "")?;
            let begins = run.stderr.starts_with(&format!("DecryptionError[{code}]: "));
            same(&run.stderr, begins, true)?;
            let mut args = vec!["diagnose".to_owned(), "--json".to_owned(), "--body=-".to_owned()];
            args.extend(given);
            args.push(profile);
            let run = cbp(&args, received);
            let diagnosis: Value = serde_json::from_slice(&run.stdout).map_err(|_| run.stderr.clone())?;
            let cause = diagnosis["findings"][0]["cause"].as_str().unwrap_or_default();
            let expected = causes(text(case, "rule"));
            return match expected.contains(&cause) {
                true => Ok(true),
                false => Err(format!("{cause} instead of {expected:?}")),
            };
        }
        same(&run.stderr, run.code, 0)?;
        let begin = format!("{{\"values\":{},\"decrypted\":", text(case, "values"));
        same(run.text(), run.text().starts_with(&begin), true)?;
        let details: Value = serde_json::from_slice(&run.stdout).map_err(|error| error.to_string())?;
        same("id", details["sealed"]["id"].clone(), case["id"].clone())?;
        same("issued_at", details["sealed"]["issued_at"].clone(), case["issued_at"].clone())?;
        if let Some(unknown) = case.get("unknown") {
            same("unknown", details["unknown"].clone(), unknown.clone())?;
        }
        Ok(true)
    });
}

/// The file of a case's secrets, one a line.
fn secrets(case: &Value, folder: &Folder) -> String {
    let texts = case["secrets"].as_array().expect("secrets").iter();
    let lines: String = texts.map(|text| format!("{}\n", text.as_str().expect("a secret"))).collect();
    folder.file("secrets", lines)
}

#[test]
fn signing_secrets_have_one_spelling() {
    suite("signature", "secrets", 34, |case, folder| {
        let secret = text(case, "text");
        if secret.contains(['\n', '\r']) {
            return Ok(false); // the file has one secret a line
        }
        let file = folder.file("secret", secret);
        let run = cbp(&["sign", &file, "-"], b"{}");
        match case["valid"] == true {
            true => same(&run.stderr, run.code, 0)?,
            false => {
                same("exit code", run.code, 1)?;
                let begins = run.stderr.starts_with("ArgumentError[invalid_key]: ");
                same(&run.stderr, begins, true)?;
                same("quoted", secret.len() > 6 && run.stderr.contains(secret), false)?;
            }
        }
        Ok(true)
    });
}

#[test]
fn messages_are_signed_to_the_byte() {
    suite("signature", "sign", 20, |case, folder| {
        let mut args = vec!["sign".to_owned(), "--json".to_owned()];
        option(&mut args, "id", &case["id"]);
        option(&mut args, "timestamp", &case["timestamp"]);
        args.extend([secrets(case, folder), "-".to_owned()]);
        let run = cbp(&args, text(case, "body").as_bytes());
        let headers: Value = serde_json::from_slice(&run.stdout).map_err(|_| run.stderr.clone())?;
        same("headers", headers, case["headers"].clone())?;
        Ok(true)
    });
}

#[test]
fn signatures_are_verified_or_refused() {
    suite("signature", "verify", 129, |case, folder| {
        let mut args = vec!["verify".to_owned(), "--json".to_owned()];
        option(&mut args, "now", &case["now"]);
        option(&mut args, "tolerance", &case["tolerance"]);
        for pair in case["headers"].as_array().expect("headers") {
            let (name, value) = (pair[0].as_str().expect("a name"), pair[1].as_str().expect("a value"));
            if value.trim_matches([' ', '\t']) != value {
                return Ok(false); // space around a header's value is none of it
            }
            args.push(format!("--header={name}: {value}"));
        }
        if case["headers"] == json!([]) {
            args.push("--header=x: y".to_owned());
        }
        args.extend([secrets(case, folder), "-".to_owned()]);
        let run = cbp(&args, text(case, "body").as_bytes());
        match case["error"].as_str() {
            None => {
                let verified: Value = serde_json::from_slice(&run.stdout).map_err(|_| run.stderr.clone())?;
                same("verified", verified, case["verified"].clone())?;
            }
            Some(code) => {
                same("exit code", run.code, 1)?;
                let failure: Value = serde_json::from_str(&run.stderr).map_err(|error| error.to_string())?;
                same("code", failure["code"].clone(), code)?;
                same("class", failure["class"].clone(), "SignatureError")?;
            }
        }
        Ok(true)
    });
}
