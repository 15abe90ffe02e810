//! What the commands print, as snapshots in `tests/snapshots/`: `INSTA_UPDATE=always cargo test -p callback-profile-cli --test
//! outputs` writes them again.
#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;

use common::{Folder, Run, command, finish, root};

/// A dialogue: each command with its exit code, standard output and standard error.
fn dialogue(folder: &Folder, commands: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (arguments, stdin) in commands {
        let mut command = command();
        command.args(arguments.split(' ')).current_dir(folder.path());
        let Run { code, stdout, stderr } = finish(command, stdin.as_bytes());
        let stdout = String::from_utf8(stdout).expect("UTF-8");
        text.push_str(&format!(
            "$ cbp {arguments}\n{stdout}{stderr}exit {}\n\n",
            code.expect("an exit code")
        ));
    }
    text
}

fn examples(name: &str) -> Folder {
    let folder = Folder::new(name);
    for file in [
        "profiles/chatbot.json",
        "profiles/encrypted-gcm.json",
        "profiles/sms-status.json",
        "records/sms-status.json",
    ] {
        folder.file(file, std::fs::read(root().join("examples").join(file)).expect("a file"));
    }
    folder.file("broken.json", "{\n  \"title\": \u{201c}bot\u{201d}\n}");
    folder
}

#[test]
fn outputs_for_people() {
    let folder = examples("outputs");
    let text = dialogue(
        &folder,
        &[
            ("validate profiles/sms-status.json", ""),
            ("validate --deny all --warn fixed_nonce_gcm profiles", ""),
            ("validate -", r#"{"title": "x", "http_method": "PATCH", "url": "ftp://a"}"#),
            ("validate broken.json", ""),
            ("validate --json -", r#"{"title": "x"}"#),
            ("fields profiles/sms-status.json", ""),
            ("diff profiles/sms-status.json profiles/chatbot.json", ""),
            ("callback profiles/sms-status.json -", "{}"),
            ("open profiles/sms-status.json -", "{}"),
            ("open --explain profiles/sms-status.json -", r#"{"status":"x","to":"cut+short"}"#),
            ("decrypt --json profiles/sms-status.json AAAA", ""),
            ("address 10.0.0.1 example.com", ""),
            ("request --sid HX01 -", "{}"),
            ("encrypt --nonsense profiles/sms-status.json", ""),
            ("message --json --nonsense profiles/sms-status.json -", ""),
        ],
    );
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("outputs", text);
    });
}

#[test]
fn formats_for_programs() {
    let folder = examples("formats");
    folder.file("bad/bad.json", "{\"title\": \"no\",\n \"headers\": {\"x\": 1}}");
    let text = dialogue(
        &folder,
        &[
            ("validate --format json profiles bad", ""),
            ("validate --format ndjson bad profiles/chatbot.json", ""),
            ("validate --format github profiles bad", ""),
            ("diff --json profiles/sms-status.json profiles/chatbot.json", ""),
            ("fields --json profiles/sms-status.json", ""),
            ("open --json profiles/sms-status.json -", "{}"),
            ("validate --as stored --json nowhere.json", ""),
        ],
    );
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("formats", text);
    });
}
