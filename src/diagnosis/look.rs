//! What can be told from the look of a text alone, without the key.

use super::cause::Cause;
use crate::cipher::{Algorithm, TAG_LEN, WireFormat};

/// What a text looks like, if it looks like something.
pub(super) fn look(text: &str, algorithm: Algorithm, format: WireFormat) -> Option<(Cause, &'static str)> {
    let trimmed = text.trim();
    container(trimmed)
        .map(|detail| (Cause::ForeignContainer, detail))
        .or_else(|| {
            is_raw(trimmed).then_some((
                Cause::RawBytes,
                "the text has characters that no encoding writes: bytes were put into it as they are",
            ))
        })
        .or_else(|| {
            has_lost_case(trimmed).then_some((
                Cause::CaseLost,
                "the letters are all of one case, which base64 of this length is not",
            ))
        })
        .or_else(|| plain(trimmed, format).map(|detail| (Cause::NotEncrypted, detail)))
        .or_else(|| cut(trimmed, algorithm, format).map(|detail| (Cause::CutShort, detail)))
}

/// The format of another library.
pub(super) fn container(text: &str) -> Option<&'static str> {
    let parts = text.split('.').count();
    let decoded = || WireFormat::default().decode(text.as_bytes()).ok();
    let is_json_of_parts = |text: &str| {
        let has = |names: &[&str]| names.iter().any(|name| text.contains(name));
        text.starts_with('{')
            && has(&["\"iv\"", "\"nonce\""])
            && has(&["\"value\"", "\"ct\"", "\"data\"", "\"ciphertext\"", "\"tag\"", "\"mac\""])
    };
    let start = |prefixes: &[&str]| prefixes.iter().any(|prefix| text.starts_with(prefix));
    if start(&["U2FsdGVkX1", "Salted__", "53616c7465645f5f", "53616C7465645F5F"]) {
        Some("it begins with Salted__: CryptoJS with a passphrase, or openssl enc")
    } else if start(&["gAAAAA"]) {
        Some("it looks like a Fernet token")
    } else if start(&["eyJ"]) && parts == 5 {
        Some("it looks like a JWE of five parts")
    } else if start(&["eyJ"]) && parts == 3 {
        Some("it looks like a JWT, which is signed and not encrypted")
    } else if start(&["vault:v"]) {
        Some("it is a text of HashiCorp Vault's transit engine")
    } else if start(&["-----BEGIN "]) {
        Some("it is in the armour of PEM or OpenPGP")
    } else if is_json_of_parts(text) {
        Some("it is a JSON object of IV, ciphertext and tag")
    } else if decoded().is_some_and(|bytes| std::str::from_utf8(&bytes).is_ok_and(is_json_of_parts)) {
        Some("it is base64 of a JSON object of IV, ciphertext and MAC, as Laravel writes it")
    } else {
        None
    }
}

fn is_raw(text: &str) -> bool {
    text.chars().any(|character| {
        (character.is_control() && !matches!(character, '\t' | '\r' | '\n'))
            || matches!(character, '\u{80}'..='\u{ff}' | '\u{fffd}')
    })
}

/// Fourteen characters of base64 have a capital and a small letter each, but for one text in a thousand.
fn has_lost_case(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
    let is_hexadecimal = body.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (small, capital) = (
        body.bytes().any(|byte| byte.is_ascii_lowercase()),
        body.bytes().any(|byte| byte.is_ascii_uppercase()),
    );
    // A word of letters alone is rather a value; encoded bytes have digits or signs.
    let has_others = body.bytes().any(|byte| !byte.is_ascii_alphabetic());
    let has_signs = text.len() > body.len() || body.contains(['+', '/']);
    body.len() >= 14
        && body.bytes().all(is_base64)
        && !is_hexadecimal
        && small != capital
        && has_others
        && has_signs
}

/// Why a text is rather the value itself.
fn plain(text: &str, format: WireFormat) -> Option<&'static str> {
    let is_number = text.chars().all(|character| character.is_ascii_digit() || "+-. ()".contains(character));
    if text.len() < 33 && text.chars().any(|character| character.is_ascii_digit()) && is_number {
        return Some("it looks like a number in clear");
    }
    // Twelve characters of base64 have a small letter, but for one text in a thousand.
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte == b'_';
    let is_word = text.len() > 3 && text.bytes().all(is_capital);
    let is_code = (12..33).contains(&text.len())
        && text.bytes().all(|byte| is_capital(byte) || byte.is_ascii_digit())
        && text.bytes().any(|byte| byte > b'F');
    if is_word || is_code {
        return Some("it looks like a word in clear");
    }
    let words: Vec<&str> = text.split(' ').collect();
    // Blanks for lost line breaks or plus signs are fewer, or in equal distances.
    if let [first, inner @ .., _] = words.as_slice()
        && inner.len() >= 2
        && inner.iter().any(|word| word.len() != first.len())
    {
        return Some("it is a text of several words in clear");
    }
    let is_text =
        text.chars().any(|character| !character.is_ascii_alphanumeric() && !"+/-_= \r\n".contains(character));
    let is_decodable = format.decode(text.as_bytes()).is_ok();
    (is_text && !is_decodable).then_some("it has characters that no encoding of bytes has")
}

fn cut(text: &str, algorithm: Algorithm, format: WireFormat) -> Option<&'static str> {
    match format.decode(text.as_bytes()) {
        Ok(bytes) if algorithm.is_gcm() && bytes.len() < TAG_LEN => {
            Some("it is shorter than a tag of 16 bytes")
        }
        Ok(_) => None,
        Err(_) => {
            Some("no encoded text ends like this: its length is impossible, or its last bits are not zero")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks() {
        let gcm =
            |text: &str| look(text, Algorithm::Aes128Gcm, WireFormat::default()).map(|(cause, _)| cause);
        for (text, cause) in [
            ("U2FsdGVkX18AAQIDBAUGB2cE6lJ0HcJdWQ2pBj4mD7o=", Some(Cause::ForeignContainer)),
            (
                "vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM13ok481zoCmHnSeDX9vyf7w==",
                Some(Cause::ForeignContainer),
            ),
            ("eyJhbGciOiJkaXIifQ.e30.c2ln", Some(Cause::ForeignContainer)),
            ("a\u{fffd}b", Some(Cause::RawBytes)),
            ("avywpfwyrbv3qc2sp0d1bi6dsgzm3xjjait0/vy=", Some(Cause::CaseLost)),
            ("AVYWPFWYRBV3QC2SP0D1BI6DSGZM3XJJAIT0/VY=", Some(Cause::CaseLost)),
            ("+919876543210", Some(Cause::NotEncrypted)),
            ("DELIVERED", Some(Cause::NotEncrypted)),
            ("user@example.com", Some(Cause::NotEncrypted)),
            ("order paid and seen again", Some(Cause::NotEncrypted)),
            ("AvywPF wYrbv3 Qc2SP0 Jb", Some(Cause::CutShort)),
            ("AvywP", Some(Cause::CutShort)),
            ("Avyw", Some(Cause::CutShort)),
            ("AvywPFwYrbv3Qc2SP0D1bI6dSGZm3xJJaIt0/vY=", None),
            ("02fcb03c5c18adbbf741cd923f40f56c8e9d486666df1249688b74fef6ab", None),
        ] {
            assert_eq!(gcm(text), cause, "{text}");
        }
    }
}
