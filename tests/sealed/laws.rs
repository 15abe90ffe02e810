//! Laws of sealed callbacks and signatures.

use callback_profile::seal::{Signer, SigningSecret, Verifier};
use callback_profile::{CallbackOptions, Error, OpenOptions, Parameters, Profile, Record};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{KEY, NOW, expected};

const TYPES: [&str; 3] = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        any::<String>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
    ];
    prop_oneof![
        3 => scalar.clone(),
        1 => prop::collection::vec(scalar.clone(), 0..4).prop_map(Value::from),
        1 => prop::collection::btree_map("[a-z]{1,3}", scalar, 0..4).prop_map(|map| json!(map)),
    ]
}

fn params() -> impl Strategy<Value = Option<Vec<&'static str>>> {
    prop_oneof![Just(None), prop::sample::subsequence(vec!["a", "o.b", "q", "text"], 1..4).prop_map(Some)]
}

fn profile(kind: usize, params: &Option<Vec<&str>>) -> Profile {
    let mut enc = json!({"version": 2, "kid": "k1", "key": KEY});
    // In a form, a dotted name may not reach into a whole `<name>`, and `o.b` does not.
    if let Some(params) = params {
        enc["params"] = json!(params);
    }
    let payload = json!({"title": "law", "http_method": "POST", "url": "https://example.com/cb?q=x%20<t>&c=1",
        "headers": {"content-type": TYPES[kind]},
        "body": {"a": "<a>", "o": {"b": "<b>", "d": 1.5}, "text": "x <t> <a>"}, "enc": enc});
    Profile::parse(payload.to_string()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_sealed_opens(a in value(), b in value(), t in any::<String>(), random in any::<[u8; 32]>(), params in params(), kind in 0..3usize) {
        let profile = profile(kind, &params);
        let record = json!({"a": a, "b": b, "t": t}).to_string();
        let mut options = CallbackOptions::default();
        (options.random, options.issued_at, options.id) = (Some(&random), Some(NOW), Some("msg"));
        let sent = profile.callback_with(&Record::parse(&record).unwrap(), &options).unwrap();
        let mut opening = OpenOptions::default();
        opening.content_type = Some(&sent.headers[0].1);
        opening.structures = Parameters::All;
        opening.expected = Some(expected());
        let opened = profile.open_with(sent.body.as_deref().unwrap(), &opening).unwrap();
        let found: Value = serde_json::from_str(opened.json()).unwrap();
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let structure = json!({"b": b, "d": 1.5});
        let form = kind > 0;
        let field = |value: &Value| if form { json!(text(value)) } else { value.clone() };
        prop_assert_eq!(&found["a"], &field(&a));
        prop_assert_eq!(&found["text"], &json!(format!("x {t} {}", text(&a))));
        prop_assert_eq!(&found["q"], &json!(format!("x {t}")));
        prop_assert_eq!(&found["c"], &json!("1"));
        match found["o"].as_str() {
            Some(json) => prop_assert_eq!(&serde_json::from_str::<Value>(json).unwrap(), &structure),
            None => prop_assert_eq!(&found["o"], &structure),
        }
        prop_assert_eq!(found.as_object().unwrap().len(), 5);
        // The same profile without the secret opens nothing.
        let other = Profile::parse(profile.to_json(callback_profile::Secrets::Shown).replace("AAEC", "AQEC")).unwrap();
        prop_assert_eq!(other.open_with(sent.body.as_deref().unwrap(), &opening), Err(Error::Sealed));
    }

    #[test]
    fn any_flipped_bit_is_refused(t in any::<String>(), at in any::<prop::sample::Index>(), bit in 0..7u32, get in any::<bool>()) {
        let (method, members) = match get {
            true => ("GET", json!({"url": "https://example.com/cb?t=<t>"})),
            false => ("POST", json!({"url": "https://example.com/cb", "body": {"t": "<t>"}})),
        };
        let mut payload = json!({"title": "law", "http_method": method, "enc": {"version": 2, "kid": "k1", "key": KEY}});
        payload.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let profile = Profile::parse(payload.to_string()).unwrap();
        let record = json!({"t": t}).to_string();
        let sent = profile.callback_with(&Record::parse(&record).unwrap(), &super::callback_options()).unwrap();
        let received = super::received(&sent).to_owned();
        let start = received.find("jwe").unwrap();
        let mut bytes = received.clone().into_bytes();
        let place = start + at.index(bytes.len() - start);
        bytes[place] ^= 1 << bit;
        let mut opening = OpenOptions::default();
        opening.expected = Some(expected());
        prop_assert!(profile.open_with(&received, &opening).is_ok());
        let opened = profile.open_with(&bytes, &opening);
        // JSON may be written with another blank outside the token, and nothing else.
        prop_assert!(opened.is_err(), "{:?}", String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_bytes_open_by_chance(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in 0..3usize) {
        let profile = profile(kind, &None);
        let mut opening = OpenOptions::default();
        opening.expected = Some(expected());
        prop_assert_eq!(profile.open_with(&bytes, &opening), Err(Error::Sealed));
    }

    #[test]
    fn a_signature_fits_its_message_alone(body in prop::collection::vec(any::<u8>(), 0..300), secret in prop::collection::vec(any::<u8>(), 24..=64), now in any::<u64>(), at in any::<prop::sample::Index>(), bit in 0..8u32) {
        let text = format!("whsec_{}", base64_simd::STANDARD.encode_to_string(&secret));
        let secret = || SigningSecret::parse(&text).unwrap();
        let (signer, verifier) = (Signer::new([secret()]).unwrap(), Verifier::new([secret()]).unwrap());
        let signature = signer.sign("msg", now, &body).unwrap();
        let verified = verifier.verify(signature.headers(), &body, now, 0).unwrap();
        prop_assert_eq!((verified.id.as_str(), verified.timestamp), ("msg", now));
        if !body.is_empty() {
            let mut changed = body.clone();
            changed[at.index(body.len())] ^= 1 << bit;
            prop_assert_eq!(verifier.verify(signature.headers(), &changed, now, 0), Err(Error::SignatureRefused));
        }
        prop_assert!(verifier.verify(signature.headers(), &[body.as_slice(), b"x"].concat(), now, 0).is_err());
        let other = signer.sign("msh", now, &body).unwrap();
        let mixed = [signature.headers()[0], signature.headers()[1], other.headers()[2]];
        prop_assert_eq!(verifier.verify(mixed, &body, now, 0), Err(Error::SignatureRefused));
    }
}
