//! How probable it is that random bytes look like text.

/// The probability that a random byte is a printable ASCII character: 95 of 256.
const PRINTABLE: f64 = 95.0 / 256.0;

/// The decimal logarithm of the probability that so many random bytes are given ones.
pub(super) fn bits(bytes: usize) -> f64 {
    -(bytes as f64) * 256_f64.log10()
}

/// The decimal logarithm of the probability that random bytes are a text like this one: printable ASCII, or UTF-8 without
/// controls. `None` if it is neither.
pub(super) fn text_log_probability(bytes: &[u8], is_whole: bool) -> Option<f64> {
    if bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return Some(bytes.len() as f64 * PRINTABLE.log10());
    }
    let text = valid_prefix(bytes, is_whole)?;
    let is_text =
        text.chars().all(|character| !character.is_control() || matches!(character, '\t' | '\r' | '\n'));
    is_text.then(|| utf8_log_probability(bytes.len()))
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

/// The number of texts of so many bytes in UTF-8 without controls, as a share of all byte strings: a text ends with a
/// character of one, two, three or four bytes.
fn utf8_log_probability(bytes: usize) -> f64 {
    // One byte: 95 printable characters and three blanks. Two bytes: without the C1 controls.
    log_probability(bytes, 98.0, 1_888.0)
}

/// The same with controls.
pub(super) fn weak_text_log_probability(bytes: usize) -> f64 {
    log_probability(bytes, 128.0, 1_920.0)
}

fn log_probability(bytes: usize, of_one_byte: f64, of_two_bytes: f64) -> f64 {
    // Three bytes: without surrogates.
    let shares = [
        of_one_byte / 256.0,
        of_two_bytes / 65_536.0,
        61_440.0 / 16_777_216.0,
        1_048_576.0 / 4_294_967_296.0,
    ];
    let mut last = [1.0, 0.0, 0.0, 0.0];
    let mut log_scale = 0.0;
    for _ in 0..bytes {
        let next: f64 = shares.iter().zip(last).map(|(share, before)| share * before).sum();
        let [first, second, third, _] = last;
        // Scaled, so that a long text's probability does not vanish.
        last = [1.0, first / next, second / next, third / next];
        log_scale += next.log10();
    }
    log_scale
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
            let ours = 10_f64.powf(utf8_log_probability(bytes));
            assert!((1.0..1.4).contains(&(ours / expected)), "{bytes}: {ours:e}");
        }
        assert_eq!(utf8_log_probability(0), 0.0);
        assert!(utf8_log_probability(100_000).is_finite());
        assert!(
            (text_log_probability(b"+919876543210", true).unwrap() - 13.0 * 0.371_f64.log10()).abs() < 0.01
        );
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
            assert_eq!(text_log_probability(bytes, true).is_some(), is_text, "{bytes:?}");
        }
        assert!(text_log_probability(b"ab\xe6\x97", false).is_some(), "the beginning of a text");
        assert!(text_log_probability(b"ab\xff\x97", false).is_none());
    }
}
