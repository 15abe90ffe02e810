//! `cbp keygen`, `cbp diff`, `cbp address`, `cbp request`, and the warnings of `cbp patch` and `cbp callback`.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;

use std::collections::BTreeSet;

use common::{IV, KEY, Run, cbp, files, gave, profile, run_in};
use serde_json::{Value, json};

fn json_of(run: &Run) -> Value {
    serde_json::from_slice(&run.stdout).expect("JSON")
}

#[test]
fn keys_are_new_each_time_and_fit_their_algorithm() {
    let (mut seen, mut characters) = (BTreeSet::new(), BTreeSet::new());
    for (algorithm, len) in [
        (None, 32),
        (Some("AES-128-GCM"), 16),
        (Some("AES-192-GCM"), 24),
        (Some("AES-256-GCM"), 32),
        (Some("AES-128-CFB"), 16),
        (Some("AES-192-CFB"), 24),
        (Some("AES-256-CFB"), 32),
    ] {
        for _ in 0..5 {
            let run = cbp(&["keygen"].into_iter().chain(algorithm).collect::<Vec<_>>(), b"");
            assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
            let enc = json_of(&run);
            assert_eq!(enc["algo"], algorithm.unwrap_or("AES-256-GCM"));
            let (key, iv) = (enc["key"].as_str().expect("a key"), enc["IV"].as_str().expect("an IV"));
            assert_eq!((key.len(), iv.len()), (len, 16));
            characters.extend(key.chars().chain(iv.chars()));
            assert!(seen.insert(key.to_owned()) && seen.insert(iv.to_owned()));
            let payload = json!({"title": "new", "http_method": "GET", "url": "https://example.com/?a=<a>", "enc": enc});
            let run = cbp(&["validate", "-"], payload.to_string().as_bytes());
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            assert!(!run.text().contains("low_entropy_key"), "{}", run.text());
        }
    }
    // 1,500 random characters have all 62 but for a chance of one in 10^9.
    assert_eq!(characters.len(), 62, "{characters:?}");
    assert_eq!(cbp(&["keygen", "AES-128-CBC"], b"").code, Some(2));
}

#[test]
fn a_difference_is_shown_with_its_meaning_and_without_secrets() {
    let folder = files("diff");
    let old = profile("AES-128-GCM");
    let new = old
        .replace(KEY, "CanaryKey0aZ3qR7")
        .replace("<status>", "<state>")
        .replace("CanaryHeader", "CanaryOther");
    folder.file("new.json", new);
    let run = run_in(&folder, "diff gcm.json new.json", b"");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let lines: Vec<&str> = run.text().lines().collect();
    assert_eq!(
        lines[..4],
        [
            "/body/status",
            "  - \"<status>\"",
            "  + \"<state>\"",
            "  parameter: receivers find this parameter new, gone or with other content"
        ]
    );
    assert!(lines.contains(&"/headers/authorization") && lines.contains(&"/enc/key"), "{}", run.text());
    assert!(!run.text().contains("Canary"), "{}", run.text());
    let changes = json_of(&run_in(&folder, "diff --json gcm.json new.json", b""));
    assert_eq!(changes.as_array().map(Vec::len), Some(3));
    assert_eq!(
        (&changes[2]["pointer"], &changes[2]["effect"], &changes[2]["after"]),
        (&json!("/enc/key"), &json!("key"), &json!("********"))
    );
    let run = run_in(&folder, "diff --show-secrets gcm.json new.json", b"");
    assert!(run.text().contains(KEY) && run.text().contains("CanaryKey0aZ3qR7"), "{}", run.text());
    gave(&run_in(&folder, "diff gcm.json gcm.json", b""), 0, "", "");
    // A stored profile is the same as its payload.
    let created = run_in(&folder, "validate --json --show-secrets gcm.json", b"");
    gave(&run_in(&folder, "diff gcm.json -", &created.stdout), 0, "", "");
    assert_eq!(run_in(&folder, "diff gcm.json record.json", b"").code, Some(1));
    assert_eq!(run_in(&folder, "diff - -", b"").code, Some(2));
}

#[test]
fn addresses_and_hosts_have_verdicts() {
    gave(
        &cbp(&["address", "93.184.215.14", "example.com"], b""),
        0,
        "93.184.215.14\tpublic\nexample.com\tpublic_name\n",
        "",
    );
    gave(
        &cbp(&["address", "0x7f.1", "nas.lan", "a..b", "::ffff:10.0.0.1"], b""),
        1,
        "0x7f.1\tloopback\nnas.lan\tinternal_name\na..b\tno_host\n::ffff:10.0.0.1\tprivate\n",
        "",
    );
    let run = cbp(&["address", "--json", "--resolve", "localhost"], b"");
    let rows = json_of(&run);
    assert_eq!(
        (run.code, &rows[0]),
        (Some(1), &json!({"host": "localhost", "address": null, "verdict": "internal_name"}))
    );
    assert_eq!((&rows[1]["verdict"], &rows[1]["host"]), (&json!("loopback"), &json!("localhost")));
    assert_eq!(cbp(&["address"], b"").code, Some(2));
}

#[test]
fn a_create_request_is_checked_whole() {
    let folder = files("request");
    let payload = profile("AES-128-GCM");
    let head = "POST /v1/HX01/callback/profiles HTTP/1.1\r\nHost: api.example.com\r\nApi-Key: CanaryApi\r\ncontent-type: application/json\r\n\r\n";
    let run = run_in(&folder, "request -", format!("{head}{payload}").as_bytes());
    gave(&run, 0, "accepted: standard input: Delivery status\n", "");
    let curl = format!(
        "curl -X POST https://api.example.com/v1/HX01/callback/profiles -H 'api-key: CanaryApi' -H 'content-type: application/json' --data-raw '{}'",
        payload.replace('\n', "")
    );
    assert_eq!(run_in(&folder, "request -", curl.as_bytes()).code, Some(0));
    let run = run_in(&folder, "request --json -", format!("{head}{payload}").as_bytes());
    assert_eq!(json_of(&run)["code"], "RBC024");
    assert!(!run.text().contains(IV));

    let wrong = head
        .replace("HX01", "H%20X")
        .replace("Api-Key: CanaryApi", "api-key: Canary Api")
        .replace("application/json", "text/plain");
    let run = run_in(&folder, "request -", format!("{}{{}}", wrong.replace("H%20X", "")).as_bytes());
    assert_eq!((run.code, run.text()), (Some(1), ""));
    for line in [
        "/sid [minLength] params/sid ",
        "/api-key [pattern] headers/api-key ",
        "/content-type [content_type] headers/content-type ",
        "(root) [required] body must have required property 'title'",
    ] {
        assert!(run.stderr.contains(line), "{line}: {}", run.stderr);
    }
    assert!(
        run.stderr.starts_with("ProfileError[invalid_request]: ") && !run.stderr.contains("Canary"),
        "{}",
        run.stderr
    );
    // The payload alone, with the rest given.
    let args = [
        "request",
        "--sid",
        "HX01",
        "--header",
        "api-key: A0",
        "--header",
        "content-type: application/json",
        "-",
    ];
    assert_eq!(cbp(&args, payload.as_bytes()).code, Some(0));
    assert_eq!(cbp(&["request", "--header", "nothing", "-"], payload.as_bytes()).code, Some(2));
    let run = run_in(&folder, "request --json gcm.json", b"");
    assert_eq!(
        (run.code, &json_of(&run)["error"][0]["params"]),
        (Some(1), &json!("params/sid must NOT have fewer than 1 characters"))
    );
}

#[test]
fn warnings_say_what_is_easily_overlooked() {
    let folder = files("warnings");
    let run = run_in(&folder, "patch gcm.json -", br#"{"title": "new one"}"#);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (
            Some(0),
            "warning: key and IV are masked, so this output is no profile: --show-secrets prints them\n"
        )
    );
    // What it warns of: the masked key is explained before the violations.
    let masked = run_in(&folder, "validate -", &run.stdout);
    let lines: Vec<&str> = masked.stderr.lines().collect();
    assert!(
        lines[1].starts_with("  hint: the key is masked (********), as responses show it"),
        "{}",
        masked.stderr
    );
    assert!(lines[2].starts_with("  /enc/key [masked] "), "{}", masked.stderr);
    assert_eq!(run_in(&folder, "patch --show-secrets gcm.json -", br#"{"title": "new one"}"#).stderr, "");

    let nothing = "warning: the record fills nothing: it has none of the fields that cbp fields lists\n";
    let run = run_in(&folder, "callback gcm.json -", br#"{"first_name": "John"}"#);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), format!("missing: status\nmissing: recipient\n{nothing}").as_str())
    );
    assert_eq!(run_in(&folder, "callback gcm.json -", br#"{"status": "x"}"#).stderr, "missing: recipient\n");
    folder.file("silent.json", r#"{"title": "bot", "http_method": "GET", "url": "https://example.com/"}"#);
    gave(
        &run_in(&folder, "message silent.json record.json", b""),
        0,
        "\n",
        "warning: the profile has no response_message, so there is no text\n",
    );
    assert_eq!(run_in(&folder, "callback silent.json record.json", b"").stderr, "");
    let run = run_in(&folder, "open --content-type text/html gcm.json -", b"{}");
    assert!(
        run.stderr.contains("expected application/json, text/json or application/*+json, received text/html"),
        "{}",
        run.stderr
    );
}
