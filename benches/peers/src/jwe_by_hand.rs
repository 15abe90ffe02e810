//! A sealed callback made and opened without our library: RFC 7516's compact form, with what a program has at hand for it.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

pub struct JweByHand {
    gcm: Aes256Gcm,
    header: String,
    method: String,
    url: String,
    /// Parameters of the body, and the names in the record that they are.
    names: Vec<(String, String)>,
}

impl JweByHand {
    pub fn new(key: &[u8; 32], kid: &str, method: &str, url: &str, body: &Value) -> JweByHand {
        // In the order that our headers have; `json!` would sort the members.
        let header = format!(r#"{{"alg":"dir","enc":"A256GCM","typ":"callback+jwt","kid":"{kid}"}}"#);
        let name = |(member, value): (&String, &Value)| {
            (member.clone(), value.as_str().unwrap().trim_matches(['<', '>']).to_owned())
        };
        JweByHand {
            gcm: Aes256Gcm::new(key.into()),
            header: URL_SAFE_NO_PAD.encode(header),
            method: method.to_owned(),
            url: url.to_owned(),
            names: body.as_object().unwrap().iter().map(name).collect(),
        }
    }

    /// The body of a callback.
    pub fn callback(&self, record: &[u8], id: &str, now: u64) -> Vec<u8> {
        let mut record: Map<String, Value> = serde_json::from_slice(record).unwrap();
        let parameter = |(member, name): &(String, String)| {
            (member.clone(), record.remove(name).unwrap_or_else(|| "".into()))
        };
        let params: Map<String, Value> = self.names.iter().map(parameter).collect();
        let claims =
            json!({"iat": now, "jti": id, "htm": self.method, "htu": self.url, "params": params}).to_string();
        let mut nonce = [0; 12];
        getrandom::fill(&mut nonce).unwrap();
        let payload = Payload { msg: claims.as_bytes(), aad: self.header.as_bytes() };
        let sealed = self.gcm.encrypt(&nonce.into(), payload).unwrap();
        let (ciphertext, tag) = sealed.split_at(claims.len());
        let [nonce, ciphertext, tag] = [&nonce[..], ciphertext, tag].map(|part| URL_SAFE_NO_PAD.encode(part));
        json!({"jwe": format!("{}..{nonce}.{ciphertext}.{tag}", self.header)}).to_string().into_bytes()
    }

    /// The parameters of a callback, as JSON. Header, age, method and URL are checked, as a receiver must.
    pub fn open(&self, body: &[u8], now: u64) -> Vec<u8> {
        let body: Value = serde_json::from_slice(body).unwrap();
        let parts: Vec<&str> = body["jwe"].as_str().unwrap().split('.').collect();
        let [header, "", nonce, ciphertext, tag] = parts[..] else { panic!("five parts, the second empty") };
        assert_eq!(header, self.header);
        let nonce: [u8; 12] = URL_SAFE_NO_PAD.decode(nonce).unwrap().try_into().unwrap();
        let mut sealed = URL_SAFE_NO_PAD.decode(ciphertext).unwrap();
        let tag: [u8; 16] = URL_SAFE_NO_PAD.decode(tag).unwrap().try_into().unwrap();
        sealed.extend_from_slice(&tag);
        let payload = Payload { msg: &sealed, aad: header.as_bytes() };
        let claims = self.gcm.decrypt(&nonce.into(), payload).unwrap();
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        assert!(claims["iat"].as_u64().unwrap().abs_diff(now) <= 300);
        assert!(claims["htm"] == self.method && claims["htu"] == self.url && claims["jti"].is_string());
        serde_json::to_vec(&claims["params"]).unwrap()
    }
}
