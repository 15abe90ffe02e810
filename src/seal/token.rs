//! The compact form of a JWE (RFC 7516 §7.1) with a key that both sides share (`dir`, RFC 7518 §4.5):
//! `header..nonce.ciphertext.tag`, each in base64url without padding.

use base64_simd::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use super::header;
use super::problem::SealedProblem;
use crate::Error;
use crate::bug::bug;
use crate::cipher::{NONCE_LEN, SEALED_TAG_LEN, SEALING_KEY_LEN, SealingKey};
use crate::wiped::WipedBytes;

/// The token of these claims. The same input gives the same token.
pub(crate) fn seal(
    key: &SealingKey,
    kid: &str,
    random: &[u8; SEALING_KEY_LEN],
    mut claims: WipedBytes,
) -> Result<String, Error> {
    let mut token = header::encoded(kid);
    let sealed = key.seal(random, token.as_bytes(), claims.as_mut_slice());
    let (nonce, tag) = sealed.ok_or_else(|| bug("claims are shorter than GCM allows"))?;
    let parts = [&nonce[..], claims.as_slice(), &tag];
    let room = parts.iter().map(|part| URL_SAFE_NO_PAD.encoded_length(part.len()).saturating_add(1));
    token.reserve_exact(room.fold(1, usize::saturating_add));
    token.push('.');
    for part in parts {
        token.push('.');
        URL_SAFE_NO_PAD.encode_append(part, &mut token);
    }
    Ok(token)
}

/// The claims of a token that was made with this key.
pub(crate) fn open(key: &SealingKey, kid: &str, token: &str) -> Result<Zeroizing<Vec<u8>>, SealedProblem> {
    let Parts { header, nonce, mut ciphertext, tag } = Parts::of(token)?;
    if header::kid_of(header)? != kid {
        return Err(SealedProblem::KeyId);
    }
    // The associated data is the header as it was received.
    if !key.open(&nonce, header.as_bytes(), &mut ciphertext, &tag) {
        return Err(SealedProblem::Authentication);
    }
    Ok(ciphertext)
}

/// The id of the key that a token says it was made with. Nothing about it is proved before it is opened.
pub(crate) fn kid_of(token: &str) -> Result<String, SealedProblem> {
    header::kid_of(token.split('.').next().unwrap_or_default())
}

/// The parts of a token, decoded but for the header.
struct Parts<'t> {
    header: &'t str,
    nonce: [u8; NONCE_LEN],
    /// In memory that is wiped, since it is decrypted in place.
    ciphertext: Zeroizing<Vec<u8>>,
    tag: [u8; SEALED_TAG_LEN],
}

impl Parts<'_> {
    fn of(token: &str) -> Result<Parts<'_>, SealedProblem> {
        let mut parts = token.split('.');
        let five = [(); 5].map(|()| parts.next());
        let ([Some(header), Some(""), Some(nonce), Some(ciphertext), Some(tag)], None) = (five, parts.next())
        else {
            return Err(SealedProblem::Token);
        };
        // A tag that is cut off is one that can be guessed, so its length is checked before anything else.
        let decoded = |text: &str| URL_SAFE_NO_PAD.decode_to_vec(text).map_err(|_| SealedProblem::Token);
        Ok(Parts {
            header,
            nonce: decoded(nonce)?.try_into().map_err(|_| SealedProblem::Token)?,
            tag: decoded(tag)?.try_into().map_err(|_| SealedProblem::Token)?,
            ciphertext: decoded(ciphertext).map(Zeroizing::new)?,
        })
    }
}

#[cfg(test)]
#[allow(clippy::string_slice)] // a test may panic
mod tests {
    use super::*;

    fn key() -> SealingKey {
        SealingKey::parse("cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8").unwrap()
    }

    fn sealed(text: &str) -> String {
        let mut claims = WipedBytes::default();
        claims.extend_from_slice(text.as_bytes());
        seal(&key(), "k1", &[9; 32], claims).unwrap()
    }

    #[test]
    fn what_was_sealed_is_opened_by_its_key_alone() {
        let token = sealed("claims");
        assert_eq!(open(&key(), "k1", &token).unwrap().as_slice(), b"claims");
        assert_eq!(kid_of(&token).as_deref(), Ok("k1"));
        assert_eq!(open(&key(), "k2", &token), Err(SealedProblem::KeyId));
        let other = SealingKey::parse("cbk2_AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8").unwrap();
        assert_eq!(open(&other, "k1", &token), Err(SealedProblem::Authentication));
        assert_eq!(sealed("claims"), token, "the same input gives the same token");
    }

    #[test]
    fn every_changed_character_is_refused() {
        let token = sealed("a text of two blocks and more");
        for index in 0..token.len() {
            for replacement in ["A", "B", "-", ".", "=", "+", " ", ""] {
                let changed = format!("{}{replacement}{}", &token[..index], &token[index + 1..]);
                if changed != token {
                    assert!(open(&key(), "k1", &changed).is_err(), "{changed}");
                }
            }
        }
    }

    #[test]
    fn a_token_has_five_parts_of_their_lengths() {
        let token = sealed("claims");
        let parts: Vec<&str> = token.split('.').collect();
        let with = |index: usize, part: &str| {
            let mut parts = parts.clone();
            parts[index] = part;
            parts.join(".")
        };
        let longer = |part: &str| format!("{part}AAAA");
        for changed in [
            String::new(),
            "....".into(),
            with(1, "AA"),
            with(4, &parts[4][..6]),
            with(4, &longer(parts[4])),
            with(2, &longer(parts[2])),
            with(2, &parts[2][..12]),
            with(3, ""),
            format!("{token}."),
            format!(".{token}"),
            parts[..4].join("."),
            [parts[0], parts[1], parts[3], parts[2], parts[4]].join("."),
        ] {
            assert!(open(&key(), "k1", &changed).is_err(), "{changed}");
        }
        // The last character of a tag has four bits that no byte needs: a lax reader takes all sixteen spellings.
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let opened = alphabet.chars().filter(|last| {
            let tag = format!("{}{last}", &parts[4][..parts[4].len() - 1]);
            open(&key(), "k1", &with(4, &tag)).is_ok()
        });
        assert_eq!(opened.count(), 1);
    }
}
