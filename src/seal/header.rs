//! The protected header of a sealed callback (RFC 7516 §4): constant for a key, and the only one that is accepted.

use base64_simd::URL_SAFE_NO_PAD;

use super::problem::SealedProblem;
use crate::json::{Document, Kind, ObjectWriter, Value, push_string};
use crate::limits::Limits;

/// The media type of the token, without `application/`.
const TYPE: &str = "callback+jwt";

/// Longest header in bytes. Ours have at most 130.
const MAX_HEADER_LEN: usize = 4 * 1024;

/// The header of our tokens under this key: base64url, which is also the associated data.
pub(super) fn encoded(kid: &str) -> String {
    let mut json = String::new();
    let mut object = ObjectWriter::new(&mut json);
    for (name, value) in [("alg", "dir"), ("enc", "A256GCM"), ("typ", TYPE), ("kid", kid)] {
        push_string(object.member(name), value);
    }
    object.finish();
    URL_SAFE_NO_PAD.encode_to_string(json)
}

/// Reads the header of a token and returns the id of its key.
///
/// Other makers write the members in another order and the type in other case, so a header that is not ours to the byte is
/// read: `alg`, `enc`, `typ` and `kid`, each once, and nothing else. So nothing that would change what the token means is
/// accepted: `zip`, `crit`, `b64`, and whatever brings a key.
pub(super) fn kid_of(encoded: &str) -> Result<String, SealedProblem> {
    if encoded.len() > URL_SAFE_NO_PAD.encoded_length(MAX_HEADER_LEN) {
        return Err(SealedProblem::Header);
    }
    let decoded = URL_SAFE_NO_PAD.decode_to_vec(encoded).map_err(|_| SealedProblem::Token)?;
    let document = Document::read_at_most(&decoded, MAX_HEADER_LEN, &Limits::default())
        .map_err(|_| SealedProblem::Header)?;
    let header = document.root();
    let text = |name: &str| header.get(name).and_then(Value::as_str).ok_or(SealedProblem::Header);
    let is_ours = header.kind() == Kind::Object
        && header.len() == 4
        && text("alg")? == "dir"
        && text("enc")? == "A256GCM"
        && is_type(text("typ")?);
    let kid = text("kid")?;
    if is_ours { Ok(kid.to_owned()) } else { Err(SealedProblem::Header) }
}

/// Media types have no case, and `application/` may be left out (RFC 7515 §4.1.9).
fn is_type(text: &str) -> bool {
    let prefix = "application/";
    let without = text
        .split_at_checked(prefix.len())
        .filter(|(start, _)| start.eq_ignore_ascii_case(prefix))
        .map_or(text, |(_, rest)| rest);
    without.eq_ignore_ascii_case(TYPE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<String, SealedProblem> {
        kid_of(&URL_SAFE_NO_PAD.encode_to_string(json))
    }

    #[test]
    fn our_header_is_constant_and_read_back() {
        let ours = encoded("k.1_-");
        let json = URL_SAFE_NO_PAD.decode_to_vec(&ours).unwrap();
        assert_eq!(json, br#"{"alg":"dir","enc":"A256GCM","typ":"callback+jwt","kid":"k.1_-"}"#);
        assert_eq!(kid_of(&ours).as_deref(), Ok("k.1_-"));
    }

    #[test]
    fn the_same_header_in_another_spelling_is_read() {
        for json in [
            r#"{"kid":"a","typ":"callback+jwt","enc":"A256GCM","alg":"dir"}"#,
            r#" { "alg" : "dir", "enc":"A256GCM", "typ":"Application/Callback+JWT", "kid":"\u0061" } "#,
        ] {
            assert_eq!(read(json).as_deref(), Ok("a"), "{json}");
        }
    }

    #[test]
    fn a_header_is_as_long_as_the_limit_and_no_longer() {
        let ours = r#"{"alg":"dir","enc":"A256GCM","typ":"callback+jwt","kid":"a"}"#;
        let padded = |length: usize| format!("{ours}{}", " ".repeat(length - ours.len()));
        assert_eq!(read(&padded(MAX_HEADER_LEN)).as_deref(), Ok("a"));
        assert_eq!(read(&padded(MAX_HEADER_LEN + 1)), Err(SealedProblem::Header));
        assert_eq!(MAX_HEADER_LEN, 4096);
    }

    #[test]
    fn every_other_header_is_refused() {
        let ours = r#"{"alg":"dir","enc":"A256GCM","typ":"callback+jwt","kid":"a"}"#;
        assert!(read(ours).is_ok());
        let mut broken: Vec<String> = [
            ("\"dir\"", "\"Dir\""),
            ("\"dir\"", "\"A256KW\""),
            ("A256GCM", "A128GCM"),
            ("callback+jwt", "JWT"),
            ("callback+jwt", "text/callback+jwt"),
            ("\"typ\":\"callback+jwt\",", ""),
            ("\"alg\":\"dir\",", ""),
            ("\"enc\":\"A256GCM\",", ""),
            (",\"kid\":\"a\"", ""),
            ("\"a\"", "1"),
            ("{\"alg\"", "{\"alg\":\"dir\",\"alg\""),
            ("{", "["),
        ]
        .map(|(from, to)| ours.replace(from, to))
        .into();
        for (name, value) in [
            ("zip", "\"DEF\""),
            ("crit", "[\"exp\"]"),
            ("b64", "false"),
            ("jku", "\"https://e.com\""),
            ("jwk", "{}"),
            ("x5u", "\"\""),
            ("x5c", "[]"),
            ("x5t", "\"\""),
            ("x5t#S256", "\"\""),
            ("epk", "{}"),
            ("apu", "\"\""),
            ("apv", "\"\""),
            ("p2s", "\"\""),
            ("p2c", "1"),
            ("iv", "\"\""),
            ("tag", "\"\""),
            ("cty", "\"json\""),
            ("unknown", "null"),
        ] {
            broken.push(ours.replace('{', &format!("{{\"{name}\":{value},")));
        }
        broken.push(format!("{ours}{}", " ".repeat(MAX_HEADER_LEN)));
        broken.extend(["", "null", "\"a\"", "{}"].map(str::to_owned));
        for json in &broken {
            assert_eq!(read(json), Err(SealedProblem::Header), "{json}");
        }
        let invalid = URL_SAFE_NO_PAD.encode_to_string(ours.replace("\"a\"", "\"\u{1}\""));
        assert_eq!(kid_of(&invalid), Err(SealedProblem::Header));
        let not_utf8: Vec<u8> = ours.bytes().map(|byte| if byte == b'a' { 0xFF } else { byte }).collect();
        assert_eq!(kid_of(&URL_SAFE_NO_PAD.encode_to_string(not_utf8)), Err(SealedProblem::Header));
        assert_eq!(kid_of("e30="), Err(SealedProblem::Token));
    }
}
