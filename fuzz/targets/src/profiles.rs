//! Payloads, patches, stored profiles, URLs and headers.

use callback_profile::{
    AddressVerdict, Advisory, AdvisoryCode, Envelope, ParseOptions, Policy, Profile, Record, Report, Secrets,
    StoredProfile,
};
use serde_json::{Value, json};

use crate::input::{KEY, algorithm, enc, same_json, split};

fn strict() -> ParseOptions {
    let mut options = ParseOptions::default();
    options.policy = Policy::strict();
    options
}

/// A report names places and rules, within bounds, and does not show the key of `json`.
fn look_at(report: &Report, json: &[u8]) {
    assert!(!report.violations().is_empty());
    let text = report.to_string();
    // The names of headers and members are shown, and the fuzzer writes its key there, too.
    let is_secret = std::str::from_utf8(json).is_ok_and(|json| json.matches(KEY).count() == 1)
        && serde_json::from_slice::<Value>(json).is_ok_and(|json| json["enc"]["key"] == KEY);
    assert!(!is_secret || !text.contains(KEY));
    for violation in report.violations() {
        assert!(violation.pointer.is_empty() || violation.pointer.starts_with('/'));
        assert!(!violation.message.is_empty());
    }
    serde_json::from_str::<Value>(&Envelope::refused(report).to_json()).expect("the envelope is JSON");
}

/// Printing a profile and parsing it again changes nothing.
fn look_into(profile: &Profile) {
    let json = profile.to_json(Secrets::Shown);
    let again = Profile::parse_with(&json, profile.options()).expect("what we wrote is a profile");
    look_alike(profile, &again);
}

fn look_alike(profile: &Profile, again: &Profile) {
    let json = profile.to_json(Secrets::Shown);
    assert_eq!(again.to_json(Secrets::Shown), json);
    // What is unknown is not written, so only this advisory goes.
    let codes = |profile: &Profile| {
        let codes = profile.advisories().iter().map(|one| one.code);
        codes.filter(|code| *code != AdvisoryCode::UnknownMember).collect::<Vec<_>>()
    };
    assert_eq!(codes(again), codes(profile));
}

/// parse ∘ print = identity; the verdict is stable; strict accepts a part of what documented does.
pub fn profile_parse(data: &[u8]) {
    let documented = Profile::parse(data);
    let strict = Profile::parse_with(data, &strict());
    match &documented {
        Ok(profile) => look_into(profile),
        Err(report) => {
            look_at(report, data);
            assert!(strict.is_err(), "strict accepts what documented refuses");
            assert_eq!(report, &Profile::parse(data).expect_err("refused before"));
        }
    }
    match strict {
        Ok(profile) => look_into(&profile),
        Err(report) => look_at(&report, data),
    }
}

/// A patch for one of a few profiles, a zero byte, a stored profile.
pub fn patch_and_stored(data: &[u8]) {
    let (patch, stored) = split(data);
    let choice = patch.len() as u8;
    let bases = [
        json!({"title": "base", "http_method": "POST", "url": "https://example.com/", "body": {"a": "<a>"}, "enc": enc(algorithm(choice))}),
        json!({"title": "base", "http_method": "GET", "url": "https://example.com/?a=<a>", "channel": "sms", "events": ["SMS-sent"]}),
    ];
    let base = Profile::parse(bases[usize::from(choice) % 2].to_string()).expect("the base is valid");
    match base.patch(patch) {
        Ok(patched) => look_into(&patched),
        Err(report) => look_at(&report, patch),
    }
    match StoredProfile::parse(stored) {
        Ok(stored) => {
            for secrets in [Secrets::Masked, Secrets::Shown] {
                let envelope = Envelope::fetched(&stored, secrets);
                let again = Envelope::parse(envelope.to_json()).expect("our envelopes can be read");
                assert!(same_json(&again.to_json(), &envelope.to_json()));
            }
            // As a stored profile: one of channel sms may lack the events that a payload must have.
            let json = stored.profile().to_json(Secrets::Shown);
            let again = StoredProfile::parse(json).expect("what we wrote is a profile");
            look_alike(stored.profile(), again.profile());
        }
        Err(report) => look_at(&report, stored),
    }
}

/// A URL, a zero byte, a header's name, a zero byte, its value: what is accepted reads as the same host everywhere, and a
/// callback of it stays one request.
pub fn url_and_headers(data: &[u8]) {
    let (url, rest) = split(data);
    let (name, value) = split(rest);
    let [Ok(url), Ok(name), Ok(value)] = [url, name, value].map(std::str::from_utf8) else { return };
    let mut payload = json!({"title": "url", "http_method": "GET", "url": url});
    if !name.is_empty() {
        payload["headers"] = json!({name: value});
    }
    let Ok(profile) = Profile::parse(payload.to_string()) else { return };
    let record = json!({"a": "x/../y", "b": "\u{e9} ?&#%", "name": ["z"]}).to_string();
    let Ok(callback) = profile.callback(&Record::parse(&record).expect("the record is valid")) else {
        return;
    };
    let ours = match url::Url::parse(&callback.url) {
        Ok(read) => read,
        // The Unicode rules for these labels that the library does not check: see punycode.rs.
        Err(url::ParseError::IdnaError) if callback.url.to_ascii_lowercase().contains("xn--") => return,
        Err(error) => panic!("WHATWG does not read what we send: {error}"),
    };
    let authority = callback.url.split_once("://").expect("absolute").1;
    let authority = &authority[..authority.find(['/', '?']).unwrap_or(authority.len())];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(host, |(host, _)| host);
    let address = match ours.host().expect("http URLs have a host") {
        url::Host::Domain(name) => {
            assert_eq!(name.to_ascii_lowercase(), host.to_ascii_lowercase(), "{}", callback.url);
            None
        }
        url::Host::Ipv4(address) => Some(address.into()),
        url::Host::Ipv6(address) => Some(address.into()),
    };
    // However an address is spelled, one inside a network is told.
    if address.is_some_and(|address| !AddressVerdict::of(address).is_public()) {
        let is_told = |advisory: &Advisory| advisory.code == AdvisoryCode::PrivateAddress;
        assert!(profile.advisories().iter().any(is_told), "{}", callback.url);
    }
    assert!(!callback.url.contains(|c: char| c.is_control() || c == ' ' || c == '\\'));
    for (name, value) in &callback.headers {
        assert!(!name.is_empty() && !value.contains(['\r', '\n', '\0']), "{name:?}");
    }
    let http = callback.to_http();
    let head = http.split("\r\n\r\n").next().unwrap_or_default();
    assert_eq!(head.lines().count(), callback.headers.len() + 2, "{head:?}");
}
