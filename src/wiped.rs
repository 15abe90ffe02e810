//! Memory for plaintext: it grows without leaving copies behind, and is overwritten when it is dropped.

use zeroize::Zeroize;

use crate::json::Output;

/// A text that is wiped.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct WipedText(String);

/// Room of the first allocation in bytes.
const SMALLEST_ROOM: usize = 256;

/// The room to grow to: at least double, so that growing costs little per byte.
fn larger(capacity: usize, needed: usize) -> usize {
    needed.max(capacity.saturating_mul(2)).max(SMALLEST_ROOM)
}

impl WipedText {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, which is the caller's to wipe from now on.
    pub(crate) fn into_string(mut self) -> String {
        std::mem::take(&mut self.0)
    }

    fn wipe(&mut self) {
        if self.0.capacity() > 0 {
            self.0.zeroize();
        }
    }
}

impl Drop for WipedText {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl Output for WipedText {
    fn size(&self) -> usize {
        self.0.len()
    }

    fn append(&mut self, text: &str) {
        let needed = self.0.len().saturating_add(text.len());
        if needed > self.0.capacity() {
            let mut grown = String::with_capacity(larger(self.0.capacity(), needed));
            grown.push_str(&self.0);
            self.wipe();
            self.0 = grown;
        }
        self.0.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_appended_is_kept_while_the_memory_grows() {
        let (mut text, mut expected) = (WipedText::default(), String::new());
        for length in [0, 1, 255, 256, 257, 5000] {
            let piece = "é".repeat(length);
            text.append(&piece);
            expected.push_str(&piece);
            assert_eq!((text.as_str(), text.size()), (expected.as_str(), expected.len()));
        }
        assert_eq!(text.into_string(), expected);
    }
}
