//! How large a number is: whether a double can be it, and whether it is a certain digit. Without std's reader of doubles, which
//! brings a table of ten kilobytes; the page (`examples/page`) has no room for that.

/// The digits of 2^1024 - 2^970, half a step above the largest double (IEEE 754): what is as large is read as infinite.
const TOO_LARGE: &[u8; 309] = b"\
    179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587\
    207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711\
    531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093\
    042880177904174497792";

/// Whether a number by the grammar of JSON is too large for a double.
pub(super) fn is_too_large(number: &[u8]) -> bool {
    let unsigned = number.strip_prefix(b"-").unwrap_or(number);
    let Some((place, digits)) = significant(unsigned) else { return false };
    let largest = signed(TOO_LARGE.len()).saturating_sub(1);
    if place != largest { place > largest } else { digits.ge(TOO_LARGE) }
}

/// Whether a number by the grammar of JSON is this digit from `1` to `9`, however it is written: `2`, `2.0`, `20e-1`.
pub(super) fn is_digit(number: &[u8], digit: u8) -> bool {
    let Some((0, mut digits)) = significant(number) else { return false };
    digits.next() == Some(&digit) && digits.all(|digit| *digit == b'0')
}

/// The digits of a number without a sign from the first one that is no zero, and the power of ten that this one stands for;
/// `None` for zero, and with a sign.
fn significant(unsigned: &[u8]) -> Option<(i64, impl Iterator<Item = &u8>)> {
    let end = unsigned.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(unsigned.len());
    let (mantissa, exponent) = unsigned.split_at(end);
    let point = mantissa.iter().position(|byte| *byte == b'.').unwrap_or(mantissa.len());
    let first = mantissa.iter().position(|byte| matches!(byte, b'1'..=b'9'))?;
    // Without the exponent 0 just before the point, -1 just after it.
    let place = signed(point).saturating_sub(signed(first)).saturating_sub(i64::from(first < point));
    let is_signed = mantissa.first() == Some(&b'-');
    let digits = mantissa.iter().skip(first).filter(|byte| **byte != b'.');
    (!is_signed).then_some((place.saturating_add(exponent_of(exponent)), digits))
}

/// The exponent behind `e`, or the nearest number that there is; 0 if there is none.
fn exponent_of(text: &[u8]) -> i64 {
    let (is_negative, digits) = match text {
        [] => return 0,
        [_, b'-', digits @ ..] => (true, digits),
        [_, b'+', digits @ ..] | [_, digits @ ..] => (false, digits),
    };
    let size = digits.iter().fold(0_i64, |size, digit| {
        size.saturating_mul(10).saturating_add(i64::from(digit.saturating_sub(b'0')))
    });
    if is_negative { size.saturating_neg() } else { size }
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_is_told_however_it_is_written() {
        for number in ["2", "2.0", "2e0", "20e-1", "0.2E+1", "0.0020e3", "2.000", "200.00e-0002"] {
            assert!(is_digit(number.as_bytes(), b'2') && !is_digit(number.as_bytes(), b'3'), "{number}");
        }
        for number in
            ["0", "-2", "20", "0.2", "2e1", "2e-1", "2.01", "21e-1", "22", "12", "2e99999999999999999999"]
        {
            assert!(!is_digit(number.as_bytes(), b'2'), "{number}");
        }
    }

    #[test]
    fn it_says_what_the_reader_of_doubles_says() {
        let threshold = std::str::from_utf8(TOO_LARGE).unwrap();
        let start = threshold.strip_suffix('2').unwrap();
        let (less, more) = (format!("{start}1"), format!("{start}3"));
        let longer = [threshold, "0", "1"].concat();
        let digits = [
            threshold,
            &less,
            &more,
            &longer,
            "1",
            "9",
            "17976931348623157",
            "17976931348623159",
            "000179770",
        ];
        let (mut large, mut small) = (0, 0);
        let mut compare = |number: String| {
            let is_large = number.parse::<f64>().unwrap().is_infinite();
            assert_eq!(is_too_large(number.as_bytes()), is_large, "{number}");
            *(if is_large { &mut large } else { &mut small }) += 1;
        };
        for text in digits {
            for point in 0..=text.len() {
                let (whole, part) = text.split_at(point);
                let zeros = part.len() - part.trim_start_matches('0').len();
                for shift in -2_i64..=2 {
                    let exponent = 309 - whole.trim_start_matches('0').len() as i64 + zeros as i64 + shift;
                    compare(format!("{whole}.{part}0e{exponent}"));
                    compare(format!("-0{whole}.0{part}E{:+}", exponent + 1));
                }
            }
            compare(text.to_owned());
        }
        for exponent in
            ["0", "1", "324", "400", "99999999999999999999", "-1", "-400", "-99999999999999999999", "+0309"]
        {
            for text in ["0", "0.00", "1", "-9", "0.00001", "99999"] {
                compare(format!("{text}e{exponent}"));
            }
        }
        assert!(large > 2_000 && small > 2_000, "{large} {small}");
    }
}
