//! The best program that one would write by hand for a body whose members are one `<name>` each: the record borrowed, the
//! key kept, base64 by vector instructions, and all output written at once into memory that is used again.
//!
//! It does less than ours does: it wipes nothing, takes the last of two equal names, sends an empty value where one is missing,
//! and has no limits. Written as the examples of its crates are, with a map of `&str` and a key schedule for each CFB value, it
//! is slower, and refuses records with escapes.

use std::borrow::Cow;

use ahash::AHashMap;
use base64_simd::{Out, STANDARD};
use callback_profile::cipher::Algorithm;
use serde_json::Value;

use crate::aws_lc::{Gcm, TAG_LEN};
use crate::borrowed::members;
use crate::cfb_mode_kept::{Cfb, cfb};
use crate::sample::{IV, key};

pub struct BestByHand {
    mode: Mode,
    members: Vec<Member>,
    /// Of the record, and of the body.
    fields: Names,
    names: Names,
    /// A value before it is written or after it was read; only grows.
    scratch: Vec<u8>,
    out: Vec<u8>,
}

enum Mode {
    Gcm(Gcm),
    Cfb(Box<dyn Cfb>),
}

struct Member {
    /// Which of the fields.
    field: usize,
    /// The name as JSON, with its colon.
    name: Vec<u8>,
}

impl BestByHand {
    pub fn new(algorithm: Algorithm, body: &Value) -> BestByHand {
        let key = key(algorithm).as_bytes();
        let mode = match algorithm.is_gcm() {
            true => Mode::Gcm(Gcm::new(key)),
            false => Mode::Cfb(cfb(key, IV.as_bytes())),
        };
        let (mut fields, mut names) = (Names::default(), Names::default());
        let members = body.as_object().unwrap().iter().map(|(name, value)| {
            names.add(name);
            let field = fields.add(value.as_str().unwrap().trim_matches(['<', '>']));
            Member { field, name: (sonic_rs::to_string(name).unwrap() + ":").into_bytes() }
        });
        let members = members.collect();
        BestByHand { mode, members, fields, names, scratch: Vec::new(), out: Vec::new() }
    }

    /// What its rows call it.
    pub fn name(&self) -> &'static str {
        match self.mode {
            Mode::Gcm(_) => "sonic-rs + aws-lc + base64-simd",
            Mode::Cfb(_) => "sonic-rs + cfb-mode + base64-simd",
        }
    }

    pub fn callback(&mut self, record: &[u8]) -> &[u8] {
        let mut values = vec![Cow::Borrowed(""); self.fields.count()];
        let mut next = 0;
        members(record, |name, value| {
            if let Some(index) = self.fields.find(&name, next) {
                values[index] = value;
                next = index + 1;
            }
        })
        .unwrap();
        self.out.clear();
        for member in &self.members {
            self.out.push(if self.out.is_empty() { b'{' } else { b',' });
            self.out.extend_from_slice(&member.name);
            let sealed = self.mode.seal(values[member.field].as_bytes(), &mut self.scratch);
            self.out.push(b'"'); // no character of base64 needs an escape
            STANDARD.encode_append(sealed, &mut self.out);
            self.out.push(b'"');
        }
        close(&mut self.out)
    }

    /// The body opened: JSON with the values as they were.
    pub fn open(&mut self, body: &[u8]) -> &[u8] {
        let BestByHand { mode, members: known, names, scratch, out, .. } = self;
        out.clear();
        let mut next = 0;
        members(body, |name, value| {
            let index = names.find(&name, next).expect("a member of the body");
            next = index + 1;
            out.push(if out.is_empty() { b'{' } else { b',' });
            out.extend_from_slice(&known[index].name);
            let opened = simdutf8::basic::from_utf8(mode.open(value.as_bytes(), scratch)).unwrap();
            sonic_rs::to_writer(&mut *out, opened).unwrap();
        })
        .unwrap();
        close(out)
    }
}

fn close(out: &mut Vec<u8>) -> &[u8] {
    if out.is_empty() {
        out.push(b'{');
    }
    out.push(b'}');
    out
}

impl Mode {
    fn seal<'s>(&self, value: &[u8], scratch: &'s mut Vec<u8>) -> &'s [u8] {
        match self {
            Mode::Gcm(gcm) => {
                let sealed = room(scratch, value.len() + TAG_LEN);
                gcm.seal_into(IV.as_bytes(), value, sealed);
                sealed
            }
            Mode::Cfb(cfb) => {
                let sealed = room(scratch, value.len());
                cfb.encrypt_into(value, sealed);
                sealed
            }
        }
    }

    /// A value from its base64.
    fn open<'s>(&self, text: &[u8], scratch: &'s mut Vec<u8>) -> &'s [u8] {
        let bytes = STANDARD.decode(text, Out::from_slice(room(scratch, text.len()))).unwrap();
        match self {
            Mode::Gcm(gcm) => gcm.open_in_place(IV.as_bytes(), bytes).unwrap(),
            Mode::Cfb(cfb) => {
                cfb.decrypt(bytes);
                bytes
            }
        }
    }
}

/// Zeros are only written where the memory is new.
fn room(scratch: &mut Vec<u8>, len: usize) -> &mut [u8] {
    if scratch.len() < len {
        scratch.resize(len, 0);
    }
    &mut scratch[..len]
}

/// Names that are found at once where they come in their order, and through a table where they do not.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    indices: AHashMap<String, usize>,
}

impl Names {
    /// The index of the name, which is a new one for a new name.
    fn add(&mut self, name: &str) -> usize {
        let index = *self.indices.entry(name.to_owned()).or_insert(self.list.len());
        if index == self.list.len() {
            self.list.push(name.to_owned());
        }
        index
    }

    fn count(&self) -> usize {
        self.list.len()
    }

    fn find(&self, name: &str, next: usize) -> Option<usize> {
        match self.list.get(next) {
            Some(expected) if expected == name => Some(next),
            _ => self.indices.get(name).copied(),
        }
    }
}
