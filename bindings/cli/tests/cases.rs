//! The cases of `testdata/`, through the command. The expected results are in those files, not here.
//!
//! A case is run if there is a subcommand for it. Cases that set `limits` count as refused: the command always works
//! with the default limits. So do envelopes that the command does not make, and key and IV that no profile can have.
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

use common::{Folder, Run, cbp, root};
use serde_json::{Map, Value, json};

type Case = Map<String, Value>;

/// The result of a case.
enum Outcome {
    Passed,
    /// Not to be run here, by a stated rule.
    Refused,
    Failed(String),
}

/// Compares, and ends the case as failed if they differ.
macro_rules! same {
    ($actual:expr, $expected:expr, $what:expr) => {{
        let (actual, expected) = (&$actual, &$expected);
        if actual != expected {
            return Outcome::Failed(format!("{}: {actual:?} instead of {expected:?}", $what));
        }
    }};
}

fn suite(name: &str, check: impl Fn(&Case, &Folder) -> Outcome) {
    let (ran, refused) = counted(name, check);
    assert!(refused * 4 < ran, "most cases run");
}

/// Runs the cases of a file, prints the count, and returns how many there were and how many of them are not to be run.
fn counted(name: &str, check: impl Fn(&Case, &Folder) -> Outcome) -> (usize, usize) {
    let text = std::fs::read_to_string(root().join("testdata").join(format!("{name}.json"))).expect(name);
    let cases: Vec<Case> = serde_json::from_str(&text).expect(name);
    assert!(!cases.is_empty());
    let folder = Folder::new(name);
    let (mut ran, mut refused, mut failures) = (0, 0, Vec::new());
    for case in &cases {
        ran += 1;
        let outcome = if case.contains_key("limits") { Outcome::Refused } else { check(case, &folder) };
        match outcome {
            Outcome::Passed => {}
            Outcome::Refused => refused += 1,
            Outcome::Failed(why) => failures.push(format!("{}: {why}", case["name"])),
        }
    }
    println!("count {name} cli ran={ran} refused={refused} failed={}", failures.len());
    assert_eq!(ran, cases.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    (ran, refused)
}

fn text<'c>(case: &'c Case, name: &str) -> Option<&'c str> {
    case.get(name).and_then(Value::as_str)
}

/// A member's text or its `_hex` bytes.
fn bytes(case: &Case, name: &str) -> Vec<u8> {
    match (text(case, name), text(case, &format!("{name}_hex"))) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(hex)) => {
            let digits = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex");
            (0..hex.len()).step_by(2).map(digits).collect()
        }
        (None, None) => panic!("{} has no {name}", case["name"]),
    }
}

/// Options with a value, or with a list, as far as the case has them. `true` is the option alone.
fn options(case: &Case, names: &[&str]) -> Vec<String> {
    let option = |name: &&str| {
        let option = format!("--{}", name.replace('_', "-"));
        match case.get(*name)? {
            Value::String(value) => Some(format!("{option}={value}")),
            Value::Array(list) if list.is_empty() => None,
            Value::Array(_) => Some(format!("{option}={}", names_of(case, name).join(","))),
            value => (value == &Value::Bool(true)).then_some(option),
        }
    };
    names.iter().filter_map(option).collect()
}

fn with<const N: usize>(mut options: Vec<String>, rest: [&str; N]) -> Vec<String> {
    options.extend(rest.map(str::to_owned));
    options
}

fn names_of(case: &Case, name: &str) -> Vec<String> {
    case[name].as_array().expect(name).iter().map(|name| name.as_str().expect("a name").to_owned()).collect()
}

fn missing_names(run: &Run) -> Vec<String> {
    run.stderr.lines().filter_map(|line| line.strip_prefix("missing: ")).map(str::to_owned).collect()
}

fn printable(text: &str) -> String {
    let shown = |c: char| if c.is_control() { format!("\\u{{{:x}}}", u32::from(c)) } else { c.to_string() };
    text.chars().map(shown).collect()
}

/// The message of a refusal: every violation in its order, or the line of malformed JSON.
fn reports_violations(run: &Run, case: &Case, code: &str) -> Outcome {
    let violations = case["violations"].as_array().expect("violations");
    let field = |violation: &Value, at: usize| violation[at].as_str().expect("a text").to_owned();
    same!(run.code, Some(1), "exit code");
    same!(run.text(), "", "standard output");
    if run.stderr.contains("--> ") {
        let message = field(&violations[0], 2);
        same!(run.stderr.starts_with(&format!("ProfileError[{code}]: {message}\n")), true, run.stderr);
        if let Some(position) = case.get("position") {
            let position = format!(":{}:{}\n", position[0], position[1]);
            same!(run.stderr.contains(&position), true, format!("{position} in {}", run.stderr));
        }
        return Outcome::Passed;
    }
    let unlisted = case.get("unlisted").and_then(Value::as_u64).unwrap_or(0);
    let mut expected: Vec<String> = violations
        .iter()
        .map(|violation| {
            let pointer = field(violation, 1);
            let pointer = if pointer.is_empty() { "(root)".to_owned() } else { printable(&pointer) };
            format!("  {pointer} [{}] {}", field(violation, 0), printable(&field(violation, 2)))
        })
        .collect();
    if unlisted > 0 {
        expected.push(format!("  and {unlisted} more"));
    }
    let mut lines = run.stderr.lines().filter(|line| !line.starts_with("  hint: "));
    same!(lines.next().unwrap_or_default().starts_with(&format!("ProfileError[{code}]: ")), true, run.stderr);
    // The command also lists the allowed values, which the messages leave out.
    let line = |line: &str| match line.split_once(" must be equal to one of the allowed values: ") {
        Some((start, values)) if !values.is_empty() => {
            format!("{start} must be equal to one of the allowed values")
        }
        _ => line.to_owned(),
    };
    same!(lines.map(line).collect::<Vec<_>>(), expected, "violations");
    Outcome::Passed
}

/// The message of a failed call on a valid profile.
fn reports_error(run: &Run, case: &Case) -> Outcome {
    let code = case["error"].as_str().expect("a code");
    let class = case["class"].as_str().expect("a class");
    same!(run.code, Some(1), "exit code");
    same!(run.text(), "", "standard output");
    let as_json: Option<Value> = serde_json::from_str(&run.stderr).ok();
    match &as_json {
        Some(failure) => {
            same!((failure["class"].as_str(), failure["code"].as_str()), (Some(class), Some(code)), "JSON")
        }
        None => same!(run.stderr.starts_with(&format!("{class}[{code}]: ")), true, run.stderr),
    }
    let mut parameters: Vec<&str> = text(case, "parameter").into_iter().collect();
    if let Some(all) = case.get("parameters").and_then(Value::as_array) {
        parameters = all.iter().filter_map(Value::as_str).collect();
    }
    let plural = if parameters.len() > 1 { "parameters" } else { "parameter" };
    let parameters: Vec<String> = parameters.into_iter().map(printable).collect();
    if let Some(failure) = as_json {
        if !parameters.is_empty() {
            same!(failure["parameters"], json!(parameters), "parameters");
        }
    } else if !parameters.is_empty() {
        let parameters = format!("{plural} {}", parameters.join(", "));
        same!(run.stderr.contains(&parameters), true, format!("{parameters} in {}", run.stderr));
    }
    Outcome::Passed
}

/// A row of `fields` as `cbp fields` prints it: the field and its pointers, separated by tabs.
fn fields_line(row: &Value) -> String {
    let places = row[1].as_array().expect("pointers");
    let names = std::iter::once(&row[0]).chain(places).map(|name| printable(name.as_str().expect("a text")));
    names.collect::<Vec<_>>().join("\t")
}

fn line(run: &Run) -> &str {
    run.text().strip_suffix('\n').unwrap_or("(no line break)")
}

#[test]
fn profile() {
    suite("profile", |case, _| {
        let payload = bytes(case, "payload");
        let run = |extra: &[&str]| {
            let mut args = vec!["validate".to_owned(), "--as=payload".to_owned()];
            args.extend(options(case, &["policy"]));
            args.extend(extra.iter().map(|arg| (*arg).to_owned()));
            args.push("-".to_owned());
            cbp(&args, &payload)
        };
        let (text, json) = (run(&[]), run(&["--json", "--show-secrets"]));
        let envelope: Value = match serde_json::from_slice(&json.stdout) {
            Ok(envelope) => envelope,
            Err(error) => return Outcome::Failed(error.to_string()),
        };
        same!(json.stderr, "", "--json: standard error");
        if let Some(violations) = case.get("violations").and_then(Value::as_array) {
            let errors: Vec<Value> =
                violations.iter().map(|violation| json!({"body": violation[2]})).collect();
            same!(json.code, Some(1), "--json: exit code");
            same!(envelope["code"], "RBC302", "code");
            same!(envelope["message"], violations[0][2], "message");
            same!(envelope["error"], Value::from(errors), "error");
            return reports_violations(&text, case, "invalid_profile");
        }
        same!((text.code, text.stderr.as_str()), (Some(0), ""), "accepted");
        same!(json.code, Some(0), "--json: exit code");
        same!(envelope["code"], "RBC024", "code");
        let advisories = case["advisories"].as_array().expect("advisories");
        let expected: Vec<String> = advisories
            .iter()
            .map(|pair| {
                format!(
                    "  advisory {} at {}: ",
                    pair[0].as_str().unwrap(),
                    printable(pair[1].as_str().unwrap())
                )
            })
            .collect();
        let found: Vec<&str> = text.text().lines().filter(|line| line.starts_with("  advisory ")).collect();
        same!(found.len(), expected.len(), format!("advisories {found:?}"));
        for (found, expected) in found.iter().zip(&expected) {
            same!(found.starts_with(expected), true, format!("{found} for {expected}"));
        }
        if let Some(replacers) = case.get("replacers") {
            same!(envelope["data"]["replacers"], *replacers, "replacers");
        }
        if let Some(fields) = case.get("fields").and_then(Value::as_array) {
            let run = cbp(&["fields".to_owned(), "-".to_owned()], &payload);
            let expected: String = fields.iter().map(|row| format!("{}\n", fields_line(row))).collect();
            same!((run.code, run.text()), (Some(0), expected.as_str()), "fields");
        }
        Outcome::Passed
    });
}

/// What is about the patch itself: members that are ignored, and a key that served another mode before.
const OF_THE_PATCH: [&str; 3] = ["ambiguous_member", "unknown_member", "key_reused_across_modes"];

/// Codes and pointers of lines of advisories, of which each begins with `start`.
fn advised<'t>(text: &'t str, start: &str) -> Vec<(&'t str, &'t str)> {
    let lines = text.lines().filter_map(|line| line.strip_prefix(start));
    lines.filter_map(|line| line.split_once(": ")?.0.split_once(" at ")).collect()
}

/// The patched profile is a payload, so `cbp validate` says what is risky in it. `cbp patch` says what the patch brought,
/// which is some of it, and all that is about the patch itself.
fn advises(patched: &Run, expected: &[Value]) -> Outcome {
    let run = cbp(&["validate".to_owned(), "-".to_owned()], &patched.stdout);
    same!(run.code, Some(0), run.stderr);
    let expected: Vec<(&str, &str)> = expected
        .iter()
        .map(|pair| (pair[0].as_str().expect("a code"), pair[1].as_str().expect("a pointer")))
        .collect();
    let is_of_the_patch = |(code, _): &&(&str, &str)| OF_THE_PATCH.contains(code);
    let of_a_payload: Vec<_> = expected.iter().filter(|pair| !is_of_the_patch(pair)).copied().collect();
    same!(advised(run.text(), "  advisory "), of_a_payload, "advisories");
    let brought = advised(&patched.stderr, "advisory ");
    same!(brought.iter().find(|pair| !expected.contains(pair)), None, "an advisory too many");
    let of_the_patch: Vec<_> = expected.iter().filter(is_of_the_patch).collect();
    same!(of_the_patch.into_iter().find(|pair| !brought.contains(pair)), None, "an advisory of the patch");
    Outcome::Passed
}

#[test]
fn patch() {
    suite("patch", |case, folder| {
        let profile = folder.file("profile.json", bytes(case, "profile"));
        let args = with(options(case, &["policy"]), ["--show-secrets", &profile, "-"]);
        let run = cbp(&[vec!["patch".to_owned()], args].concat(), &bytes(case, "patch"));
        match text(case, "json") {
            Some(json) => {
                same!(run.code, Some(0), run.stderr);
                let other = run.stderr.lines().find(|line| !line.starts_with("advisory "));
                same!(other, None, "accepted");
                same!(line(&run), json, "json");
                if let Some(expected) = case.get("advisories").and_then(Value::as_array) {
                    return advises(&run, expected);
                }
                Outcome::Passed
            }
            None => reports_violations(&run, case, "invalid_patch"),
        }
    });
}

#[test]
fn message() {
    suite("message", |case, folder| {
        let profile = folder.file("profile.json", bytes(case, "profile"));
        let mut args = with(options(case, &["policy", "missing", "surrogates"]), [&profile, "-"]);
        if case.get("pairs") == Some(&Value::Bool(true)) {
            args.push("--pairs".to_owned());
        }
        let run = cbp(&[vec!["message".to_owned()], args].concat(), &bytes(case, "record"));
        if case.contains_key("error") {
            return reports_error(&run, case);
        }
        same!(run.code, Some(0), run.stderr);
        same!(line(&run), text(case, "text").expect("text"), "text");
        same!(missing_names(&run), names_of(case, "missing_names"), "missing names");
        Outcome::Passed
    });
}

#[test]
fn callback() {
    suite("callback", |case, folder| {
        let profile = folder.file("profile.json", bytes(case, "profile"));
        let settings = ["policy", "missing", "surrogates", "encoding", "tag", "reading", "boundary"];
        let args = with(options(case, &settings), ["--json", &profile, "-"]);
        let run = cbp(&[vec!["callback".to_owned()], args].concat(), &bytes(case, "record"));
        if case.contains_key("error") {
            return reports_error(&run, case);
        }
        same!(run.code, Some(0), run.stderr);
        let pairs = case["headers"].as_array().expect("headers").iter();
        let headers: Vec<String> = pairs.map(|pair| format!("{}:{}", pair[0], pair[1])).collect();
        let (method, url, body) = (&case["method"], &case["url"], &case["body"]);
        let expected =
            format!(r#"{{"method":{method},"url":{url},"headers":{{{}}},"body":{body}}}"#, headers.join(","));
        same!(line(&run), expected, "callback");
        same!(missing_names(&run), names_of(case, "missing_names"), "missing names");

        let Some(opened) = text(case, "opened") else { return Outcome::Passed };
        let mut args = options(case, &["policy", "encoding", "tag", "reading", "structures", "absent"]);
        let mut sent = case["headers"].as_array().expect("headers").iter();
        let content_type =
            sent.find(|pair| pair[0].as_str().is_some_and(|n| n.eq_ignore_ascii_case("content-type")));
        let received = body.as_str().or(url.as_str()).expect("a body or a URL");
        if let Some(content_type) = content_type.filter(|_| body.is_string()) {
            args.push(format!("--content-type={}", content_type[1].as_str().expect("a value")));
        }
        let run = cbp(&[vec!["open".to_owned()], with(args, [&profile, "-"])].concat(), received.as_bytes());
        same!(run.code, Some(0), run.stderr);
        same!(line(&run), opened, "opened");
        Outcome::Passed
    });
}

#[test]
fn partial() {
    suite("partial", |case, folder| {
        let profile = folder.file("profile.json", text(case, "profile").expect("profile"));
        let received = text(case, "received").expect("received");
        let mut args = vec!["open".to_owned(), "--partial".to_owned(), "--json".to_owned()];
        for name in ["structures", "absent"] {
            if let Some(names) = case.get(name).and_then(Value::as_array) {
                let names: Vec<&str> = names.iter().map(|name| name.as_str().expect("a name")).collect();
                args.push(format!("--{name}={}", names.join(",")));
            }
        }
        args.extend([profile, "-".to_owned()]);
        let run = cbp(&args, received.as_bytes());
        if let Some(code) = text(case, "error") {
            same!(run.code, Some(1), "exit code");
            same!(serde_json::from_str::<Value>(&run.stderr).expect("JSON")["code"], code, "code");
            return Outcome::Passed;
        }
        let printed: Value = serde_json::from_str(run.text()).expect("JSON");
        let expected: Value = serde_json::from_str(text(case, "opened").expect("opened")).expect("JSON");
        same!(printed["values"], expected, "values");
        let pairs = case["failed"].as_array().expect("failed");
        let pair = |pair: &Value| (pair[0].as_str().expect("a name").to_owned(), pair[1].clone());
        same!(printed["failed"], Value::Object(pairs.iter().map(pair).collect()), "failed");
        if let Some(unknown) = case.get("unknown") {
            same!(printed["unknown"], *unknown, "unknown");
        }
        same!(run.code, Some(i32::from(!pairs.is_empty())), "exit code");
        same!(run.stderr, "", "standard error");
        Outcome::Passed
    });
}

#[test]
fn open() {
    suite("open", |case, folder| {
        let profile = folder.file("profile.json", bytes(case, "profile"));
        let settings = ["policy", "encoding", "tag", "reading", "content_type", "structures", "absent"];
        let mut args = with(options(case, &settings), [&profile, "-"]);
        args.insert(0, "open".to_owned());
        let run = cbp(&args, &bytes(case, "received"));
        if case.contains_key("error") {
            return reports_error(&run, case);
        }
        same!(run.code, Some(0), run.stderr);
        let opened = text(case, "opened").expect("opened");
        same!(line(&run), opened, "opened");
        args.insert(1, "--details".to_owned());
        let run = cbp(&args, &bytes(case, "received"));
        let details: Value = serde_json::from_slice(&run.stdout).expect("details");
        same!(details["values"], serde_json::from_str::<Value>(opened).expect("opened"), "values");
        for list in ["decrypted", "unknown"] {
            same!(details[list], *case.get(list).unwrap_or(&details[list]), list);
        }
        Outcome::Passed
    });
}

#[test]
fn value() {
    suite("value", |case, folder| {
        let enc = json!({"algo": case["algorithm"], "key": case["key"], "IV": case["iv"]});
        let profile =
            json!({"title": "one value", "http_method": "GET", "url": "https://example.com/", "enc": enc});
        let profile = folder.file("profile.json", profile.to_string());
        let error = text(case, "error");
        if matches!(error, Some("invalid_key" | "invalid_iv" | "unknown_algorithm")) {
            return Outcome::Refused;
        }
        let settings = options(case, &["encoding", "tag", "reading"]);
        if let (Some(plaintext), Some(text)) = (text(case, "plaintext"), text(case, "text")) {
            let args = with(settings.clone(), [&profile, "-"]);
            let run = cbp(&[vec!["encrypt".to_owned()], args].concat(), plaintext.as_bytes());
            same!(run.code, Some(0), run.stderr);
            same!(line(&run), text, "encrypted");
        }
        let Some(sealed) = text(case, "text") else { return Outcome::Refused };
        let expected = text(case, "decrypted").or(text(case, "plaintext"));
        // As an argument, where a line break at the end is part of the text; if the system cannot, on standard input.
        let run = if sealed.contains('\0') || sealed.len() > 100_000 || sealed == "-" {
            let args = with(settings, ["--text", &profile, "-"]);
            cbp(&[vec!["decrypt".to_owned()], args].concat(), sealed.as_bytes())
        } else {
            let args = with(settings, ["--text", "--", &profile, sealed]);
            cbp(&[vec!["decrypt".to_owned()], args].concat(), b"")
        };
        match (expected, error) {
            (Some(expected), None) => {
                same!(run.code, Some(0), run.stderr);
                same!(run.text(), expected, "decrypted");
                Outcome::Passed
            }
            _ => reports_error(&run, case),
        }
    });
}

#[test]
fn envelope() {
    let (ran, refused) = counted("envelope", |case, _| {
        if !matches!(text(case, "kind"), Some("created" | "refused")) || !case.contains_key("envelope") {
            return Outcome::Refused;
        }
        let mut args = vec!["validate".to_owned(), "--json".to_owned(), "-".to_owned()];
        args.extend(options(case, &["policy", "profile_id"]));
        if text(case, "secrets") == Some("shown") {
            args.push("--show-secrets".to_owned());
        }
        let run = cbp(&args, &bytes(case, "payload"));
        same!(line(&run), text(case, "envelope").expect("envelope"), "envelope");
        Outcome::Passed
    });
    assert!(ran > refused);
}

#[test]
fn schema_and_catalogue() {
    for name in ["schema", "catalogue"] {
        let file = std::fs::read_to_string(root().join(format!("testdata/{name}.json"))).expect(name);
        assert_eq!(cbp(&[name], b"").text(), file);
    }
}
