//! The shared cases of `testdata/`, through the public interface. What is expected stands there, not here.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may panic
#![allow(clippy::arithmetic_side_effects, clippy::string_slice)]

use std::fmt::Debug;
use std::net::IpAddr;
use std::path::PathBuf;

use callback_profile::cipher::{Algorithm, Cipher, CipherError, Encoding, Reading, TagPlacement, WireFormat};
use callback_profile::{
    AddressVerdict, AdvisoryCode, CallbackOptions, Envelope, Error, Limits, Message, MessageOptions, Missing,
    OpenOptions, ParseOptions, Policy, Profile, Record, Report, Request, Secrets, Status, StoredProfile,
};
use serde_json::{Value, json};

type Checked = Result<(), String>;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn cases(suite: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder("testdata").join(format!("{suite}.json"))).unwrap()).unwrap()
}

/// Runs every case, prints the count and fails with all differences.
fn run(suite: &str, at_least: usize, check: impl Fn(&Value) -> Checked) {
    run_list(suite, at_least, cases(suite).as_array().unwrap(), |_| false, check);
}

fn run_list(
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

fn same<T: PartialEq + Debug>(what: &str, found: T, expected: T) -> Checked {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{what}\n  found    {found:?}\n  expected {expected:?}"))
    }
}

fn text<'c>(case: &'c Value, name: &str) -> &'c str {
    case[name].as_str().unwrap_or_else(|| panic!("{case} needs {name}"))
}

/// The member as bytes, from text or from `<name>_hex`.
fn bytes(case: &Value, name: &str) -> Vec<u8> {
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

fn wire_format(case: &Value) -> WireFormat {
    let setting = |name: &str| case.get(name).and_then(Value::as_str);
    WireFormat::default()
        .with_encoding(
            setting("encoding").map_or_else(Encoding::default, |n| Encoding::from_name(n).unwrap()),
        )
        .with_tag(setting("tag").map_or_else(TagPlacement::default, |n| TagPlacement::from_name(n).unwrap()))
        .with_reading(setting("reading").map_or_else(Reading::default, |n| Reading::from_name(n).unwrap()))
}

fn options(case: &Value) -> ParseOptions {
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

fn missing(case: &Value) -> Missing {
    case.get("missing")
        .map_or_else(Missing::default, |name| Missing::from_name(name.as_str().unwrap()).unwrap())
}

fn profile(case: &Value) -> Result<Profile, String> {
    Profile::parse_with(bytes(case, "profile"), &options(case))
        .map_err(|report| format!("profile refused: {report}"))
}

fn violations(report: &Report) -> Value {
    report.violations().iter().map(|found| json!([found.keyword, found.pointer, found.message])).collect()
}

/// Compares a refusal with the case, or an acceptance with what `accepted` finds in it.
fn judge<T>(case: &Value, result: Result<T, Report>, accepted: impl Fn(T) -> Checked) -> Checked {
    match (result, case.get("violations")) {
        (Ok(value), None) => accepted(value),
        (Ok(_), Some(_)) => Err("accepted".into()),
        (Err(report), None) => Err(format!("refused: {}", violations(&report))),
        (Err(report), Some(expected)) => {
            same("violations", &violations(&report), expected)?;
            let unlisted = case.get("unlisted").and_then(Value::as_u64).unwrap_or(0);
            same("unlisted", report.unlisted() as u64, unlisted)?;
            let position = report.violations()[0].position.map(|(line, column)| json!([line, column]));
            // Only the file that is about syntax states positions.
            case.get("position")
                .map_or(Ok(()), |expected| same("position", position.as_ref(), Some(expected)))
        }
    }
}

/// Compares an error's code and parameter with the case, or a success with what `done` finds in it.
fn fails_or<T>(case: &Value, result: Result<T, Error>, done: impl Fn(T) -> Checked) -> Checked {
    match (result, case.get("error")) {
        (Ok(value), None) => done(value),
        (Ok(_), Some(error)) => Err(format!("no error, but {error} is expected")),
        (Err(error), None) => Err(format!("error {}: {error}", error.code().name())),
        (Err(error), Some(expected)) => {
            same("error", error.code().name(), expected.as_str().unwrap())?;
            same("parameter", error.parameter(), case.get("parameter").and_then(Value::as_str))
        }
    }
}

#[test]
fn profiles() {
    run("profile", 150, |case| {
        judge(case, Profile::parse_with(bytes(case, "payload"), &options(case)), |profile| {
            let found: Value =
                profile.advisories().iter().map(|found| json!([found.code.name(), found.pointer])).collect();
            same("advisories", &found, &case["advisories"])?;
            if let Some(expected) = case.get("replacers") {
                let pairs = |map: &Value| format!("{map}"); // compares the order of members, too
                let found: serde_json::Map<_, _> = profile
                    .replacers()
                    .into_iter()
                    .map(|(label, field)| (label.into(), field.into()))
                    .collect();
                same("replacers", pairs(&Value::Object(found)), pairs(expected))?;
            }
            let json = profile.to_json(Secrets::Shown);
            let mut wider = ParseOptions::default(); // the default channel is written out, which takes more room
            wider.limits.payload_bytes = usize::MAX;
            wider.limits.nodes = usize::MAX;
            let again = Profile::parse_with(&json, &wider).map(|again| again.to_json(Secrets::Shown));
            same("to_json, parsed again", again.as_deref(), Ok(json.as_str()))?;
            case.get("json")
                .map_or(Ok(()), |expected| same("json", json.as_str(), expected.as_str().unwrap()))
        })
    });
}

#[test]
fn requests() {
    run("request", 15, |case| {
        let headers: Vec<(&str, &str)> = case["headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()))
            .collect();
        let payload = bytes(case, "payload");
        let request = Request { sid: text(case, "sid"), headers: &headers, payload: &payload };
        let found: Value = request
            .check(&options(case))
            .err()
            .iter()
            .flat_map(Report::violations)
            .map(|found| json!([found.context.name(), found.keyword, found.pointer, found.message]))
            .collect();
        same("violations", &found, &case["violations"])
    });
}

#[test]
fn patches() {
    run("patch", 25, |case| {
        judge(case, profile(case)?.patch(bytes(case, "patch")), |patched| {
            same("json", patched.to_json(Secrets::Shown).as_str(), text(case, "json"))
        })
    });
}

#[test]
fn stored_profiles() {
    run("stored", 20, |case| {
        judge(case, StoredProfile::parse_with(bytes(case, "stored"), &options(case)), |stored| {
            same("json", stored.profile().to_json(Secrets::Shown).as_str(), text(case, "json"))?;
            same("profile_id", stored.profile_id(), case["profile_id"].as_str())?;
            same("status", stored.status().map(Status::number).map(u64::from), case["status"].as_u64())
        })
    });
}

#[test]
fn envelopes() {
    run("envelope", 14, |case| {
        let id = case.get("profile_id").and_then(Value::as_str);
        let secrets =
            if case.get("secrets") == Some(&json!("shown")) { Secrets::Shown } else { Secrets::Masked };
        let parsed = || Profile::parse_with(bytes(case, "payload"), &options(case));
        let envelope = match text(case, "kind") {
            "created" => parsed().map(|profile| Envelope::created(&profile, id, secrets)),
            "updated" => parsed().map(|profile| Envelope::updated(&profile, id, secrets)),
            "fetched" => {
                StoredProfile::parse(bytes(case, "stored")).map(|stored| Envelope::fetched(&stored, secrets))
            }
            "deleted" => Ok(Envelope::deleted(id.unwrap())),
            "refused" => Ok(Envelope::refused(&parsed().err().ok_or("accepted")?)),
            "not_found" => Ok(Envelope::not_found(id.unwrap())),
            "parse" => Envelope::parse(bytes(case, "envelope")),
            kind => panic!("no kind {kind}"),
        };
        judge(case, envelope, |envelope| {
            same("envelope", envelope.to_json().as_str(), text(case, "envelope"))
        })
    });
}

#[test]
fn messages() {
    run("message", 35, |case| {
        let (profile, record) = (profile(case)?, bytes(case, "record"));
        let mut options = MessageOptions::default();
        options.missing = missing(case);
        options.pairs = case.get("pairs").and_then(Value::as_bool).unwrap_or(false);
        let message: Result<Message, Error> = Record::parse_with(&record, &profile.options().limits)
            .and_then(|record| profile.message_with(&record, &options));
        fails_or(case, message, |message| {
            same("text", message.text.as_str(), text(case, "text"))?;
            same("missing_names", &json!(message.missing), &case["missing_names"])
        })
    });
}

#[test]
fn callbacks() {
    run("callback", 60, |case| {
        let (profile, record) = (profile(case)?, bytes(case, "record"));
        let mut options = CallbackOptions::default();
        options.missing = missing(case);
        options.boundary = case.get("boundary").and_then(Value::as_str);
        let callback = Record::parse_with(&record, &profile.options().limits)
            .and_then(|record| profile.callback_with(&record, &options));
        fails_or(case, callback, |callback| {
            same("method", callback.method.name(), text(case, "method"))?;
            same("url", callback.url.as_str(), text(case, "url"))?;
            same("headers", &json!(callback.headers), &case["headers"])?;
            same("body", callback.body.as_deref(), case["body"].as_str())?;
            same("missing_names", &json!(callback.missing), &case["missing_names"])?;
            let received = callback.body.as_ref().unwrap_or(&callback.url);
            let mut by_its_header = OpenOptions::default();
            by_its_header.content_type = callback
                .headers
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
                .map(|(_, value)| value.as_str());
            for options in [OpenOptions::default(), by_its_header] {
                let opened =
                    profile.open_with(received, &options).map_err(|error| format!("open: {error}"))?;
                same("opened", opened.json(), text(case, "opened"))?;
            }
            Ok(())
        })
    });
}

#[test]
fn opened() {
    run("open", 35, |case| {
        let profile = profile(case)?;
        let mut options = OpenOptions::default();
        options.content_type = case.get("content_type").and_then(Value::as_str);
        fails_or(case, profile.open_with(bytes(case, "received"), &options), |opened| {
            same("opened", opened.json(), text(case, "opened"))
        })
    });
}

#[test]
fn values() {
    run("value", 25, |case| {
        let cipher = text(case, "algorithm")
            .parse()
            .and_then(|algorithm: Algorithm| Cipher::new(algorithm, text(case, "key"), text(case, "iv")))
            .map(|cipher| cipher.with_wire_format(wire_format(case)));
        let decrypted = cipher
            .as_ref()
            .map_err(|error| *error)
            .and_then(|cipher| cipher.decrypt_text(text(case, "text")));
        fails_or(case, decrypted.map_err(Error::Cipher), |decrypted| {
            let Some(plaintext) = case.get("plaintext").and_then(Value::as_str) else {
                return same("decrypted", decrypted.as_str(), text(case, "decrypted"));
            };
            same("plaintext", decrypted.as_str(), plaintext)?;
            let encrypted =
                cipher.as_ref().map_err(|error| *error).and_then(|cipher| cipher.encrypt(plaintext));
            same("text", encrypted.as_deref(), Ok(text(case, "text")))
        })
    });
}

/// Without the feature `hazmat`, the 12-byte IVs are refused; CFB8 is no algorithm of ours at all.
#[test]
fn crypto() {
    let list = cases("crypto");
    let is_short = |case: &Value| text(case, "iv").len() != 16;
    let is_refused =
        |case: &Value| text(case, "algo").ends_with("CFB8") || (is_short(case) && !cfg!(feature = "hazmat"));
    run_list("crypto", 96, list.as_array().unwrap(), is_refused, |case| {
        let (key, iv, plaintext) = (text(case, "key"), text(case, "iv"), text(case, "pt"));
        let cipher = Algorithm::from_name(text(case, "algo"))
            .ok_or(CipherError::UnknownAlgorithm)
            .and_then(|algorithm| Cipher::new(algorithm, key, iv));
        let base64 = case.get("ct_tag_b64").unwrap_or(&case["ct_b64"]).as_str().unwrap();
        let cipher = match cipher {
            Err(CipherError::UnknownAlgorithm) => {
                return same("CFB8", text(case, "algo").ends_with("CFB8"), true);
            }
            Err(error) => {
                same("refused for its IV", matches!(error, CipherError::Iv(_)) && is_short(case), true)?;
                return raw_gcm(case);
            }
            Ok(cipher) => cipher,
        };
        same("base64", cipher.encrypt(plaintext).as_deref(), Ok(base64))?;
        same("plaintext", cipher.decrypt_text(base64).as_deref(), Ok(plaintext))?;
        let parts = [text(case, "ct_hex"), case.get("tag_hex").map_or("", |tag| tag.as_str().unwrap())];
        let hex = cipher.with_wire_format(WireFormat::default().with_encoding(Encoding::Hex));
        same("hex", hex.encrypt(plaintext), Ok(parts.concat()))?;
        let hex = hex.with_wire_format(
            WireFormat::default().with_encoding(Encoding::Hex).with_tag(TagPlacement::Prepended),
        );
        same("hex, tag first", hex.decrypt_text([parts[1], parts[0]].concat()).as_deref(), Ok(plaintext))
    });
}

#[cfg(feature = "hazmat")]
fn raw_gcm(case: &Value) -> Checked {
    use callback_profile::cipher::hazmat;
    let (key, iv, plaintext) =
        (text(case, "key").as_bytes(), text(case, "iv").as_bytes(), text(case, "pt").as_bytes());
    let sealed = hazmat::gcm_seal(key, iv, b"", plaintext).map_err(|error| error.to_string())?;
    let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    same("sealed", hex, format!("{}{}", text(case, "ct_hex"), text(case, "tag_hex")))?;
    same("opened", hazmat::gcm_open(key, iv, b"", &sealed).as_deref(), Ok(plaintext))
}

#[cfg(not(feature = "hazmat"))]
fn raw_gcm(_: &Value) -> Checked {
    Ok(())
}

/// A profile with this URL: what is wrong with it, or whether its host is called private.
fn judged_url(url: &str) -> Result<bool, String> {
    let payload = json!({"title": "url", "http_method": "GET", "url": url}).to_string();
    let profile = Profile::parse(payload).map_err(|report| report.message().to_owned())?;
    Ok(profile.advisories().iter().any(|found| found.code == AdvisoryCode::PrivateAddress))
}

#[test]
fn addresses() {
    let file = cases("address");
    let all: Vec<Value> = ["addresses", "spellings", "names"]
        .iter()
        .flat_map(|part| file[part].as_array().unwrap().clone())
        .collect();
    run_list(
        "address",
        700,
        &all,
        |_| false,
        |case| {
            if let Some(address) =
                case.get("address").and_then(Value::as_str).filter(|_| case.get("verdict").is_some())
            {
                let verdict = AddressVerdict::of(address.parse::<IpAddr>().unwrap());
                let host = if address.contains(':') { format!("[{address}]") } else { address.into() };
                same("private_address", judged_url(&format!("https://{host}/")), Ok(!verdict.is_public()))?;
                return same("verdict", verdict.name(), text(case, "verdict"));
            }
            let judged = judged_url(&format!("https://{}/", text(case, "host")));
            if let Some(internal) = case.get("internal") {
                return same("internal", judged, Ok(internal.as_bool().unwrap()));
            }
            match text(case, "reading") {
                "malformed" => same("refused", judged.is_err(), true),
                // Another spelling than four decimal numbers is suspect even where the address is public.
                "address" => {
                    let address = text(case, "address");
                    let public = AddressVerdict::of(address.parse().unwrap()).is_public()
                        && address == text(case, "host");
                    same("private_address", judged, Ok(!public))
                }
                _ => Ok(()), // not an address in any reading; the names below say which names are internal
            }
        },
    );
}

#[test]
fn urls() {
    const RULES: [(&str, &str); 16] = [
        ("Blank", "must NOT hold spaces, control characters or backslashes"),
        ("Invisible", "must NOT hold invisible characters or marks of text direction"),
        ("NotAbsolute", "must be an absolute http or https URL"),
        ("ReplacerBeforePath", "must NOT have replacers in scheme, userinfo, host or port"),
        ("Userinfo", "must have user name and password percent-encoded"),
        ("MissingHost", "must have a host"),
        ("NonAsciiHost", "must have a host in ASCII; write it in punycode (xn--...)"),
        ("EncodedHost", "must NOT have percent-encoding in the host"),
        ("Ipv6", "must have an IPv6 address without a zone in the brackets"),
        ("HostCharacters", "must have a host of letters, digits, hyphens, dots and underscores"),
        ("EmptyLabel", "must NOT have empty labels in the host"),
        ("HostLength", "must have a host of at most 253 bytes with labels of at most 63"),
        ("Ipv4", "must NOT have a host that ends in a number unless it is an IPv4 address"),
        ("Punycode", "must have valid punycode in the host's xn-- labels"),
        ("Port", "must have a port from 1 to 65535"),
        ("Percent", "must have two hexadecimal digits after every % sign"),
    ];
    run("url", 330, |case| {
        let rule =
            RULES.iter().find(|(name, _)| case["rule"] == *name).map(|(_, text)| format!("body/url {text}"));
        same("rule", judged_url(text(case, "url")).err(), rule)
    });
}

/// Every example parses, renders without missing names, and what was received opens.
#[test]
fn examples() {
    let list = |part: &str| -> Vec<PathBuf> {
        let mut list: Vec<_> = std::fs::read_dir(folder("examples").join(part))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        list.sort();
        list
    };
    let read =
        |part: &str, name: &std::ffi::OsStr| std::fs::read(folder("examples").join(part).join(name)).unwrap();
    let profiles = list("profiles");
    assert!(profiles.len() >= 8);
    for path in &profiles {
        let name = path.file_name().unwrap();
        let profile =
            Profile::parse(read("profiles", name)).unwrap_or_else(|report| panic!("{name:?}: {report}"));
        let record = read("records", name);
        let record = Record::parse(&record).unwrap();
        let callback = profile.callback(&record).unwrap();
        let message = profile.message(&record).unwrap();
        assert_eq!((callback.missing, message.missing), (vec![], vec![]), "{name:?}");
        profile.open(callback.body.as_ref().unwrap_or(&callback.url)).unwrap();
    }
    assert_eq!(list("records").len(), profiles.len());
    let received = list("received");
    assert!(received.len() >= 3);
    for path in &received {
        let name = PathBuf::from(path.file_stem().unwrap()).with_extension("json");
        let profile = Profile::parse(read("profiles", name.as_os_str())).unwrap();
        let opened =
            profile.open(std::fs::read(path).unwrap()).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert!(
            serde_json::from_str::<Value>(opened.json())
                .unwrap()
                .as_object()
                .is_some_and(|all| !all.is_empty())
        );
    }
    let base = Profile::parse(read("profiles", "created-response.json".as_ref())).unwrap();
    for path in list("patches") {
        base.patch(std::fs::read(&path).unwrap()).unwrap_or_else(|report| panic!("{path:?}: {report}"));
    }
}
