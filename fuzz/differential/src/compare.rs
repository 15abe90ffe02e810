//! A round by the library and by OpenSSL.

use callback_profile::cipher::{Algorithm, Cipher};
use callback_profile::{ParseOptions, Profile, Record};

use oracle::{Oracle, hex};

use crate::count::{Count, Mismatch};
use crate::numbers::Numbers;
use crate::round::Round;
use crate::text::{arrange, encode};

/// One text in so many is also read with a flipped bit.
const CHANGED_EVERY: usize = 8;
/// More bytes than any sealed value of a round, and than any text of one.
const ROOM: usize = 2048;

/// One thread's oracles, buffers and counts.
pub(crate) struct Comparison {
    oracles: Vec<(Algorithm, Oracle)>,
    count: Count,
    /// OpenSSL's texts of the round.
    expected: Vec<String>,
    batch: Vec<String>,
    /// What OpenSSL seals: ciphertext, then tag.
    sealed: Vec<u8>,
    /// The same in the order of the wire format.
    arranged: Vec<u8>,
    /// What the library writes.
    buffer: Vec<u8>,
}

impl Comparison {
    pub(crate) fn new() -> Comparison {
        Comparison {
            // Every round brings a key and an IV of its own.
            oracles: Algorithm::ALL
                .iter()
                .map(|algorithm| {
                    (*algorithm, Oracle::new(algorithm.name(), &vec![0; algorithm.key_len()], &[0; 16]))
                })
                .collect(),
            count: Count::default(),
            expected: Vec::new(),
            batch: Vec::new(),
            sealed: vec![0; ROOM],
            arranged: Vec::new(),
            buffer: vec![0; ROOM],
        }
    }

    pub(crate) fn into_count(self) -> Count {
        self.count
    }

    /// Compares all values of a round; OpenSSL's text of the value number `spoiled` gets a wrong character.
    pub(crate) fn compare(&mut self, round: &Round, spoiled: Option<usize>) {
        let cipher = Cipher::new(round.algorithm, &round.key, &round.iv).expect("key and IV are valid");
        let cipher = cipher.with_wire_format(round.format);
        let mut choices = Numbers::of(round.number, round.choice);
        let (_, oracle) =
            self.oracles.iter_mut().find(|(algorithm, _)| *algorithm == round.algorithm).expect("all six");
        oracle.set_key(round.key.as_bytes(), round.iv.as_bytes());
        self.count.keys += 1;
        self.expected.clear();
        for (case, value) in round.values().enumerate() {
            let len = oracle.seal_into(value, &mut self.sealed);
            arrange(&round.format, self.sealed[..len].split_at(value.len()), &mut self.arranged);
            if spoiled == Some(case) {
                match self.arranged.last_mut() {
                    Some(last) => *last ^= 1,
                    None => self.arranged.push(0),
                }
            }
            let expected = encode(round.format.encoding, &self.arranged);
            self.count.cases += 1;
            self.count.gcm += u64::from(round.algorithm.is_gcm());
            self.count.wrapping += u64::from(round.wraps);
            self.count.digest(expected.as_bytes());
            let into = choices.below(2) == 0;
            let mut check = |what, same: bool, expected: &str, got: &dyn Fn() -> String| {
                if !same {
                    let case = (round.number, case);
                    let (expected, got) = (expected.to_owned(), got());
                    self.count.add(|| Mismatch { what, case, input: describe(round, value), expected, got });
                }
            };

            let length = cipher.encrypt_into(value, &mut self.buffer);
            let text = length.ok().and_then(|length| self.buffer.get(..length)).unwrap_or_default();
            if into {
                check("encrypt_into", text == expected.as_bytes(), &expected, &|| {
                    String::from_utf8_lossy(text).into()
                });
                let length = cipher.decrypt_into(&expected, &mut self.buffer);
                let same = length.is_ok_and(|length| self.buffer.get(..length) == Some(value));
                check("decrypt_into", same, &hex(value), &|| format!("{length:?}"));
            } else {
                let text = cipher.encrypt(value);
                check("encrypt", text.as_ref() == Ok(&expected), &expected, &|| format!("{text:?}"));
                let opened = cipher.decrypt(&expected);
                let same = opened.as_deref() == Ok(value);
                check("decrypt", same, &hex(value), &|| format!("{:?}", opened.as_deref().map(hex)));
            }

            if choices.below(CHANGED_EVERY) == 0 && len > 0 {
                let bit = choices.below(len * 8);
                self.sealed[bit / 8] ^= 1 << (bit % 8);
                arrange(&round.format, self.sealed[..len].split_at(value.len()), &mut self.arranged);
                let value = oracle.open(&self.sealed[..len]);
                let opened = cipher.decrypt(encode(round.format.encoding, &self.arranged));
                let same = opened.as_ref().ok() == value.as_ref();
                let expected = value.as_deref().map_or_else(|| "refused".to_owned(), hex);
                check("a flipped bit", same, &expected, &|| format!("{:?}", opened.as_deref().map(hex)));
                self.count.changed += 1;
            }
            self.expected.push(expected);
        }
        self.compare_batches(round, &cipher);
        if round.is_text {
            self.compare_callback(round);
        }
    }

    fn compare_batches(&mut self, round: &Round, cipher: &Cipher) {
        let values: Vec<&[u8]> = round.values().collect();
        let mut start = 0;
        for values in values.chunks(round.batch) {
            let done = cipher.encrypt_all(values, &mut self.batch);
            let expected = &self.expected[start..start + values.len()];
            if done.is_err() || self.batch != expected {
                for (number, value) in values.iter().enumerate() {
                    let (expected, got) = (&expected[number], self.batch.get(number));
                    if got != Some(expected) {
                        self.count.add(|| Mismatch {
                            what: "encrypt_all",
                            case: (round.number, start + number),
                            input: describe(round, value),
                            expected: expected.clone(),
                            got: format!("{got:?}"),
                        });
                    }
                }
            }
            start += values.len();
        }
    }

    /// All values of the round in one JSON body, built and opened.
    fn compare_callback(&mut self, round: &Round) {
        let object = |texts: &mut dyn Iterator<Item = String>| {
            let members: Vec<String> =
                texts.enumerate().map(|(number, text)| format!(r#""v{number}":"{text}""#)).collect();
            format!("{{{}}}", members.join(","))
        };
        let values = || round.values().map(|value| String::from_utf8(value.to_vec()).expect("text"));
        let payload = format!(
            r#"{{"title":"differential","http_method":"POST","url":"https://example.com/","body":{},
                "enc":{{"algo":"{}","key":"{}","IV":"{}"}}}}"#,
            object(&mut (0..values().count()).map(|number| format!("<v{number}>"))),
            round.algorithm,
            round.key,
            round.iv,
        );
        let mut options = ParseOptions::default();
        options.wire_format = round.format;
        let profile = Profile::parse_with(payload, &options).expect("a valid payload");
        let record = object(&mut values());
        let callback = profile.callback(&Record::parse(&record).expect("a record")).expect("a callback");
        let body = callback.body.unwrap_or_default();
        let expected = object(&mut self.expected.iter().cloned());
        let opened = profile.open(&expected).map(|opened| opened.into_json());
        let case = (round.number, 0);
        if body != expected {
            let input = describe(round, record.as_bytes());
            self.count.add(|| Mismatch { what: "callback", case, input, expected, got: body });
        }
        if opened.as_ref() != Ok(&record) {
            let input = describe(round, record.as_bytes());
            self.count.add(|| Mismatch {
                what: "open",
                case,
                input,
                expected: record,
                got: format!("{opened:?}"),
            });
        }
        self.count.in_callbacks += self.expected.len() as u64;
    }
}

fn describe(round: &Round, value: &[u8]) -> String {
    let Round { algorithm, key, iv, format, .. } = round;
    format!(
        "{algorithm} key {key} IV {iv} {} tag {} value {}",
        format.encoding.name(),
        format.tag.name(),
        hex(value)
    )
}
