//! What people write today: parse the record, build a tree, one EVP run per value, base64, serialise.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use oracle::Oracle;
use serde_json::{Map, Value};

/// A straightforward program for a body whose members are one `<name>` each.
pub struct HandWritten {
    evp: Oracle,
    names: Vec<(String, String)>,
}

impl HandWritten {
    /// `evp` has the key and the IV; it is OpenSSL EVP with a reused context.
    pub fn new(evp: Oracle, body: &Value) -> HandWritten {
        let name = |(member, value): (&String, &Value)| {
            (member.clone(), value.as_str().unwrap().trim_matches(['<', '>']).to_owned())
        };
        HandWritten { evp, names: body.as_object().unwrap().iter().map(name).collect() }
    }

    pub fn callback(&mut self, record: &[u8]) -> Vec<u8> {
        let record: Value = serde_json::from_slice(record).unwrap();
        let mut body = Map::new();
        for (member, name) in &self.names {
            let text = record.get(name).and_then(Value::as_str).unwrap_or_default();
            body.insert(member.clone(), STANDARD.encode(self.evp.seal(text.as_bytes())).into());
        }
        serde_json::to_vec(&Value::Object(body)).unwrap()
    }

    /// The body opened: JSON with the values as they were.
    pub fn open(&mut self, body: &[u8]) -> Vec<u8> {
        let Value::Object(mut body) = serde_json::from_slice(body).unwrap() else { panic!("an object") };
        for value in body.values_mut() {
            let sealed = STANDARD.decode(value.as_str().unwrap()).unwrap();
            *value = String::from_utf8(self.evp.open(&sealed).unwrap()).unwrap().into();
        }
        serde_json::to_vec(&Value::Object(body)).unwrap()
    }
}
