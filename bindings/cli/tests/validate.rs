//! `cbp validate` on many profiles, and its formats.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;

use std::fmt::Write;

use common::{Folder, Run, files, gave, root, run_in};
use serde_json::{Value, json};

const GOOD: &str = r#"{"title": "bot", "http_method": "GET", "url": "https://example.com/"}"#;
const HTTP: &str = r#"{"title": "bot", "http_method": "GET",
  "url": "http://example.com/"}"#;
const BAD: &str = "{\"title\": \"no\",\n  \"headers\": {\"é\": 1}, \"http_method\": \"GET\"}";

fn json_of(run: &Run) -> Value {
    serde_json::from_slice(&run.stdout).expect("JSON")
}

/// Profiles of all kinds: payloads, own output, a list, lines; and what is none.
fn folder(name: &str) -> Folder {
    let folder = files(name);
    for text in ["gcm.json", "cfb.json", "get.json", "record.json"] {
        std::fs::remove_file(folder.path().join(text)).expect("a file");
    }
    folder.file("all/good.json", GOOD);
    folder.file("all/http.json", HTTP);
    folder.file("all/sub/bad.json", BAD);
    folder.file("all/sub/broken.json", "{\n  'a'}");
    folder.file("all/ignored.txt", "no JSON");
    let created = run_in(&folder, "validate --json --show-secrets --profile-id x all/good.json", b"");
    folder.file("all/created.json", &created.stdout);
    let stored = json_of(&created)["data"].clone();
    let mut other = stored.clone();
    other["status"] = json!(9);
    let list =
        json!({"code": "RBC024", "message": "ok", "data": [stored, other], "error": {}, "status": 200});
    folder.file("all/list.json", list.to_string());
    folder.file("all/lines.ndjson", format!("{GOOD}\n\n{}\nnot JSON\n", HTTP.replace('\n', "")));
    folder
}

/// What the formats must agree on: name, verdict, and line and column of the first violation or advisory.
type Expected = (&'static str, &'static str, Option<(u64, u64)>);
const ALL: [Expected; 10] = [
    ("all/created.json", "accepted", None),
    ("all/good.json", "accepted", None),
    ("all/http.json", "accepted", Some((2, 10))),
    ("all/lines.ndjson:1", "accepted", None),
    ("all/lines.ndjson:3", "accepted", Some((3, 48))),
    ("all/lines.ndjson:4", "refused", Some((4, 1))),
    ("all/list.json#/data/0", "accepted", None),
    ("all/list.json#/data/1", "refused", None),
    ("all/sub/bad.json", "refused", Some((1, 1))),
    ("all/sub/broken.json", "refused", Some((2, 3))),
];

#[test]
fn a_folder_is_judged_file_by_file_in_every_format() {
    let folder = folder("validate-many");
    let run = run_in(&folder, "validate --format json all", b"");
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    let whole = json_of(&run);
    assert_eq!(whole["policy"], "documented");
    assert_eq!(whole["summary"], json!({"accepted": 6, "denied": 0, "refused": 4, "unreadable": 0}));
    let files = whole["files"].as_array().expect("files");
    assert_eq!(files.len(), ALL.len());
    for (file, (name, verdict, position)) in files.iter().zip(ALL) {
        assert_eq!((file["file"].as_str(), file["verdict"].as_str()), (Some(name), Some(verdict)));
        let first = file["violations"].get(0).or(file["advisories"].get(0));
        if let Some((line, column)) = position {
            let first = first.expect(name);
            assert_eq!(
                (first["line"].as_u64(), first["column"].as_u64()),
                (Some(line), Some(column)),
                "{name}"
            );
        }
        assert_eq!(first.is_some(), position.is_some() || verdict == "refused", "{name}");
    }
    let bad = &files[8];
    assert_eq!(bad["code"], "invalid_profile");
    assert_eq!(
        bad["violations"][2],
        json!({"pointer": "/headers/é", "keyword": "type", "params": {"type": "string"},
            "message": "body/headers/é must be string", "line": 2, "column": 20})
    );
    assert_eq!(bad["violations"][1]["params"], json!({"limit": 3}));

    let run = run_in(&folder, "validate --format ndjson all", b"");
    let lines: Vec<Value> =
        run.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for (line, file) in lines.iter().zip(files) {
        let mut line = line.clone();
        assert_eq!(line.as_object_mut().expect("an object").remove("policy"), Some(json!("documented")));
        assert_eq!(&line, file);
    }
    assert_eq!(lines.len(), ALL.len());

    let run = run_in(&folder, "validate all", b"");
    assert_eq!(run.code, Some(1));
    for (name, verdict, _) in ALL {
        assert!(run.text().contains(&format!("{verdict}: {name}\n")), "{}", run.text());
    }
    assert!(run.text().ends_with("\n6 accepted, 4 refused\n"), "{}", run.text());
    assert!(run.text().contains("\n  2:20: /headers/é [type] "), "{}", run.text());

    let run = run_in(&folder, "validate --format github all", b"");
    let count = files.iter().map(|file| {
        let count = |name: &str| file[name].as_array().map_or(0, Vec::len);
        count("violations") + count("advisories")
    });
    assert_eq!(run.text().lines().count(), count.sum::<usize>());
    assert!(
        run.text().contains("::notice file=all/http.json,line=2,col=10,title=plain_http::/url: "),
        "{}",
        run.text()
    );
    assert!(
        run.text().contains("::error file=all/lines.ndjson,line=4,col=1,title=json::(root): "),
        "{}",
        run.text()
    );
}

#[test]
fn denied_codes_make_the_exit_code() {
    let folder = folder("validate-levels");
    for (args, code, word) in [
        ("validate all/http.json", 0, "advisory"),
        ("validate --deny plain_http all/http.json", 1, "denied"),
        ("validate --deny all all/http.json", 1, "denied"),
        ("validate --deny all --warn plain_http all/http.json", 0, "warning"),
        ("validate --warn plain_http all/http.json", 0, "warning"),
        ("validate --deny url_fragment all/http.json all/good.json", 0, "advisory"),
        ("validate --deny plain_http all/http.json all/good.json", 1, "denied"),
    ] {
        let run = run_in(&folder, args, b"");
        assert_eq!((run.code, run.stderr.as_str()), (Some(code), ""), "{args}");
        assert!(run.text().contains(&format!("\n  {word} plain_http at /url: ")), "{args}: {}", run.text());
        assert!(
            run.text().starts_with(if code == 0 { "accepted: " } else { "denied: " }),
            "{args}: {}",
            run.text()
        );
    }
    let run = run_in(&folder, "validate --format json --deny plain_http all/http.json", b"");
    assert_eq!(json_of(&run)["files"][0]["advisories"][0]["level"], "error");
    assert_eq!(json_of(&run)["summary"]["denied"], 1);
    // The envelope is that of the platform; the exit code is that of the levels.
    let run = run_in(&folder, "validate --json --deny plain_http all/http.json", b"");
    assert_eq!((run.code, &json_of(&run)["code"]), (Some(1), &json!("RBC024")));
}

#[test]
fn wrong_command_lines_and_unreadable_files() {
    let folder = folder("validate-usage");
    for args in [
        "validate --json --format json all/good.json",
        "validate --json all/good.json all/http.json",
        "validate --json all",
        "validate --json --ndjson all/good.json",
        "validate --deny nonsense all/good.json",
        "validate --format yaml all/good.json",
        "validate - -",
    ] {
        let run = run_in(&folder, args, b"{}");
        assert_eq!((run.code, run.text()), (Some(2), ""), "{args}");
    }
    // One that cannot be read does not keep the others from being validated.
    std::fs::create_dir(folder.path().join("empty")).expect("a folder");
    for missing in ["nowhere.json", "empty"] {
        let run =
            run_in(&folder, &format!("validate --format json {missing} all/good.json all/sub/bad.json"), b"");
        assert_eq!((run.code, run.stderr.as_str()), (Some(2), ""));
        assert_eq!(
            json_of(&run)["summary"],
            json!({"accepted": 1, "denied": 0, "refused": 1, "unreadable": 1})
        );
        assert!(json_of(&run)["files"][0]["error"].is_string());
    }
}

#[test]
fn thousands_of_profiles_come_as_lines_or_as_a_list() {
    let folder = folder("validate-thousands");
    let mut lines = String::new();
    let mut list = Vec::new();
    for number in 0..3_000 {
        let title = if number % 100 == 7 { "x".to_owned() } else { format!("bot {number}") };
        let profile = json!({"title": title, "http_method": "GET", "url": "https://example.com/", "profile_id": number.to_string()});
        writeln!(lines, "{profile}").expect("a string");
        list.push(profile);
    }
    let summary = json!({"accepted": 2_970, "denied": 0, "refused": 30, "unreadable": 0});
    let run = run_in(&folder, "validate --ndjson --format json -", lines.as_bytes());
    assert_eq!((run.code, &json_of(&run)["summary"]), (Some(1), &summary));
    let list = json!({"code": "RBC024", "message": "ok", "data": list, "error": {}, "status": 200});
    assert!(list.to_string().len() > 256 * 1024, "longer than one profile may be");
    folder.file("listed.json", list.to_string());
    let run = run_in(&folder, "validate --format json listed.json", b"");
    assert_eq!((run.code, &json_of(&run)["summary"]), (Some(1), &summary));
    let long = format!("{}\n{GOOD}\n", "x".repeat(300_000));
    let run = run_in(&folder, "validate --ndjson --format ndjson -", long.as_bytes());
    assert_eq!((run.code, run.text().lines().count()), (Some(2), 2), "{}", run.text());
    // A single profile has the library's limit, however long a list may be.
    folder.file("long.json", format!("{}{GOOD}", " ".repeat(300_000)));
    let run = run_in(&folder, "validate --format json long.json", b"");
    assert_eq!((run.code, &json_of(&run)["files"][0]["verdict"]), (Some(1), &json!("refused")));
    gave(&run_in(&folder, "validate --ndjson -", b""), 0, "0 accepted\n", "");
}

/// `tests/long/schema` holds the file to the published schema of SARIF.
#[test]
fn sarif_is_the_committed_file() {
    let folder = folder("validate-sarif");
    let run = run_in(&folder, "validate --format sarif --deny plain_http --warn all all nowhere.json", b"");
    assert_eq!((run.code, run.stderr.as_str()), (Some(2), ""));
    let version = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    let text = run.text().replace(&version, "\"version\":\"0.0.0\"");
    let path = root().join("bindings/cli/tests/snapshots/validate.sarif");
    if std::env::var_os("GENERATE").is_some() {
        std::fs::write(&path, &text).expect("written");
    }
    assert_eq!(text, std::fs::read_to_string(&path).expect("the file"), "GENERATE=1 rewrites it");
    let sarif: Value = serde_json::from_str(&text).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let levels: Vec<&str> = results.iter().map(|result| result["level"].as_str().expect("a level")).collect();
    assert!(levels.iter().all(|level| *level == "error"), "{levels:?}");
    assert!(results.len() >= 8, "{}", results.len());
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
}
