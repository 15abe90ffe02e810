//! How probable it is that random bytes look like text.

/// Printable ASCII characters among the 256 bytes.
const PRINTABLE: f64 = 95.0;
/// Printable characters of Latin-1.
const PRINTABLE_LATIN1: f64 = 191.0;

/// A probability, however small. It is computed by multiplications, divisions and additions alone, whose results IEEE 754
/// fixes to the last bit, so that a chance has the same digits on every machine; logarithms have not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Probability {
    /// From 0.5 to below 1.
    fraction: f64,
    /// The power of two that it is multiplied by.
    exponent: i32,
}

impl Probability {
    /// Of what happens always.
    pub(super) const CERTAIN: Probability = Probability { fraction: 0.5, exponent: 1 };

    /// That so many random bytes are given ones: 2^-8 each.
    pub(super) fn of_bytes(bytes: usize) -> Probability {
        let bits = i32::try_from(bytes.saturating_mul(8)).unwrap_or(i32::MAX);
        Probability { fraction: 0.5, exponent: 1_i32.saturating_sub(bits) }
    }

    /// That random bytes of this length are printable in Latin-1.
    pub(super) fn of_latin1(bytes: usize) -> Probability {
        Probability::CERTAIN.and_each(PRINTABLE_LATIN1 / 256.0, bytes)
    }

    /// That random bytes of this length are UTF-8, controls allowed.
    pub(super) fn of_utf8(bytes: usize) -> Probability {
        of_utf8(bytes, 128.0, 1_920.0)
    }

    /// That random bytes are a text like this one: printable ASCII, or UTF-8 without controls. `None` if it is neither.
    ///
    /// `is_whole` is false for the beginning of a text, which may end within a character.
    pub(super) fn of_text(bytes: &[u8], is_whole: bool) -> Option<Probability> {
        if bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) {
            return Some(Probability::CERTAIN.and_each(PRINTABLE / 256.0, bytes.len()));
        }
        let text = valid_prefix(bytes, is_whole)?;
        let is_text =
            text.chars().all(|character| !character.is_control() || matches!(character, '\t' | '\r' | '\n'));
        // One byte: 95 printable characters and three blanks. Two bytes: without the C1 controls.
        is_text.then(|| of_utf8(bytes.len(), 98.0, 1_888.0))
    }

    /// That this happens and the other, too.
    pub(super) fn and(self, other: Probability) -> Probability {
        let product =
            Probability { fraction: self.fraction, exponent: self.exponent.saturating_add(other.exponent) };
        product.scaled(other.fraction)
    }

    /// That one of so many alternatives happens, at most.
    pub(super) fn times(self, alternatives: usize) -> Probability {
        self.scaled(alternatives as f64)
    }

    /// As a number, which is at most 1 and never 0.
    pub(super) fn value(self) -> f64 {
        let mut value = self.fraction;
        for _ in 0..self.exponent.unsigned_abs().min(1100) {
            value = if self.exponent > 0 { value * 2.0 } else { value / 2.0 };
        }
        value.clamp(f64::MIN_POSITIVE, 1.0)
    }

    fn and_each(self, share: f64, times: usize) -> Probability {
        (0..times).fold(self, |all, _| all.scaled(share))
    }

    /// Multiplied by a factor above 0.
    fn scaled(self, factor: f64) -> Probability {
        let Probability { mut fraction, mut exponent } = self;
        fraction *= factor;
        // Powers of two change no digit.
        while fraction >= 1.0 {
            fraction /= 2.0;
            exponent = exponent.saturating_add(1);
        }
        while fraction < 0.5 && fraction > 0.0 {
            fraction *= 2.0;
            exponent = exponent.saturating_sub(1);
        }
        Probability { fraction, exponent }
    }
}

/// The text; of the beginning of one, all but a character that is not whole.
fn valid_prefix(bytes: &[u8], is_whole: bool) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if !is_whole && error.error_len().is_none() => {
            std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()
        }
        Err(_) => None,
    }
}

/// The number of texts of so many bytes in UTF-8, as a share of all byte strings: a text ends with a character of one, two,
/// three or four bytes.
fn of_utf8(bytes: usize, of_one_byte: f64, of_two_bytes: f64) -> Probability {
    // Three bytes: without surrogates.
    let shares = [
        of_one_byte / 256.0,
        of_two_bytes / 65_536.0,
        61_440.0 / 16_777_216.0,
        1_048_576.0 / 4_294_967_296.0,
    ];
    let mut last = [1.0, 0.0, 0.0, 0.0];
    let mut all = Probability::CERTAIN;
    for _ in 0..bytes {
        let next: f64 = shares.iter().zip(last).map(|(share, before)| share * before).sum();
        let [first, second, third, _] = last;
        // Scaled, so that a long text's probability does not vanish.
        last = [1.0, first / next, second / next, third / next];
        all = all.scaled(next);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_those_of_the_specification() {
        for (bytes, expected) in
            [(4, 3.7e-2), (8, 1.6e-3), (10, 3.5e-4), (13, 3.4e-5), (16, 3.2e-6), (20, 1.4e-7), (24, 6e-9)]
        {
            // Ours counts three blanks as text that the specification counts as controls.
            let ours = of_utf8(bytes, 98.0, 1_888.0).value();
            assert!((1.0..1.4).contains(&(ours / expected)), "{bytes}: {ours:e}");
        }
        assert_eq!(of_utf8(0, 98.0, 1_888.0).value(), 1.0);
        let printable = Probability::of_text(b"+919876543210", true).unwrap().value();
        assert!((printable - 0.371_f64.powi(13)).abs() < 1e-7, "{printable:e}");
        assert_eq!(Probability::of_bytes(2).times(65_536).value(), 1.0);
        assert_eq!(Probability::of_bytes(2).and(Probability::of_bytes(1)).value(), 1.0 / 16_777_216.0);
        assert_eq!(Probability::of_bytes(1).times(1_000).value(), 1.0, "no more than certain");
    }

    /// Every digit, as every machine has to print it.
    #[test]
    fn probabilities_have_the_same_digits_everywhere() {
        let shown = |probability: Probability| format!("{:e}", probability.value());
        assert_eq!(shown(Probability::of_text(&[b'a'; 13], true).unwrap()), "2.53097187814944e-6");
        assert_eq!(
            shown(Probability::of_text("é".repeat(20).as_bytes(), true).unwrap()),
            "3.839388176441548e-14"
        );
        assert_eq!(shown(Probability::of_latin1(30)), "1.5268699856871193e-4");
        assert_eq!(shown(Probability::of_utf8(500)), "7.226453944931839e-125");
    }

    #[test]
    fn no_probability_vanishes() {
        for small in
            [Probability::of_bytes(1_000), Probability::of_bytes(usize::MAX), Probability::of_utf8(100_000)]
        {
            assert_eq!(small.value(), f64::MIN_POSITIVE);
        }
    }

    #[test]
    fn texts_are_told_from_bytes() {
        for (bytes, is_text) in [
            (&b""[..], true),
            (b"a b~", true),
            ("Grüße\r\n\t日本 😀".as_bytes(), true),
            (b"a\0", false),
            (b"a\x7f", false),
            ("a\u{80}".as_bytes(), false),
            (b"\xff", false),
            (b"\xe6\x97", false),
            (b"\xed\xa0\x80", false),
        ] {
            assert_eq!(Probability::of_text(bytes, true).is_some(), is_text, "{bytes:?}");
        }
        assert!(Probability::of_text(b"ab\xe6\x97", false).is_some(), "the beginning of a text");
        assert!(Probability::of_text(b"ab\xff\x97", false).is_none());
    }
}
