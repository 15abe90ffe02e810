//! What `cbp open` takes: bare bodies, whole HTTP messages, `curl` lines; files in the wrong order.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;

use common::{files, gave, run_in};

#[test]
fn open_reverses_callback() {
    let folder = files("callback");
    for settings in ["", "--encoding hex ", "--encoding base64url --tag prepended ", "--reading strict "] {
        for name in ["gcm.json", "cfb.json"] {
            let http = run_in(&folder, &format!("callback {settings}{name} record.json"), b"");
            let (head, body) = http.text().split_once("\r\n\r\n").expect("an HTTP request");
            assert!(head.starts_with("POST /sms HTTP/1.1\r\nHost: example.com\r\n"), "{head}");
            let json = run_in(&folder, &format!("callback --json {settings}{name} record.json"), b"");
            let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
            assert_eq!((json["method"].as_str(), json["body"].as_str()), (Some("POST"), Some(body)));
            assert_eq!(json["headers"]["content-type"], "application/json");
            let opened = run_in(&folder, &format!("open {settings}{name} -"), body.as_bytes());
            gave(&opened, 0, "{\"status\":\"DELIVERED\",\"to\":\"+919876543210\"}\n", "");
        }
    }
    let run = run_in(&folder, "callback --json get.json -", br#"{"q": "a b"}"#);
    gave(
        &run,
        0,
        "{\"method\":\"GET\",\"url\":\"https://example.com/?q=a%20b\",\"headers\":{},\"body\":null}\n",
        "",
    );
    gave(&run_in(&folder, "open get.json -", b"https://example.com/?q=a%20b\n"), 0, "{\"q\":\"a b\"}\n", "");
    let run = run_in(&folder, "open --content-type text/plain gcm.json -", b"{}");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.starts_with("DecryptionError[unsupported_content_type]: standard input: "),
        "{}",
        run.stderr
    );
}

const OPENED: &str = "{\"status\":\"DELIVERED\",\"to\":\"+919876543210\"}\n";

#[test]
fn a_callback_is_opened_as_it_was_printed_or_pasted() {
    let folder = files("received");
    for name in ["gcm.json", "cfb.json"] {
        let http = run_in(&folder, &format!("callback {name} record.json"), b"");
        gave(&run_in(&folder, &format!("open {name} -"), &http.stdout), 0, OPENED, "");
        // As an editor saves it.
        let lines = http.text().replace("\r\n", "\n") + "\n";
        gave(&run_in(&folder, &format!("open {name} -"), lines.as_bytes()), 0, OPENED, "");
        let body = http.text().split_once("\r\n\r\n").expect("an HTTP request").1;
        let curl = format!(
            "curl -X POST https://example.com/sms \\\n  -H 'Content-Type: application/json' -d '{body}'\n"
        );
        gave(&run_in(&folder, &format!("open {name} -"), curl.as_bytes()), 0, OPENED, "");
    }
    for message in
        ["GET /?q=a%20b HTTP/1.1\r\nHost: example.com\r\n\r\n", "curl 'https://example.com/?q=a%20b'"]
    {
        gave(&run_in(&folder, "open get.json -", message.as_bytes()), 0, "{\"q\":\"a b\"}\n", "");
    }
    // The message's own content type counts, unless the option names another.
    let form = "POST /sms HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\na=b";
    let run = run_in(&folder, "open gcm.json -", form.as_bytes());
    assert!(run.stderr.starts_with("DecryptionError[unsupported_content_type]: "), "{}", run.stderr);
    let run = run_in(&folder, "open --content-type application/json gcm.json -", form.as_bytes());
    assert!(run.stderr.starts_with("DecryptionError[invalid_json]: "), "{}", run.stderr);
    let run = run_in(&folder, "open gcm.json -", b"curl -d @body.json https://example.com/");
    gave(
        &run,
        2,
        "",
        "error: standard input: expected the data itself in the curl line, and not the name of its file\n",
    );
}

#[test]
fn files_in_the_wrong_order_are_recognised() {
    let folder = files("swapped");
    folder.file("body.json", "{}");
    for (args, other) in [
        ("open body.json gcm.json", "body.json"),
        ("callback record.json gcm.json", "record.json"),
        ("message record.json get.json", "record.json"),
    ] {
        let own = args.split(' ').next_back().expect("a word");
        let line = format!("error: {other} is no profile and {own} is one: the profile comes first\n");
        gave(&run_in(&folder, args, b""), 2, "", &line);
    }
    // Two files of which none is a profile: the first one's violations.
    let run = run_in(&folder, "open body.json record.json", b"");
    assert!(run.stderr.starts_with("ProfileError[invalid_profile]: body.json is refused"), "{}", run.stderr);
}
