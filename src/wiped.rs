//! Memory for plaintext: it grows without leaving copies behind, and is overwritten when it is dropped.

use core::hint::black_box;

use zeroize::Zeroize;

use crate::json::{Output, Shorten};

/// Bytes that are wiped.
#[derive(Default)]
pub(crate) struct WipedBytes(Vec<u8>);

/// A text that is wiped.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct WipedText(String);

/// Bytes of UTF-8 that a callback is written to: a buffer that leaves as it is, or one whose plaintext is sealed and wiped.
pub(crate) trait Bytes: Output {
    /// The bytes so far.
    fn bytes(&self) -> &[u8];
    /// Appends bytes of UTF-8.
    fn append_bytes(&mut self, bytes: &[u8]);
    /// Appends so many zeros, which are written over later.
    fn append_zeros(&mut self, count: usize);
    /// Lets `append` append at most so many bytes of UTF-8.
    fn append_by(&mut self, most: usize, append: impl FnOnce(&mut Vec<u8>));
}

impl Bytes for Vec<u8> {
    fn bytes(&self) -> &[u8] {
        self
    }

    fn append_bytes(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }

    fn append_zeros(&mut self, count: usize) {
        self.resize(self.len().saturating_add(count), 0);
    }

    #[inline]
    fn append_by(&mut self, most: usize, append: impl FnOnce(&mut Vec<u8>)) {
        // What appends to it would let it grow by no more than it needs, which adds up when called in a loop.
        self.reserve(most);
        append(self);
    }
}

impl Bytes for WipedBytes {
    fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn append_bytes(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }

    fn append_zeros(&mut self, count: usize) {
        self.reserve(count);
        self.0.resize(self.0.len().saturating_add(count), 0);
    }

    fn append_by(&mut self, most: usize, append: impl FnOnce(&mut Vec<u8>)) {
        self.write_by(most, append);
    }
}

/// Room of the first allocation in bytes.
const SMALLEST_ROOM: usize = 256;

/// The room to grow to: at least double, so that growing costs little per byte.
fn larger(capacity: usize, needed: usize) -> usize {
    needed.max(capacity.saturating_mul(2)).max(SMALLEST_ROOM)
}

impl WipedBytes {
    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [u8] {
        &mut self.0
    }

    /// The bytes, which are wiped no longer: for those that were encrypted in place.
    pub(crate) fn into_vec(mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many bytes fit without growing.
    #[cfg(test)]
    pub(crate) fn capacity(&self) -> usize {
        self.0.capacity()
    }

    #[inline]
    pub(crate) fn extend_from_slice(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Lets `write` append at most so many bytes, for which there is room then.
    #[inline]
    pub(crate) fn write_by<T>(&mut self, most: usize, write: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        self.reserve(most);
        let capacity = self.0.capacity();
        let done = write(&mut self.0);
        debug_assert_eq!(
            self.0.capacity(),
            capacity,
            "more than there is room for would leave a copy behind"
        );
        done
    }

    /// Removes the bytes behind the first `len`; they stay in memory until it is wiped or written over.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    /// Removes all bytes and keeps the memory, with what was in it, for the next.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Makes room for so many more bytes.
    #[inline]
    pub(crate) fn reserve(&mut self, more: usize) {
        if more > self.0.capacity().saturating_sub(self.0.len()) {
            self.grow(more);
        }
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        let needed = self.0.len().saturating_add(more);
        let mut grown = Vec::with_capacity(larger(self.0.capacity(), needed));
        grown.extend_from_slice(&self.0);
        self.wipe();
        self.0 = grown;
    }

    fn wipe(&mut self) {
        wipe(&mut self.0);
    }
}

/// Overwrites all of the memory of a buffer, and empties it. Memory that was never allocated is left alone: wiping it costs a slow
/// store to an unmapped page.
pub(crate) fn wipe(bytes: &mut Vec<u8>) {
    if bytes.capacity() > 0 {
        // As a slice: a `Vec` wipes its elements one by one, and a byte at a time is a tenth of opening a body.
        bytes.as_mut_slice().zeroize();
        bytes.clear();
        bytes.zeroize(); // what is behind its length
    }
}

/// Overwrites what calls have left on the stack behind the caller's frame: sixteen bytes of a text that was just scanned, for one.
/// A value that is made there and moved to the heap takes such bytes along where it has none of its own.
#[inline(never)]
pub(crate) fn wipe_stack() {
    black_box(&mut [0_u8; 4096]);
}

impl Drop for WipedBytes {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl Output for WipedBytes {
    fn size(&self) -> usize {
        self.0.len()
    }

    fn append(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

impl WipedText {
    pub(crate) fn with_capacity(bytes: usize) -> WipedText {
        WipedText(String::with_capacity(bytes))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, which is the caller's to wipe from now on.
    pub(crate) fn into_string(mut self) -> String {
        std::mem::take(&mut self.0)
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        let needed = self.0.len().saturating_add(more);
        let mut grown = String::with_capacity(larger(self.0.capacity(), needed));
        grown.push_str(&self.0);
        self.wipe();
        self.0 = grown;
    }

    fn wipe(&mut self) {
        wipe(&mut std::mem::take(&mut self.0).into_bytes());
    }
}

impl Drop for WipedText {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl Shorten for WipedText {
    fn shorten(&mut self, size: usize) {
        self.0.truncate(size);
    }
}

impl Output for WipedText {
    #[inline]
    fn size(&self) -> usize {
        self.0.len()
    }

    #[inline]
    fn append(&mut self, text: &str) {
        if text.len() > self.0.capacity().saturating_sub(self.0.len()) {
            self.grow(text.len());
        }
        self.0.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_appended_is_kept_while_the_memory_grows() {
        let (mut bytes, mut text, mut expected) =
            (WipedBytes::default(), WipedText::default(), String::new());
        for length in [0, 1, 255, 256, 257, 5000] {
            let piece = "é".repeat(length);
            bytes.append(&piece);
            text.append(&piece);
            expected.push_str(&piece);
            assert_eq!((bytes.as_slice(), text.as_str()), (expected.as_bytes(), expected.as_str()));
            assert_eq!((bytes.size(), text.size()), (expected.len(), expected.len()));
        }
        bytes.clear();
        assert!(bytes.is_empty() && bytes.capacity() >= expected.len());
        assert_eq!(text.into_string(), expected);
    }
}
