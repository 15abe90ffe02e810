//! The harness of the shared cases: reads a file, runs every case, counts, compares.

#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may panic
#![allow(clippy::arithmetic_side_effects, clippy::string_slice)]

use std::fmt::Debug;
use std::path::{Path, PathBuf};

use callback_profile::cipher::{CipherError, Encoding, Reading, TagPlacement, WireFormat};
use callback_profile::{
    Error, ErrorClass, ErrorCode, Limits, Missing, Opened, Parameters, ParseOptions, Policy, Profile,
    RecordOptions, Report, Surrogates,
};
use serde_json::{Value, json};

pub(crate) type Checked = Result<(), String>;

/// A folder of the repository. A package of `tests/long/` lies below its root.
pub(crate) fn folder(name: &str) -> PathBuf {
    let mut above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.find(|folder| folder.join("testdata").is_dir()).unwrap().join(name)
}

pub(crate) fn cases(suite: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder("testdata").join(format!("{suite}.json"))).unwrap()).unwrap()
}

/// Runs every case, prints the count and fails with all differences.
pub(crate) fn run(suite: &str, at_least: usize, check: impl Fn(&Value) -> Checked) {
    run_list(suite, at_least, cases(suite).as_array().unwrap(), |_| false, check);
}

pub(crate) fn run_list(
    suite: &str,
    at_least: usize,
    list: &[Value],
    is_refused: impl Fn(&Value) -> bool,
    check: impl Fn(&Value) -> Checked,
) {
    let (mut ran, mut refused, mut failed) = (0, 0, Vec::new());
    for case in list {
        ran += 1;
        refused += usize::from(is_refused(case));
        let name = case.get("name").map_or_else(|| case.to_string(), Value::to_string);
        failed.extend(check(case).err().map(|difference| format!("{name}: {difference}")));
    }
    println!("count {suite} rust ran={ran} refused={refused} failed={}", failed.len());
    assert!(failed.is_empty(), "{} of {ran} failed:\n{}", failed.len(), failed.join("\n"));
    assert_eq!(ran, list.len());
    assert!(ran >= at_least, "only {ran} cases, not {at_least}");
}

pub(crate) fn same<T: PartialEq + Debug>(what: &str, found: T, expected: T) -> Checked {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{what}\n  found    {found:?}\n  expected {expected:?}"))
    }
}

pub(crate) fn text<'c>(case: &'c Value, name: &str) -> &'c str {
    case[name].as_str().unwrap_or_else(|| panic!("{case} needs {name}"))
}

/// The member as bytes, from text or from `<name>_hex`.
pub(crate) fn bytes(case: &Value, name: &str) -> Vec<u8> {
    match case.get(format!("{name}_hex")) {
        None => text(case, name).into(),
        Some(hex) => {
            let hex = hex.as_str().unwrap();
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
        }
    }
}

fn set_limit(limits: &mut Limits, name: &str, value: usize) {
    *match name {
        "payload_bytes" => &mut limits.payload_bytes,
        "record_bytes" => &mut limits.record_bytes,
        "received_bytes" => &mut limits.received_bytes,
        "depth" => &mut limits.depth,
        "nodes" => &mut limits.nodes,
        "violations" => &mut limits.violations,
        "url_bytes" => &mut limits.url_bytes,
        "headers" => &mut limits.headers,
        "header_name_bytes" => &mut limits.header_name_bytes,
        "header_value_bytes" => &mut limits.header_value_bytes,
        "headers_bytes" => &mut limits.headers_bytes,
        "replacers" => &mut limits.replacers,
        "output_bytes" => &mut limits.output_bytes,
        _ => panic!("no limit {name}"),
    } = value;
}

pub(crate) fn wire_format(case: &Value) -> WireFormat {
    let setting = |name: &str| case.get(name).and_then(Value::as_str);
    WireFormat::default()
        .with_encoding(
            setting("encoding").map_or_else(Encoding::default, |n| Encoding::from_name(n).unwrap()),
        )
        .with_tag(setting("tag").map_or_else(TagPlacement::default, |n| TagPlacement::from_name(n).unwrap()))
        .with_reading(setting("reading").map_or_else(Reading::default, |n| Reading::from_name(n).unwrap()))
}

pub(crate) fn options(case: &Value) -> ParseOptions {
    let mut options = ParseOptions::default();
    options.wire_format = wire_format(case);
    options.policy = case
        .get("policy")
        .map_or_else(Policy::default, |name| Policy::from_name(name.as_str().unwrap()).unwrap());
    for (name, value) in case.get("limits").and_then(Value::as_object).into_iter().flatten() {
        set_limit(&mut options.limits, name, value.as_u64().unwrap() as usize);
    }
    options
}

pub(crate) fn missing(case: &Value) -> Missing {
    case.get("missing")
        .map_or_else(Missing::default, |name| Missing::from_name(name.as_str().unwrap()).unwrap())
}

/// How the record of a case is read.
pub(crate) fn record_options(case: &Value, profile: &Profile) -> RecordOptions {
    let mut options = RecordOptions::from(profile.options().limits);
    if let Some(name) = case.get("surrogates") {
        options.surrogates = Surrogates::from_name(name.as_str().unwrap()).unwrap();
    }
    options
}

/// A case's `structures` or `absent`: `true` or an array of names.
pub(crate) struct Named<'c> {
    setting: Option<&'c Value>,
    names: Vec<String>,
}

impl<'c> Named<'c> {
    pub(crate) fn of(case: &'c Value, member: &str) -> Named<'c> {
        let setting = case.get(member);
        let names = setting.and_then(Value::as_array).into_iter().flatten();
        Named { setting, names: names.map(|name| name.as_str().unwrap().to_owned()).collect() }
    }

    pub(crate) fn parameters(&self) -> Parameters<'_> {
        match self.setting {
            None => Parameters::None,
            Some(Value::Bool(true)) => Parameters::All,
            Some(Value::Array(_)) => Parameters::Names(&self.names),
            Some(other) => panic!("{other} is neither true nor an array of names"),
        }
    }
}

/// Compares what was opened with the case: the text, and what was decrypted and what is unknown where the case says so.
pub(crate) fn opened(case: &Value, opened: &Opened) -> Checked {
    same("opened", opened.json(), text(case, "opened"))?;
    let (decrypted, unknown): (Value, Value) = (opened.decrypted().collect(), opened.unknown().collect());
    for (member, found) in [("decrypted", &decrypted), ("unknown", &unknown)] {
        case.get(member).map_or(Ok(()), |expected| same(member, found, expected))?;
    }
    Ok(())
}

pub(crate) fn profile(case: &Value) -> Result<Profile, String> {
    Profile::parse_with(bytes(case, "profile"), &options(case))
        .map_err(|report| format!("profile refused: {report}"))
}

pub(crate) fn violations(report: &Report) -> Value {
    report.violations().iter().map(|found| json!([found.keyword, found.pointer, found.message])).collect()
}

/// Line and column of the first violation that has them.
pub(crate) fn position(report: &Report) -> Option<Value> {
    let position = report.violations().iter().find_map(|found| found.position);
    position.map(|at| json!([at.line, at.column]))
}

/// Compares a refusal with the case, or an acceptance with what `accepted` finds in it.
pub(crate) fn refused_or<T>(
    case: &Value,
    result: Result<T, Report>,
    accepted: impl Fn(T) -> Checked,
) -> Checked {
    match (result, case.get("violations")) {
        (Ok(value), None) => accepted(value),
        (Ok(_), Some(_)) => Err("accepted".into()),
        (Err(report), None) => Err(format!("refused: {}", violations(&report))),
        (Err(report), Some(expected)) => {
            same("violations", &violations(&report), expected)?;
            let unlisted = case.get("unlisted").and_then(Value::as_u64).unwrap_or(0);
            same("unlisted", report.unlisted() as u64, unlisted)?;
            let position = position(&report);
            // Only the file that is about syntax states positions.
            case.get("position")
                .map_or(Ok(()), |expected| same("position", position.as_ref(), Some(expected)))
        }
    }
}

/// What the cases state about an error.
#[derive(Debug)]
pub(crate) struct Failed {
    code: ErrorCode,
    class: ErrorClass,
    parameters: Vec<String>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        assert_eq!(error.parameter(), error.parameters().first().map(String::as_str));
        Failed { code: error.code(), class: error.class(), parameters: error.parameters().to_vec() }
    }
}

impl Failed {
    /// A cipher's error does not know the call that returned it, so the caller names the class.
    pub(crate) fn cipher(class: ErrorClass) -> impl Fn(CipherError) -> Failed {
        move |error| Failed { code: error.code(), class, parameters: Vec::new() }
    }
}

/// Compares an error's code, class and parameters with the case, or a success with what `done` finds in it.
pub(crate) fn fails_or<T>(
    case: &Value,
    result: Result<T, impl Into<Failed>>,
    done: impl Fn(T) -> Checked,
) -> Checked {
    match (result.map_err(Into::into), case.get("error")) {
        (Ok(value), None) => done(value),
        (Ok(_), Some(error)) => Err(format!("no error, but {error} is expected")),
        (Err(failed), None) => Err(format!("{failed:?}")),
        (Err(failed), Some(expected)) => {
            same("error", failed.code.name(), expected.as_str().unwrap())?;
            same("class", failed.class.name(), text(case, "class"))?;
            let first = failed.parameters.first().map(String::as_str);
            same("parameter", first, case.get("parameter").and_then(Value::as_str))?;
            case.get("parameters")
                .map_or(Ok(()), |expected| same("parameters", &json!(failed.parameters), expected))
        }
    }
}
