//! Names from outside that would forge a line of a log, colour a terminal or turn text around: no output of the command for
//! people shows one raw, or a secret.
#![allow(clippy::expect_used, clippy::arithmetic_side_effects, reason = "a test may panic")]

mod common;

use common::{Folder, Run, cbp};
use serde_json::{Value, json};

/// Each within `x…FORGED`: a line that begins with FORGED was forged.
const MARKS: [&str; 9] =
    ["\n", "\r\n", "\u{1b}[31m", "\0", "\r", "\u{202e}", "\u{2066}", "\u{2028}", "\u{85}"];
const KEY: &str = "K1abcdefghijkl2P";
const IV: &str = "POabcdefghijklLY";
const SECRET: &str = "hunter2secret";

fn profile(more: Value) -> Value {
    let mut payload = json!({
        "title": "names", "http_method": "POST", "url": "https://example.com/", "body": {"a": "<a>"},
        "enc": {"algo": "AES-128-GCM", "key": KEY, "IV": IV},
    });
    let members = payload.as_object_mut().expect("an object");
    members.extend(more.as_object().expect("an object").clone());
    payload
}

fn is_harmless(text: &str, case: &str) {
    let hidden = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(hidden), "{case}: {text:?}");
    assert!(!text.lines().any(|line| line.starts_with("FORGED")), "{case}: {text:?}");
    for secret in [KEY, IV, SECRET] {
        assert!(!text.contains(secret), "{case}: {text:?}");
    }
}

fn refused(run: &Run, case: &str) {
    assert_eq!(run.code, Some(1), "{case}: {}", run.stderr);
    assert!(!run.stderr.is_empty(), "{case}");
    is_harmless(&run.stderr, case);
}

#[test]
fn no_output_shows_a_hostile_name_raw() {
    let folder = Folder::new("hostile-names");
    let mut count = 0;
    for mark in MARKS {
        let name = format!("x{mark}FORGED");
        let case = |what: &str| format!("{what}: {mark:?}");
        let file = |payload: &Value| folder.file("profile.json", payload.to_string());

        let unknown = profile(json!({ &name: SECRET })).to_string();
        refused(&cbp(&["validate", "--policy=strict", "-"], unknown.as_bytes()), &case("an unknown member"));
        let run = cbp(&["validate", "-"], unknown.as_bytes());
        assert!(run.text().contains("advisory"), "{}", run.text());
        is_harmless(run.text(), &case("advisories"));
        let headers = profile(json!({"headers": { &name: SECRET }})).to_string();
        refused(&cbp(&["validate", "-"], headers.as_bytes()), &case("a header"));
        let enc = json!({"algo": "AES-128-GCM", "key": KEY, "IV": IV, "params": [name]});
        let params = profile(json!({"enc": enc})).to_string();
        refused(&cbp(&["validate", "--policy=strict", "-"], params.as_bytes()), &case("enc.params"));

        let own = file(&profile(json!({"body": { &name: "<a>" }})));
        for (what, received) in [
            ("a missing parameter", json!({})),
            ("a number", json!({ &name: 1 })),
            ("a text in clear", json!({ &name: SECRET })),
        ] {
            refused(&cbp(&["open", &own, "-"], received.to_string().as_bytes()), &case(what));
        }
        let run = cbp(&["fields", &own], b"");
        assert!(run.text().starts_with("a\t/body/x"), "{}", run.text());
        is_harmless(run.text(), &case("fields"));
        if !mark.contains('\0') {
            let content_type = format!("--content-type=text/{name}");
            refused(&cbp(&["open", &content_type, &own, "-"], b"{}"), &case("a content type"));
            let missing = cbp(&["validate", &format!("{name}.json")], b"");
            assert_eq!(missing.code, Some(2));
            is_harmless(&missing.stderr, &case("a file"));
        }
        let lacking = file(&profile(json!({"response_message": "Hi {\"a\": \"b\"}"})));
        refused(&cbp(&["message", "--missing=error", &lacking, "-"], name.as_bytes()), &case("no record"));
        refused(&cbp(&["open", &lacking, "-"], name.as_bytes()), &case("no body"));
        count += 1;
    }
    assert_eq!(count, MARKS.len());
}

/// What clap says of a wrong command line quotes the argument.
#[test]
fn no_wrong_command_line_forges_a_line() {
    let folder = Folder::new("hostile-arguments");
    let own = folder.file("profile.json", profile(json!({})).to_string());
    let mut count = 0;
    for mark in MARKS.into_iter().filter(|mark| !mark.contains('\0')) {
        let name = format!("x{mark}FORGED");
        let option = format!("--{name}");
        let policy = format!("--policy={name}");
        let shell = format!("--json={name}");
        let key = format!("{name}={own}");
        for args in [
            vec![name.as_str()],
            vec![option.as_str()],
            vec!["validate", &option, &own],
            vec!["validate", &policy, &own],
            vec!["validate", &own, &own, &option],
            vec!["fields", &own, &name],
            vec!["fields", &shell, &own],
            vec!["completions", &name],
            vec!["man", &name],
            vec!["open", "--encoding", &name, &own, "-"],
            vec!["callback", "--boundary", &option, &own, "-"],
            vec!["encrypt", &own, &option],
            vec!["callback", "--sign", &name, &own, "-"],
            vec!["callback", "--random", &name, &own, "-"],
            vec!["open", "--key", &name, "-"],
            vec!["open", "--key", &key, "--key-header", "x", "-"],
            vec!["open", "--method", &name, &own, "-"],
            vec!["help", &name],
        ] {
            for json in [false, true] {
                let args: Vec<&str> = args.iter().copied().chain(json.then_some("--json")).collect();
                let run = cbp(&args, b"{}");
                let case = format!("{args:?}");
                assert_eq!(run.code, Some(2), "{case}: {}", run.stderr);
                is_harmless(&run.stderr, &case);
                assert!(!run.stderr.is_empty() && run.text().is_empty(), "{case}");
                count += 1;
            }
        }
    }
    assert_eq!(count, (MARKS.len() - 1) * 36);
    // The same in colour, where clap's own escape sequences stay and the argument's are escaped.
    let mut coloured = common::command();
    coloured.args(["validate", "--x\u{1b}[31m", &own]).env("CLICOLOR_FORCE", "1");
    let run = common::finish(coloured, b"");
    assert!(run.stderr.contains("--x\\u{1b}[31m"), "{:?}", run.stderr);
}
