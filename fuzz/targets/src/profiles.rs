//! Payloads, patches, stored profiles, URLs and headers.

use std::sync::LazyLock;

use callback_profile::cipher::Algorithm;
use callback_profile::{
    AddressVerdict, Advisory, AdvisoryCode, Envelope, ParseOptions, Policy, Profile, Record, Report, Secrets,
    StoredProfile,
};
use serde_json::Value;

use crate::input::{KEY, enc, push_json, split};

static STRICT: LazyLock<ParseOptions> = LazyLock::new(|| {
    let mut options = ParseOptions::default();
    options.policy = Policy::Strict;
    options
});

/// For what we wrote ourselves.
static LARGE: LazyLock<ParseOptions> = LazyLock::new(|| {
    let mut options = ParseOptions::default();
    (options.limits.payload_bytes, options.limits.nodes) = (usize::MAX, usize::MAX);
    options
});

/// What is patched: a profile for each algorithm, and one without encryption.
static BASES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let sealed = Algorithm::ALL.iter().copied().map(|algorithm| {
        let enc = enc(algorithm);
        format!(
            r#"{{"title":"base","http_method":"POST","url":"https://example.com/","body":{{"a":"<a>"}},"enc":{enc}}}"#
        )
    });
    let plain = r#"{"title":"base","http_method":"GET","url":"https://example.com/?a=<a>","channel":"sms","events":["SMS-sent"]}"#;
    let payloads = sealed.chain([plain.to_owned()]);
    payloads.map(|payload| Profile::parse(payload).expect("the base is valid")).collect()
});

/// Values that a URL and a header are filled with.
static RECORD: LazyLock<Record<'_>> = LazyLock::new(|| {
    Record::parse(r#"{"a":"x/../y","b":"\u00e9 ?&#%","name":["z"]}"#).expect("the record is valid")
});

/// A report names places and rules, within bounds, and does not show the key of `json`.
fn look_at(report: &Report, json: &[u8]) {
    assert!(!report.violations().is_empty());
    // The names of headers and members are shown, and the fuzzer writes its key there, too.
    let is_secret = || {
        std::str::from_utf8(json).is_ok_and(|json| json.matches(KEY).count() == 1)
            && serde_json::from_slice::<Value>(json).is_ok_and(|json| json["enc"]["key"] == KEY)
    };
    assert!(!report.to_string().contains(KEY) || !is_secret());
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
    look_alike(profile, &json, &again);
}

/// A profile, its JSON, and what became of that.
fn look_alike(profile: &Profile, json: &str, again: &Profile) {
    assert_eq!(again.to_json(Secrets::Shown), json);
    // What is unknown is not written, and a patch is not repeated, so only these advisories go.
    let is_kept = |code: &AdvisoryCode| {
        !matches!(
            code,
            AdvisoryCode::UnknownMember | AdvisoryCode::AmbiguousMember | AdvisoryCode::KeyReusedAcrossModes
        )
    };
    let codes = |profile: &Profile| -> Vec<AdvisoryCode> {
        profile.advisories().iter().map(|one| one.code).filter(is_kept).collect()
    };
    assert_eq!(codes(again), codes(profile));
}

/// parse ∘ print = identity; the verdict is stable, and that of a check; strict accepts a part of what documented does.
pub fn profile_parse(data: &[u8]) {
    let documented = Profile::parse(data);
    let strict = Profile::parse_with(data, &STRICT);
    assert_eq!(Profile::check(data).as_ref().err(), documented.as_ref().err(), "a check is a parse");
    match &documented {
        Ok(profile) => look_into(profile),
        Err(report) => {
            look_at(report, data);
            let strict = strict.as_ref().expect_err("strict accepts what documented refuses");
            // Most reports are the same under both policies, and then there is nothing else to look at.
            if strict == report {
                return;
            }
        }
    }
    match strict {
        Ok(profile) => look_into(&profile),
        Err(report) => look_at(&report, data),
    }
}

/// A patch for one of a few profiles, a zero byte, a stored profile.
pub fn patch_and_stored(data: &[u8]) {
    let (patch, text) = split(data);
    match BASES[patch.len() % BASES.len()].patch(patch) {
        Ok(patched) => look_into(&patched),
        Err(report) => look_at(&report, patch),
    }
    match StoredProfile::parse(text) {
        Ok(stored) => {
            for secrets in [Secrets::Masked, Secrets::Shown] {
                let envelope = Envelope::fetched(&stored, secrets).to_json();
                let again = Envelope::parse(&envelope).expect("our envelopes can be read");
                assert_eq!(again.to_json(), envelope);
            }
            // As a stored profile: one of channel sms may lack the events that a payload must have.
            let json = stored.profile().to_json(Secrets::Shown);
            let again = StoredProfile::parse(&json).expect("what we wrote is a profile");
            look_alike(stored.profile(), &json, again.profile());
        }
        Err(report) => look_at(&report, text),
    }
    match StoredProfile::parse_list(text) {
        Ok(list) => {
            let (stored, refused): (Vec<_>, Vec<_>) = list.into_iter().partition(Result::is_ok);
            refused.iter().flat_map(|item| item.as_ref().err()).for_each(|report| look_at(report, text));
            let envelope = Envelope::listed(stored.iter().flatten(), Secrets::Shown).to_json();
            // What we write is longer than what was read, and may be longer than the default allows.
            let read = StoredProfile::parse_list_with(&envelope, &LARGE).expect("our envelopes are lists");
            assert_eq!(read.len(), stored.len());
            let again: Vec<StoredProfile> =
                read.into_iter().map(|one| one.expect("what we wrote is a profile")).collect();
            assert_eq!(Envelope::listed(&again, Secrets::Shown).to_json(), envelope);
        }
        Err(report) => look_at(&report, text),
    }
}

/// A URL, a zero byte, a header's name, a zero byte, its value: what is accepted reads as the same host everywhere, and a
/// callback of it stays one request.
pub fn url_and_headers(data: &[u8]) {
    let (url, rest) = split(data);
    let (name, value) = split(rest);
    let [Ok(url), Ok(name), Ok(value)] = [url, name, value].map(std::str::from_utf8) else { return };
    let mut payload = Vec::from(br#"{"title":"url","http_method":"GET","url":"#);
    push_json(&mut payload, url);
    if !name.is_empty() {
        payload.extend_from_slice(br#","headers":{"#);
        push_json(&mut payload, name);
        payload.push(b':');
        push_json(&mut payload, value);
        payload.push(b'}');
    }
    payload.push(b'}');
    let Ok(profile) = Profile::parse(payload) else { return };
    let Ok(callback) = profile.callback(&*RECORD) else { return };
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
    // However an address is spelled, one inside a network is reported.
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
