//! Memory for text that may hold a key: wiped when it is dropped, and kept for the thread's next text.

use std::cell::Cell;
use std::ops::Deref;

use callback_profile::json::Output;
use zeroize::Zeroize;

/// The first allocation, which most records fit into.
const FIRST_BYTES: usize = 4096;

/// Larger memory is freed, so that one large text does not occupy it for the rest of the thread's life.
const KEPT_BYTES: usize = 64 * 1024;

thread_local! {
    static KEPT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Bytes that are only ever appended, and wiped when they are dropped or moved to a larger allocation.
///
/// `Zeroizing<Vec<u8>>` would wipe the whole capacity, byte by byte; this wipes what was written, in bulk, since every
/// callback from a dict pays for it.
pub(crate) struct Wiped(Vec<u8>);

impl Wiped {
    /// Empty, in the memory of an earlier text if the thread has one.
    pub(crate) fn new() -> Wiped {
        Wiped(KEPT.try_with(Cell::take).unwrap_or_default()) // none while the thread ends
    }

    #[inline]
    pub(crate) fn push(&mut self, text: &[u8]) {
        self.reserve(text.len());
        self.0.extend_from_slice(text);
    }

    /// Wipes what was written; the memory stays for what comes next.
    pub(crate) fn clear(&mut self) {
        self.0.as_mut_slice().zeroize();
        self.0.clear();
    }

    /// Makes room for so many bytes more.
    #[inline]
    pub(crate) fn reserve(&mut self, more: usize) {
        if more > self.0.capacity().saturating_sub(self.0.len()) {
            self.grow(more);
        }
    }

    /// Doubles the capacity, as `Vec` does, but wipes the old allocation.
    #[cold]
    fn grow(&mut self, more: usize) {
        let needed = self.0.len().saturating_add(more);
        let capacity = needed.max(self.0.capacity().saturating_mul(2)).max(FIRST_BYTES);
        let mut larger = Wiped(Vec::with_capacity(capacity));
        larger.0.extend_from_slice(&self.0);
        *self = larger;
    }
}

impl From<&[u8]> for Wiped {
    fn from(bytes: &[u8]) -> Self {
        Wiped(bytes.to_vec())
    }
}

impl From<Vec<u8>> for Wiped {
    fn from(bytes: Vec<u8>) -> Self {
        Wiped(bytes)
    }
}

impl Deref for Wiped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.as_mut_slice().zeroize();
        if self.0.capacity() <= KEPT_BYTES {
            self.0.clear();
            let memory = std::mem::take(&mut self.0);
            let _ = KEPT.try_with(|kept| kept.set(memory)); // freed while the thread ends
        }
    }
}

impl Output for Wiped {
    #[inline]
    fn size(&self) -> usize {
        self.0.len()
    }

    #[inline]
    fn append(&mut self, text: &str) {
        self.push(text.as_bytes());
    }
}
