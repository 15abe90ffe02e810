//! All values of a callback encrypted together, into the room that was reserved for them in the output.
#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a job's offsets are those of what was appended when it was made"
)]

use super::cfb::Value;
use super::{Cipher, CipherError, Prepared};
use crate::wiped::{Bytes, WipedBytes};

/// Values waiting to be encrypted, which those of GCM need not. Kept and used again, it stops allocating after the first
/// callbacks.
///
/// The values are one after the other in one buffer, which is wiped.
#[derive(Default)]
pub(crate) struct Batch {
    bytes: WipedBytes,
    jobs: Vec<Job>,
    sealed: Vec<u8>,
}

/// A value in [`Batch::bytes`], and where its text goes.
struct Job {
    start: usize,
    len: usize,
    /// The offset in the output, or the index of the text.
    target: usize,
}

impl Batch {
    pub(crate) fn new() -> Batch {
        Batch::default()
    }

    /// Where plaintext is rendered to: remember the length before, append, then call [`Cipher::reserve_value`].
    pub(crate) fn plaintext(&mut self) -> &mut WipedBytes {
        &mut self.bytes
    }

    /// Forgets all values and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.jobs.clear();
        self.sealed.clear();
    }
}

impl Cipher {
    /// Makes room for the values of a record of so many bytes, if they wait.
    pub(crate) fn reserve_batch(&self, batch: &mut Batch, record: usize) {
        if let Prepared::Cfb(_) = &self.prepared {
            batch.bytes.reserve(record);
            // A value with its name and its quotes is longer than this, mostly.
            batch.jobs.reserve(record / 32);
        }
    }

    /// Encrypts many values at once, which under CFB is several times faster than one at a time: `texts` gets the text
    /// of each, in order. Strings that are already in it are used again.
    ///
    /// # Errors
    /// [`CipherError::TooLong`].
    ///
    /// ```
    /// # use callback_profile::cipher::{Algorithm, Cipher};
    /// let cipher = Cipher::new(Algorithm::Aes128Cfb, "K1abcdefghijkl2P", "POabcdefghijklLY").unwrap();
    /// let mut texts = Vec::new();
    /// cipher.encrypt_all(&["John", "+919876543210"], &mut texts).unwrap();
    /// assert_eq!(texts, ["5cEjGQ==", "hJd6TmNuQBhndbDl5w=="]);
    /// ```
    pub fn encrypt_all(
        &self,
        values: &[impl AsRef<[u8]>],
        texts: &mut Vec<String>,
    ) -> Result<(), CipherError> {
        texts.resize_with(values.len(), String::new);
        let mut batch = Batch::new();
        let sizes = values.iter().map(|value| value.as_ref().len()).fold(0, usize::saturating_add);
        if let Prepared::Cfb(_) = &self.prepared {
            batch.bytes.reserve(sizes);
            batch.jobs.reserve(values.len());
        }
        for (value, text) in values.iter().zip(texts.iter_mut()) {
            text.clear();
            let value = value.as_ref();
            text.reserve(self.checked_encrypted_len(value.len())?);
            if let Prepared::Gcm(_) = &self.prepared {
                self.with_sealed(value, |sealed| self.wire_format.encode_append(sealed, text))?;
                continue;
            }
            batch.jobs.push(Job { start: batch.bytes.len(), len: value.len(), target: batch.jobs.len() });
            batch.bytes.extend_from_slice(value);
        }
        if let Prepared::Cfb(cfb) = &self.prepared {
            cfb.encrypt_batch(batch.bytes.as_mut_slice(), &mut batch.jobs);
            // Every value was encrypted in place, so there is no plaintext left. Wiping the ciphertext byte by byte would be an
            // eighth of this call.
            let sealed = batch.bytes.into_vec();
            for job in &batch.jobs {
                self.wire_format.encode_append(job.value(&sealed), &mut texts[job.target]);
            }
        }
        Ok(())
    }

    /// Makes a value of everything in [`Batch::plaintext`] from `start` on. Under GCM, which gains nothing from many values at
    /// once, its text is appended to `out` and it waits no longer; under CFB room for its text is.
    ///
    /// The error is [`CipherError::TooLong`].
    pub(crate) fn reserve_value(
        &self,
        batch: &mut Batch,
        start: usize,
        out: &mut impl Bytes,
    ) -> Result<(), CipherError> {
        let len = batch.bytes.len() - start;
        let text_len = self.checked_encrypted_len(len)?;
        if let Prepared::Gcm(_) = &self.prepared {
            let plaintext = batch.bytes.as_slice().get(start..).unwrap_or_default();
            batch.sealed.resize(len.saturating_add(self.algorithm.overhead()), 0);
            self.seal_into(plaintext, &mut batch.sealed)?;
            batch.bytes.truncate(start);
            out.append_by(text_len, |out| self.wire_format.encode_append(&batch.sealed, out));
            return Ok(());
        }
        batch.jobs.push(Job { start, len, target: out.size() });
        out.append_zeros(text_len);
        Ok(())
    }

    /// Encrypts all values of the batch that wait into the room that was reserved for them in `out`, and empties the batch. More
    /// may have been appended to `out` meanwhile.
    ///
    /// The error is [`CipherError::TooLong`].
    pub(crate) fn encrypt_batch(&self, batch: &mut Batch, out: &mut [u8]) -> Result<(), CipherError> {
        let mut done = Ok(());
        if let Prepared::Cfb(cfb) = &self.prepared {
            cfb.encrypt_batch(batch.bytes.as_mut_slice(), &mut batch.jobs);
            done =
                batch.jobs.iter().try_for_each(|job| self.write(job, job.value(batch.bytes.as_slice()), out));
        }
        debug_assert!(!self.algorithm.is_gcm() || batch.jobs.is_empty(), "under GCM no value waits");
        batch.clear();
        done
    }

    fn write(&self, job: &Job, ciphertext: &[u8], out: &mut [u8]) -> Result<(), CipherError> {
        let room = self.wire_format.encoded_len(ciphertext.len());
        self.wire_format.encode_into(ciphertext, &mut out[job.target..job.target + room]).map(drop)
    }
}

impl Job {
    fn value<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        &bytes[self.start..self.start + self.len]
    }
}

impl Value for Job {
    #[inline(always)]
    fn start(&self) -> usize {
        self.start
    }

    #[inline(always)]
    fn len(&self) -> usize {
        self.len
    }
}

#[cfg(test)]
mod tests {
    use super::super::Algorithm;
    use super::super::test_support::{Numbers, cipher, wire_formats};
    use super::*;

    fn check(cipher: &Cipher, batch: &mut Batch, values: &[Vec<u8>]) {
        let mut out = b"[".to_vec();
        let mut expected = b"[".to_vec();
        for value in values {
            let start = batch.plaintext().len();
            batch.plaintext().extend_from_slice(value);
            cipher.reserve_value(batch, start, &mut out).unwrap();
            out.push(b',');
            cipher.encrypt_append(value, &mut expected).unwrap();
            expected.push(b',');
        }
        cipher.encrypt_batch(batch, &mut out).unwrap();
        assert_eq!(out, expected);
        assert!(batch.bytes.is_empty() && batch.jobs.is_empty());
    }

    #[test]
    fn batches_of_many_shapes_equal_one_at_a_time() {
        let mut numbers = Numbers::new(1);
        let mut batch = Batch::new();
        for &algorithm in Algorithm::ALL {
            let cipher = cipher(algorithm);
            for count in (0..=10).chain([23, 24, 63, 64, 65, 127, 128, 129, 200]) {
                for length in [0, 1, 15, 16, 17, 31, 32, 33, 64, 200] {
                    let same: Vec<_> = (0..count).map(|_| numbers.bytes(length)).collect();
                    check(&cipher, &mut batch, &same);
                }
                for longest in [2, 17, 40, 300] {
                    let mixed: Vec<_> = (0..count).map(|_| numbers.bytes_below(longest)).collect();
                    check(&cipher, &mut batch, &mixed);
                }
            }
            let steps: Vec<_> = (0..130).map(|n| numbers.bytes(n)).collect();
            check(&cipher, &mut batch, &steps);
            let one_long: Vec<_> = [5000, 3, 70, 0, 16].map(|n| numbers.bytes(n)).into();
            check(&cipher, &mut batch, &one_long);
            let many_long: Vec<_> = (0..21).map(|n| numbers.bytes(2040 + n)).collect();
            check(&cipher, &mut batch, &many_long);
        }
    }

    #[test]
    fn every_wire_format() {
        let mut numbers = Numbers::new(2);
        let mut batch = Batch::new();
        for format in wire_formats() {
            for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes256Cfb] {
                let values: Vec<_> = (0..40).map(|n| numbers.bytes(n)).collect();
                check(&cipher(algorithm).with_wire_format(format), &mut batch, &values);
            }
        }
    }

    #[test]
    fn a_used_batch_does_not_allocate() {
        let cipher = cipher(Algorithm::Aes128Gcm);
        let mut batch = Batch::new();
        let capacities =
            |batch: &Batch| (batch.bytes.capacity(), batch.jobs.capacity(), batch.sealed.capacity());
        let values = vec![vec![7; 500]; 24];
        check(&cipher, &mut batch, &values);
        let before = capacities(&batch);
        check(&cipher, &mut batch, &values);
        assert_eq!(capacities(&batch), before);
    }

    #[test]
    #[should_panic(expected = "out of range")]
    fn an_output_without_the_room_is_a_panic() {
        let cipher = cipher(Algorithm::Aes128Cfb);
        let mut batch = Batch::new();
        batch.plaintext().extend_from_slice(b"John");
        cipher.reserve_value(&mut batch, 0, &mut vec![0; 9]).unwrap();
        let _ = cipher.encrypt_batch(&mut batch, &mut [0; 9]);
    }
}
