//! The command itself: arguments, files, exit codes, streams, and what it must never show.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test may panic, and prints its counts"
)]

mod common;

use std::process::Stdio;

use common::{IV, KEY, command, files, finish, gave, profile, run_in};

#[test]
fn validate_accepts_and_refuses() {
    let folder = files("validate");
    let run = run_in(&folder, "validate gcm.json", b"");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.text().starts_with("accepted: gcm.json\n"), "{}", run.text());
    assert!(run.text().contains("  encryption  AES-128-GCM, of to\n"), "{}", run.text());
    assert!(run.text().contains("  advisory fixed_nonce_gcm at /enc: "), "{}", run.text());

    let run = run_in(&folder, "validate -", br#"{"http_method": "GET", "url": 1}"#);
    gave(
        &run,
        1,
        "",
        "ProfileError[invalid_profile]: standard input is refused: 2 violations\n  \
         (root) [required] body must have required property 'title'\n  \
         /url [type] body/url must be string\n",
    );
    let run = run_in(&folder, "validate --json -", b"{");
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    assert!(run.text().starts_with(r#"{"code":"RBC302","#) && run.text().ends_with("}\n"), "{}", run.text());

    let http = br#"{"title": "bot", "http_method": "GET", "url": "http://example.com/"}"#;
    assert_eq!(run_in(&folder, "validate -", http).code, Some(0));
    assert_eq!(run_in(&folder, "validate --policy strict -", http).code, Some(1));
    let run = run_in(&folder, "validate --json --show-secrets --profile-id stage_1 gcm.json", b"");
    assert!(run.text().contains(KEY) && run.text().contains(r#""profile_id":"stage_1""#), "{}", run.text());
    assert_eq!(run_in(&folder, "validate --show-secrets gcm.json", b"").code, Some(2));
}

#[test]
fn malformed_json_is_shown_with_its_line_masked() {
    let folder = files("syntax");
    let broken =
        profile("AES-128-GCM").replace("\"to\": \"<rec", "\"to\" \"<rec").replace("\"enc\"", "enc\"");
    folder.file("broken.json", &broken);
    let run = run_in(&folder, "validate broken.json", b"");
    gave(
        &run,
        1,
        "",
        "ProfileError[invalid_profile]: body must be valid JSON: expected a colon at line 2 column 38
 --> broken.json:2:38
  |
2 |  \"body\": {\"status\": \"*status*\", \"**\" \"***********\"}, 
  |                                      ^ here: \"
",
    );
    // On the line with the key: unquoted, in single quotes, after an unterminated string, in one long line.
    for (from, to) in [
        (format!("\"{KEY}\""), KEY.to_owned()),
        (format!("\"{KEY}\""), format!("'{KEY}'")),
        ("\"algo\":".to_owned(), "\"algo:".to_owned()),
        ("\"params\"".to_owned(), "params".to_owned()),
    ] {
        let broken = profile("AES-128-GCM").replace(&from, &to);
        for text in [broken.clone(), broken.replace('\n', ""), format!("{}{broken}", " ".repeat(100_000))] {
            let run = run_in(&folder, "validate -", text.as_bytes());
            assert_eq!(run.code, Some(1));
            assert!(run.stderr.contains("at line "), "{}", run.stderr);
            assert!(!run.stderr.contains("Canary"), "{}", run.stderr);
        }
    }
    let run = run_in(&folder, "message gcm.json -", b"{\"a\":\n 1,}");
    assert!(run.stderr.contains("--> standard input:2:4\n"), "{}", run.stderr);
    let run = run_in(&folder, "open gcm.json -", b"[1]");
    assert!(run.stderr.starts_with("DecryptionError[not_an_object]: "), "{}", run.stderr);
    for bytes in [&b"\xFF\xFE{"[..], b"", b"\xEF\xBB\xBF{}", b"{\"\\ud800\":1}", b"{\"a\":1e999}"] {
        assert_eq!(run_in(&folder, "validate -", bytes).code, Some(1));
    }
}

#[test]
fn patch_prints_the_profile_or_the_refusal() {
    let folder = files("patch");
    let run = run_in(&folder, "patch get.json -", br#"{"title": "new one"}"#);
    let json = r#"{"title":"new one","http_method":"GET","url":"https://example.com/?q=<q>","response_message":"hi <n>","channel":"Default - No Channel Selected"}"#;
    gave(&run, 0, &format!("{json}\n"), "");
    let run = run_in(&folder, "patch get.json -", b"{}");
    assert_eq!((run.code, run.text()), (Some(1), ""));
    assert!(
        run.stderr.starts_with("ProfileError[invalid_patch]: standard input is refused: 1 violation\n"),
        "{}",
        run.stderr
    );
    assert!(!run_in(&folder, "patch gcm.json -", br#"{"title": "new one"}"#).text().contains(KEY));
    assert!(
        run_in(&folder, "patch --show-secrets gcm.json -", br#"{"title": "new one"}"#).text().contains(KEY)
    );
}

#[test]
fn message_prints_the_text_alone() {
    let folder = files("message");
    gave(&run_in(&folder, "message gcm.json record.json", b""), 0, "Thank you, John\n", "");
    gave(
        &run_in(&folder, "message --pairs gcm.json record.json", b""),
        0,
        "Thank you, {\"name\": \"John\"}\n",
        "",
    );
    gave(
        &run_in(&folder, "message gcm.json -", b"{}"),
        0,
        "Thank you, \n",
        "missing: first_name\nwarning: the record fills nothing: it has none of the fields that the message needs\n",
    );
    gave(
        &run_in(&folder, "message --missing keep get.json -", b"{}"),
        0,
        "hi <n>\n",
        "missing: n\nwarning: the record fills nothing: it has none of the fields that the message needs\n",
    );
    gave(
        &run_in(&folder, "message --missing error get.json -", b"{}"),
        1,
        "",
        "ReplacerError[missing_value]: the record lacks n\n",
    );
    // Not a terminal: the record's bytes, whatever they are.
    gave(&run_in(&folder, "message get.json -", br#"{"n": "\u001b[31m"}"#), 0, "hi \u{1b}[31m\n", "");
}

#[test]
fn a_profile_comes_in_every_form() {
    let folder = files("forms");
    let created = run_in(&folder, "validate --json --show-secrets --profile-id stage_1 gcm.json", b"");
    folder.file("created.json", &created.stdout);
    let envelope: serde_json::Value = serde_json::from_slice(&created.stdout).expect("JSON");
    folder.file("stored.json", envelope["data"].to_string());
    for name in ["created.json", "stored.json"] {
        gave(&run_in(&folder, &format!("message {name} record.json"), b""), 0, "Thank you, John\n", "");
    }
    let masked = run_in(&folder, "validate --json gcm.json", b"");
    let run = run_in(&folder, "message - record.json", &masked.stdout);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("ProfileError[invalid_stored_profile]: ") && run.stderr.contains("NOT be masked"),
        "{}",
        run.stderr
    );
}

#[test]
fn unreadable_files_and_wrong_command_lines_are_one_line_and_2() {
    let folder = files("usage");
    for args in [
        "validate nowhere.json",
        "message . record.json",
        "message gcm.json nowhere.json",
        "message - -",
        "encrypt -",
    ] {
        let run = run_in(&folder, args, b"{}");
        assert_eq!(
            (run.code, run.text(), run.stderr.lines().count()),
            (Some(2), "", 1),
            "{args}: {}",
            run.stderr
        );
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
    }
    for args in [
        "",
        "nonsense",
        "validate",
        "validate --policy lax gcm.json",
        "callback --encoding rot13 a b",
        "man nonsense",
    ] {
        let run = run_in(&folder, args, b"");
        assert_eq!((run.code, run.text()), (Some(2), ""), "{args}");
        assert!(!run.stderr.is_empty());
    }
    for args in ["--help", "--version", "help", "validate --help"] {
        let run = run_in(&folder, args, b"");
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{args}");
    }
}

#[test]
#[cfg(unix)]
fn endless_input_is_refused() {
    let folder = files("endless");
    for args in [
        "validate /dev/zero",
        "message /dev/zero record.json",
        "message gcm.json /dev/zero",
        "patch gcm.json /dev/zero",
        "open gcm.json /dev/zero",
        "validate -",
        "encrypt gcm.json",
        "decrypt gcm.json",
    ] {
        let mut command = command();
        command.args(args.split(' ')).current_dir(folder.path());
        command.stdin(std::fs::File::open("/dev/zero").expect("/dev/zero"));
        let output = command.output().expect("cbp");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{args}");
        assert!(stderr.contains("longer than"), "{args}: {stderr}");
        assert!(stderr.lines().count() <= 2, "{args}: {stderr}");
        // The class is that of the call.
        let class = match args.split(' ').next() {
            Some("validate" | "patch") => "ProfileError",
            Some("open" | "decrypt") => "DecryptionError",
            Some("encrypt") => "ArgumentError",
            _ if args.starts_with("message /dev/zero") => "ProfileError",
            _ => "ReplacerError",
        };
        assert!(stderr.starts_with(&format!("{class}[")), "{args}: {stderr}");
    }
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
    let folder = files("pipe");
    for args in ["schema", "catalogue", "--help", "validate gcm.json", "message gcm.json record.json", "man"]
    {
        let mut child = command();
        child.args(args.split(' ')).current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        child.stdin(Stdio::piped());
        let mut child = child.spawn().expect("cbp");
        drop(child.stdout.take());
        // Waiting for standard input closes it, too.
        let output = child.wait_with_output().expect("cbp");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args}");
        assert_eq!(output.status.code(), Some(0), "{args}");
    }
    if let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") {
        let output = command().arg("schema").stdout(full).output().expect("cbp");
        assert_eq!(output.status.code(), Some(2));
        assert!(
            String::from_utf8_lossy(&output.stderr).starts_with("error: cannot write to standard output: ")
        );
    }
}

#[test]
fn colour_is_for_terminals_and_obeys_no_color() {
    let folder = files("colour");
    for (variables, coloured) in [
        (&[][..], false),
        (&[("CLICOLOR_FORCE", "1")], true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
    ] {
        for (args, stdin) in [
            ("validate gcm.json", &b""[..]),
            ("validate -", b"{"),
            ("validate -", b"{}"),
            ("message gcm.json -", b"{}"),
        ] {
            let mut command = command();
            command.args(args.split(' ')).current_dir(folder.path()).envs(variables.iter().copied());
            let run = finish(command, stdin);
            let all = format!("{}{}", run.text(), run.stderr);
            assert_eq!(all.contains('\u{1b}'), coloured, "{args} {variables:?} {all:?}");
        }
    }
    // A name that would clear the screen is shown as an escape.
    let run = run_in(
        &folder,
        "validate -",
        br#"{"title":"bot","http_method":"GET","url":"https://example.com/","\u001b[2J":1}"#,
    );
    assert!(run.text().contains("at /\\u{1b}[2J: "), "{}", run.text());
}

#[test]
fn no_output_shows_the_key_or_the_iv() {
    let folder = files("canary");
    let patch = format!(r#"{{"enc": {{"algo": "AES-192-GCM", "key": "{KEY}", "IV": "{IV}", "{KEY}": 1}}}}"#);
    folder.file("patch.json", patch.replace(&format!(", \"{KEY}\": 1"), ""));
    folder.file("short.json", profile("AES-128-GCM").replace(KEY, "CanaryKey").replace(IV, "Canary IV !"));
    folder.file("unquoted.json", profile("AES-128-GCM").replace(&format!("\"{KEY}\""), KEY));
    folder.file(
        "twice.json",
        profile("AES-128-GCM").replace("\"algo\"", &format!("\"key\": \"{KEY}\", \"algo\"")),
    );
    for profile in ["gcm.json", "cfb.json", "short.json", "unquoted.json", "twice.json"] {
        for args in [
            "validate P",
            "validate --json P",
            "validate --policy strict P",
            "patch P patch.json",
            "patch P record.json",
            "message P record.json",
            "message record.json P",
            "callback --json P P",
            "open P patch.json --content-type text/plain",
            "open P unquoted.json",
            "encrypt P John",
            "decrypt P John",
            "decrypt --tag prepended P AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "message P unquoted.json",
        ] {
            let run = run_in(&folder, &args.replace('P', profile), b"");
            let all = format!("{}{}", String::from_utf8_lossy(&run.stdout), run.stderr);
            assert!(run.code.is_some_and(|code| code <= 2), "{args} {profile}: {all}");
            assert!(
                !all.contains("CanaryKey") && !all.contains("CanaryIV") && !all.contains("Canary IV"),
                "{args} {profile}: {all}"
            );
            let is_request =
                args.starts_with("callback") || args.contains("--json") || args.starts_with("patch");
            assert!(is_request || !all.contains("CanaryHeader"), "{args} {profile}: {all}");
        }
    }
}
