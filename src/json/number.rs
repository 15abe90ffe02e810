//! Whether a number is one that a double can be.

/// The digits of 2^1024 - 2^970, half a step above the largest double (IEEE 754): what is as large is read as infinite.
const TOO_LARGE: &[u8; 309] = b"\
    179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587\
    207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711\
    531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093\
    042880177904174497792";

/// Whether a number by the grammar of JSON is too large for a double. std's reader of doubles would tell it too, with a table of
/// ten kilobytes, which the page (`examples/page`) has no room for.
pub(super) fn is_too_large(number: &[u8]) -> bool {
    let unsigned = number.strip_prefix(b"-").unwrap_or(number);
    let end = unsigned.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(unsigned.len());
    let (mantissa, exponent) = unsigned.split_at(end);
    let point = mantissa.iter().position(|byte| *byte == b'.').unwrap_or(mantissa.len());
    let Some(first) = mantissa.iter().position(|byte| matches!(byte, b'1'..=b'9')) else { return false };
    // The power of ten that the first digit stands for: without the exponent 0 just before the point, -1 just after it.
    let place = signed(point).saturating_sub(signed(first)).saturating_sub(i64::from(first < point));
    let place = place.saturating_add(exponent_of(exponent));
    let largest = signed(TOO_LARGE.len()).saturating_sub(1);
    if place != largest {
        return place > largest;
    }
    mantissa.iter().skip(first).filter(|byte| **byte != b'.').ge(TOO_LARGE)
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
