//! One value: `cbp encrypt` and `cbp decrypt`.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;

use common::{command, files, gave, run_in};

#[test]
fn decrypt_reverses_encrypt() {
    let folder = files("value");
    for name in ["gcm.json", "cfb.json"] {
        for value in ["John", "", "-5", "naïve\n", "a\r\n"] {
            let mut text = run_in(&folder, &format!("encrypt {name}"), value.as_bytes());
            if !value.is_empty() {
                let argument =
                    command().args(["encrypt", name, "--", value]).current_dir(folder.path()).output();
                assert_eq!(argument.expect("cbp").stdout, text.stdout);
            }
            gave(&run_in(&folder, &format!("decrypt {name} -"), &text.stdout), 0, value, "");
            assert_eq!(text.stdout.pop(), Some(b'\n'));
            gave(&run_in(&folder, &format!("decrypt {name} {}", text.text()), b""), 0, value, "");
        }
    }
    assert_eq!(run_in(&folder, "encrypt gcm.json -5", b"").code, Some(0));
    // Values are bytes, unless a text is asked for.
    for name in ["gcm.json", "cfb.json"] {
        let text = run_in(&folder, &format!("encrypt {name} -"), b"caf\xe9\0\n");
        let run = run_in(&folder, &format!("decrypt {name} -"), &text.stdout);
        assert_eq!(
            (run.code, run.stdout.as_slice(), run.stderr.as_str()),
            (Some(0), &b"caf\xe9\0\n"[..], "")
        );
        for option in ["--text", "--json"] {
            let run = run_in(&folder, &format!("decrypt {option} {name} -"), &text.stdout);
            assert_eq!((run.code, run.text()), (Some(1), ""), "{option}");
            assert!(run.stderr.contains("not_utf8"), "{}", run.stderr);
        }
        let text = run_in(&folder, &format!("encrypt --json {name} -"), "n\u{e4}\"".as_bytes());
        let text: serde_json::Value = serde_json::from_slice(&text.stdout).expect("JSON");
        let text = text["text"].as_str().expect("a text").to_owned();
        let run = run_in(&folder, &format!("decrypt --json {name} {text}"), b"");
        gave(&run, 0, "{\"text\":\"n\u{e4}\\\"\"}\n", "");
    }
    let run = run_in(&folder, "encrypt get.json John", b"");
    gave(&run, 2, "", "error: the profile has no enc member, so it has no key\n");
}
