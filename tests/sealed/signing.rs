//! Signatures of whole callbacks, and receiving them.

use callback_profile::seal::{Signer, SigningSecret, Verifier};
use callback_profile::{
    CallbackBuffer, CallbackOptions, Coverage, Error, OpenOptions, ParseOptions, Profile, ReceivedRequest,
    Record, RequestParts,
};

use super::{GET, NOW, POST, callback, callback_options, expected, sealed, with_enc};

fn secret() -> SigningSecret {
    SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap()
}

fn plain(members: &str) -> Profile {
    Profile::parse(format!(r#"{{"title": "plain", {members}}}"#)).unwrap()
}

#[test]
fn a_signature_must_cover_the_parameters() {
    let signer = Signer::new([secret()]).unwrap();
    for (profile, covers) in [
        (plain(POST), true),
        (plain(GET), false),
        (plain(r#""http_method": "DELETE", "url": "https://example.com/cb?x""#), false),
        (plain(r#""http_method": "GET", "url": "https://example.com/cb?jwe=<to>""#), false),
        (plain(r#""http_method": "GET", "url": "https://example.com/cb""#), true),
        (sealed(GET), true),
        (sealed(POST), true),
    ] {
        let sent = callback(&profile, r#"{"to": "+91"}"#);
        let signed = sent.sign(&signer, "msg_1", NOW, Coverage::Required);
        assert_eq!(
            signed.as_ref().err(),
            (!covers).then_some(&Error::SignatureCoversNothing),
            "{}",
            sent.url
        );
        assert!(sent.sign(&signer, "msg_1", NOW, Coverage::NotRequired).is_ok());
        let mut buffer = CallbackBuffer::default();
        profile.callback_into(br#"{"to": "+91"}"#, &callback_options(), &mut buffer).unwrap();
        assert_eq!(buffer.sign(&signer, "msg_1", NOW, Coverage::Required), signed);
        assert_eq!(buffer.is_sealed(), sent.is_sealed);
        let header_names: Vec<&str> = sent.headers.iter().map(|(name, _)| name.as_str()).collect();
        let (body, is_sealed) = (sent.body.as_deref(), sent.is_sealed);
        let parts = RequestParts { url: &sent.url, header_names: &header_names, body, is_sealed };
        assert_eq!(parts.sign(&signer, "msg_1", NOW, Coverage::Required), signed);
        assert!(format!("{parts:?}").len() < 80, "sizes only");
    }
    let empty = CallbackBuffer::default();
    assert!(empty.sign(&signer, "msg_1", NOW, Coverage::Required).is_err());
}

#[test]
fn a_profile_must_not_have_the_headers_that_signing_adds() {
    let members =
        format!(r#""title": "signed", {POST}, "headers": {{"Webhook-Id": "x", "webhook-other": "y"}}"#);
    let payload = format!("{{{members}}}");
    let profile = Profile::parse(&payload).unwrap();
    let signer = Signer::new([secret()]).unwrap();
    let sent = callback(&profile, "{}");
    assert_eq!(sent.sign(&signer, "msg_1", NOW, Coverage::Required), Err(Error::HeaderTaken("webhook-id")));
    let mut options = ParseOptions::default();
    options.signed = true;
    let report = Profile::parse_with(&payload, &options).unwrap_err();
    assert_eq!(
        format!("{report:#}"),
        "body/headers/Webhook-Id must NOT be set: signing adds this header\n\
         body/headers/webhook-other must NOT be set: signing adds this header"
    );
}

#[test]
fn replacers_that_a_signature_does_not_cover_are_advised_on() {
    let mut options = ParseOptions::default();
    options.signed = true;
    let advisories = |profile: &str, options: &ParseOptions| {
        let profile = Profile::parse_with(profile, options).unwrap();
        profile.advisories().iter().map(|found| found.to_string()).collect::<Vec<_>>().join("\n")
    };
    let query =
        r#"{"title": "signed", "http_method": "POST", "url": "https://example.com/?a=<a>", "body": {}}"#;
    assert!(advisories(query, &options).starts_with("body/url unsigned_target: a signature covers the body"));
    assert_eq!(advisories(query, &ParseOptions::default()), "");
    assert_eq!(advisories(&query.replace("<a>", "a"), &options), "");
    let enc = format!(r#""enc": {{"version": 2, "kid": "k1", "key": "{}"}}, "title""#, super::KEY);
    assert_eq!(advisories(&query.replace("\"title\"", &enc), &options), "", "a sealed query is authentic");
}

#[test]
fn the_signature_is_verified_before_anything_is_parsed() {
    let profile =
        with_enc(POST, r#"{"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}"#);
    let (signer, verifier) = (Signer::new([secret()]).unwrap(), Verifier::new([secret()]).unwrap());
    let body = callback(&profile, r#"{"to": "+91"}"#).body.unwrap();
    let receive = |body: &[u8], signed: &[u8], now: u64| {
        let signature = signer.sign("msg_1", NOW, signed).unwrap();
        let request = ReceivedRequest { headers: &signature.headers(), target: "/cb", body };
        profile.receive(&verifier, &request, now, 300, &OpenOptions::default())
    };
    let received = receive(body.as_bytes(), body.as_bytes(), NOW).unwrap();
    assert_eq!((received.verified.id.as_str(), received.verified.timestamp), ("msg_1", NOW));
    assert_eq!(received.opened.json(), r#"{"to":"+91","state":"sent"}"#);
    assert_eq!(receive(body.as_bytes(), body.as_bytes(), NOW + 301), Err(Error::TimestampRefused));
    for changed in [body.replace("to", "To"), format!("{body} "), "no JSON".to_owned(), String::new()] {
        assert_eq!(receive(changed.as_bytes(), body.as_bytes(), NOW), Err(Error::SignatureRefused));
        let signed = receive(changed.as_bytes(), changed.as_bytes(), NOW);
        assert_eq!(signed.is_ok(), changed.trim_end() == body, "signed, and not what the profile has");
    }
}

#[test]
fn the_id_of_a_sealed_callback_is_that_of_its_signature() {
    let (signer, verifier) = (Signer::new([secret()]).unwrap(), Verifier::new([secret()]).unwrap());
    for profile in [sealed(POST), sealed(GET)] {
        let sent = callback(&profile, r#"{"to": "+91"}"#);
        let body = sent.body.as_deref().unwrap_or_default();
        let mut options = OpenOptions::default();
        options.expected = Some(expected());
        for (id, opens) in [("msg_1", true), ("msg_2", false)] {
            let signature = signer.sign(id, NOW, body.as_bytes()).unwrap();
            let mut headers: Vec<(&str, &str)> = signature.headers().into();
            headers.extend(sent.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            let request = ReceivedRequest { headers: &headers, target: &sent.url, body: body.as_bytes() };
            let received = profile.receive(&verifier, &request, NOW, 300, &options);
            assert_eq!(received.err(), (!opens).then_some(Error::Sealed), "{id}");
        }
    }
}

#[test]
fn what_a_signature_does_not_cover_is_not_received() {
    let (signer, verifier) = (Signer::new([secret()]).unwrap(), Verifier::new([secret()]).unwrap());
    let signature = signer.sign("msg_1", NOW, b"").unwrap();
    let documented = r#"{"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}"#;
    for profile in [plain(GET), with_enc(GET, documented), plain(&GET.replace("GET", "DELETE"))] {
        let url = callback(&profile, r#"{"to": "+91"}"#).url;
        let request = ReceivedRequest { headers: &signature.headers(), target: &url, body: b"" };
        let received = profile.receive(&verifier, &request, NOW, 300, &OpenOptions::default());
        let error = received.unwrap_err();
        assert_eq!(error, Error::UncoveredParameters);
        assert_eq!(
            (error.code().name(), error.class().name()),
            ("signature_covers_nothing", "SignatureError")
        );
        assert!(profile.open(&url).is_ok(), "who wants it all the same opens it");
        let changed = ReceivedRequest { body: b"x", ..request };
        let received = profile.receive(&verifier, &changed, NOW, 300, &OpenOptions::default());
        assert_eq!(received, Err(Error::SignatureRefused), "the signature comes first");
    }
}

#[test]
fn the_content_type_is_that_of_the_headers() {
    let profile = plain(
        r#""http_method": "POST", "url": "https://example.com/", "body": {"a": "<a>"},
        "headers": {"content-type": "multipart/form-data"}"#,
    );
    let (signer, verifier) = (Signer::new([secret()]).unwrap(), Verifier::new([secret()]).unwrap());
    let record = Record::parse(r#"{"a": "x"}"#).unwrap();
    let sent = profile.callback_with(&record, &CallbackOptions::default()).unwrap();
    let body = sent.body.unwrap();
    let signature = signer.sign("msg_1", NOW, body.as_bytes()).unwrap();
    for (types, opens) in [
        (&[sent.headers[0].1.as_str()][..], true),
        (&[], true),
        (&["multipart/form-data; boundary=other"], false),
        (&["application/json"], false),
        (&[sent.headers[0].1.as_str(), sent.headers[0].1.as_str()], false),
    ] {
        let mut headers: Vec<(&str, &str)> = signature.headers().into();
        headers.extend(types.iter().map(|value| ("Content-Type", *value)));
        let request = ReceivedRequest { headers: &headers, target: "/", body: body.as_bytes() };
        let received = profile.receive(&verifier, &request, NOW, 300, &OpenOptions::default());
        assert_eq!(received.is_ok(), opens, "{types:?}: {received:?}");
        assert!(format!("{request:?}").len() < 80, "sizes only");
    }
}
