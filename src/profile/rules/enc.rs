//! `enc`: algorithm, key, IV and the names to encrypt. Version 2 has a file of its own.

use super::context::Check;
use super::enc_members::{Members, check_masked, check_params};
use super::sealed::{self, CheckedSealed};
use crate::ascii::Kinds;
use crate::cipher::{Algorithm, IV_LEN, same_text};
use crate::json::{Kind, Value};
use crate::report::{AdvisoryCode, Pointer, Refused, Rule};

/// The pattern in the messages for key and IV.
pub(crate) const KEY_PATTERN: &str = "^[a-zA-Z0-9]+$";

/// An encryption that obeys the rules, borrowed from the payload.
pub(crate) enum CheckedEnc<'d> {
    /// The documented one.
    Documented(CheckedDocumented<'d>),
    /// Version 2.
    Sealed(CheckedSealed<'d>),
}

impl<'d> CheckedEnc<'d> {
    /// The names to encrypt, with the name that their member was sent under.
    pub(crate) fn params(&self) -> Option<(&'d str, Value<'d>)> {
        match self {
            CheckedEnc::Documented(enc) => enc.params,
            CheckedEnc::Sealed(enc) => enc.params,
        }
    }
}

/// The documented encryption.
pub(crate) struct CheckedDocumented<'d> {
    pub(crate) algorithm: Algorithm,
    pub(crate) key: &'d str,
    pub(crate) iv: &'d str,
    /// The names to encrypt, with the name that their member was sent under: `params` or `Params`.
    pub(crate) params: Option<(&'d str, Value<'d>)>,
}

/// The documented members, in their order, and the one that makes it the other version.
const MEMBERS: [&str; 5] = ["algo", "key", "IV", "params", "version"];

pub(super) fn check<'d>(
    value: Value<'d>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<CheckedEnc<'d>, Refused> {
    if value.kind() != Kind::Object {
        return Err(check.violations.add(pointer, Rule::type_is("object")));
    }
    let before = check.violations.found();
    let members = Members::of(value, pointer, check);
    let checked = match members.version {
        None if check.options.refuse_v1 => {
            let rule =
                Rule::new("refused_version", "must be sealed: version 2 and a key that begins with cbk2_");
            Err(check.violations.add(pointer, rule))
        }
        None => check_documented(&members, pointer, check).map(CheckedEnc::Documented),
        Some(version) if !is_two(version) => {
            Err(check.violations.add(pointer.member("version"), Rule::one_of_numbers(&["2"])))
        }
        Some(_) if check.options.refuse_sealed => {
            let rule = Rule::new("refused_version", "must NOT be there: sealed callbacks are refused");
            Err(check.violations.add(pointer.member("version"), rule))
        }
        Some(_) => sealed::check(&members, pointer, check).map(CheckedEnc::Sealed),
    };
    check.violations.none_since(before)?;
    checked
}

/// Whether a value is the number 2, however it is written: JSON Schema, which our schema is for, compares numbers.
fn is_two(value: Value<'_>) -> bool {
    value.is_digit(b'2')
}

fn check_documented<'d>(
    members: &Members<'d>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<CheckedDocumented<'d>, Refused> {
    let before = check.violations.found();
    let mut required = |member: Option<Value<'d>>, name: &str| {
        member.ok_or_else(|| check.violations.add(pointer, Rule::required(name)))
    };
    let algorithm = required(members.algo, "algo");
    let (key, iv) = (required(members.key, "key"), required(members.iv, "IV"));
    check.unknown_members(&members.unknown, &MEMBERS, pointer);
    let algorithm = algorithm.and_then(|value| check_algorithm(value, pointer.member("algo"), check));
    let known = algorithm.as_ref().ok().copied();
    let key = key.and_then(|value| check_key(value, known, pointer.member("key"), check));
    let iv = iv.and_then(|value| check_iv(value, pointer.member("IV"), check));
    if let Some((name, value)) = members.params {
        check_params(value, pointer.member(name), check);
    }
    check.violations.none_since(before)?;
    let (algorithm, key, iv) = (algorithm?, key?, iv?);
    if check.notes() {
        advise(algorithm, key, iv, pointer, check);
    }
    Ok(CheckedDocumented { algorithm, key, iv, params: members.params })
}

fn check_algorithm(
    value: Value<'_>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<Algorithm, Refused> {
    let algorithm = check.string(value, pointer).ok().and_then(Algorithm::from_name);
    algorithm.ok_or_else(|| check.violations.add(pointer, Rule::one_of(Algorithm::NAMES)))
}

fn check_key<'d>(
    value: Value<'d>,
    algorithm: Option<Algorithm>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<&'d str, Refused> {
    check_letters_and_digits(value, pointer, check, |text| {
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

fn check_iv<'d>(value: Value<'d>, pointer: Pointer<'_>, check: &mut Check<'_>) -> Result<&'d str, Refused> {
    check_letters_and_digits(value, pointer, check, |text| match text.chars().count() {
        IV_LEN => None,
        len if len > IV_LEN => Some(Rule::at_most_characters(IV_LEN)),
        _ => Some(Rule::at_least_characters(IV_LEN)),
    })
}

fn check_letters_and_digits<'d>(
    value: Value<'d>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
    length: impl FnOnce(&str) -> Option<Rule>,
) -> Result<&'d str, Refused> {
    let text = check.string(value, pointer)?;
    check_masked(text, pointer, check)?;
    let before = check.violations.found();
    if let Some(rule) = length(text) {
        check.violations.add(pointer, rule);
    }
    if text.is_empty() || !Kinds::of(text).are_within(Kinds::ALPHANUMERIC) {
        check.violations.add(pointer, Rule::pattern(KEY_PATTERN));
    }
    check.violations.none_since(before)?;
    Ok(text)
}

fn advise(algorithm: Algorithm, key: &str, iv: &str, pointer: Pointer<'_>, check: &mut Check<'_>) {
    check.note(
        if algorithm.is_authenticated() {
            AdvisoryCode::FixedNonceGcm
        } else {
            AdvisoryCode::UnauthenticatedCfb
        },
        pointer,
    );
    if same_text(key, iv) {
        check.note(AdvisoryCode::KeyEqualsIv, pointer.member("key"));
    }
    if is_easy_to_guess(key.as_bytes()) {
        check.note(AdvisoryCode::LowEntropyKey, pointer.member("key"));
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
