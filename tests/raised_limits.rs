//! Who raises the limits gets profiles, callbacks and records beyond the defaults; every call must take them, since what was
//! accepted once is read again in many places.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)] // a test may panic

use callback_profile::seal::{Expected, Freshness};
use callback_profile::{
    CallbackOptions, Error, Limits, OpenOptions, Parameters, ParseOptions, Profile, Secrets, StoredProfile,
};

/// Deeper and with more values than the defaults allow.
const DEPTH: usize = 100;
const ELEMENTS: usize = 12_000;

const SENT_AT: u64 = 1_700_000_000;

const DOCUMENTED: &str = r#"{"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}"#;
const SEALED: &str = r#"{"version": 2, "kid": "k1", "key": "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "params": ["secret"]}"#;

fn raised() -> Limits {
    Limits::default().with_depth(128).with_nodes(100_000)
}

/// An array in an array, so many times, with this in the innermost.
fn deep(inside: &str) -> String {
    format!("{}{inside}{}", "[".repeat(DEPTH), "]".repeat(DEPTH))
}

fn wide(inside: &str) -> String {
    format!("[{}{inside}]", "1,".repeat(ELEMENTS))
}

fn payload(content_type: &str, member: &str, enc: &str) -> String {
    format!(
        r#"{{"title": "raised", "http_method": "POST", "url": "https://example.com/", "headers": {{"Content-Type": "{content_type}"}},
            "body": {{"member": {member}, "secret": "<secret>"}}, "enc": {enc}}}"#
    )
}

/// Calls `each` with a profile of every body type and encryption, once deep and once wide, and with the pointer of the innermost value.
fn of_every_kind(mut each: impl FnMut(&Profile, &str, &str)) -> usize {
    let mut ran = 0;
    for content_type in ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"] {
        for enc in [DOCUMENTED, SEALED] {
            for (member, pointer) in
                [(deep(r#""<inner>""#), "/0".repeat(DEPTH)), (wide(r#""<inner>""#), format!("/{ELEMENTS}"))]
            {
                let text = payload(content_type, &member, enc);
                assert!(Profile::parse(text.as_str()).is_err(), "beyond the defaults");
                let options = ParseOptions::default().with_limits(raised());
                let profile = Profile::parse_with(text.as_str(), &options).unwrap();
                each(&profile, content_type, &pointer);
                ran += 1;
            }
        }
    }
    ran
}

#[test]
fn a_profile_tells_its_fields_and_its_differences() {
    let ran = of_every_kind(|profile, _, pointer| {
        let fields = profile.fields();
        let names: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(names, ["inner", "secret"]);
        assert_eq!(fields[0].places, [format!("/body/member{pointer}")]);

        let text = profile.to_json(Secrets::Shown).replace("<inner>", "<other>");
        let options = ParseOptions::default().with_limits(raised());
        let changes = profile.diff(&Profile::parse_with(text, &options).unwrap());
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].pointer, format!("/body/member{pointer}"));
    });
    assert_eq!(ran, 12);
}

#[test]
fn a_profile_is_stored_and_patched() {
    let ran = of_every_kind(|profile, _, _| {
        let text = profile.to_json(Secrets::Shown);
        let stored = format!(r#"{{"profile_id": "p", {}"#, text.strip_prefix('{').unwrap());
        let options = ParseOptions::default().with_limits(raised());
        let stored = StoredProfile::parse_with(&stored, &options).unwrap();
        assert_eq!(stored.profile().to_json(Secrets::Shown), text);
        assert_eq!(profile.patch(r#"{"title": "patched"}"#).unwrap().body(), profile.body());
    });
    assert_eq!(ran, 12);
}

#[test]
fn a_callback_opens() {
    let ran = of_every_kind(|profile, content_type, pointer| {
        let random = [7; 32];
        let options = CallbackOptions::default().with_random(&random).with_issued_at(SENT_AT).with_id("id");
        let callback = profile.callback_with(r#"{"inner": "I", "secret": "S"}"#, &options).unwrap();
        let type_sent =
            callback.headers.iter().find(|(name, _)| name == "content-type" || name == "Content-Type");
        let expected = Expected {
            freshness: Freshness::Within { now: SENT_AT, tolerance: 1 },
            method: None,
            url: None,
            profile_id: None,
        };
        let open = OpenOptions::default()
            .with_structures(Parameters::All)
            .with_content_type(type_sent.unwrap().1.as_str())
            .with_expected(expected);
        let body = callback.body.unwrap();
        let opened = profile.open_with(&body, &open).unwrap();
        let secret = opened.get("secret").unwrap();
        assert_eq!(secret.text(), "S");
        if content_type == "application/json" {
            assert_eq!(opened.get(&format!("/member{pointer}")).unwrap().text(), "I");
        } else {
            assert!(opened.get("member").unwrap().text().contains(r#""I""#));
        }
        assert!(opened.decrypted().any(|name| name == "secret"));
        assert_eq!(opened.unknown().count(), 0);

        // What is readable beside a token is compared as a value: a blank more is the same, another value is not.
        if callback.is_sealed {
            let (same, other) = match content_type {
                "application/json" => (body.replacen("[", "[ ", 1), body.replacen(r#""I""#, r#""J""#, 1)),
                "multipart/form-data" => (body.replacen("[", "[ ", 1), body.replacen(r#""I""#, r#""J""#, 1)),
                _ => (body.replacen("%5B", "%5B+", 1), body.replacen("%22I%22", "%22J%22", 1)),
            };
            assert!(same != body && other != body);
            assert_eq!(profile.open_with(&same, &open).unwrap(), opened);
            assert!(matches!(profile.open_with(&other, &open), Err(Error::Sealed)));
        }
    });
    assert_eq!(ran, 12);
}
