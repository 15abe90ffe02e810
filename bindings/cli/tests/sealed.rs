//! Sealed profiles through the command: new keys, what is sealed and how it is opened, key rings, lines, diagnosis.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;

use std::collections::BTreeSet;
use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use common::{Folder, Run, cbp, files, gave, run_in};
use serde_json::{Value, json};

const KEY: &str = "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
const OTHER: &str = "cbk2_AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
const RANDOM: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";
const OPENED: &str = "{\"status\":\"DELIVERED\",\"to\":\"+919876543210\"}\n";

fn json_of(text: &[u8]) -> Value {
    serde_json::from_slice(text).expect("JSON")
}

fn sealed(kid: &str, key: &str) -> Value {
    json!({
        "title": "Sealed", "http_method": "POST", "url": "https://example.com/sms",
        "body": {"status": "<status>", "to": "<recipient>"},
        "enc": {"version": 2, "kid": kid, "key": key},
    })
}

fn with(mut profile: Value, member: &str, value: Value) -> String {
    profile[member] = value;
    profile.to_string()
}

/// The profiles under the keys `k1` and `k2`, one whose path is filled, a GET profile, and those of the documented format.
fn folder(name: &str) -> Folder {
    let folder = files(name);
    folder.file("k1.json", sealed("k1", KEY).to_string());
    folder.file("k2.json", sealed("k2", OTHER).to_string());
    folder
        .file("path.json", with(sealed("k1", KEY), "url", json!("https://example.com/<status>?a=<status>")));
    let mut get = sealed("g", KEY);
    get.as_object_mut().expect("an object").remove("body");
    get["http_method"] = json!("GET");
    folder.file("sealed-get.json", with(get, "url", json!("https://example.com/sms?to=<recipient>")));
    folder
}

fn refused(run: &Run, code: &str) {
    assert_eq!((run.code, run.text()), (Some(1), ""), "{}", run.stderr);
    assert!(run.stderr.starts_with(&format!("{code}: ")), "{}", run.stderr);
}

const REFUSED: &str = "DecryptionError[auth_failed]";

#[test]
fn a_new_key_is_that_of_a_sealed_profile() {
    let (mut keys, mut kids) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..5 {
        let enc = json_of(&cbp(&["keygen", "--sealed"], b"").stdout);
        let kid = enc["kid"].as_str().expect("a kid");
        assert!(
            kid.len() == 13
                && kid.starts_with('k')
                && kid.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        );
        assert!(keys.insert(enc["key"].to_string()) && kids.insert(enc["kid"].to_string()), "{enc}");
        let run = cbp(&["validate", "-"], with(sealed("k", KEY), "enc", enc.clone()).as_bytes());
        assert!(
            run.text().contains(&format!("encryption  sealed, kid {kid}, every value")),
            "{}",
            run.text()
        );
    }
    let enc = json_of(&cbp(&["keygen", "--sealed", "--kid", "2026-11"], b"").stdout);
    assert_eq!((&enc["kid"], &enc["version"]), (&json!("2026-11"), &json!(2)));
    refused(&cbp(&["keygen", "--sealed", "--kid", "a b"], b""), "ArgumentError[invalid_argument]");
    assert_eq!(cbp(&["keygen", "--sealed", "AES-128-GCM"], b"").code, Some(2));
    let help = cbp(&["keygen", "--help"], b"");
    let words: Vec<&str> = help.text().split_whitespace().collect();
    assert!(words.join(" ").contains("95, 143 or 190 random bits"), "{}", help.text());
}

#[test]
fn what_is_given_makes_the_same_bytes_and_what_is_not_is_new() {
    let folder = folder("sealing");
    let made =
        |options: &str| run_in(&folder, &format!("callback --json {options} k1.json record.json"), b"");
    let given = format!("--random {RANDOM} --timestamp 1800000000 --id a --profile-id p1");
    let (first, second) = (made(&given), made(&given));
    assert_eq!((first.code, first.stderr.as_str(), first.text()), (Some(0), "", second.text()));
    let callback = json_of(&first.stdout);
    assert_eq!((&callback["id"], &callback["issued_at"]), (&json!("a"), &json!(1_800_000_000)));
    assert_eq!(
        json_of(callback["body"].as_str().expect("a body").as_bytes()).as_object().map(|body| body.len()),
        Some(1)
    );

    let (first, second) = (json_of(&made("").stdout), json_of(&made("").stdout));
    for callback in [&first, &second] {
        let id = callback["id"].as_str().expect("an id");
        assert!(id.len() == 26 && id.starts_with("msg_"), "{id}");
        assert!(callback["issued_at"].as_u64().is_some_and(|time| time > 1_790_000_000));
    }
    assert_ne!(first["id"], second["id"]);
    // The same id and time: a retry, whose random bytes are others.
    let (first, second) = (made("--id a --timestamp 7"), made("--id a --timestamp 7"));
    assert_ne!(first.text(), second.text());

    let http = run_in(&folder, "callback --id a --timestamp 7 k1.json record.json", b"");
    assert_eq!((http.code, http.stderr.as_str()), (Some(0), "id: a\nissued_at: 7\n"));
    let bare = json_of(&made("--bare-token").stdout);
    assert_eq!(bare["headers"]["content-type"], "application/jose");
    assert_eq!(bare["body"].as_str().map(|body| body.split('.').count()), Some(5));
    assert_eq!(made("--random 00").code, Some(2));
    assert_eq!(made(&format!("--random {}", RANDOM.replace("1F", "1G"))).code, Some(2));
    refused(
        &run_in(&folder, "callback --id a.b k1.json record.json", b""),
        "ArgumentError[invalid_argument]",
    );
}

#[test]
fn a_sealed_callback_is_opened_for_this_receiver_alone() {
    let folder = folder("opening-sealed");
    let message = run_in(&folder, "callback --timestamp 1000 --id a --profile-id p k1.json record.json", b"");
    let open = |options: &str| run_in(&folder, &format!("open {options} k1.json -"), &message.stdout);
    for accepted in [
        "--now 1000",
        "--now 1300",
        "--now 700",
        "--now 1600 --tolerance 600",
        "--any-age",
        "--any-age --method POST --profile-id p",
        "--any-age --url HTTPS://EXAMPLE.com:443/sms?x=y",
        "--any-age --any-url --any-method",
    ] {
        gave(&open(accepted), 0, OPENED, "");
    }
    for (other, cause) in [
        ("", "sealed_time"),
        ("--now 1301", "sealed_time"),
        ("--now 699", "sealed_time"),
        ("--now 1600 --tolerance 599", "sealed_time"),
        ("--any-age --method PUT", "sealed_method"),
        ("--any-age --url https://example.org/sms", "sealed_url"),
        ("--any-age --profile-id q", "sealed_profile"),
    ] {
        let run = open(other);
        refused(&run, REFUSED);
        assert!(run.stderr.contains(&format!("hint: {cause} (proved)")), "{other}: {}", run.stderr);
        let whole = open(&format!("--explain {other}"));
        assert!(whole.stderr.contains("at the receiver: "), "{}", whole.stderr);
    }
    // The method of the message is what was received.
    let put = message.text().replacen("POST", "PUT", 1);
    refused(&run_in(&folder, "open --any-age k1.json -", put.as_bytes()), REFUSED);
    let patch = message.text().replacen("POST", "PATCH", 1);
    refused(&run_in(&folder, "open --any-age k1.json -", patch.as_bytes()), REFUSED);
    gave(&run_in(&folder, "open --any-age --method POST k1.json -", put.as_bytes()), 0, OPENED, "");

    let details = json_of(&open("--details --any-age").stdout);
    assert_eq!(details["sealed"], json!({"kid": "k1", "id": "a", "issued_at": 1000, "profile_id": "p"}));
    let body = message.text().split_once("\r\n\r\n").expect("a body").1;
    gave(&run_in(&folder, "open --any-age k1.json -", format!("{body}\n").as_bytes()), 0, OPENED, "");
    refused(&run_in(&folder, "open --any-age k2.json -", body.as_bytes()), REFUSED);
    // A profile of the documented format opens no token, a sealed one nothing else.
    assert_eq!(run_in(&folder, "open gcm.json -", body.as_bytes()).code, Some(1));
    let documented = run_in(&folder, "callback gcm.json record.json", b"");
    refused(&run_in(&folder, "open --any-age k1.json -", &documented.stdout), REFUSED);

    let token = run_in(&folder, "callback --json --bare-token --timestamp 1000 k1.json record.json", b"");
    let token = json_of(&token.stdout)["body"].as_str().expect("a token").to_owned();
    let run = run_in(&folder, "open --any-age --content-type application/jose k1.json -", token.as_bytes());
    gave(&run, 0, OPENED, "");
    let run = run_in(&folder, "diagnose --now 9000 k1.json -", token.as_bytes());
    assert!(run.text().starts_with("sealed_time (proved)"), "{}", run.text());
}

#[test]
fn a_url_that_is_filled_must_be_said() {
    let folder = folder("sealed-url");
    let message = run_in(&folder, "callback path.json record.json", b"");
    let run = run_in(&folder, "open path.json -", &message.stdout);
    assert_eq!((run.code, run.text()), (Some(2), ""));
    assert!(run.stderr.contains("with --url, or --any-url"), "{}", run.stderr);
    let opened = "{\"status\":\"DELIVERED\",\"to\":\"+919876543210\",\"a\":\"DELIVERED\"}\n";
    for option in ["--any-url", "--url https://example.com/DELIVERED"] {
        gave(&run_in(&folder, &format!("open {option} path.json -"), &message.stdout), 0, opened, "");
    }
    refused(&run_in(&folder, "open --url https://example.com/FAILED path.json -", &message.stdout), REFUSED);
    let run = run_in(&folder, "open --url nowhere path.json -", &message.stdout);
    refused(&run, "ArgumentError[invalid_argument]");

    let message = run_in(&folder, "callback sealed-get.json record.json", b"");
    gave(&run_in(&folder, "open sealed-get.json -", &message.stdout), 0, "{\"to\":\"+919876543210\"}\n", "");
    let url = json_of(&run_in(&folder, "callback --json sealed-get.json record.json", b"").stdout);
    let url = format!("{}\n", url["url"].as_str().expect("a URL"));
    gave(&run_in(&folder, "open sealed-get.json -", url.as_bytes()), 0, "{\"to\":\"+919876543210\"}\n", "");
    // Sealed, so that a signature has a meaning: the token says for which id it was made.
    folder.file("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let signed = run_in(&folder, "callback --sign secret sealed-get.json record.json", b"");
    assert_eq!(run_in(&folder, "open --verify secret sealed-get.json -", &signed.stdout).code, Some(0));
    let more = [signed.stdout.as_slice(), b"x"].concat();
    refused(
        &run_in(&folder, "open --verify secret sealed-get.json -", &more),
        "SignatureError[signature_refused]",
    );
    let headers = run_in(&folder, "sign --id other secret -", b"");
    let mut command = common::command();
    command.args(["open", "--verify", "secret"]).current_dir(folder.path());
    command
        .args(headers.text().lines().map(|line| format!("--header={line}")))
        .args(["sealed-get.json", "-"]);
    let run = common::finish(command, &signed.stdout);
    refused(&run, REFUSED);
    assert!(
        run.stderr.contains("the id of the signature is not that of the sealed callback"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_callback_is_opened_by_the_key_that_it_names() {
    let folder = folder("ring");
    let both = "--key k1=k1.json --key k2=k2.json";
    for kid in ["k1", "k2"] {
        let message = run_in(&folder, &format!("callback {kid}.json record.json"), b"");
        let note = format!("key: {kid}\n");
        gave(&run_in(&folder, &format!("open {both} -"), &message.stdout), 0, OPENED, &note);
        let run = run_in(&folder, &format!("open --details {both} -"), &message.stdout);
        assert_eq!(json_of(&run.stdout)["key"], json!({"id": kid, "version": 2, "in_turn": false}));
        assert_eq!(run.stderr, "");
        let body = message.text().split_once("\r\n\r\n").expect("a body").1;
        gave(&run_in(&folder, &format!("open {both} -"), body.as_bytes()), 0, OPENED, &note);
    }
    let message = run_in(&folder, "callback k1.json record.json", b"");
    refused(&run_in(&folder, "open --key k2=k2.json -", &message.stdout), REFUSED);

    folder.file("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let run = run_in(&folder, &format!("open --verify secret {both} -"), &message.stdout);
    refused(&run, "SignatureError[signature_refused]");
    let signed = run_in(&folder, "callback --sign secret --id a --timestamp 7 k2.json record.json", b"");
    let run = run_in(&folder, &format!("open --verify secret --now 7 --details {both} -"), &signed.stdout);
    let details = json_of(&run.stdout);
    assert_eq!(details["verified"], json!({"id": "a", "timestamp": 7}));
    assert_eq!((&details["key"]["id"], &details["sealed"]["id"]), (&json!("k2"), &json!("a")));

    // The documented format: the id is a header.
    for (id, secret) in [("2026-01", "CanaryKey8aZ3qR7"), ("2026-02", "CanaryKey0aZ3qR8")] {
        let profile = common::profile("AES-128-GCM").replace(common::KEY, secret);
        folder.file(
            &format!("{id}.json"),
            profile.replace("authorization\": \"Bearer CanaryHeader", &format!("x-key-id\": \"{id}")),
        );
    }
    let ring = "--key 2026-01=2026-01.json --key 2026-02=2026-02.json --key-header X-Key-Id";
    let message = run_in(&folder, "callback 2026-02.json record.json", b"");
    gave(&run_in(&folder, &format!("open {ring} -"), &message.stdout), 0, OPENED, "key: 2026-02\n");
    let curl = format!(
        "curl https://example.com/sms -H 'content-type: application/json' -H 'x-key-id: 2026-02' -d '{}'",
        message.text().split_once("\r\n\r\n").expect("a body").1
    );
    gave(&run_in(&folder, &format!("open {ring} -"), curl.as_bytes()), 0, OPENED, "key: 2026-02\n");
    let body = message.text().split_once("\r\n\r\n").expect("a body").1.as_bytes();
    let mut args: Vec<&str> = ring.split(' ').collect();
    args.insert(0, "open");
    args.extend(["--header", "x-key-id: 2026-02", "-"]);
    let mut command = common::command();
    command.args(&args).current_dir(folder.path());
    gave(&common::finish(command, body), 0, OPENED, "key: 2026-02\n");
    refused(&run_in(&folder, &format!("open {ring} -"), body), "DecryptionError[unknown_key]");
    refused(
        &run_in(&folder, "open --key 2026-01=2026-01.json --key-header x-key-id -", &message.stdout),
        "DecryptionError[unknown_key]",
    );
    gave(
        &run_in(&folder, &format!("open --in-turn {ring} -"), body),
        0,
        OPENED,
        "key: 2026-02, found by trying\n",
    );
    let details = json_of(&run_in(&folder, &format!("open --in-turn --details {ring} -"), body).stdout);
    assert_eq!(details["key"], json!({"id": "2026-02", "version": 1, "in_turn": true}));
    refused(
        &run_in(&folder, &format!("open --refuse-v1 {ring} -"), &message.stdout),
        "DecryptionError[unknown_key]",
    );

    // Both versions in one ring, while senders change over.
    let mixed = format!("{both} {ring}");
    let sealed = run_in(&folder, "callback k2.json record.json", b"");
    gave(&run_in(&folder, &format!("open {mixed} -"), &sealed.stdout), 0, OPENED, "key: k2\n");
    gave(&run_in(&folder, &format!("open {mixed} -"), &message.stdout), 0, OPENED, "key: 2026-02\n");
    folder.file(
        "cfb-id.json",
        common::profile("AES-128-CFB").replace("authorization\": \"Bearer CanaryHeader", "x-key-id\": \"c"),
    );
    let cfb = "--key c=cfb-id.json --key-header x-key-id --in-turn";
    refused(&run_in(&folder, &format!("open {cfb} -"), body), "DecryptionError[cannot_tell_key]");
}

#[test]
fn keys_may_be_named_in_the_query() {
    let folder = folder("ring-query");
    let profile = r#"{"title": "query", "http_method": "GET", "url": "https://example.com/?to=<to>&key=a",
        "enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["to"]}}"#;
    folder.file("a.json", profile);
    folder.file("b.json", profile.replace("key=a", "key=b").replace("K1abc", "K2abc"));
    let ring = "--key a=a.json --key b=b.json --key-query key";
    for name in ["a", "b"] {
        let opened = format!("{{\"to\":\"me\",\"key\":\"{name}\"}}\n");
        let note = format!("key: {name}\n");
        let message = run_in(&folder, &format!("callback {name}.json -"), br#"{"to": "me"}"#);
        gave(&run_in(&folder, &format!("open {ring} -"), &message.stdout), 0, &opened, &note);
        let url =
            json_of(&run_in(&folder, &format!("callback --json {name}.json -"), br#"{"to": "me"}"#).stdout);
        let line = format!("{}\n", url["url"].as_str().expect("a URL"));
        gave(&run_in(&folder, &format!("open {ring} -"), line.as_bytes()), 0, &opened, &note);
        let run = run_in(&folder, &format!("open --ndjson {ring} -"), line.as_bytes());
        assert_eq!(run.text(), opened, "{}", run.stderr);
    }
    // Bodies and queries in one ring: a bare text could be either.
    let mixed = format!("{ring} --key k1=k1.json");
    for option in ["", "--ndjson "] {
        let run = run_in(&folder, &format!("open {option}{mixed} -"), b"{}");
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains("the whole HTTP message or curl line is expected"), "{}", run.stderr);
    }
    let message = run_in(&folder, "callback a.json -", br#"{"to": "me"}"#);
    assert_eq!(run_in(&folder, &format!("open {mixed} -"), &message.stdout).code, Some(0));
    let message = run_in(&folder, "callback k1.json record.json", b"");
    gave(&run_in(&folder, &format!("open {mixed} -"), &message.stdout), 0, OPENED, "key: k1\n");
}

#[test]
fn wrong_command_lines_are_explained() {
    let folder = folder("wrong-sealed");
    for (args, message) in [
        ("open --any-age --now 1 k1.json -", "cannot be used with"),
        ("open --any-url --url https://e.com k1.json -", "cannot be used with"),
        ("open --any-method --method POST k1.json -", "cannot be used with"),
        ("open --key k1=k1.json k2.json -", "cannot be used with"),
        ("open --key k1 -", "the id of a key, =, and the file of its profile are expected"),
        ("open --key k2=k1.json -", "--key k2: the id of a sealed profile must be its kid"),
        ("open --key k1=k1.json --key k1=k1.json -", "each key of a ring must have an id of its own"),
        ("open --key a=gcm.json -", "with --key-header or --key-query"),
        ("open --key a=gcm.json --key-header x-id -", "must send its id as a constant header or parameter"),
        (
            "open --key k1=k1.json --key g=sealed-get.json -",
            "the whole HTTP message or curl line is expected",
        ),
        ("open --key k1=- -", "standard input (-) can be given for one file only"),
        ("open --in-turn k1.json -", "--key"),
        ("open --key-header x k1.json -", "--key"),
        ("open k1.json", "<BODY>"),
        ("encrypt k1.json x", "the profile is sealed"),
        ("decrypt k1.json x", "the profile is sealed"),
        ("callback --ndjson --id a k1.json -", "cannot be used with"),
        ("callback --ndjson --random 00 k1.json -", "64 hexadecimal digits"),
    ] {
        let run = run_in(&folder, args, b"{}");
        assert_eq!((run.code, run.text()), (Some(2), ""), "{args}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{args}: {}", run.stderr);
    }
    folder.file("elsewhere.json", with(sealed("k3", OTHER), "url", json!("https://example.org/")));
    let message = run_in(&folder, "callback k1.json record.json", b"");
    let ring = "--key k1=k1.json --key k3=elsewhere.json -";
    let run = run_in(&folder, &format!("open {ring}"), &message.stdout);
    assert!(run.code == Some(2) && run.stderr.contains("the profiles have different URLs"), "{}", run.stderr);
    let url = "--url https://example.com/sms";
    gave(&run_in(&folder, &format!("open {url} {ring}"), &message.stdout), 0, OPENED, "key: k1\n");
    folder.file("put.json", with(sealed("k4", OTHER), "http_method", json!("PUT")));
    let body = message.text().split_once("\r\n\r\n").expect("a body").1.as_bytes();
    let ring = "--key k1=k1.json --key k4=put.json -";
    let run = run_in(&folder, &format!("open {ring}"), body);
    assert!(
        run.code == Some(2) && run.stderr.contains("the profiles have different methods"),
        "{}",
        run.stderr
    );
    gave(&run_in(&folder, &format!("open {ring}"), &message.stdout), 0, OPENED, "key: k1\n");
}

#[test]
fn archives_are_opened_at_any_age() {
    let folder = folder("sealed-lines");
    let records = b"{\"status\": \"a\"}\nno JSON\n{\"status\": \"b\"}\n";
    let run = run_in(&folder, "callback --ndjson --timestamp 7 k1.json -", records);
    let lines: Vec<Value> = run.text().lines().map(|line| json_of(line.as_bytes())).collect();
    assert_eq!((lines.len(), &lines[1], &lines[0]["issued_at"]), (3, &Value::Null, &json!(7)));
    assert_ne!(lines[0]["id"], lines[2]["id"]);
    let bodies: String =
        lines.iter().filter_map(|line| Some(format!("{}\n", line["body"].as_str()?))).collect();
    let run = run_in(&folder, "open --ndjson --any-age k1.json -", bodies.as_bytes());
    assert_eq!(
        (run.code, run.text()),
        (Some(0), "{\"status\":\"a\",\"to\":\"\"}\n{\"status\":\"b\",\"to\":\"\"}\n")
    );
    let run = run_in(&folder, "open --ndjson --any-age --details --key k1=k1.json -", bodies.as_bytes());
    let first = json_of(run.text().lines().next().expect("a line").as_bytes());
    assert_eq!((&first["sealed"]["id"], &first["key"]["id"]), (&lines[0]["id"], &json!("k1")));
    let run = run_in(&folder, "open --ndjson k1.json -", bodies.as_bytes());
    assert_eq!((run.code, run.text()), (Some(1), "null\nnull\n"));
    assert!(
        run.stderr.contains(r#"{"line":1,"code":"auth_failed","parameter":null,"class":"DecryptionError"}"#),
        "{}",
        run.stderr
    );
    // Without a time each line has that of its moment, also of a stream that lasts.
    let mut command = common::command();
    command.args(["open", "--ndjson", "--tolerance=1", "k1.json", "-"]).current_dir(folder.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("cbp starts");
    std::thread::sleep(Duration::from_secs(3));
    let line = json_of(&run_in(&folder, "callback --json k1.json record.json", b"").stdout);
    let mut pipe = child.stdin.take().expect("a pipe");
    writeln!(pipe, "{}", line["body"].as_str().expect("a body")).expect("written");
    drop(pipe);
    let done = child.wait_with_output().expect("cbp ends");
    assert_eq!(std::str::from_utf8(&done.stdout), Ok(OPENED), "{}", String::from_utf8_lossy(&done.stderr));
    let run = run_in(&folder, "callback --ndjson k1.json -", b"{}\n");
    let body = json_of(&run.stdout)["body"].as_str().expect("a body").to_owned();
    assert_eq!(run_in(&folder, "open --ndjson k1.json -", body.as_bytes()).code, Some(0));
}

#[test]
fn settings_refuse_either_version() {
    let folder = folder("versions");
    for (args, code) in [
        ("validate k1.json", 0),
        ("validate --refuse-sealed k1.json", 1),
        ("validate --refuse-v1 k1.json", 0),
        ("validate gcm.json", 0),
        ("validate --refuse-sealed gcm.json", 0),
        ("validate --refuse-v1 gcm.json", 1),
        ("validate --format json --refuse-v1 gcm.json k1.json", 1),
        ("validate --json --refuse-v1 gcm.json", 1),
    ] {
        let run = run_in(&folder, args, b"");
        assert_eq!(run.code, Some(code), "{args}: {}{}", run.text(), run.stderr);
    }
    let run = run_in(&folder, "validate --refuse-v1 gcm.json", b"");
    assert!(run.stderr.contains("[refused_version]"), "{}", run.stderr);
    let head = "POST /v1/HX01/callback/profiles HTTP/1.1\r\nhost: e\r\napi-key: A0\r\ncontent-type: application/json\r\n\r\n";
    let request = format!("{head}{}", sealed("k1", KEY));
    assert_eq!(run_in(&folder, "request -", request.as_bytes()).code, Some(0));
    assert_eq!(run_in(&folder, "request --refuse-sealed -", request.as_bytes()).code, Some(1));
    // What shows a profile masks its key, and so says nothing that is one.
    for args in ["validate --json k1.json", "patch k1.json -", "diff k1.json k2.json", "request --json -"] {
        let stdin = if args.starts_with("patch") { r#"{"title": "new one"}"# } else { &request };
        let run = run_in(&folder, args, stdin.as_bytes());
        assert!(
            run.code == Some(0) && run.text().contains("********") && !run.text().contains("cbk2_A"),
            "{args}: {}",
            run.text()
        );
    }
    let run = run_in(&folder, "patch k1.json -", br#"{"title": "new one"}"#);
    assert_eq!(
        run.stderr,
        "warning: the key is masked, so this output is no profile: --show-secrets prints it\n"
    );
    for args in [
        "validate --json --show-secrets k1.json",
        "patch --show-secrets k1.json -",
        "diff --show-secrets k1.json k2.json",
        "diff --json --show-secrets k1.json k2.json",
    ] {
        assert!(run_in(&folder, args, br#"{"title": "new one"}"#).text().contains(KEY), "{args}");
    }
}
