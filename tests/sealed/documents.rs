//! Version 2 in payloads, patches, stored profiles, envelopes and differences.

use callback_profile::{Envelope, ParseOptions, Profile, Secrets, StoredProfile};

use super::{KEY, POST, sealed, with_enc};

const DOCUMENTED: &str =
    r#"{"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["to"]}"#;

fn other_key() -> String {
    KEY.replace("AAEC", "AQEC")
}

fn enc(profile: &Profile) -> String {
    let json: serde_json::Value = serde_json::from_str(&profile.to_json(Secrets::Shown)).unwrap();
    json["enc"].to_string()
}

#[test]
fn settings_refuse_either_version() {
    let payload = |enc: &str| format!(r#"{{"title": "sealed", {POST}, "enc": {enc}}}"#);
    let two = format!(r#"{{"version": 2, "kid": "k1", "key": "{KEY}"}}"#);
    let mut options = ParseOptions::default();
    options.refuse_sealed = true;
    assert!(Profile::parse_with(payload(DOCUMENTED), &options).is_ok());
    let report = Profile::parse_with(payload(&two), &options).unwrap_err();
    assert_eq!(report.to_string(), "body/enc/version must NOT be there: sealed callbacks are refused");
    let mut options = ParseOptions::default();
    options.refuse_v1 = true;
    assert!(Profile::parse_with(payload(&two), &options).is_ok());
    assert!(Profile::parse_with(format!(r#"{{"title": "plain", {POST}}}"#), &options).is_ok());
    let report = Profile::parse_with(payload(DOCUMENTED), &options).unwrap_err();
    assert_eq!(report.to_string(), "body/enc must be sealed: version 2 and a key that begins with cbk2_");
}

#[test]
fn a_patch_keeps_what_it_does_not_name() {
    let profile =
        with_enc(POST, &format!(r#"{{"version": 2, "kid": "k1", "key": "{KEY}", "params": ["to"]}}"#));
    let patched = |patch: &str| profile.patch(format!(r#"{{"enc": {patch}}}"#)).map(|patched| enc(&patched));
    let other = other_key();
    let written = |kid: &str, key: &str, params: &str| {
        Ok(serde_json::from_str::<serde_json::Value>(&format!(
            r#"{{"version": 2, "kid": "{kid}", "key": "{key}"{params}}}"#
        ))
        .unwrap()
        .to_string())
    };
    assert_eq!(patched(r#"{"params": null}"#), written("k1", KEY, ""));
    assert_eq!(patched(r#"{"algo": null}"#), written("k1", KEY, r#", "params": ["to"]"#));
    assert_eq!(patched(r#"{"params": "state"}"#), written("k1", KEY, r#", "params": ["state"]"#));
    assert_eq!(
        patched(&format!(r#"{{"key": "{other}", "kid": "k2"}}"#)),
        written("k2", &other, r#", "params": ["to"]"#)
    );
    assert_eq!(patched(r#"{"kid": "k2"}"#), written("k2", KEY, r#", "params": ["to"]"#));
    let whole = format!(r#"{{"version": 2, "kid": "k2", "key": "{other}"}}"#);
    assert_eq!(
        patched(&whole),
        written("k2", &other, ""),
        "a patch that names the version replaces enc whole"
    );
    assert!(enc(&profile.patch(format!(r#"{{"enc": {DOCUMENTED}}}"#)).unwrap()).contains("AES-128-GCM"));

    for (patch, expected) in [
        (format!(r#"{{"key": "{other}"}}"#), "body/enc/kid must be another one: a new key has a new id"),
        (
            format!(r#"{{"version": 2, "kid": "k1", "key": "{other}"}}"#),
            "body/enc/kid must be another one: a new key has a new id",
        ),
        (r#"{"key": "********"}"#.to_owned(), "body/enc/key must NOT be masked: the text itself is needed"),
        (
            r#"{"key": "K1abcdefghijkl2P"}"#.to_owned(),
            "body/enc must have required property 'algo' (and 1 more violation)",
        ),
        (r#"{"version": null}"#.to_owned(), "body/enc/version must be equal to one of the allowed values"),
    ] {
        assert_eq!(patched(&patch).unwrap_err().to_string(), expected, "{patch}");
    }
    let documented = with_enc(POST, DOCUMENTED);
    let sealing = format!(r#"{{"enc": {{"key": "{KEY}", "kid": "k1", "version": 2}}}}"#);
    assert_eq!(enc(&documented.patch(sealing).unwrap()), enc(&sealed(POST)), "params are those of the patch");
    let report = documented.patch(format!(r#"{{"enc": {{"key": "{KEY}"}}}}"#)).unwrap_err();
    assert!(report.to_string().contains("'algo'"), "{report}");
}

#[test]
fn output_masks_the_key_and_shows_its_id() {
    let profile = sealed(POST);
    let stored = StoredProfile::parse(format!(
        r#"{{"profile_id": "p1", "title": "sealed", {POST}, "enc": {{"version": 2, "kid": "k1", "key": "{KEY}"}}}}"#
    ))
    .unwrap();
    let masked = [
        profile.to_json(Secrets::Masked),
        Envelope::created(&profile, None, Secrets::Masked).to_json(),
        Envelope::updated(&profile, None, Secrets::Masked).to_json(),
        Envelope::fetched(&stored, Secrets::Masked).to_json(),
    ];
    for text in masked {
        assert!(text.contains(r#""enc":{"version":2,"kid":"k1","key":"********"}"#), "{text}");
    }
    let shown = Envelope::fetched(&stored, Secrets::Shown).to_json();
    assert!(shown.contains(KEY));
    assert_eq!(enc(StoredProfile::parse(shown).unwrap().profile()), enc(&profile));
}

#[test]
fn differences_of_keys_are_told_without_them() {
    let with = |enc: String| with_enc(POST, &enc);
    let one = with(format!(r#"{{"version": 2, "kid": "k1", "key": "{KEY}"}}"#));
    let two = with(format!(r#"{{"version": 2, "kid": "k2", "key": "{}", "params": ["to"]}}"#, other_key()));
    let told = |from: &Profile, to: &Profile| {
        let changes = from.diff(to).into_iter();
        changes.map(|change| format!("{} {}", change.pointer, change.effect.name())).collect::<Vec<_>>()
    };
    assert_eq!(told(&one, &one), Vec::<String>::new());
    assert_eq!(told(&one, &two)[..2], ["/enc/kid key", "/enc/key key"]);
    assert_eq!(told(&one, &with(DOCUMENTED.to_owned())), ["/enc format"]);
    let text = format!(
        "{:?}",
        one.diff(&two).iter().map(|change| (&change.before, &change.after)).collect::<Vec<_>>()
    );
    assert!(!text.contains("cbk2_") && text.contains("k2"), "{text}");
}
