//! Whether the `xn--` labels of a host are what they claim to be.
//!
//! A label that browsers decode and resolvers take unchanged is two hosts in one (RUSTSEC-2024-0421). So each is
//! decoded (RFC 3492) and compared with those rules of UTS #46 that need no large tables. Not checked, since they do:
//! normalisation (NFC), stray compatibility characters, unassigned code points, scripts that are mixed, the
//! rules for right-to-left text, and marks at the start of a label. A label that fails only one of those is accepted
//! here and refused by a client that follows WHATWG: the callback fails, it does not go elsewhere. Joiners, which
//! UTS #46 allows between some letters, are refused like every other invisible character.

use core::ops::RangeInclusive;

use crate::visible::is_invisible;

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// Whether a label, in lower case and ASCII, may be in a host.
pub(super) fn is_valid_label(label: &str) -> bool {
    let Some(encoded) = label.strip_prefix("xn--") else { return true };
    let Some(decoded) = decode(encoded) else { return false };
    // Punycode of ASCII alone hides a plain name, and so does Punycode of Punycode: IDNA refuses both.
    !decoded.iter().all(char::is_ascii)
        && !decoded.starts_with(&['x', 'n', '-', '-'])
        && decoded.into_iter().all(may_be_in_label)
}

/// What UTS #46 allows, as far as the standard library knows.
fn may_be_in_label(character: char) -> bool {
    let blank = character.is_control() || character.is_whitespace() || is_invisible(character);
    // Cherokee is the one script whose capital letters are the normal form.
    let folded = match u32::from(character) {
        0x13A0..=0x13F5 => false,
        0x13F8..=0x13FD | 0xAB70..=0xABBF => true,
        _ => !character.to_lowercase().eq([character]),
    };
    !blank && !folded && !COMPATIBILITY.iter().any(|range| range.contains(&u32::from(character)))
}

/// The longer runs of characters that UTS #46 maps to others: presentation forms, and letters and digits in circles,
/// squares, full width or mathematical styles.
const COMPATIBILITY: [RangeInclusive<u32>; 43] = [
    0x2B0..=0x2B8,
    0x37E..=0x387,
    0x1C80..=0x1C88,
    0x1D2C..=0x1D2E,
    0x1D30..=0x1D3A,
    0x1D3C..=0x1D4D,
    0x1D4F..=0x1D6A,
    0x1D9B..=0x1DBF,
    0x1F7D..=0x1FA7,
    0x1FB7..=0x1FC4,
    0x1FC7..=0x1FCF,
    0x2024..=0x2026,
    0x2070..=0x209C,
    0x2100..=0x2103,
    0x2109..=0x2113,
    0x2119..=0x211D,
    0x212F..=0x2139,
    0x2150..=0x217F,
    0x2460..=0x24EA,
    0x2EF3..=0x2FD5,
    0x3131..=0x318E,
    0x3192..=0x319F,
    0x3200..=0x3247,
    0x3250..=0x327E,
    0x3280..=0x33FF,
    0xF900..=0xFA0D,
    0xFA15..=0xFA1E,
    0xFA2A..=0xFB1D,
    0xFB1F..=0xFBB1,
    0xFBD3..=0xFD3D,
    0xFD50..=0xFDC7,
    0xFDF0..=0xFDFC,
    0xFE10..=0xFE19,
    0xFE30..=0xFE44,
    0xFE47..=0xFE72,
    0xFE74..=0xFEFC,
    0xFF01..=0xFFEE,
    0x10781..=0x107BA,
    0x1D400..=0x1D7FF,
    0x1EE00..=0x1EEBB,
    0x1F100..=0x1F14F,
    0x1F200..=0x1F251,
    0x2F800..=0x2FA1D,
];

/// RFC 3492, 6.2, for lower case and with every overflow refused.
///
/// There is no need to encode again for a comparison: the characters are inserted in rising order of code point and
/// index, each distance has one spelling, so two texts never decode to the same label. The one exception, an empty
/// part before the delimiter, is refused.
fn decode(encoded: &str) -> Option<Vec<char>> {
    let (basic, extended) = match encoded.rsplit_once('-') {
        Some(("", _)) => return None,
        Some(parts) => parts,
        None => ("", encoded),
    };
    let mut decoded: Vec<char> = basic.chars().collect();
    let mut digits = extended.bytes().peekable();
    let (mut code_point, mut position, mut bias) = (INITIAL_N, 0_u32, INITIAL_BIAS);
    while digits.peek().is_some() {
        let start = position;
        let mut weight: u32 = 1;
        let mut threshold_base = BASE;
        loop {
            let digit = digit_value(digits.next()?)?;
            position = position.checked_add(digit.checked_mul(weight)?)?;
            let threshold = threshold_base.saturating_sub(bias).clamp(T_MIN, T_MAX);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE.checked_sub(threshold)?)?;
            threshold_base = threshold_base.checked_add(BASE)?;
        }
        let length = u32::try_from(decoded.len()).ok()?.checked_add(1)?;
        bias = adapt(position.checked_sub(start)?, length, start == 0)?;
        code_point = code_point.checked_add(position.checked_div(length)?)?;
        position = position.checked_rem(length)?; // so it is at most the number of characters there are
        decoded.insert(usize::try_from(position).ok()?, char::from_u32(code_point)?);
        position = position.checked_add(1)?;
    }
    Some(decoded)
}

fn digit_value(byte: u8) -> Option<u32> {
    match byte {
        b'a'..=b'z' => Some(u32::from(byte.wrapping_sub(b'a'))),
        b'0'..=b'9' => Some(u32::from(byte.wrapping_sub(b'0')).saturating_add(26)),
        _ => None,
    }
}

/// RFC 3492, 6.1.
fn adapt(delta: u32, length: u32, first: bool) -> Option<u32> {
    let mut delta = delta.checked_div(if first { DAMP } else { 2 })?;
    delta = delta.checked_add(delta.checked_div(length)?)?;
    let mut bias: u32 = 0;
    let range = BASE.checked_sub(T_MIN)?;
    while delta > range.checked_mul(T_MAX)? / 2 {
        delta = delta.checked_div(range)?;
        bias = bias.checked_add(BASE)?;
    }
    bias.checked_add(BASE.checked_mul(delta)?.checked_div(delta.checked_add(SKEW)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(label: &str) -> Option<String> {
        decode(label).map(String::from_iter)
    }

    #[test]
    fn the_samples_of_rfc_3492_decode() {
        for (label, text) in [
            ("egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"),
            ("ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"),
            ("ihqwctvzc91f659drss3x8bo0yb", "他們爲什麽不說中文"),
            ("4dbcagdahymbxekheh6e0a7fei0b", "למההםפשוטלאמדבריםעברית"),
            ("n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa", "なぜみんな日本語を話してくれないのか"),
            ("b1abfaaepdrnnbgefbadotcwatmq2g4l", "почемужеонинеговорятпорусски"),
            ("bcher-kva", "bücher"),
            ("mnchen-3ya", "münchen"),
        ] {
            assert_eq!(decoded(label).as_deref(), Some(text), "{label}");
        }
    }

    /// The first character's delta becomes 455, the largest that is not clamped; the second shows it. Encoded by Python.
    #[test]
    fn the_largest_delta_that_is_not_clamped() {
        assert_eq!(decoded("abcde-f46tn12q").as_deref(), Some("abcde눼한"));
    }

    #[test]
    fn disguises_and_broken_labels_are_refused() {
        for label in [
            "xn--",
            "xn---",
            "xn--a",
            "xn--example-",
            "xn--pokxncvks",
            "xn--99999999",
            "xn--xn---epa",
            "xn--a_b-",
            "xn--_",
            "xn--0",
            "xn--zzzzzzzzzzzzzzzzz",
        ] {
            assert!(!is_valid_label(label), "{label}");
        }
        for label in
            ["example", "xn-", "xn", "x--n", "a-", "-a", "xn--bcher-kva", "xn--fiqs8s", "xn--e1afmkfd"]
        {
            assert!(is_valid_label(label), "{label}");
        }
    }

    /// The labels are from Python's codec.
    #[test]
    fn only_characters_that_may_be_in_a_label_are_encoded() {
        for (label, character) in [
            ("xn--9ca", 'é'),
            ("xn--58d", '\u{13A0}'), // Cherokee, capital
            ("xn--lce", '\u{13F5}'),
        ] {
            assert!(is_valid_label(label), "{character:?}");
        }
        for (label, character) in [
            ("xn--dca", 'É'),
            ("xn--kz9a", '\u{AB70}'), // Cherokee, small
            ("xn--oce", '\u{13F8}'),
            ("xn--ab-ba", '\u{80}'),     // control
            ("xn--ab-l13a", '\u{3000}'), // white space
            ("xn--ab-5da", '\u{AD}'),    // invisible
            ("xn--ab-g1t", '\u{200B}'),
        ] {
            assert!(!is_valid_label(label), "{character:?}");
            assert!(decode(label.trim_start_matches("xn--")).unwrap().contains(&character));
        }
    }
}
