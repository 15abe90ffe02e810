//! `enc` of version 2: the key of sealed callbacks, its id, and what a sealed callback can carry.

use std::collections::BTreeSet;

use super::Source;
use super::context::Check;
use super::enc_members::{Members, check_masked, check_params};
use super::url::CheckedUrl;
use crate::body::query;
use crate::cipher::SealingKey;
use crate::json::Value;
use crate::replacer::has_names;
use crate::report::{AdvisoryCode, Pointer, Refused, Rule};

/// The patterns in the messages for the key's id and the key.
pub(crate) const KID_PATTERN: &str = "^[A-Za-z0-9._-]+$";
pub(crate) const SEALING_KEY_PATTERN: &str = "^cbk2_[A-Za-z0-9_-]{43}$";

/// Longest id of a key in characters.
pub(crate) const MAX_KID_LEN: usize = 64;

/// The one algorithm, which may be left out.
pub(crate) const SEALED_ALGORITHMS: &[&str] = &["A256GCM"];

/// The parameter that carries the sealed callback.
const TOKEN_NAME: &str = "jwe";

/// An `enc` of version 2 that obeys the rules, borrowed from the payload.
pub(crate) struct CheckedSealed<'d> {
    pub(crate) kid: &'d str,
    pub(crate) key: &'d str,
    /// The names that no readable copy has, with the name that their member was sent under.
    pub(crate) params: Option<(&'d str, Value<'d>)>,
}

/// Checks the members but for `version`.
pub(super) fn check<'d>(
    members: &Members<'d>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<CheckedSealed<'d>, Refused> {
    let before = check.violations.found();
    let mut required = |member: Option<Value<'d>>, name: &str| {
        member.ok_or_else(|| check.violations.add(pointer, Rule::required(name)))
    };
    let (kid, key) = (required(members.kid, "kid"), required(members.key, "key"));
    check.unknown_members(&members.unknown, &["version", "kid", "key", "algo", "params"], pointer);
    if let Some(value) = members.algo {
        check_algorithm(value, pointer.member("algo"), check);
    }
    let kid = kid.and_then(|value| check_kid(value, pointer.member("kid"), check));
    let key = key.and_then(|value| check_key(value, pointer.member("key"), check));
    if members.iv.is_some() {
        let rule =
            Rule::new("sealed_iv", "must NOT be there in version 2: each callback has a nonce of its own");
        check.violations.add(pointer.member("IV"), rule);
    }
    if let Some((name, value)) = members.params {
        check_params(value, pointer.member(name), check);
    }
    check.violations.none_since(before)?;
    Ok(CheckedSealed { kid: kid?, key: key?, params: members.params })
}

fn check_algorithm(value: Value<'_>, pointer: Pointer<'_>, check: &mut Check<'_>) {
    let name = check.string(value, pointer);
    if !name.is_ok_and(|name| SEALED_ALGORITHMS.contains(&name)) {
        check.violations.add(pointer, Rule::one_of(SEALED_ALGORITHMS));
    }
}

fn check_kid<'d>(value: Value<'d>, pointer: Pointer<'_>, check: &mut Check<'_>) -> Result<&'d str, Refused> {
    let text = check.string(value, pointer)?;
    let before = check.violations.found();
    if text.chars().nth(MAX_KID_LEN).is_some() {
        check.violations.add(pointer, Rule::at_most_characters(MAX_KID_LEN));
    }
    if !has_form_of_kid(text) {
        check.violations.add(pointer, Rule::pattern(KID_PATTERN));
    }
    check.violations.none_since(before)?;
    Ok(text)
}

/// Whether a text is a key's id.
pub(crate) fn is_kid(text: &str) -> bool {
    text.len() <= MAX_KID_LEN && has_form_of_kid(text)
}

/// Whether a text matches [`KID_PATTERN`].
fn has_form_of_kid(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

fn check_key<'d>(value: Value<'d>, pointer: Pointer<'_>, check: &mut Check<'_>) -> Result<&'d str, Refused> {
    let text = check.string(value, pointer)?;
    check_masked(text, pointer, check)?;
    if SealingKey::is_key(text) {
        return Ok(text);
    }
    let rule = match has_form_of_key(text) {
        false => Rule::pattern(SEALING_KEY_PATTERN),
        true => Rule::new(
            "sealing_key",
            "must be cbk2_ and the base64url of 32 random bytes, its last two bits zero",
        ),
    };
    Err(check.violations.add(pointer, rule))
}

/// Whether a text matches [`SEALING_KEY_PATTERN`].
fn has_form_of_key(text: &str) -> bool {
    let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    text.strip_prefix("cbk2_").is_some_and(|rest| rest.len() == 43 && rest.bytes().all(is_base64url))
}

/// Checks what a sealed callback carries: all parameters of body and query are one object, so their names differ, and none
/// is that of the token, in any case. A name that is filled could be any of them.
pub(super) fn check_template(
    url: &CheckedUrl<'_>,
    body: Option<Value<'_>>,
    headers: Option<&Source<'_>>,
    check: &mut Check<'_>,
) {
    let root = Pointer::Root;
    let mut names = BTreeSet::new();
    for (name, _) in body.filter(|_| check.sends_body).into_iter().flat_map(Value::members) {
        names.insert(name.to_owned());
        if name.eq_ignore_ascii_case(TOKEN_NAME) {
            check.violations.add(root.member("body").member(name), token_name());
        }
    }
    let pointer = root.member("url");
    for name in query::names(url.parts.query) {
        let rule = match name {
            None => {
                Rule::new("sealed_name", "must NOT have a replacer in the name of a parameter that is sealed")
            }
            Some(name) if name.eq_ignore_ascii_case(TOKEN_NAME) => token_name(),
            Some(name) if !names.insert(name.clone()) => Rule::new(
                "sealed_name",
                "must NOT have a parameter whose name occurs twice in body and query",
            ),
            Some(_) => continue,
        };
        check.violations.add(pointer, rule);
    }
    if has_names(url.parts.path) {
        let rule =
            Rule::new("unsealed_replacer", "must NOT have a replacer in its path, which is not sealed");
        check.advise(AdvisoryCode::UnsealedReplacer, pointer, rule);
    }
    let pointer = root.member("headers");
    for (name, value) in headers.map(Source::object).into_iter().flat_map(Value::members) {
        if value.as_str().is_some_and(has_names) {
            let rule = Rule::new("unsealed_replacer", "must NOT have a replacer, which is not sealed");
            check.advise(AdvisoryCode::UnsealedReplacer, pointer.member(name), rule);
        }
    }
}

fn token_name() -> Rule {
    Rule::new("sealed_name", "must NOT have a parameter named jwe, which carries the sealed callback")
}

#[cfg(test)]
#[allow(clippy::string_slice)] // a test may panic
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_key_and_id_are_their_patterns() {
        let pattern = regex::Regex::new(SEALING_KEY_PATTERN).unwrap();
        let key = "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
        for text in
            [key, &key[1..], &key[..47], &format!("{key}A"), &key.replace("AAE", "A+E"), &format!("{key}\n")]
        {
            assert_eq!(has_form_of_key(text), pattern.is_match(text), "{text}");
        }
        let pattern = regex::Regex::new(KID_PATTERN).unwrap();
        for byte in 0..=0x7F_u8 {
            let text = format!("a{}", char::from(byte));
            assert_eq!(has_form_of_kid(&text), pattern.is_match(&text), "{text:?}");
        }
        assert!(!has_form_of_kid("") && !has_form_of_kid("é") && !pattern.is_match("é"));
    }
}
