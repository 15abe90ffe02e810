//! Sealed callbacks and signatures whose first or last byte of the tag is wrong.

use callback_profile::seal::{Expected, Freshness, Signer, SigningSecret, Verified, Verifier};
use callback_profile::{CallbackOptions, Error, OpenOptions, Opened, Profile, Record};

use crate::dudect::Random;

/// Bytes of a tag and of an HMAC, and of what both are written in.
const TAG_LEN: usize = 16;
const MAC_LEN: usize = 32;

pub struct Sealing {
    profile: Profile,
    signer: Signer,
    verifier: Verifier,
}

impl Sealing {
    pub fn new() -> Sealing {
        let profile = Profile::parse(
            r#"{"title": "timing", "http_method": "GET", "url": "https://example.com/?to=<to>", "enc":
            {"version": 2, "kid": "k1", "key": "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}}"#,
        )
        .unwrap();
        let secret = || SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let (signer, verifier) = (Signer::new([secret()]).unwrap(), Verifier::new([secret()]).unwrap());
        Sealing { profile, signer, verifier }
    }

    /// Queries whose token has a wrong first byte of the tag, and a wrong last one.
    pub fn token(&self, random: &mut Random) -> [Vec<u8>; 2] {
        let bytes: [u8; 32] = std::array::from_fn(|_| random.byte());
        let mut options = CallbackOptions::default();
        (options.random, options.issued_at, options.id) = (Some(&bytes), Some(1), Some("msg"));
        let record = Record::parse(r#"{"to": "+919876543210"}"#).unwrap();
        let url = self.profile.callback_with(&record, &options).unwrap().url;
        let (start, tag) = url.rsplit_once('.').unwrap();
        let tag = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(tag).unwrap();
        let bits = random.byte().max(1);
        [0, TAG_LEN - 1].map(|at| {
            let mut tag = tag.clone();
            tag[at] ^= bits;
            format!("{start}.{}", base64_simd::URL_SAFE_NO_PAD.encode_to_string(tag)).into_bytes()
        })
    }

    pub fn open(&self, received: &[u8]) -> Result<Opened, Error> {
        let mut options = OpenOptions::default();
        options.expected =
            Some(Expected { freshness: Freshness::NotChecked, method: None, url: None, profile_id: None });
        self.profile.open_with(received, &options)
    }

    /// Ids and signatures of which the first byte is wrong, and the last one.
    pub fn signature(&self, random: &mut Random) -> [Vec<u8>; 2] {
        let id: String = (0..20).map(|_| char::from(b'a' + random.byte() % 26)).collect();
        let signature = self.signer.sign(&id, 1, b"body").unwrap().signature;
        let mac = base64_simd::STANDARD.decode_to_vec(&signature[3..]).unwrap();
        let bits = random.byte().max(1);
        [0, MAC_LEN - 1].map(|at| {
            let mut mac = mac.clone();
            mac[at] ^= bits;
            format!("{id} v1,{}", base64_simd::STANDARD.encode_to_string(mac)).into_bytes()
        })
    }

    pub fn verify(&self, given: &[u8]) -> Result<Verified, Error> {
        let (id, signature) = std::str::from_utf8(given).unwrap().split_once(' ').unwrap();
        let headers = [("webhook-id", id), ("webhook-timestamp", "1"), ("webhook-signature", signature)];
        self.verifier.verify(headers, b"body", 1, 0)
    }
}
