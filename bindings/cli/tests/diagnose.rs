//! `cbp diagnose`, and the hints of `cbp open` and `cbp decrypt`, which are its findings.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;

use common::{Folder, IV, KEY, Run, cbp, files, gave, root, run_in};
use serde_json::{Value, json};

fn hints(run: &Run) -> Vec<&str> {
    run.stderr.lines().filter_map(|line| line.strip_prefix("  hint: ")).collect()
}

/// The settings of a value, a text made with them, and the options that the receiver uses.
#[test]
fn a_hint_is_what_opens_the_text_and_never_what_was_tried_and_failed() {
    let folder = files("hints");
    let mut count = 0;
    for sent in ["base64", "hex"] {
        for tag in ["appended", "prepended"] {
            let text = run_in(
                &folder,
                &format!("encrypt --encoding {sent} --tag {tag} gcm.json +919876543210"),
                b"",
            );
            for own in ["base64", "base64url", "hex"] {
                for own_tag in ["appended", "prepended"] {
                    let args = format!("decrypt --encoding {own} --tag {own_tag} gcm.json -");
                    let run = run_in(&folder, &args, &text.stdout);
                    count += 1;
                    if run.code == Some(0) {
                        assert_eq!(run.text(), "+919876543210", "{args}");
                        continue;
                    }
                    let hints = hints(&run);
                    assert!(hints[0].contains(" (proved): "), "{args}: {hints:?}");
                    let options = hints[1].strip_prefix("it opens with ").expect("options");
                    let again = run_in(&folder, &format!("decrypt {options} gcm.json -"), &text.stdout);
                    gave(&again, 0, "+919876543210", "");
                    assert_eq!(hints.len(), 2, "{args}: {hints:?}");
                }
            }
        }
    }
    assert_eq!(count, 24);
    // Nothing fits: nothing is named that would have to be tried.
    let run = run_in(&folder, "decrypt gcm.json q3rmyqVQTqNw6C1dyGhNqBuHGyaVGr8mZpO0CVgQXjlnnqNm", b"");
    assert_eq!(hints(&run).len(), 1, "{}", run.stderr);
    assert!(hints(&run)[0].starts_with("unknown (none): "), "{}", run.stderr);
    for option in ["--encoding", "--tag ", "--reading"] {
        assert!(!run.stderr.contains(option), "{}", run.stderr);
    }
    // A tag that fits, over bytes that are not text.
    let latin = run_in(&folder, "encrypt gcm.json -", b"caf\xe9 cr\xe8me br\xfbl\xe9e");
    let run = run_in(&folder, "decrypt --text gcm.json -", &latin.stdout);
    assert!(run.stderr.starts_with("DecryptionError[not_utf8]: "), "{}", run.stderr);
    assert!(hints(&run)[0].starts_with("other_charset (proved): "), "{}", run.stderr);
}

#[test]
fn a_callback_that_does_not_open_is_explained_at_once() {
    let folder = files("explained");
    let callback = run_in(&folder, "callback --tag prepended gcm.json record.json", b"");
    let run = run_in(&folder, "open gcm.json -", &callback.stdout);
    assert!(
        run.stderr.starts_with("DecryptionError[auth_failed]: standard input: parameter to: "),
        "{}",
        run.stderr
    );
    assert!(hints(&run)[0].starts_with("tag_first (proved): "), "{}", run.stderr);
    assert_eq!(hints(&run)[1], "it opens with --encoding base64 --tag prepended");
    let run = run_in(&folder, "open --explain gcm.json -", &callback.stdout);
    assert!(
        run.stderr.contains("\ntag_first (proved): ") && run.stderr.contains("\n  at the sender: "),
        "{}",
        run.stderr
    );
    let run = run_in(&folder, "open --json gcm.json -", &callback.stdout);
    let failure: Value = serde_json::from_str(&run.stderr).expect("JSON");
    assert_eq!(failure["diagnosis"]["findings"][0]["cause"], "tag_first");
    assert_eq!(failure["parameters"], json!(["to"]));
    // The same from `cbp diagnose`, from the message, the body and a curl line.
    let body = callback.text().split_once("\r\n\r\n").expect("an HTTP request").1;
    let curl = format!("curl https://example.com/sms -H 'content-type: application/json' -d '{body}'");
    for received in [callback.text(), body, &curl] {
        let run = run_in(&folder, "diagnose --json --body - gcm.json", received.as_bytes());
        let diagnosis: Value = serde_json::from_slice(&run.stdout).expect("JSON");
        assert_eq!(
            (run.code, &diagnosis["findings"][0]["cause"]),
            (Some(0), &json!("tag_first")),
            "{}",
            run.text()
        );
        assert_eq!(diagnosis, failure["diagnosis"]);
    }
}

#[test]
fn exit_codes_options_and_what_is_shown() {
    let folder = files("diagnose");
    let text = run_in(&folder, "encrypt gcm.json +919876543210", b"");
    let text = text.text().trim_end();
    let run = run_in(&folder, &format!("diagnose gcm.json {text}"), b"");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.text().starts_with("opens (proved): "), "{}", run.text());
    assert!(!run.text().contains("9876543210"));
    let run =
        run_in(&folder, "diagnose --json gcm.json q3rmyqVQTqNw6C1dyGhNqBuHGyaVGr8mZpO0CVgQXjlnnqNm", b"");
    let diagnosis: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!((run.code, &diagnosis["findings"][0]["cause"]), (Some(1), &json!("unknown")));
    assert!(diagnosis["excluded"].as_array().expect("a list").len() > 5);
    // The key of an older profile, named by --also; the value on request alone.
    folder.file("old.json", common::profile("AES-128-GCM").replace(KEY, "OlderKey8aZ3qR71"));
    let old = run_in(&folder, "encrypt old.json +919876543210", b"");
    let run = run_in(&folder, "diagnose --also old.json gcm.json -", &old.stdout);
    assert!(run.text().starts_with("other_key (proved): ") && run.code == Some(0), "{}", run.text());
    assert!(
        run.text().contains("with profile 1 of --also") && !run.text().contains("9876543210"),
        "{}",
        run.text()
    );
    let run = run_in(&folder, "diagnose --show --also old.json gcm.json -", &old.stdout);
    assert!(run.text().contains("\n  value: +919876543210\n"), "{}", run.text());
    for secret in [KEY, IV, "OlderKey"] {
        assert!(!run.text().contains(secret));
    }
    for args in [
        "diagnose gcm.json",
        "diagnose --body b gcm.json text",
        "diagnose --content-type a/b gcm.json text",
        "diagnose gcm.json - -",
        "diagnose nowhere.json text",
    ] {
        assert_eq!(run_in(&folder, args, b"").code, Some(2), "{args}");
    }
    let run = run_in(&folder, "diagnose record.json text", b"");
    assert!(run.code == Some(1) && run.stderr.starts_with("ProfileError["), "{}", run.stderr);
}

/// The texts that people really sent, through the command: the same finding as from the library, in both outputs.
#[test]
fn the_catalogue_of_texts() {
    let file = root().join("testdata/vectors/diagnosis.json");
    let vectors: Value = serde_json::from_slice(&std::fs::read(file).expect("vectors")).expect("JSON");
    let folder = Folder::new("catalogue");
    let mut count = 0;
    for case in vectors.as_array().expect("cases") {
        let enc = &case["enc"];
        let (key, iv) = (enc["key"].as_str().expect("a key"), enc["IV"].as_str().expect("an IV"));
        let profile = json!({"title": "sms", "http_method": "POST", "url": "https://example.com/", "body": {"a": "<a>"}, "enc": enc});
        let profile = folder.file("profile.json", profile.to_string());
        let text = case["text"].as_str().expect("a text");
        let expect = format!("--expect={}", case["value"].as_str().expect("a value"));
        let run = cbp(&["diagnose", "--json", &expect, &profile, "--", text], b"");
        let diagnosis: Value = serde_json::from_slice(&run.stdout).expect("JSON");
        let cause = &diagnosis["findings"][0]["cause"];
        let causes = case["causes"].as_array().expect("causes");
        // The one that cannot be told at all: `tests/diagnosis/texts.rs`.
        assert_eq!(
            causes.contains(cause),
            case["id"] != "cfb-is-192",
            "{}: {cause} of {causes:?}",
            case["id"]
        );
        let run = cbp(&["diagnose", &expect, &profile, "--", text], b"");
        assert!(run.text().starts_with(&format!("{} (", cause.as_str().expect("a name"))), "{}", run.text());
        assert!(run.text().contains("\n  at the sender: ") && run.text().contains("\n  at the receiver: "));
        assert!(!run.text().contains(key) && !run.text().contains(iv));
        count += 1;
    }
    assert_eq!(count, 133);
}
