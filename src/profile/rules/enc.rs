//! `enc`: algorithm, key, IV and the names to encrypt.

use super::context::Check;
use crate::ascii::Kinds;
use crate::cipher::{Algorithm, IV_LEN, same_text};
use crate::json::{Kind, Value};
use crate::profile::encryption::MASK;
use crate::report::{AdvisoryCode, Pointer, Rule};

/// The pattern in the messages for key and IV.
pub(crate) const KEY_PATTERN: &str = "^[a-zA-Z0-9]+$";

/// An encryption that obeys the rules, borrowed from the payload.
pub(crate) struct CheckedEnc<'d> {
    pub(crate) algorithm: Algorithm,
    pub(crate) key: &'d str,
    pub(crate) iv: &'d str,
    pub(crate) params: Option<Value<'d>>,
}

#[derive(Default)]
struct Members<'d> {
    algo: Option<Value<'d>>,
    key: Option<Value<'d>>,
    iv: Option<Value<'d>>,
    /// With the name it was sent under.
    params: Option<(&'d str, Value<'d>)>,
    unknown: Vec<&'d str>,
}

pub(crate) fn check<'d>(
    value: Value<'d>,
    place: Pointer<'_>,
    check: &mut Check<'_>,
) -> Option<CheckedEnc<'d>> {
    if value.kind() != Kind::Object {
        check.violations.add(place, Rule::type_is("object"));
        return None;
    }
    let before = check.violations.found();
    let mut members = Members::default();
    for (name, value) in value.members() {
        match name {
            "algo" => members.algo = Some(value),
            "key" => members.key = Some(value),
            "IV" => members.iv = Some(value),
            "params" | "Params" if members.params.is_none() => members.params = Some((name, value)),
            "params" | "Params" => {
                check.violations.add(place, Rule::new("params", "must NOT have both params and Params"));
            }
            _ => members.unknown.push(name),
        }
    }
    for (name, member) in [("algo", members.algo), ("key", members.key), ("IV", members.iv)] {
        if member.is_none() {
            check.violations.add(place, Rule::required(name));
        }
    }
    check.unknown_members(&members.unknown, place);
    let algorithm = members.algo.and_then(|value| check_algorithm(value, place.member("algo"), check));
    let key = members.key.and_then(|value| check_key(value, algorithm, place.member("key"), check));
    let iv = members.iv.and_then(|value| check_iv(value, place.member("IV"), check));
    if let Some((name, value)) = members.params {
        check_params(value, place.member(name), check);
    }
    if check.violations.found() != before {
        return None;
    }
    let (algorithm, key, iv) = (algorithm?, key?, iv?);
    if check.notes() {
        advise(algorithm, key, iv, place, check);
    }
    Some(CheckedEnc { algorithm, key, iv, params: members.params.map(|(_, value)| value) })
}

fn check_algorithm(value: Value<'_>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<Algorithm> {
    let algorithm = check.string(value, place).and_then(Algorithm::from_name);
    if algorithm.is_none() {
        check.violations.add(place, Rule::one_of_the_allowed_values());
    }
    algorithm
}

fn check_key<'d>(
    value: Value<'d>,
    algorithm: Option<Algorithm>,
    place: Pointer<'_>,
    check: &mut Check<'_>,
) -> Option<&'d str> {
    check_letters_and_digits(value, place, check, |text| {
        let len = text.chars().count();
        match algorithm {
            Some(algorithm) if len != algorithm.key_len() => Some(Rule::new(
                "key_length",
                format!("must be {} characters for {}", algorithm.key_len(), algorithm.name()),
            )),
            None if !matches!(len, 16 | 24 | 32) => {
                Some(Rule::new("key_length", "must be 16, 24 or 32 characters"))
            }
            _ => None,
        }
    })
}

fn check_iv<'d>(value: Value<'d>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<&'d str> {
    check_letters_and_digits(value, place, check, |text| match text.chars().count() {
        IV_LEN => None,
        len if len > IV_LEN => Some(Rule::at_most_characters(IV_LEN)),
        _ => Some(Rule::at_least_characters(IV_LEN)),
    })
}

fn check_letters_and_digits<'d>(
    value: Value<'d>,
    place: Pointer<'_>,
    check: &mut Check<'_>,
    length: impl FnOnce(&str) -> Option<Rule>,
) -> Option<&'d str> {
    let text = check.string(value, place)?;
    let before = check.violations.found();
    if let Some(rule) = length(text) {
        check.violations.add(place, rule);
    }
    if text.is_empty() || !Kinds::of(text).are_within(Kinds::ALPHANUMERIC) {
        check.violations.add(place, Rule::pattern(KEY_PATTERN));
    }
    if text == MASK {
        // What the asterisks break is said first, in the schema's words; this is what helps.
        check.violations.add(place, Rule::new("masked", "must NOT be masked: the text itself is needed"));
    }
    (check.violations.found() == before).then_some(text)
}

/// At least one name, since an empty list would silently encrypt nothing.
fn check_params(value: Value<'_>, place: Pointer<'_>, check: &mut Check<'_>) {
    let judge = |value: Value<'_>, place: Pointer<'_>, check: &mut Check<'_>| {
        if check.string(value, place) == Some("") {
            check.violations.add(place, Rule::at_least_characters(1));
        }
    };
    match value.kind() {
        Kind::String => judge(value, place, check),
        Kind::Array if value.is_empty() => check.violations.add(place, Rule::at_least_items(1)),
        Kind::Array => {
            for (index, element) in value.elements().enumerate() {
                judge(element, place.element(index), check);
            }
        }
        _ => check.violations.add(place, Rule::type_is("array")),
    }
}

fn advise(algorithm: Algorithm, key: &str, iv: &str, place: Pointer<'_>, check: &mut Check<'_>) {
    check.note(
        if algorithm.is_authenticated() {
            AdvisoryCode::FixedNonceGcm
        } else {
            AdvisoryCode::UnauthenticatedCfb
        },
        place,
    );
    if same_text(key, iv) {
        check.note(AdvisoryCode::KeyEqualsIv, place.member("key"));
    }
    if is_easy_to_guess(key.as_bytes()) {
        check.note(AdvisoryCode::LowEntropyKey, place.member("key"));
    }
}

/// At most 4 different characters, digits only, or mostly a run up or down such as `abcdef` or `987654`.
///
/// Branches on the key, at configuration time only.
fn is_easy_to_guess(key: &[u8]) -> bool {
    // Letters and digits are ASCII, so a bit each.
    let seen = key.iter().fold(0u128, |seen, byte| seen | 1u128.wrapping_shl(u32::from(*byte)));
    let different = seen.count_ones();
    let run = |step: u8| {
        let follows = |pair: &&[u8]| matches!(pair, [a, b] if a.wrapping_add(step) == *b);
        key.windows(2).filter(follows).count().saturating_mul(4)
            >= key.len().saturating_sub(1).saturating_mul(3)
    };
    different <= 4 || key.iter().all(u8::is_ascii_digit) || run(1) || run(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_easy_to_guess() {
        for key in [
            "aaaaaaaaaaaaaaaa",
            "abababababababcd",
            "1029384756473829",
            "abcdefghijklmnop",
            "ponmlkjihgfedcba",
            "0123456789abcdef",
        ] {
            assert!(is_easy_to_guess(key.as_bytes()), "{key}");
        }
        for key in ["12xxxxxxxxxxxx34", "K1abcdefghijkl2P", "q8Zr2LmV0xTb6NcY", "abcdeabcdeabcdea"] {
            assert_eq!(is_easy_to_guess(key.as_bytes()), key == "abcdeabcdeabcdea", "{key}");
        }
    }
}
