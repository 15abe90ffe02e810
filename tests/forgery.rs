//! The weakness of GCM under a profile's fixed IV, as an attack that succeeds; SECURITY.md says what follows from it.
//!
//! The victim sends callbacks of a profile and opens what comes back. The attacker sees one callback with two phone
//! numbers and knows one of them. Nothing else is used: no key, no IV, no second profile. Against a signed callback and
//! against a sealed one the same attack fails.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)] // a test may panic

use callback_profile::seal::{Expected, Freshness, Signer, SigningSecret, Verifier};
use callback_profile::{CallbackOptions, Error, OpenOptions, Profile, ReceivedRequest, Record};
use serde_json::{Value, json};

/// An element of GCM's field (NIST SP 800-38D, 6.3), the block's first bit on top.
#[derive(Copy, Clone)]
struct Element(u128);

const ONE: Element = Element(1 << 127);

/// A block of at most 16 bytes, filled up with zeros as GHASH does.
fn block(bytes: &[u8]) -> Element {
    let mut block = [0; 16];
    block[..bytes.len()].copy_from_slice(bytes);
    Element(u128::from_be_bytes(block))
}

fn add(a: Element, b: Element) -> Element {
    Element(a.0 ^ b.0)
}

fn multiply(a: Element, b: Element) -> Element {
    let (mut product, mut shifted) = (0, b.0);
    for bit in (0..128).rev() {
        if a.0 >> bit & 1 == 1 {
            product ^= shifted;
        }
        shifted = (shifted >> 1) ^ if shifted & 1 == 1 { 0xe1 << 120 } else { 0 };
    }
    Element(product)
}

/// a^(2^128 - 2), that is a^2 * a^4 * ... * a^(2^127).
fn inverse(a: Element) -> Element {
    let mut power = a;
    (0..127).fold(ONE, |product, _| {
        power = multiply(power, power);
        multiply(product, power)
    })
}

/// Squaring 128 times is the identity, so 127 times is the root.
fn square_root(a: Element) -> Element {
    (0..127).fold(a, |power, _| multiply(power, power))
}

fn ghash(h: Element, ciphertext: &[u8]) -> Element {
    let hashed = ciphertext.chunks(16).fold(Element(0), |y, bytes| multiply(add(y, block(bytes)), h));
    multiply(add(hashed, Element(ciphertext.len() as u128 * 8)), h)
}

fn xor(a: &[u8], b: &[u8]) -> Vec<u8> {
    a.iter().zip(b).map(|(a, b)| a ^ b).collect()
}

/// What the attacker sees of one value.
struct Seen {
    ciphertext: Vec<u8>,
    tag: Element,
}

fn see(body: &Value, name: &str) -> Seen {
    let mut ciphertext = base64_simd::STANDARD.decode_to_vec(body[name].as_str().unwrap()).unwrap();
    let tag = block(&ciphertext.split_off(ciphertext.len() - 16));
    Seen { ciphertext, tag }
}

/// H = sqrt((T1 + T2) / (C1 + C2)): with one block and equal lengths all else cancels out.
fn authentication_key(first: &Seen, second: &Seen) -> Element {
    let texts = add(block(&first.ciphertext), block(&second.ciphertext));
    square_root(multiply(add(first.tag, second.tag), inverse(texts)))
}

fn forge(h: Element, seen: &Seen, ciphertext: &[u8]) -> String {
    let mask = add(seen.tag, ghash(h, &seen.ciphertext));
    let tag = add(ghash(h, ciphertext), mask).0.to_be_bytes();
    base64_simd::STANDARD.encode_to_string([ciphertext, &tag].concat())
}

fn victim(algorithm: &str, key: &str) -> Profile {
    let payload = json!({
        "title": "victim", "http_method": "POST", "url": "https://example.com/",
        "body": {"from": "<from>", "to": "<to>"},
        "enc": {"algo": algorithm, "key": key, "IV": "q7Wn4sTz1BxKe6Vh"},
    });
    Profile::parse(payload.to_string()).unwrap()
}

fn sent(profile: &Profile, from: &str, to: &str) -> Value {
    let record = json!({"from": from, "to": to}).to_string();
    let callback = profile.callback(&Record::parse(&record).unwrap()).unwrap();
    serde_json::from_str(&callback.body.unwrap()).unwrap()
}

#[test]
fn two_phone_numbers_in_one_callback_give_everything_away() {
    for (algorithm, key) in [
        ("AES-128-GCM", "Zk3vQ9tLm2Rw8XcY"),
        ("AES-192-GCM", "Zk3vQ9tLm2Rw8XcYb5NdHs7J"),
        ("AES-256-GCM", "Zk3vQ9tLm2Rw8XcYb5NdHs7JpAe4UfGi"),
    ] {
        let profile = victim(algorithm, key);
        let body = sent(&profile, "+919876543210", "+919000000001");

        // From here on without the key.
        let (known, unknown) = (see(&body, "from"), see(&body, "to"));
        let keystream = xor(&known.ciphertext, b"+919876543210");
        assert_eq!(xor(&unknown.ciphertext, &keystream), b"+919000000001", "{algorithm}: the value is read");

        let h = authentication_key(&known, &unknown);
        for wanted in ["+441234567890", "+1", ""] {
            // Both names must be there, and both are the attacker's; the names of what was decrypted tell nothing.
            let sealed = |text: &str| forge(h, &known, &xor(&keystream, text.as_bytes()));
            let forged = json!({"from": sealed("+12025550123"), "to": sealed(wanted)});
            let opened = profile.open(forged.to_string()).unwrap();
            assert_eq!(
                opened.json(),
                json!({"from": "+12025550123", "to": wanted}).to_string(),
                "{algorithm}: the forgery is accepted"
            );
            assert_eq!(opened.decrypted().collect::<Vec<_>>(), ["from", "to"], "{algorithm}");
        }
    }
}

#[test]
fn a_single_pair_of_characters_is_enough() {
    let profile = victim("AES-128-GCM", "Zk3vQ9tLm2Rw8XcY");
    let body = sent(&profile, "0", "1");
    let (known, other) = (see(&body, "from"), see(&body, "to"));
    let forged = forge(authentication_key(&known, &other), &known, &xor(&xor(&known.ciphertext, b"0"), b"7"));
    let sent = json!({"from": body["from"], "to": forged});
    assert_eq!(profile.open(sent.to_string()).unwrap().json(), r#"{"from":"0","to":"7"}"#);
}

#[test]
fn without_the_authentication_key_a_change_is_noticed() {
    let profile = victim("AES-128-GCM", "Zk3vQ9tLm2Rw8XcY");
    let body = sent(&profile, "+919876543210", "x");
    let seen = see(&body, "from");
    let forged = forge(Element(1), &seen, &xor(&seen.ciphertext, &[1; 13]));
    let error = profile.open(json!({"from": forged, "to": body["to"]}).to_string()).unwrap_err();
    assert_eq!((error.code().name(), error.parameter()), ("auth_failed", Some("from")));
}

#[test]
fn the_forgery_fails_against_a_signature() {
    let secret = || SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let (signer, verifier) = (Signer::new([secret()]).unwrap(), Verifier::new([secret()]).unwrap());
    let profile = victim("AES-128-GCM", "Zk3vQ9tLm2Rw8XcY");
    let body = sent(&profile, "+919876543210", "+919000000001");
    let signature = signer.sign("msg_1", 1_800_000_000, body.to_string().as_bytes()).unwrap();
    let receive = |body: &str| {
        let request = ReceivedRequest { headers: &signature.headers(), target: "/", body: body.as_bytes() };
        profile.receive(&verifier, &request, 1_800_000_000, 300, &OpenOptions::default())
    };
    assert!(receive(&body.to_string()).is_ok());
    let (known, other) = (see(&body, "from"), see(&body, "to"));
    let keystream = xor(&known.ciphertext, b"+919876543210");
    let forged = forge(authentication_key(&known, &other), &known, &xor(&keystream, b"+441234567890"));
    let forged = json!({"from": forged, "to": body["to"]}).to_string();
    assert!(profile.open(&forged).is_ok(), "without the signature it is accepted");
    assert_eq!(receive(&forged), Err(Error::SignatureRefused));
}

#[test]
fn the_forgery_fails_against_a_sealed_callback() {
    let payload = |enc: Value| {
        json!({"title": "victim", "http_method": "POST", "url": "https://example.com/",
            "body": {"from": "<from>", "to": "<to>"}, "enc": enc})
        .to_string()
    };
    let key = "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    let profile = Profile::parse(payload(json!({"version": 2, "kid": "k1", "key": key}))).unwrap();
    // Two callbacks of one length, with the same random bytes, as bad as a sender can make it.
    let token = |to: &str| {
        let mut options = CallbackOptions::default();
        (options.random, options.issued_at, options.id) =
            (Some(&[7; 32]), Some(1_800_000_000), Some("msg_1"));
        let record = json!({"from": "+919876543210", "to": to}).to_string();
        let callback = profile.callback_with(&Record::parse(&record).unwrap(), &options).unwrap();
        let body: Value = serde_json::from_str(&callback.body.unwrap()).unwrap();
        body["jwe"].as_str().unwrap().to_owned()
    };
    let (first, second) = (token("+919000000001"), token("+919000000002"));
    let part = |token: &str, index: usize| {
        base64_simd::URL_SAFE_NO_PAD.decode_to_vec(token.split('.').nth(index).unwrap()).unwrap()
    };
    let seen = |token: &str| Seen { ciphertext: part(token, 3), tag: block(&part(token, 4)) };
    assert_ne!(part(&first, 2), part(&second, 2), "each callback has a nonce of its own");
    assert_ne!(
        xor(&seen(&first).ciphertext, &seen(&second).ciphertext)[..16],
        [0; 16],
        "equal beginnings are not seen to be equal"
    );
    // The closed form is for one block; no sealed callback is as short, so the first blocks stand for the whole.
    let first_block = |token: &str| Seen { ciphertext: seen(token).ciphertext[..16].to_vec(), ..seen(token) };
    let h = authentication_key(&first_block(&first), &first_block(&second));
    let mut changed = seen(&first).ciphertext;
    changed[20] ^= 1;
    let forged = base64_simd::STANDARD.decode_to_vec(forge(h, &seen(&first), &changed)).unwrap();
    let (text, tag) = forged.split_at(forged.len() - 16);
    let encoded = |bytes: &[u8]| base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes);
    let header = first.split('.').next().unwrap();
    let forged = format!("{header}..{}.{}.{}", encoded(&part(&first, 2)), encoded(text), encoded(tag));
    let mut options = OpenOptions::default();
    options.expected =
        Some(Expected { freshness: Freshness::NotChecked, method: None, url: None, profile_id: None });
    assert!(profile.open_with(json!({"jwe": first}).to_string(), &options).is_ok());
    assert_eq!(profile.open_with(json!({"jwe": forged}).to_string(), &options), Err(Error::Sealed));

    // A key of the documented format is none of a sealed profile, nor the other way round.
    let documented = "Zk3vQ9tLm2Rw8XcYb5NdHs7JpAe4UfGi";
    assert!(Profile::parse(payload(json!({"version": 2, "kid": "k1", "key": documented}))).is_err());
    let enc = json!({"algo": "AES-256-GCM", "key": key, "IV": "q7Wn4sTz1BxKe6Vh"});
    assert!(Profile::parse(payload(enc)).is_err());
}

#[test]
fn the_profile_says_so() {
    let codes: Vec<_> =
        victim("AES-128-GCM", "Zk3vQ9tLm2Rw8XcY").advisories().iter().map(|one| one.code.name()).collect();
    assert_eq!(codes, ["fixed_nonce_gcm"]);
}
