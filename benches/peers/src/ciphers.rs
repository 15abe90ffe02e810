//! One value and batches of values: encrypted, which is what the budgets are about, and encrypted and written as base64,
//! which is what goes on the wire.

use std::hint::black_box;

use aes_gcm::aead::AeadInOut;
use aes_gcm::aead::consts::U16;
use aes_gcm::{AesGcm, KeyInit};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use callback_profile::cipher::Algorithm;
use callback_profile::cipher::hazmat::{PreparedCfb, PreparedGcm};
use cfb_mode::cipher::KeyIvInit;

use crate::aws_lc;
use crate::contest::{Contest, Race};
use crate::sample::{IV, cipher, key, openssl, value};

const LENGTHS: [usize; 3] = [16, 64, 200];
/// Room for the longest value here, its tag, and its text.
const SEALED: usize = 256;
const TEXT: usize = 344;

/// One contestant: encrypts a value to the front of the buffer.
type Seal<'s> = Box<dyn FnMut(&[u8], &mut [u8]) + 's>;

/// The peers for one algorithm.
fn peers<'s>(algorithm: Algorithm) -> Vec<(&'static str, Seal<'s>)> {
    let key = key(algorithm).as_bytes();
    let mut evp = openssl(algorithm);
    let mut list: Vec<(&str, Seal<'s>)> = vec![(
        "OpenSSL EVP, reused",
        Box::new(move |plaintext, out| {
            evp.seal_into(plaintext, out);
        }),
    )];
    if algorithm.is_gcm() {
        let gcm = aws_lc::Gcm::new(key);
        list.push((
            "aws-lc",
            Box::new(move |plaintext, out| {
                gcm.seal_into(IV.as_bytes(), plaintext, &mut out[..plaintext.len() + 16])
            }),
        ));
    }
    list.push(match algorithm {
        Algorithm::Aes128Gcm => ("aes-gcm", gcm::<aes::Aes128>(key)),
        Algorithm::Aes192Gcm => ("aes-gcm", gcm::<aes::Aes192>(key)),
        Algorithm::Aes256Gcm => ("aes-gcm", gcm::<aes::Aes256>(key)),
        Algorithm::Aes128Cfb => ("cfb-mode", cfb::<cfb_mode::Encryptor<aes::Aes128>>(key)),
        Algorithm::Aes192Cfb => ("cfb-mode", cfb::<cfb_mode::Encryptor<aes::Aes192>>(key)),
        _ => ("cfb-mode", cfb::<cfb_mode::Encryptor<aes::Aes256>>(key)),
    });
    list
}

fn gcm<'s, A>(key: &[u8]) -> Seal<'s>
where
    AesGcm<A, U16>: KeyInit + AeadInOut<NonceSize = U16, TagSize = U16> + 's,
{
    let gcm = AesGcm::<A, U16>::new_from_slice(key).unwrap();
    let iv: [u8; 16] = IV.as_bytes().try_into().unwrap();
    Box::new(move |plaintext, out| {
        let (text, tag) = out.split_at_mut(plaintext.len());
        text.copy_from_slice(plaintext);
        tag[..16].copy_from_slice(&gcm.encrypt_inout_detached(&iv.into(), b"", text.into()).unwrap());
    })
}

/// A trait object of one method, for the three key sizes.
trait Encrypt: KeyIvInit {
    fn run(self, data: &mut [u8]);
}

macro_rules! encrypt {
    ($($aes:ty),+) => {$(
        impl Encrypt for cfb_mode::Encryptor<$aes> {
            fn run(self, data: &mut [u8]) {
                self.encrypt(data);
            }
        }
    )+};
}
encrypt!(aes::Aes128, aes::Aes192, aes::Aes256);

/// The mode is consumed by its message, so key and IV are given anew: so does everyone who uses the crate.
fn cfb<'s, M: Encrypt>(key: &[u8]) -> Seal<'s> {
    let key = key.to_vec();
    Box::new(move |plaintext, out| {
        let out = &mut out[..plaintext.len()];
        out.copy_from_slice(plaintext);
        M::new_from_slices(&key, IV.as_bytes()).unwrap().run(out);
    })
}

pub fn one_value(contest: &mut Contest) {
    for &algorithm in Algorithm::ALL {
        for length in LENGTHS {
            let ours = cipher(algorithm);
            let plaintext = value(length, 1);
            let expected = ours.encrypt(&plaintext).unwrap();
            for (name, mut seal) in peers(algorithm) {
                let sealed_length = length + if algorithm.is_gcm() { 16 } else { 0 };
                let mut sealed = [0; SEALED];
                seal(plaintext.as_bytes(), &mut sealed);
                assert_eq!(STANDARD.encode(&sealed[..sealed_length]), expected, "{name}");
                if algorithm.is_gcm() {
                    let prepared = PreparedGcm::new(key(algorithm).as_bytes(), IV.as_bytes()).unwrap();
                    let mut out = [0; SEALED];
                    prepared.seal(b"", plaintext.as_bytes(), &mut out).unwrap();
                    assert_eq!(out, sealed, "{name}");
                    let is_main = length == 64 && name.starts_with("OpenSSL");
                    contest.race(Race {
                        work: &format!("{} one value of {length}", algorithm.name()),
                        budget: if is_main { 11.0 } else { 0.0 },
                        peer: name,
                        ours: &mut || prepared.seal(b"", black_box(plaintext.as_bytes()), &mut out).unwrap(),
                        theirs: &mut || seal(black_box(plaintext.as_bytes()), &mut sealed),
                    });
                }
                let (mut text, mut their_text) = ([0; TEXT], [0; TEXT]);
                contest.race(Race {
                    work: &format!("{} one value of {length}, base64", algorithm.name()),
                    budget: 0.0,
                    peer: &format!("{name} + base64"),
                    ours: &mut || {
                        let _ = black_box(ours.encrypt_into(black_box(&plaintext), &mut text).unwrap());
                    },
                    theirs: &mut || {
                        seal(black_box(plaintext.as_bytes()), &mut sealed);
                        let length = STANDARD.encode_slice(&sealed[..sealed_length], &mut their_text);
                        black_box(length.unwrap());
                    },
                });
            }
        }
    }
}

pub fn batches(contest: &mut Contest) {
    for &algorithm in Algorithm::ALL {
        for length in LENGTHS {
            let values: Vec<String> = (0..24).map(|number| value(length, number)).collect();
            for (name, seal) in peers(algorithm) {
                batch(contest, algorithm, &values, name, seal);
            }
        }
    }
}

fn batch(contest: &mut Contest, algorithm: Algorithm, values: &[String], name: &str, mut seal: Seal<'_>) {
    let length = values[0].len();
    let sealed_length = length + if algorithm.is_gcm() { 16 } else { 0 };
    let mut texts = Vec::new();
    let ours = cipher(algorithm);
    ours.encrypt_all(values, &mut texts).unwrap();
    let mut sealed = [0; SEALED];
    for (value, text) in values.iter().zip(&texts) {
        seal(value.as_bytes(), &mut sealed);
        assert_eq!(STANDARD.encode(&sealed[..sealed_length]), *text, "{name}");
    }
    let peer = format!("{name}, one at a time");
    if !algorithm.is_gcm() {
        let prepared = PreparedCfb::new(key(algorithm).as_bytes(), IV.as_bytes()).unwrap();
        let (mut data, mut ranges) = (vec![0; values.len() * length], vec![0..0; values.len()]);
        // The ranges are put in order again, since they were sorted; the values are copied, since EVP has an output.
        let mut encrypt = |values: &[String], data: &mut [u8]| {
            for (number, value) in values.iter().enumerate() {
                ranges[number] = number * length..(number + 1) * length;
                data[ranges[number].clone()].copy_from_slice(value.as_bytes());
            }
            prepared.encrypt_all(data, &mut ranges).unwrap();
        };
        encrypt(values, &mut data);
        assert!(data.chunks(length).map(|bytes| STANDARD.encode(bytes)).eq(texts.iter().cloned()), "{name}");
        let is_main = length == 64 && name.starts_with("OpenSSL");
        contest.race(Race {
            work: &format!("{} batch of 24 x {length}", algorithm.name()),
            budget: if is_main { 9.0 } else { 0.0 },
            peer: &peer,
            ours: &mut || encrypt(black_box(values), &mut data),
            theirs: &mut || black_box(values).iter().for_each(|value| seal(value.as_bytes(), &mut sealed)),
        });
    }
    let mut their_text = [0; TEXT];
    contest.race(Race {
        work: &format!("{} batch of 24 x {length}, base64", algorithm.name()),
        budget: 0.0,
        peer: &format!("{name} + base64, one at a time"),
        ours: &mut || ours.encrypt_all(black_box(values), &mut texts).unwrap(),
        theirs: &mut || {
            for value in black_box(values) {
                seal(value.as_bytes(), &mut sealed);
                let length = STANDARD.encode_slice(&sealed[..sealed_length], &mut their_text);
                black_box(length.unwrap());
            }
        },
    });
}
