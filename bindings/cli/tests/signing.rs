//! `cbp sign`, `cbp verify`, `cbp callback --sign`, `cbp open --verify`, `cbp keygen --signing`, and secrets that no output
//! shows.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test may panic"
)]

mod common;

use std::collections::BTreeSet;

use common::{Folder, Run, cbp, files, gave, run_in};
use serde_json::{Value, json};

/// The example of the standard's own libraries.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const SIGNED: &str = "webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek\nwebhook-timestamp: 1614265330\n\
    webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=\n";
const BODY: &[u8] = br#"{"test": 2432232314}"#;

fn json_of(text: &[u8]) -> Value {
    serde_json::from_slice(text).expect("JSON")
}

fn folder(name: &str) -> Folder {
    let folder = files(name);
    folder.file("secret", format!("{SECRET}\n"));
    folder.file("other", OTHER);
    folder.file("both", format!("{OTHER}\r\n{SECRET}\r\n"));
    folder
}

fn refused(run: &Run, code: &str) {
    assert_eq!((run.code, run.text()), (Some(1), ""), "{}", run.stderr);
    assert!(run.stderr.starts_with(&format!("{code}: ")), "{}", run.stderr);
}

#[test]
fn the_published_example_is_signed_and_verified() {
    let folder = folder("published");
    let sign = "sign --id msg_p5jXN8AQM9LWM0D4loKWxJek --timestamp 1614265330";
    gave(&run_in(&folder, &format!("{sign} secret -"), BODY), 0, SIGNED, "");
    let headers = json_of(&run_in(&folder, &format!("{sign} --json both -"), BODY).stdout);
    let signature = headers["webhook-signature"].as_str().expect("a signature");
    assert!(signature.ends_with(" v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), "{signature}");
    assert_eq!(headers.as_object().map(serde_json::Map::len), Some(3));

    let mut args = vec!["verify".to_owned(), "--now=1614265630".to_owned()];
    args.extend(SIGNED.lines().map(|line| format!("--header={line}")));
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let verify = |secret: &str, options: &[&str], body: &[u8]| {
        let options = options.iter().map(|option| (*option).to_owned());
        cbp(
            &args.iter().cloned().chain(options).chain([path(secret), "-".to_owned()]).collect::<Vec<_>>(),
            body,
        )
    };
    let told = "verified: id msg_p5jXN8AQM9LWM0D4loKWxJek, timestamp 1614265330\n";
    gave(&verify("secret", &[], BODY), 0, told, "");
    gave(&verify("both", &[], BODY), 0, told, "");
    let told = "{\"id\":\"msg_p5jXN8AQM9LWM0D4loKWxJek\",\"timestamp\":1614265330}\n";
    gave(&verify("secret", &["--json"], BODY), 0, told, "");
    refused(&verify("other", &[], BODY), "SignatureError[signature_refused]");
    refused(&verify("secret", &[], b"{\"test\": 2432232315}"), "SignatureError[signature_refused]");
    refused(&verify("secret", &["--header=webhook-id: x"], BODY), "SignatureError[signature_refused]");
    refused(&verify("secret", &["--tolerance=299"], BODY), "SignatureError[timestamp_refused]");
    assert_eq!(verify("secret", &["--tolerance=300"], BODY).code, Some(0));
}

#[test]
fn a_callback_is_signed_piped_and_verified_by_the_clock() {
    let folder = folder("piped");
    let run = run_in(&folder, "callback --sign both gcm.json record.json", b"");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    for name in ["webhook-id: msg_", "webhook-timestamp: ", "webhook-signature: v1,"] {
        assert_eq!(run.text().matches(&format!("\r\n{name}")).count(), 1, "{}", run.text());
    }
    for secret in ["secret", "other", "both"] {
        let verified = run_in(&folder, &format!("verify {secret} -"), &run.stdout);
        assert!(verified.text().starts_with("verified: id msg_"), "{}", verified.stderr);
        let opened = run_in(&folder, &format!("open --verify {secret} --details gcm.json -"), &run.stdout);
        let details = json_of(&opened.stdout);
        assert_eq!(details["values"]["to"], "+919876543210", "{}", opened.stderr);
        assert!(
            details["verified"]["id"].as_str().is_some_and(|id| id.len() == 26 && id.starts_with("msg_"))
        );
        assert!(details["verified"]["timestamp"].as_u64().is_some_and(|time| time > 1_790_000_000));
    }
    // What is not signed is not opened, though it would open.
    let changed = String::from_utf8(run.stdout.clone()).expect("UTF-8").replace("DELIVERED", "DELIVERER");
    assert_eq!(run_in(&folder, "open gcm.json -", changed.as_bytes()).code, Some(0));
    refused(
        &run_in(&folder, "open --verify secret gcm.json -", changed.as_bytes()),
        "SignatureError[signature_refused]",
    );
    refused(&run_in(&folder, "verify secret -", changed.as_bytes()), "SignatureError[signature_refused]");
    refused(
        &run_in(&folder, "open --verify secret --now 5 gcm.json -", &run.stdout),
        "SignatureError[timestamp_refused]",
    );
    let old = run_in(&folder, "callback --sign secret --timestamp 7 gcm.json record.json", b"");
    refused(
        &run_in(&folder, "open --verify secret gcm.json -", &old.stdout),
        "SignatureError[timestamp_refused]",
    );
    assert_eq!(run_in(&folder, "open --verify secret --any-age gcm.json -", &old.stdout).code, Some(0));

    let json = json_of(
        &run_in(&folder, "callback --json --sign secret --id a --timestamp 7 gcm.json record.json", b"")
            .stdout,
    );
    assert_eq!(
        (&json["headers"]["webhook-id"], &json["headers"]["webhook-timestamp"]),
        (&json!("a"), &json!("7"))
    );
    assert!(json.get("id").is_none(), "{json}");
    // The signature of the printed body, by the other command.
    let body = json["body"].as_str().expect("a body");
    let headers =
        json_of(&run_in(&folder, "sign --json --id a --timestamp 7 secret -", body.as_bytes()).stdout);
    assert_eq!(headers["webhook-signature"], json["headers"]["webhook-signature"]);
    // The message as a whole gives the headers of its body.
    let message = run_in(&folder, "callback gcm.json record.json", b"").stdout;
    assert_eq!(
        json_of(&run_in(&folder, "sign --message --json --id a --timestamp 7 secret -", &message).stdout),
        headers
    );
    let run = run_in(&folder, "sign --json --id a --timestamp 7 secret -", &message);
    assert_ne!(json_of(&run.stdout), headers);
    assert!(
        run.stderr.contains("this looks like a whole message and was signed as a body"),
        "{}",
        run.stderr
    );
    assert_eq!(run_in(&folder, "sign --message secret -", b"GET / HTTP/1.1\nno colon\n\n").code, Some(2));
}

/// A body that looks like a message is verified as the body that it is, or a stranger could wrap a signed body in another.
#[test]
fn nothing_in_a_raw_body_is_read_as_a_head() {
    let folder = folder("wrapped");
    let message = run_in(&folder, "callback --sign secret --timestamp 7 gcm.json record.json", b"");
    gave(
        &run_in(&folder, "verify --now 7 secret -", &message.stdout),
        0,
        &format!(
            "verified: id {}, timestamp 7\n",
            message.text().split("webhook-id: ").nth(1).expect("an id").lines().next().expect("a line")
        ),
        "",
    );
    let head = message.text().lines().filter(|line| line.starts_with("webhook-"));
    let mut command = common::command();
    command.args(["verify", "--now=7", "secret", "-"]).args(head.map(|line| format!("--header={line}")));
    command.current_dir(folder.path());
    let body = message.text().split_once("\r\n\r\n").expect("a body").1;
    let wrapped = format!("POST / HTTP/1.1\r\nHost: e\r\n\r\n{body}");
    refused(&common::finish(command, wrapped.as_bytes()), "SignatureError[signature_refused]");
}

#[test]
fn each_line_is_a_message_of_its_own() {
    let folder = folder("signed-lines");
    let records = b"{\"status\": \"a\"}\n{\"status\": \"b\"}\n{\"status\": \"c\"}\n";
    let run = run_in(&folder, "callback --ndjson --sign secret --timestamp 7 gcm.json -", records);
    let lines: Vec<Value> = run.text().lines().map(|line| json_of(line.as_bytes())).collect();
    let ids: BTreeSet<&str> =
        lines.iter().filter_map(|line| line["headers"]["webhook-id"].as_str()).collect();
    assert_eq!((lines.len(), ids.len()), (3, 3), "{}", run.stderr);
    for line in &lines {
        let headers = &line["headers"];
        let mut args = vec!["verify".to_owned(), "--now=7".to_owned()];
        for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            args.push(format!("--header={name}: {}", headers[name].as_str().expect("a header")));
        }
        args.extend([folder.path().join("secret").to_str().expect("UTF-8").to_owned(), "-".to_owned()]);
        assert_eq!(cbp(&args, line["body"].as_str().expect("a body").as_bytes()).code, Some(0));
    }
    assert_eq!(run_in(&folder, "callback --ndjson --sign secret --id a gcm.json -", records).code, Some(2));
    assert_eq!(run_in(&folder, "open --ndjson --verify secret gcm.json -", records).code, Some(2));
}

#[test]
fn what_a_signature_does_not_cover_is_said() {
    let folder = folder("uncovered");
    folder.file("q.json", r#"{"q": "a"}"#);
    refused(
        &run_in(&folder, "callback --sign secret get.json q.json", b""),
        "ReplacerError[signature_covers_nothing]",
    );
    let run = run_in(&folder, "callback --sign secret --allow-uncovered get.json q.json", b"");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(run_in(&folder, "verify secret -", &run.stdout).code, Some(0));
    let run = run_in(&folder, "sign --message secret -", b"GET /?q=a HTTP/1.1\r\nHost: e\r\n\r\n");
    assert_eq!(
        run.stderr,
        "warning: the body is empty, so the signature covers nothing but id and timestamp\n"
    );
    let target = common::profile("AES-128-GCM").replace("/sms\"", "/sms?to=<recipient>\"");
    folder.file("target.json", &target);
    let run = run_in(&folder, "callback --sign secret target.json record.json", b"");
    assert!(
        run.code == Some(0) && run.stderr.starts_with("warning: ") && run.stderr.contains("query"),
        "{}",
        run.stderr
    );
    assert_eq!(run_in(&folder, "callback target.json record.json", b"").stderr, "");
    let run = run_in(&folder, "validate --signed target.json", b"");
    assert!(run.code == Some(0) && run.text().contains("advisory unsigned_target at /url"), "{}", run.text());
    assert!(!run_in(&folder, "validate target.json", b"").text().contains("unsigned_target"));

    folder.file("taken.json", common::profile("AES-128-GCM").replace("authorization", "Webhook-Id"));
    for args in ["callback --sign secret taken.json record.json", "validate --signed taken.json"] {
        let run = run_in(&folder, args, b"");
        assert!(
            run.code == Some(1) && run.stderr.contains("/headers/Webhook-Id [refused_header]"),
            "{}",
            run.stderr
        );
    }
    assert_eq!(run_in(&folder, "callback taken.json record.json", b"").code, Some(0));
}

#[test]
fn wrong_command_lines_are_explained() {
    let folder = folder("wrong-signing");
    for (args, message) in [
        ("callback --id a gcm.json record.json", "--id is for signed and sealed callbacks"),
        ("callback --timestamp 1 gcm.json record.json", "--timestamp is for signed and sealed callbacks"),
        ("callback --profile-id a gcm.json record.json", "--profile-id is for sealed profiles"),
        ("callback --sign secret --bare-token gcm.json record.json", "--bare-token is for sealed profiles"),
        ("callback --allow-uncovered gcm.json record.json", "--sign"),
        ("callback --sign nowhere gcm.json record.json", "cannot read nowhere"),
        ("callback --sign - gcm.json -", "standard input (-) can be given for one file only"),
        ("sign - -", "standard input (-) can be given for one file only"),
        ("verify - -", "standard input (-) can be given for one file only"),
        ("open --verify - gcm.json -", "standard input (-) can be given for one file only"),
        ("open --method POST gcm.json record.json", "--method is for sealed profiles"),
        ("open --now 1 gcm.json record.json", "--tolerance and --now are for sealed profiles"),
        ("diagnose --url https://e.com gcm.json AAAA", "--url is for sealed profiles"),
        ("verify secret record.json", "there are no headers: the whole HTTP message is expected"),
        ("verify --header nothing secret record.json", "a header needs a colon"),
        ("verify --now soon secret record.json", "'soon'"),
        ("keygen --signing AES-128-GCM", "cannot be used with"),
        ("keygen --signing --sealed", "cannot be used with"),
        ("keygen --kid a", "--sealed"),
    ] {
        let run = run_in(&folder, args, b"");
        assert_eq!((run.code, run.text()), (Some(2), ""), "{args}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{args}: {}", run.stderr);
    }
    let run = run_in(&folder, "sign --id a.b secret record.json", b"");
    refused(&run, "ArgumentError[invalid_argument]");
    let many = folder.file("many", format!("{SECRET}\n").repeat(17));
    refused(&cbp(&["sign", &many, "-"], b""), "ArgumentError[invalid_argument]");
    let many = folder.file("many", format!("{SECRET}\n").repeat(16));
    assert_eq!(cbp(&["sign", &many, "-"], b"{}").code, Some(0));
    let two = folder.file("two", format!("{SECRET}\n\n"));
    let run = cbp(&["sign", &two, "-"], b"");
    refused(&run, "ArgumentError[invalid_key]");
    assert!(run.stderr.contains("two: line 2: a signing secret must begin with whsec_"), "{}", run.stderr);
}

#[test]
fn signing_secrets_are_new_each_time() {
    let folder = Folder::new("signing-secrets");
    let mut seen = BTreeSet::new();
    for _ in 0..5 {
        let run = cbp(&["keygen", "--signing"], b"");
        let secret = run.text().trim_end();
        assert!(run.code == Some(0) && secret.starts_with("whsec_") && secret.len() == 70, "{}", run.stderr);
        let file = folder.file("secret", run.text());
        assert_eq!(cbp(&["sign", &file, "-"], b"{}").code, Some(0));
        assert!(seen.insert(secret.to_owned()));
    }
}

/// Nobody reads a secret off a terminal or a log, whatever is done wrong with it.
#[test]
fn no_output_shows_a_secret() {
    let folder = folder("canary");
    let key = "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    let secrets = [SECRET, key];
    let payload = |member: &str, value: &str| {
        let mut payload =
            json!({"title": "t", "http_method": "POST", "url": "https://example.com/", "body": {"a": "<a>"}});
        payload[member] = serde_json::from_str(value).expect("JSON");
        payload.to_string()
    };
    let mut count = 0;
    for secret in secrets {
        for (member, value) in [
            ("title", format!("\"{secret}\"")),
            ("body", format!("{{\"a\":\"{secret}\",\"{secret}\":\"<b>\"}}")),
            ("headers", format!("{{\"authorization\":\"{secret}\"}}")),
            ("headers", format!("{{\"{secret}\":5}}")),
            ("response_message", format!("\"Hi {secret}\"")),
            (secret, "1".to_owned()),
            ("enc", format!("{{\"version\":2,\"kid\":\"k\",\"key\":\"{secret}\"}}")),
            ("enc", format!("{{\"version\":2,\"kid\":\"{secret}\",\"key\":\"{key}\"}}")),
            ("enc", format!("{{\"algo\":\"AES-128-GCM\",\"key\":\"{secret}\",\"IV\":\"{secret}\"}}")),
        ] {
            folder.file("own.json", payload(member, &value));
            for args in [
                "validate own.json",
                "validate --policy strict own.json",
                "validate --json own.json",
                "validate --format json own.json",
                "validate --format sarif own.json",
                "validate --format github own.json",
                "patch own.json -",
                "diff own.json get.json",
                "diff --json own.json get.json",
                "fields own.json",
                "encrypt own.json x",
                "open own.json -",
            ] {
                let run = run_in(&folder, args, br#"{"http_method": "POST"}"#);
                let all = format!("{}{}", run.text(), run.stderr);
                assert!(!all.contains(&secret[..20]), "{args} of {value}: {all}");
                count += 1;
            }
        }
        for args in [
            vec![secret],
            vec!["sign", secret, "-"],
            vec!["verify", secret, "-"],
            vec!["callback", "--sign", secret, "gcm.json", "record.json"],
            vec!["callback", "--random", secret, "gcm.json", "record.json"],
            vec!["keygen", secret],
            vec!["keygen", "--sealed", "--kid", secret, "--nonsense"],
            vec!["open", "--key", secret, "-"],
            vec!["validate", "--policy", secret, "-"],
        ] {
            for json in [false, true] {
                let args: Vec<&str> = args.iter().copied().chain(json.then_some("--json")).collect();
                let run = cbp(&args, b"{}");
                assert_eq!(run.code, Some(2), "{args:?}: {}", run.stderr);
                assert!(!run.stderr.contains(&secret[..20]), "{args:?}: {}", run.stderr);
                count += 1;
            }
        }
    }
    let run = cbp(&["sign", SECRET, "-"], b"");
    assert!(run.stderr.contains("a file with the secret is expected, and not the secret"), "{}", run.stderr);
    assert_eq!(count, 2 * (9 * 12 + 18));
}
