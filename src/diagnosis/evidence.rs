//! What a decrypted text is evidence of: that it is text, and how much of the expected value it is.

use zeroize::Zeroizing;

use super::probability::Probability;
use super::value::{Odd, odd};

/// From so many matching bytes of an expected value on, a hypothesis is proved.
pub(super) const PROVING_BYTES: usize = 8;

/// What speaks for one hypothesis, over all texts.
pub(super) struct Evidence {
    /// That random bytes look like this.
    pub(super) probability: Probability,
    /// Bytes of expected values that were found.
    pub(super) matched: usize,
    /// Bytes that were examined.
    pub(super) examined: usize,
    /// What is odd about the value.
    pub(super) odd: Option<Odd>,
}

impl Evidence {
    /// Of nothing.
    pub(super) fn none() -> Evidence {
        Evidence { probability: Probability::CERTAIN, matched: 0, examined: 0, odd: None }
    }

    pub(super) fn is_proof(&self) -> bool {
        self.matched >= PROVING_BYTES
    }

    /// The evidence of one text more. `None` if their values are odd in different ways.
    pub(super) fn and(mut self, other: Evidence) -> Option<Evidence> {
        self.probability = self.probability.and(other.probability);
        self.matched = self.matched.saturating_add(other.matched);
        self.examined = self.examined.saturating_add(other.examined);
        self.odd = match (self.odd, other.odd) {
            (Some(one), Some(other)) if one.cause != other.cause => return None,
            (one, other) => one.or(other),
        };
        Some(self)
    }
}

/// Examines a decrypted text. `None` if it is no text, or not the expected one.
///
/// `is_whole` is false where only the beginning was decrypted.
pub(super) fn examine(plaintext: &[u8], expected: &[&str], is_whole: bool) -> Option<Evidence> {
    let odd = odd(plaintext, is_whole);
    if expected.is_empty() {
        let probability = match &odd {
            Some(odd) => odd.probability,
            None => Probability::of_text(plaintext, is_whole)?,
        };
        return Some(Evidence { probability, matched: 0, examined: plaintext.len(), odd });
    }
    let is_expected = |bytes: &[u8]| {
        expected.iter().any(|value| {
            if is_whole { value.as_bytes() == bytes } else { value.as_bytes().starts_with(bytes) }
        })
    };
    let examined = plaintext.len();
    if is_expected(plaintext) {
        return Some(Evidence {
            probability: Probability::of_bytes(examined),
            matched: examined,
            examined,
            odd: None,
        });
    }
    // A value of another character set may be shorter or longer than its bytes: all of them were examined.
    let odd = odd.filter(|odd| odd.inner.as_ref().is_some_and(|inner| is_expected(inner.as_bytes())))?;
    Some(Evidence {
        probability: Probability::of_bytes(examined),
        matched: examined,
        examined,
        odd: Some(odd),
    })
}

/// Whether a verified value is one of those expected, as it is or as it was meant.
pub(super) fn is_expected(plaintext: &[u8], odd: Option<&Odd>, expected: &[&str]) -> bool {
    // Of an odd value that cannot be undone nothing else can be said.
    let inner = odd.map(|odd| odd.inner.as_ref().map(|inner| inner.as_bytes()));
    inner == Some(None)
        || expected
            .iter()
            .any(|value| value.as_bytes() == plaintext || inner.flatten() == Some(value.as_bytes()))
}

/// Examines the rest of a value whose first block could not be decrypted.
pub(super) fn examine_rest(
    rest: &[u8],
    skipped: usize,
    expected: &[&str],
    is_whole: bool,
) -> Option<Evidence> {
    let rests: Vec<&str> = expected.iter().filter_map(|value| value.get(skipped..)).collect();
    if !expected.is_empty() && rests.is_empty() {
        return None;
    }
    examine(rest, &rests, is_whole)
}

/// The text of plaintext bytes, wiped.
pub(super) fn text_of(bytes: &[u8]) -> Option<Zeroizing<String>> {
    std::str::from_utf8(bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expected_value_is_found_plain_or_odd_and_nothing_else() {
        let expected = ["+919876543210"];
        let matched = |bytes: &[u8]| examine(bytes, &expected, true).map(|evidence| evidence.matched);
        assert_eq!(matched(b"+919876543210"), Some(13));
        assert_eq!(matched(b"+919876543210\x03\x03\x03"), Some(16));
        assert_eq!(matched(b"\"+919876543210\""), Some(15));
        assert_eq!(matched(b"+919876543211"), None);
        assert_eq!(matched(b"+91987654321"), None);
        let rest = examine_rest(b"43210", 8, &expected, true).map(|evidence| evidence.matched);
        assert_eq!(rest, Some(5));
        assert!(examine_rest(b"43210", 100, &expected, true).is_none());
    }
}
