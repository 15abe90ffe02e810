//! The feature `http`: requests, methods, header maps and responses of the `http` crate.
#![cfg(feature = "http")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test may panic

use callback_profile::http::header_pairs;
use callback_profile::seal::{Signer, SigningSecret, Verifier};
use callback_profile::{
    Envelope, Error, ErrorClass, Method, OpenOptions, ParseOptions, Profile, ReceivedRequest, Request,
    Secrets,
};
use http::{HeaderMap, HeaderValue, StatusCode};

fn profile(method: &str) -> Profile {
    Profile::parse(format!(
        r#"{{"title": "sms", "http_method": "{method}", "url": "https://u:p@example.com:8443/sms?s=<s>&c=1",
            "headers": {{"X-Token": "T <s>", "content-type": "application/x-www-form-urlencoded"}},
            "body": {{"to": "<to>"}}}}"#
    ))
    .unwrap()
}

#[test]
fn a_callback_is_a_request() {
    for method in Method::ALL {
        let callback = profile(method.name()).callback(r#"{"s": "a b", "to": "+91"}"#).unwrap();
        let request = http::Request::<String>::try_from(callback.clone()).unwrap();
        assert_eq!(request.method().as_str(), method.name());
        assert_eq!(request.uri().to_string(), callback.url);
        assert_eq!(request.uri().path_and_query().unwrap().as_str(), "/sms?s=a%20b&c=1");
        assert_eq!((request.uri().host(), request.uri().port_u16()), (Some("example.com"), Some(8443)));
        assert_eq!(request.body(), if method.has_body() { "to=%2B91" } else { "" });
        let pairs: Vec<(String, String)> = header_pairs(request.headers())
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let own = callback.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
        assert_eq!(pairs, own.collect::<Vec<_>>());
        assert!(request.headers()["x-token"].is_sensitive());
        assert!(!format!("{request:?}").contains("T a b"));
    }
    assert_eq!(Method::ALL.len(), 4);
}

#[test]
fn a_callback_that_is_no_request_is_refused_without_its_values() {
    let callback = || profile("POST").callback(r#"{"s": "a", "to": "+91"}"#).unwrap();
    let mut cases = [callback(), callback(), callback(), callback()];
    cases[0].url = format!("https://example.com/{}", "secret".repeat(20_000));
    cases[1].url = "https://exa mple.com/secret".to_owned();
    cases[2].headers.push(("secret name".to_owned(), "x".to_owned()));
    cases[3].headers.push(("x".to_owned(), "secret\n".to_owned()));
    for case in cases {
        let error = http::Request::<String>::try_from(case).unwrap_err();
        assert_eq!(error.class(), ErrorClass::Argument);
        assert!(
            matches!(error, Error::InvalidArgument(_)) && !error.to_string().contains("secret"),
            "{error}"
        );
    }
}

#[test]
fn methods_are_the_four() {
    for method in Method::ALL {
        assert_eq!(Method::try_from(&http::Method::from(*method)), Ok(*method));
    }
    for method in [http::Method::PATCH, http::Method::HEAD, http::Method::from_bytes(b"get").unwrap()] {
        assert_eq!(Method::try_from(&method).unwrap_err().to_string(), "must be GET, POST, PUT or DELETE");
    }
}

fn value(bytes: &[u8]) -> HeaderValue {
    HeaderValue::from_bytes(bytes).unwrap()
}

#[test]
fn a_header_map_goes_into_a_request() {
    let payload = br#"{"title": "bot", "http_method": "GET", "url": "https://example.com/"}"#;
    let parse = |headers: &HeaderMap| {
        let headers = header_pairs(headers);
        Request { sid: "HX1", headers: &headers, payload }.parse(&ParseOptions::default())
    };
    let mut headers = HeaderMap::new();
    headers.insert("api-key", value(b"A1"));
    headers.insert("content-type", value(b"application/json"));
    headers.insert("user-agent", value(b"caf\xE9"));
    assert!(parse(&headers).is_ok(), "a header that nobody reads may be Latin-1");
    headers.insert("api-key", value(b"caf\xE9"));
    let report = parse(&headers).unwrap_err();
    assert_eq!((report.violations().len(), report.violations()[0].pointer.as_str()), (1, "/api-key"));
    headers.insert("api-key", value(b"A1"));
    headers.insert("content-type", value(b"application/json\xFF"));
    assert_eq!(parse(&headers).unwrap_err().violations()[0].pointer, "/content-type");
}

#[test]
fn a_header_map_goes_into_a_verifier_and_a_profile() {
    let secret = || SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let (signer, verifier) = (Signer::new([secret()]).unwrap(), Verifier::new([secret()]).unwrap());
    let (profile, body) = (profile("POST"), b"to=%2B91");
    let signature = signer.sign("msg_1", 100, body).unwrap();
    let mut headers = HeaderMap::new();
    for (name, text) in signature.headers() {
        headers.insert(name, value(text.as_bytes()));
    }
    headers.insert("content-type", value(b"application/x-www-form-urlencoded"));
    headers.insert("x-other", value(b"\xFF"));
    let receive = |headers: &HeaderMap| {
        let headers = header_pairs(headers);
        let verified = verifier.verify(headers.iter().copied(), body, 100, 1);
        let request = ReceivedRequest { headers: &headers, target: "/sms", body };
        let received = profile.receive(&verifier, &request, 100, 1, &OpenOptions::default());
        assert_eq!(verified.is_ok(), received.is_ok());
        received.map(|received| received.opened.into_json())
    };
    assert_eq!(receive(&headers).unwrap(), r#"{"to":"+91"}"#);
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut broken = headers.clone();
        broken.insert(name, value(b"\xFF"));
        assert_eq!(receive(&broken), Err(Error::SignatureRefused), "{name} is not UTF-8");
        let mut twice = headers.clone();
        twice.append(name, value(b"\xFF"));
        assert_eq!(receive(&twice), Err(Error::SignatureRefused), "{name} is there twice");
    }
    let (mut twice, mut broken) = (headers.clone(), headers);
    twice.append("content-type", value(b"application/x-www-form-urlencoded"));
    broken.insert("content-type", value(b"application/x-www-form-urlencoded\xFF"));
    for headers in [twice, broken] {
        let headers = header_pairs(&headers);
        let request = ReceivedRequest { headers: &headers, target: "/sms", body };
        let error = profile.receive(&verifier, &request, 100, 1, &OpenOptions::default()).unwrap_err();
        assert!(matches!(error, Error::UnsupportedContentType { .. }), "{error}");
    }
}

#[test]
fn an_envelope_is_a_response() {
    let report = Profile::parse("{}").unwrap_err();
    for (envelope, status) in [
        (Envelope::created(&profile("POST"), Some("1"), Secrets::Masked), 201),
        (Envelope::refused(&report), 400),
        (Envelope::not_found("1"), 404),
        (Envelope::deleted("1"), 200),
    ] {
        let response = http::Response::<String>::try_from(&envelope).unwrap();
        assert_eq!(response.status(), StatusCode::from_u16(status).unwrap());
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(response.body(), &envelope.to_json());
    }
    for status in ["0", "99", "1000", "65535"] {
        let text = format!(r#"{{"code":"X","message":"","data":{{}},"error":{{}},"status":{status}}}"#);
        let envelope = Envelope::parse(text).unwrap();
        let error = http::Response::<String>::try_from(&envelope).unwrap_err();
        assert_eq!(error, Error::InvalidArgument("the envelope's status must be from 100 to 999"));
    }
}
