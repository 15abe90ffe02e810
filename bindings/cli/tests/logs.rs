//! `cbp open --ndjson` on what logs are: records with the body in a member, and compressed files.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use std::io::Write;

use common::{Folder, files, gave, run_in};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Three lines `{"to":"A"}`, by zstd 1.5 with a checksum.
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd\x24\x21\x95\x00\x00\x60\x7b\x22\x74\x6f\x22\x3a\x22\x41\x22\x7d\x0a\x7b\x01\x00\xfe\x4a\x12\x3f\x88\xf0\x3b";

/// A frame for others to skip (RFC 8878, section 3.1.2): four bytes of content.
const SKIPPED: &[u8] = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A folder with a profile that encrypts nothing, and what it sends opens as it is.
fn plain(name: &str) -> Folder {
    let folder = files(name);
    folder.file(
        "plain.json",
        r#"{"title":"sms","http_method":"POST","url":"https://example.com/","body":{"to":"<to>"}}"#,
    );
    folder
}

#[test]
fn a_log_record_has_the_body_in_a_member() {
    let folder = files("records");
    let text = run_in(&folder, "encrypt gcm.json John", b"");
    let body = format!(r#"{{"to":"{}"}}"#, text.text().trim_end());
    let quoted = serde_json::to_string(&body).expect("JSON");
    let lines = [
        format!(r#"{{"time":1,"body":{quoted},"type":"application/json; charset=utf-8"}}"#),
        format!(r#"{{"body":{body},"type":null}}"#),
        format!(r#"{{"body":{quoted},"type":"text/plain"}}"#),
        r#"{"time":2}"#.to_owned(),
        r#"{"body":7}"#.to_owned(),
        "[]".to_owned(),
        "no JSON".to_owned(),
        r#"{"body":"{}"}"#.to_owned(),
    ];
    let run = run_in(&folder, "open --ndjson --field body,type gcm.json -", lines.join("\n").as_bytes());
    assert_eq!(run.code, Some(1));
    assert_eq!(run.text(), ["{\"to\":\"John\"}\n"; 2].concat() + &"null\n".repeat(6));
    let failures = [
        (3, "unsupported_content_type", "null"),
        (4, "missing_value", "\"body\""),
        (5, "unexpected_type", "\"body\""),
        (6, "not_an_object", "null"),
        (7, "invalid_json", "null"),
        (8, "missing_parameter", "\"to\""),
    ];
    let failure = |(line, code, parameter): (u8, &str, &str)| {
        format!(
            "{{\"line\":{line},\"code\":\"{code}\",\"parameter\":{parameter},\"class\":\"DecryptionError\"}}\n"
        )
    };
    let said: String = failures.into_iter().map(failure).collect();
    assert_eq!(run.stderr, said + "2 of 8 lines right, 6 failed\n");

    let nested = format!(r#"{{"http":{{"request":{{"body":{quoted}}}}}}}"#);
    let run = run_in(&folder, "open --ndjson --field /http/request/body gcm.json -", nested.as_bytes());
    gave(&run, 0, "{\"to\":\"John\"}\n", "1 of 1 line right, 0 failed\n");
    let query =
        run_in(&folder, "open --ndjson --field url get.json -", br#"{"url":"https://example.com/?q=1"}"#);
    gave(&query, 0, "{\"q\":\"1\"}\n", "1 of 1 line right, 0 failed\n");
    for args in [
        "open --field body gcm.json -",
        "open --ndjson --field , gcm.json -",
        "open --ndjson --field a,b,c gcm.json -",
    ] {
        assert_eq!(run_in(&folder, args, b"").code, Some(2), "{args}");
    }
}

#[test]
fn files_are_decompressed_by_their_suffix() {
    let folder = plain("suffix");
    let lines = "{\"to\":\"A\"}\n".repeat(3);
    let members = [gzip(lines.as_bytes()), gzip(b""), gzip(lines.as_bytes())].concat();
    let frames = [ZSTD, SKIPPED, ZSTD].concat();
    for (name, bytes) in [("a.gz", &members), ("a.ndjson.GZ", &members), ("a.zst", &frames)] {
        folder.file(name, bytes);
        let run = run_in(&folder, &format!("open --ndjson plain.json {name}"), b"");
        gave(&run, 0, &lines.repeat(2), "6 of 6 lines right, 0 failed\n");
        let run = run_in(&folder, &format!("open --ndjson --skip 5 plain.json {name}"), b"");
        gave(&run, 0, "{\"to\":\"A\"}\n", "1 of 1 line right, 0 failed\n");
    }
    // The name decides: what is not named so is taken as it is.
    folder.file("a.ndjson", &members);
    assert_eq!(run_in(&folder, "open --ndjson plain.json a.ndjson", b"").code, Some(1));
}

#[test]
fn of_a_damaged_file_the_lines_before_are_opened_and_the_place_is_told() {
    let folder = plain("damaged");
    let mut lines = String::new();
    for number in 0..10_000 {
        lines.push_str(&format!("{{\"to\":\"{}\"}}\n", number * 7919 % 10_007));
    }
    let whole = gzip(lines.as_bytes());
    let half = whole.get(..whole.len() / 2).expect("a half");
    let mut changed = ZSTD.to_vec();
    *changed.last_mut().expect("a checksum") ^= 1;
    let cut = ZSTD.get(..20).expect("a part");
    let twice = [ZSTD, ZSTD.get(..3).expect("a part")].concat();
    for (name, bytes, least) in [
        ("half.gz", half, 1_000),
        ("empty.gz", b"", 0),
        ("empty.zst", b"", 0),
        ("text.gz", &b"{\"to\":\"A\"}\n"[..], 0),
        ("cut.zst", cut, 0),
        ("changed.zst", &changed, 3),
        ("twice.zst", &twice, 3),
        ("text.zst", b"{\"to\":\"A\"}\n", 0),
    ] {
        folder.file(name, bytes);
        let run = run_in(&folder, &format!("open --ndjson plain.json {name}"), b"");
        let count = run.text().lines().count();
        assert_eq!(run.code, Some(2), "{name}: {}", run.stderr);
        assert!(count >= least, "{name}: {count}");
        if name == "half.gz" {
            assert!(lines.starts_with(run.text()), "{name}");
        }
        let said = format!(
            "{count} of {count} lines right, 0 failed\nerror: cannot read {name} behind line {count}: "
        );
        assert!(run.stderr.starts_with(&said), "{name}: {}", run.stderr);
    }
}

/// A line that decompresses to far more than a body may have is not held.
#[test]
fn a_line_that_decompresses_to_much_is_refused_alone() {
    let folder = plain("bomb");
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(b"{\"to\":\"A\"}\n").expect("memory");
    for _ in 0..512 {
        bomb.write_all(&[b'x'; 1 << 20]).expect("memory");
    }
    bomb.write_all(b"\n{\"to\":\"B\"}\n").expect("memory");
    folder.file("bomb.gz", bomb.finish().expect("memory"));
    let run = run_in(&folder, "open --ndjson plain.json bomb.gz", b"");
    assert_eq!((run.code, run.text()), (Some(1), "{\"to\":\"A\"}\nnull\n{\"to\":\"B\"}\n"));
    assert!(run.stderr.starts_with(r#"{"line":2,"code":"too_long""#), "{}", run.stderr);
}
