//! What the shared cases do not reach of the public interface: raw HTTP, batches, accessors, and every error's words.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::string_slice
)] // a test may panic

use std::error::Error as _;

use callback_profile::cipher::{Algorithm, Cipher, CipherError, KeyError};
use callback_profile::json::Document;
use callback_profile::{
    CallbackBuffer, CallbackOptions, Envelope, Error, ErrorCode, Limits, Method, ParseOptions, Profile,
    Record, Secrets, StoredProfile,
};

const KEY: &str = "K1abcdefghijkl2PQRSTUVWXYZ012345";
const IV: &str = "POabcdefghijklLY";

#[test]
fn a_callback_as_http_text() {
    let cases = [
        (
            r#""http_method": "POST", "url": "https://user:pass@example.com:8443/in/<id>?a=<id>", "body": {"id": "<id>"}"#,
            "POST /in/7%2F7?a=7%2F7 HTTP/1.1\r\nHost: example.com:8443\r\nX-Id: 7/7\r\n\
             content-type: application/json\r\nContent-Length: 12\r\n\r\n{\"id\":\"7/7\"}",
        ),
        (
            r#""http_method": "GET", "url": "https://example.com?a=<id>""#,
            "GET /?a=7%2F7 HTTP/1.1\r\nHost: example.com\r\nX-Id: 7/7\r\n\r\n",
        ),
        (
            r#""http_method": "DELETE", "url": "http://[2001:db8::1]""#,
            "DELETE / HTTP/1.1\r\nHost: [2001:db8::1]\r\nX-Id: 7/7\r\n\r\n",
        ),
    ];
    let record = r#"{"id": "7/7"}"#;
    let mut buffer = CallbackBuffer::default();
    assert_eq!(buffer.to_http(), "");
    assert_eq!((buffer.method(), buffer.url(), buffer.header_count(), buffer.body()), (None, "", 0, None));
    for (members, expected) in cases {
        let payload = format!(r#"{{"title": "raw", "headers": {{"X-Id": "<id>"}}, {members}}}"#);
        let profile = Profile::parse(payload).unwrap();
        let callback = profile.callback(&Record::parse(record).unwrap()).unwrap();
        let lower = |text: &str| text.replace("Content-Type", "content-type");
        assert_eq!(lower(&callback.to_http()), expected);

        profile.callback_into(record.as_bytes(), &CallbackOptions::default(), &mut buffer).unwrap();
        assert_eq!(buffer.to_http(), callback.to_http());
        assert_eq!(buffer.method(), Some(callback.method));
        assert_eq!((buffer.url(), buffer.body()), (callback.url.as_str(), callback.body.as_deref()));
        assert_eq!(buffer.missing(), callback.missing);
        assert_eq!(buffer.header_count(), callback.headers.len());
        for (index, (name, value)) in callback.headers.iter().enumerate() {
            assert_eq!(buffer.header(index), Some((name.as_str(), value.as_str())));
        }
        assert_eq!(buffer.header(callback.headers.len()), None);
    }
}

#[test]
fn a_batch_is_its_values_one_at_a_time() {
    for &algorithm in Algorithm::ALL {
        let cipher = Cipher::new(algorithm, &KEY[..algorithm.key_len()], IV).unwrap();
        // Strings that are already there are used again, whatever they hold.
        let mut texts = vec![String::from("old"); 40];
        for count in [0, 1, 3, 4, 5, 24, 65] {
            let values: Vec<String> = (0..count).map(|number| "value ".repeat(number % 7 * 9)).collect();
            cipher.encrypt_all(&values, &mut texts).unwrap();
            let single: Vec<String> = values.iter().map(|value| cipher.encrypt(value).unwrap()).collect();
            assert_eq!(texts, single, "{algorithm:?}, {count} values");
        }
    }
}

#[test]
fn methods_have_their_names() {
    for method in Method::ALL {
        assert_eq!(Method::from_name(method.name()), Some(*method));
        assert_eq!(Method::from_name(&method.name().to_lowercase()), None);
    }
    assert_eq!(Method::from_name("PATCH"), None);
}

#[test]
fn opened_bodies_messages_and_stored_profiles_give_their_texts() {
    let payload = r#"{"title": "texts", "http_method": "POST", "url": "https://example.com/", "body": {"a": "<a>"},
        "response_message": "Hello <a>"}"#;
    let profile = Profile::parse(payload).unwrap();
    let record = Record::parse(r#"{"a": "b"}"#).unwrap();
    assert_eq!(profile.message(&record).unwrap().to_string(), "Hello b");
    let opened = profile.open(r#"{"a": "b"}"#).unwrap();
    assert_eq!(opened.json(), r#"{"a":"b"}"#);
    assert_eq!(opened.into_json(), r#"{"a":"b"}"#);
    let stored = StoredProfile::parse(payload).unwrap();
    assert_eq!(stored.into_profile().to_json(Secrets::Shown), profile.to_json(Secrets::Shown));
    let envelope = Envelope::refused(&Profile::parse("{}").unwrap_err());
    assert_eq!((envelope.code(), envelope.status(), envelope.data()), ("RBC302", 400, "{}"));
    assert_eq!(envelope.message(), "body must have required property 'title'");
    assert!(envelope.error().starts_with(r#"[{"body":"body must have required property 'title'"}"#));
    assert_eq!(Profile::parse("{}").unwrap_err().code(), ErrorCode::InvalidProfile);
    assert_eq!(Profile::check("{}").unwrap_err().code(), ErrorCode::InvalidProfile);
    Profile::check(payload).unwrap();
}

#[test]
fn a_report_shows_its_first_violation_and_a_count_or_all_of_them() {
    let first = "body must have required property 'title'";
    let mut options = ParseOptions::default();
    for listed in [1, 2, 3] {
        options.limits.violations = listed;
        let report = |payload: &str| Profile::parse_with(payload, &options).unwrap_err();
        let three = report("{}");
        assert_eq!((three.violations().len(), three.unlisted()), (listed, 3 - listed));
        assert_eq!(three.to_string(), format!("{first} (and 2 more violations)"));
        let lines = [
            first,
            "body must have required property 'http_method'",
            "body must have required property 'url'",
        ];
        let unlisted = ["\n(and 2 more violations)", "\n(and 1 more violation)", ""][listed - 1];
        assert_eq!(format!("{three:#}"), lines[..listed].join("\n") + unlisted);
        assert_eq!(three.violations()[0].to_string(), first);
        let two = report(r#"{"http_method": "GET"}"#);
        assert_eq!(two.to_string(), format!("{first} (and 1 more violation)"));
        let one = report(r#"{"http_method": "GET", "url": "https://example.com/"}"#);
        assert_eq!(one.to_string(), first);
    }
}

#[test]
fn an_advisory_says_its_place_its_name_and_the_risk() {
    let payload = r#"{"title": "risk", "http_method": "GET", "url": "http://example.com/"}"#;
    let profile = Profile::parse(payload).unwrap();
    let [advisory] = profile.advisories() else { panic!("one advisory: {:?}", profile.advisories()) };
    let risk = "the callback goes out unencrypted; use https";
    assert_eq!(advisory.message(), risk);
    assert_eq!(advisory.to_string(), format!("body/url plain_http: {risk}"));
}

/// A profile may have a member `data` that nobody knows; only what has a code and is no profile itself is an envelope.
#[test]
fn a_stored_profile_is_the_data_of_an_envelope_only() {
    let inner = r#"{"title": "inner", "http_method": "GET", "url": "https://example.com/"}"#;
    let title = |json: &str| StoredProfile::parse(json).map(|stored| stored.profile().title().to_owned());
    assert_eq!(title(&format!(r#"{{"code": "RBC024", "data": {inner}}}"#)), Ok("inner".into()));
    let outer = inner.replace("inner", "outer").replace('}', r#", "code": "a", "data": "#);
    assert_eq!(title(&format!("{outer}{inner}}}")), Ok("outer".into()));
    let refusal = title(&format!(r#"{{"data": {inner}}}"#)).unwrap_err();
    assert_eq!(refusal.message(), "body must have required property 'title'");
}

/// A patch that would make the profile larger than its limits is refused as a whole.
#[test]
fn a_patched_profile_keeps_to_its_limits() {
    let mut options = ParseOptions::default();
    options.limits.nodes = 7;
    let payload = r#"{"title": "abc", "http_method": "GET", "url": "https://example.com/"}"#;
    let profile = Profile::parse_with(payload, &options).unwrap();
    let refusal = profile.patch(r#"{"headers": {"a": "1", "b": "2"}, "response_message": "a"}"#).unwrap_err();
    assert_eq!(refusal.code(), ErrorCode::InvalidPatch);
    assert_eq!(refusal.violations()[0].keyword, "json");
}

#[test]
fn every_error_has_a_code_and_words_of_its_own() {
    let encoding = CipherError::InvalidEncoding;
    let json = Document::read(b"[1", &Limits::default()).map(drop).unwrap_err();
    assert_eq!((json.offset(), json.line(), json.column()), (2, 1, 3));
    let errors = [
        (
            Error::Record(json),
            "invalid_json",
            "the record must be a JSON object: unexpected end at line 1 column 3",
        ),
        (
            Error::Received(json),
            "invalid_json",
            "the received body must be a JSON object: unexpected end at line 1 column 3",
        ),
        (Error::MissingValues(vec!["a".into(), "b".into()]), "missing_value", "the record lacks a, b"),
        (Error::OutputTooLarge(9), "output_too_large", "the rendered text is longer than 9 bytes"),
        (
            Error::UnsafeHeader("x-a".into()),
            "unsafe_header",
            "header x-a would hold a character that a header may not hold, or be longer than allowed",
        ),
        (Error::Cipher(encoding), "invalid_encoding", &encoding.to_string()),
        (
            Error::Parameter("a[0]".into(), encoding),
            "invalid_encoding",
            &format!("parameter a[0]: {encoding}"),
        ),
        (Error::NotEncrypted(vec!["a".into()]), "not_encrypted", "parameter a: expected an encrypted string"),
        (
            Error::NotEncrypted(vec!["a".into(), "b\n".into()]),
            "not_encrypted",
            "parameters a, b\\u{a}: expected an encrypted string",
        ),
        (
            Error::MissingParameters(vec!["a".into(), "b".into()]),
            "missing_parameter",
            "parameters a, b: expected an encrypted string, and nothing is there",
        ),
        (
            Error::RepeatedParameter { name: "a".into(), code: ErrorCode::MalformedForm },
            "malformed_form",
            "parameter a: occurs more often than in the profile",
        ),
        (Error::TooLong(9), "too_long", "the received body is longer than 9 bytes"),
        (
            Error::MalformedMultipart("a boundary"),
            "malformed_multipart",
            "malformed multipart body: expected a boundary",
        ),
        (Error::UnsafePath, "unsafe_path", ErrorCode::UnsafePath.text()),
        (Error::UnsafeQuery, "unsafe_query", ErrorCode::UnsafeQuery.text()),
        (
            Error::UnsupportedContentType {
                expected: "application/json".into(),
                received: "text/a\u{1b}".into(),
            },
            "unsupported_content_type",
            "the content type is not supported: expected application/json, received text/a\\u{1b}",
        ),
        (Error::MalformedForm("UTF-8"), "malformed_form", "malformed form or query: expected UTF-8"),
        (Error::InvalidBoundary, "invalid_boundary", ErrorCode::InvalidBoundary.text()),
        (Error::Internal("x"), "internal", "a defect of the library; please report it: x"),
    ];
    for (error, code, words) in &errors {
        assert_eq!((error.code().name(), error.to_string().as_str()), (*code, *words));
        let has_source =
            matches!(error, Error::Record(_) | Error::Received(_) | Error::Cipher(_) | Error::Parameter(..));
        assert_eq!(error.source().is_some(), has_source, "{error}");
        let names_some = error.to_string().starts_with("parameter");
        assert_eq!(error.parameter().is_some(), names_some, "{error}");
    }
}

#[test]
fn every_cipher_error_has_a_code_and_words() {
    let rules =
        [KeyError::Length { expected: 16 }, KeyError::Characters, KeyError::NotAnAesKey, KeyError::Empty];
    let mut errors: Vec<(CipherError, ErrorCode)> = vec![
        (CipherError::UnknownAlgorithm, ErrorCode::UnknownAlgorithm),
        (CipherError::InvalidEncoding, ErrorCode::InvalidEncoding),
        (CipherError::AuthFailed, ErrorCode::AuthFailed),
        (CipherError::NotUtf8 { authenticated: true }, ErrorCode::NotUtf8),
        (CipherError::NotUtf8 { authenticated: false }, ErrorCode::NotUtf8),
        (CipherError::TooLong, ErrorCode::TooLong),
        (CipherError::BufferTooSmall { needed: 20 }, ErrorCode::BufferTooSmall),
    ];
    for rule in rules {
        errors.push((CipherError::InvalidKey(rule), ErrorCode::InvalidKey));
        errors.push((CipherError::InvalidIv(rule), ErrorCode::InvalidIv));
    }
    let mut words: Vec<String> = errors.iter().map(|(error, _)| error.to_string()).collect();
    for (error, code) in &errors {
        assert_eq!(error.code(), *code, "{error}");
        let rule = matches!(error, CipherError::InvalidKey(_) | CipherError::InvalidIv(_));
        assert_eq!(error.source().is_some(), rule, "{error}");
    }
    words.sort();
    words.dedup();
    assert_eq!(words.len(), errors.len(), "two errors have the same words");
    assert!(words.iter().all(|words| words.len() > 10));
}

#[test]
fn a_message_keeps_to_its_bound_to_the_byte() {
    let parse = |limit: usize, message: &str| {
        let mut options = ParseOptions::default();
        options.limits.output_bytes = limit;
        let payload = format!(
            r#"{{"title": "bound", "http_method": "GET", "url": "https://example.com/", "response_message": "{message}"}}"#
        );
        Profile::parse_with(payload, &options).unwrap()
    };
    let record = Record::parse(r#"{"a": "12345", "list": [1, "\n"]}"#).unwrap();
    for (message, expected) in
        [("<a><a>", "1234512345"), ("x<a>", "x12345"), ("<list>", "[1,\"\\n\"]"), ("text", "text")]
    {
        for limit in 0..20 {
            let made = parse(limit, message).message(&record).map(|made| made.text);
            let wanted =
                if expected.len() <= limit { Ok(expected.into()) } else { Err(Error::OutputTooLarge(limit)) };
            assert_eq!(made, wanted, "{message} within {limit}");
        }
    }
}

/// Whatever else is wrong, the member that brings the replacers over the limit is reported.
#[test]
fn too_many_replacers_are_told_beside_other_violations() {
    let mut options = ParseOptions::default();
    options.limits.replacers = 2;
    let payload = r#"{"title": "many", "http_method": "POST", "url": "https://example.com/<a>",
        "body": {"a": "<a>", "b": "<b>"}, "headers": {"a": 1}}"#;
    let report = Profile::check_with(payload, &options).unwrap_err();
    let places: Vec<&str> = report.violations().iter().map(|found| found.pointer.as_str()).collect();
    assert_eq!(places, ["/body", "/headers/a"]);
}

/// The keywords of what breaks when a profile has this one header.
fn broken_by_header(name: &str, value: &str, options: &ParseOptions) -> Vec<&'static str> {
    let payload = format!(
        r#"{{"title": "header", "http_method": "GET", "url": "https://example.com/", "headers": {{"{name}": "{value}"}}}}"#
    );
    let checked = Profile::check_with(payload, options);
    checked.err().iter().flat_map(|report| report.violations()).map(|found| found.keyword).collect()
}

/// Characters are code points, as Ajv counts them; what is beyond ASCII is refused for that and not for its length.
#[test]
fn a_header_value_is_as_long_as_its_characters_are_many() {
    let mut options = ParseOptions::default();
    options.limits.header_value_bytes = 4;
    assert_eq!(broken_by_header("a", "aaaa", &options), [""; 0]);
    assert_eq!(broken_by_header("a", "aaaaa", &options), ["maxLength"]);
    assert_eq!(broken_by_header("a", "éééé", &options), ["header_value"]);
    assert_eq!(broken_by_header("a", "ééééé", &options), ["maxLength", "header_value"]);
}

#[test]
fn a_header_value_that_is_refused_is_not_read_as_a_content_type() {
    let broken = |value: &str| broken_by_header("Content-Type", value, &ParseOptions::default());
    assert_eq!(broken("multipart/form-data; boundary=!"), ["content_type"]);
    assert_eq!(broken("multipart/form-data; boundary=é"), ["header_value"]);
}

/// A dotted name may mean what a record puts below a whole `<name>`; below a constant there is nothing.
#[test]
fn a_name_of_params_matches_only_what_can_be_encrypted() {
    let unmatched_in = |query: &str, body: &str| {
        let payload = format!(
            r#"{{"title": "names", "http_method": "POST", "url": "https://example.com/{query}", "body": {body},
            "enc": {{"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["a.b"]}}}}"#
        );
        let profile = Profile::parse(payload).unwrap();
        profile.advisories().iter().any(|found| found.code.name() == "encrypts_nothing")
    };
    let unmatched = |body: &str| unmatched_in("", body);
    for body in [r#"{"a": "<a>"}"#, r#"{"a": ["<a>"]}"#, r#"{"a": {"b": 1}}"#, r#"{"a.b": 1}"#] {
        assert!(!unmatched(body), "{body}");
    }
    for body in
        [r#"{"a": "constant"}"#, r#"{"a": "x <a>"}"#, r#"{"a": 1}"#, r#"{"a": ["b"]}"#, r#"{"b": "<a>"}"#]
    {
        assert!(unmatched(body), "{body}");
    }
    for (query, is_unmatched) in
        [("?a.b=<a>", false), ("?<a>=<a>", false), ("?a.b=1", true), ("?<a>=1", true)]
    {
        assert_eq!(unmatched_in(query, "{}"), is_unmatched, "{query}");
    }
}

/// Of a multipart body, the last value and what comes before it count; the closing line may go beyond.
#[test]
fn a_callback_keeps_to_its_bound_to_the_byte() {
    let multipart = r#", "headers": {"Content-Type": "multipart/form-data; boundary=b"}"#;
    let form = r#", "headers": {"content-type": "application/x-www-form-urlencoded"}"#;
    let closing = "\r\n--b--\r\n".len() - "b".len();
    for (method, query, headers, beyond) in [
        ("GET", "?q=<a>&r=1", "", 0),
        ("POST", "", "", 0),
        ("POST", "", form, 0),
        ("POST", "", multipart, closing),
    ] {
        let payload = format!(
            r#"{{"title": "bound", "http_method": "{method}", "url": "https://example.com/{query}"{headers},
            "body": {{"a": "<a>", "b": "x<a>", "c": "text <a>", "d": ["<a>", 1]}}}}"#
        );
        let make = |limit: usize| {
            let mut options = ParseOptions::default();
            options.limits.output_bytes = limit;
            let record = Record::parse(r#"{"a": "1/2 3"}"#).unwrap();
            Profile::parse_with(&payload, &options).unwrap().callback(&record)
        };
        let whole = make(1000).unwrap();
        let needed = whole.body.as_ref().map_or(whole.url.len(), |body| body.len() - beyond);
        assert!(needed > "https://example.com/".len());
        for limit in 0..needed {
            assert_eq!(make(limit).err(), Some(Error::OutputTooLarge(limit)), "{payload}");
        }
        assert_eq!(make(needed).unwrap().body, whole.body, "{payload}");
    }
}

/// `<parts[n]>` is how the documents write a name; only a key of exactly that name is meant.
#[test]
fn a_subscript_that_is_no_number_has_no_path_reading() {
    let payload = r#"{"title": "names", "http_method": "GET", "url": "https://example.com/", "response_message": "<p[n]>"}"#;
    let profile = Profile::parse(payload).unwrap();
    let message = |record: &str| profile.message(&Record::parse(record).unwrap()).unwrap();
    for record in [r#"{"p": "x"}"#, r#"{"p": ["x"]}"#, r#"{"p": {"n": "x"}}"#] {
        assert_eq!((message(record).text.as_str(), message(record).missing.len()), ("", 1), "{record}");
    }
    assert_eq!(message(r#"{"p[n]": "x", "p": "y"}"#).text, "x");
}

#[test]
fn a_url_is_shown_without_credentials_and_otherwise_as_it_is() {
    for (url, shown) in [
        ("https://example.com/a@b", "https://example.com/a@b"),
        ("HTTPS://user:word@Example.com:8443/a@b?c=<d>@e", "HTTPS://********@Example.com:8443/a@b?c=<d>@e"),
        ("http://user@example.com", "http://********@example.com"),
        ("https://example.com?mail=a@b", "https://example.com?mail=a@b"),
        ("https://@example.com/", "https://********@example.com/"),
    ] {
        let payload = format!(r#"{{"title": "url", "http_method": "GET", "url": "{url}"}}"#);
        assert_eq!(Profile::parse(payload).unwrap().url_without_credentials(), shown);
    }
}

#[test]
fn a_body_is_json_unless_it_is_a_form() {
    let profile = |method: &str, headers: &str| {
        let payload = format!(
            r#"{{"title": "type", "http_method": "{method}", "url": "https://example.com/", "body": {{}},
            "headers": {headers}}}"#
        );
        Profile::parse(payload).unwrap()
    };
    let form = r#"{"content-type": "application/x-www-form-urlencoded"}"#;
    for (method, headers, received, is_json) in [
        ("POST", "{}", None, true),
        ("PUT", r#"{"content-type": "text/plain"}"#, None, true),
        ("POST", "{}", Some("APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-8"), false),
        ("POST", "{}", Some("multipart/form-data"), false),
        ("POST", form, None, false),
        ("POST", form, Some("application/json"), true),
        ("POST", form, Some("no media type"), true),
        ("GET", "{}", Some("application/json"), false),
        ("DELETE", "{}", None, false),
    ] {
        assert_eq!(
            profile(method, headers).is_json_body(received),
            is_json,
            "{method} {headers} {received:?}"
        );
    }
}
