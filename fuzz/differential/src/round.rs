//! One key and IV with the values that are encrypted under them.

use std::ops::Range;

use callback_profile::cipher::{Algorithm, Encoding, TagPlacement, WireFormat};

use crate::CASES_PER_KEY;
use crate::numbers::Numbers;
use crate::wrapping;

/// Longest value in bytes.
const MAX_LEN: usize = 300;
pub(crate) const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const GCM: [Algorithm; 3] = [Algorithm::Aes128Gcm, Algorithm::Aes192Gcm, Algorithm::Aes256Gcm];
/// One round in so many holds text, which also goes through a whole callback.
const CALLBACK_EVERY: u64 = 8;
/// One round in so many has an IV under which GCM's counter wraps within the longer values.
const WRAPPING_EVERY: u64 = 512;
/// Longest value of such a round: more blocks than [`wrapping::BLOCKS`].
const MAX_WRAPPING_LEN: usize = 600;

/// What a round holds. Kept and drawn anew, so that drawing costs little beside comparing.
pub(crate) struct Round {
    pub(crate) number: u64,
    pub(crate) algorithm: Algorithm,
    pub(crate) key: String,
    pub(crate) iv: String,
    pub(crate) format: WireFormat,
    /// The values are UTF-8 that JSON writes without escapes.
    pub(crate) is_text: bool,
    /// The counter of GCM wraps in 32 bits within the longer values.
    pub(crate) wraps: bool,
    /// How many values are encrypted together.
    pub(crate) batch: usize,
    /// Seeds what a comparison chooses.
    pub(crate) choice: u64,
    bytes: Vec<u8>,
    places: Vec<Range<usize>>,
}

impl Round {
    pub(crate) fn new() -> Round {
        Round {
            number: 0,
            algorithm: Algorithm::ALL[0],
            key: String::new(),
            iv: String::new(),
            format: WireFormat::default(),
            is_text: false,
            wraps: false,
            batch: 1,
            choice: 0,
            bytes: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Draws the round of this number with so many values.
    pub(crate) fn draw(&mut self, seed: u64, number: u64, values: usize) {
        let mut numbers = Numbers::of(seed, number);
        self.number = number;
        self.wraps = number % WRAPPING_EVERY == 1;
        self.algorithm = if self.wraps { GCM[numbers.below(3)] } else { Algorithm::ALL[numbers.below(6)] };
        self.key = alphanumeric(&mut numbers, self.algorithm.key_len());
        self.iv = match self.wraps {
            true => wrapping::iv(&mut numbers, &self.key),
            false => alphanumeric(&mut numbers, 16),
        };
        self.format = wire_format(&mut numbers);
        self.is_text = number.is_multiple_of(CALLBACK_EVERY);
        self.batch = 1 + numbers.below(CASES_PER_KEY as usize);
        self.bytes.clear();
        self.places.clear();
        for _ in 0..values {
            let (start, len) = (self.bytes.len(), length(&mut numbers, self.wraps));
            self.bytes.resize(start + len, 0);
            let value = &mut self.bytes[start..];
            match numbers.below(16) {
                _ if self.is_text => text(&mut numbers, value),
                0 => value.fill(0),
                1 => value.fill(0xff),
                _ => numbers.fill(value),
            }
            self.places.push(start..start + len);
        }
        self.choice = numbers.next();
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &[u8]> {
        self.places.iter().map(|place| &self.bytes[place.clone()])
    }
}

/// Short ones mostly, as in callbacks; every length up to the longest.
fn length(numbers: &mut Numbers, wraps: bool) -> usize {
    match numbers.below(20) {
        _ if wraps => numbers.below(MAX_WRAPPING_LEN + 1),
        0..12 => numbers.below(21),
        12..17 => numbers.below(65),
        _ => numbers.below(MAX_LEN + 1),
    }
}

/// Base64 with the tag behind, as the platform has it, in half of the rounds.
fn wire_format(numbers: &mut Numbers) -> WireFormat {
    match numbers.below(2) {
        0 => WireFormat::default(),
        _ => WireFormat::default()
            .with_encoding(Encoding::ALL[numbers.below(3)])
            .with_tag(TagPlacement::ALL[numbers.below(2)]),
    }
}

fn alphanumeric(numbers: &mut Numbers, len: usize) -> String {
    (0..len).map(|_| char::from(ALPHANUMERIC[numbers.below(ALPHANUMERIC.len())])).collect()
}

/// Letters and digits, and where there is room for two bytes sometimes a `é`.
fn text(numbers: &mut Numbers, out: &mut [u8]) {
    for pair in out.chunks_mut(2) {
        match (numbers.below(8), pair) {
            (0, pair @ [_, _]) => pair.copy_from_slice("é".as_bytes()),
            (_, pair) => pair.fill_with(|| ALPHANUMERIC[numbers.below(ALPHANUMERIC.len())]),
        }
    }
}
