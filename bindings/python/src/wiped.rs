//! Memory for what may hold a key.

use zeroize::Zeroize;

use crate::scratch;

/// Room that most records fit into.
const FIRST_BYTES: usize = 4096;

/// Bytes that are only ever appended, and wiped when they are dropped or moved to a larger place.
///
/// `zeroize`'s own wrapper of a `Vec` does the same byte by byte; this one wipes in bulk, since it is on the way of
/// every callback.
pub(crate) struct Wiped(Vec<u8>);

impl Wiped {
    /// Empty, with the memory of an earlier one where there is some.
    pub(crate) fn new() -> Wiped {
        Wiped(scratch::take_text())
    }

    #[inline]
    pub(crate) fn push(&mut self, text: &[u8]) {
        self.reserve(text.len());
        self.0.extend_from_slice(text);
    }

    /// Makes room for so many bytes more.
    #[inline]
    pub(crate) fn reserve(&mut self, more: usize) {
        if more > self.0.capacity().saturating_sub(self.0.len()) {
            self.grow(more);
        }
    }

    /// Doubles the room, as `Vec` does, but leaves no copy behind.
    #[cold]
    fn grow(&mut self, more: usize) {
        let needed = self.0.len().saturating_add(more);
        let room = needed.max(self.0.capacity().saturating_mul(2)).max(FIRST_BYTES);
        let mut larger = Wiped(Vec::with_capacity(room));
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

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.as_mut_slice().zeroize();
        scratch::keep_text(std::mem::take(&mut self.0));
    }
}
