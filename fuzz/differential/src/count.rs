//! What a run found.

use std::fmt;

/// Mismatches that are printed in full; of more, only the number is.
const TOLD: usize = 10;

/// The counts of a run; sums over threads do not depend on their order.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Count {
    /// Values, each encrypted alone, encrypted in a batch and decrypted.
    pub cases: u64,
    /// Keys.
    pub keys: u64,
    /// Cases under GCM; the others are CFB.
    pub gcm: u64,
    /// Cases under an IV with which GCM's counter wraps within the longer values.
    pub wrapping: u64,
    /// Cases that also went through a whole callback and back.
    pub in_callbacks: u64,
    /// Changed texts: refused by GCM, under CFB decrypted as OpenSSL does.
    pub changed: u64,
    /// Comparisons that failed.
    pub mismatches: u64,
    /// Sum over all texts of OpenSSL's: two runs with the same digest compared the same.
    pub digest: u64,
    /// The first mismatches, in no particular order.
    pub told: Vec<Mismatch>,
}

/// A difference, with all that is needed to see it again. Keys are random and nobody's.
#[derive(Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Which comparison.
    pub what: &'static str,
    /// Round and number within it.
    pub case: (u64, usize),
    /// Algorithm, key, IV, wire format, value.
    pub input: String,
    /// OpenSSL's answer.
    pub expected: String,
    /// The library's.
    pub got: String,
}

impl Count {
    pub(crate) fn plus(mut self, mut other: Count) -> Count {
        self.cases += other.cases;
        self.keys += other.keys;
        self.gcm += other.gcm;
        self.wrapping += other.wrapping;
        self.in_callbacks += other.in_callbacks;
        self.changed += other.changed;
        self.mismatches += other.mismatches;
        self.digest = self.digest.wrapping_add(other.digest);
        self.told.append(&mut other.told);
        self.told.truncate(TOLD);
        self
    }

    pub(crate) fn add(&mut self, mismatch: impl FnOnce() -> Mismatch) {
        self.mismatches += 1;
        if self.told.len() < TOLD {
            self.told.push(mismatch());
        }
    }

    /// Takes a text into the digest: FNV-1a over eight bytes at a time.
    pub(crate) fn digest(&mut self, text: &[u8]) {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for chunk in text.chunks(8) {
            let mut bytes = [0; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            hash = (hash ^ u64::from_le_bytes(bytes)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self.digest = self.digest.wrapping_add(hash ^ (hash >> 32));
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mismatch { what, case: (round, case), input, expected, got } = self;
        write!(f, "{what}, round {round} case {case}: {input}\n  OpenSSL {expected}\n  library {got}")
    }
}
