//! The key of sealed callbacks: AES-256-GCM with a nonce of 96 bits (NIST SP 800-38D), which is made of random bytes and of
//! all that is sealed.

use core::fmt;

use aes_gcm::aead::inout::InOutBuf;
use aes_gcm::{AeadInOut, Aes256Gcm, KeyInit};
use base64_simd::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// What the text of every key begins with.
pub(crate) const SEALING_KEY_PREFIX: &str = "cbk2_";

/// Bytes of a key, and of the random bytes that a sealed callback needs.
pub(crate) const SEALING_KEY_LEN: usize = 32;

/// Bytes of a nonce (RFC 7518 §5.3).
pub(crate) const NONCE_LEN: usize = 12;

/// Bytes of a tag (RFC 7518 §5.3).
pub(crate) const SEALED_TAG_LEN: usize = 16;

/// Names the purpose of the key that nonces are made with.
const NONCE_KEY_INFO: &[u8] = b"callback-profile jwe nonce";

/// A key that is ready for use. Wiped when it is dropped; `Debug` shows nothing of it.
pub(crate) struct SealingKey {
    text: Zeroizing<String>,
    /// Boxed, so that moving the key leaves no copies in memory.
    gcm: Box<Aes256Gcm>,
    nonce_key: Box<Zeroizing<[u8; SEALING_KEY_LEN]>>,
}

impl SealingKey {
    /// Reads `cbk2_` and 43 characters of base64url: 32 bytes, which must not all be the same. `None` for every other text.
    ///
    /// A strict reader refuses bits behind the last byte, so that a key has one spelling.
    pub(crate) fn parse(text: &str) -> Option<SealingKey> {
        let bytes = key_bytes(text)?;
        let gcm = Box::new(Aes256Gcm::new((&*bytes).into()));
        let mut nonce_key = Box::new(Zeroizing::new([0; SEALING_KEY_LEN]));
        Hkdf::<Sha256>::new(None, &*bytes).expand(NONCE_KEY_INFO, &mut **nonce_key).ok()?;
        Some(SealingKey { text: Zeroizing::new(text.to_owned()), gcm, nonce_key })
    }

    /// Whether a text is a key, without preparing it.
    pub(crate) fn is_key(text: &str) -> bool {
        key_bytes(text).is_some()
    }

    /// The text of a key of these bytes.
    pub(crate) fn text_of(random: &[u8; SEALING_KEY_LEN]) -> Zeroizing<String> {
        let room = SEALING_KEY_PREFIX.len().saturating_add(URL_SAFE_NO_PAD.encoded_length(random.len()));
        let mut text = Zeroizing::new(String::with_capacity(room));
        text.push_str(SEALING_KEY_PREFIX);
        URL_SAFE_NO_PAD.encode_append(random, &mut *text);
        text
    }

    /// The text that was parsed, for output that shows secrets.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Encrypts in place and returns nonce and tag. The nonce is the start of
    /// HMAC-SHA256(nonce key, random ‖ uint64be(bytes of the associated data) ‖ associated data ‖ plaintext): should the
    /// random bytes come twice, equal messages are seen to be equal, and no two others share a nonce but by chance.
    ///
    /// `None` beyond 2^36 - 32 bytes, the limit of GCM.
    pub(crate) fn seal(
        &self,
        random: &[u8; SEALING_KEY_LEN],
        associated_data: &[u8],
        text: &mut [u8],
    ) -> Option<([u8; NONCE_LEN], [u8; SEALED_TAG_LEN])> {
        let nonce = self.nonce(random, associated_data, text)?;
        let tag =
            self.gcm.encrypt_inout_detached(&nonce.into(), associated_data, InOutBuf::from(text)).ok()?;
        Some((nonce, tag.into()))
    }

    /// Decrypts in place if the tag fits; else the text is what it was.
    #[must_use]
    pub(crate) fn open(
        &self,
        nonce: &[u8; NONCE_LEN],
        associated_data: &[u8],
        text: &mut [u8],
        tag: &[u8; SEALED_TAG_LEN],
    ) -> bool {
        let text = InOutBuf::from(text);
        self.gcm.decrypt_inout_detached(nonce.into(), associated_data, text, tag.into()).is_ok()
    }

    fn nonce(
        &self,
        random: &[u8; SEALING_KEY_LEN],
        associated_data: &[u8],
        plaintext: &[u8],
    ) -> Option<[u8; NONCE_LEN]> {
        let length = u64::try_from(associated_data.len()).ok()?.to_be_bytes();
        let mut mac = Hmac::<Sha256>::new_from_slice(&**self.nonce_key).ok()?;
        for part in [random, &length[..], associated_data, plaintext] {
            mac.update(part);
        }
        mac.finalize().into_bytes().first_chunk().copied()
    }
}

fn key_bytes(text: &str) -> Option<Zeroizing<[u8; SEALING_KEY_LEN]>> {
    let encoded = text.strip_prefix(SEALING_KEY_PREFIX)?;
    if encoded.len() != URL_SAFE_NO_PAD.encoded_length(SEALING_KEY_LEN) {
        return None;
    }
    let decoded = Zeroizing::new(URL_SAFE_NO_PAD.decode_to_vec(encoded).ok()?);
    let mut bytes = Zeroizing::new([0; SEALING_KEY_LEN]);
    bytes.copy_from_slice(decoded.get(..SEALING_KEY_LEN)?);
    let [first, rest @ ..] = &*bytes;
    // Branches on the key, at configuration time only.
    rest.iter().any(|byte| byte != first).then_some(bytes)
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(..)")
    }
}

#[cfg(test)]
#[allow(clippy::string_slice)] // a test may panic
mod tests {
    use super::*;

    fn random(step: u8) -> [u8; SEALING_KEY_LEN] {
        std::array::from_fn(|index| step.wrapping_mul(index as u8))
    }

    #[test]
    fn a_key_has_one_spelling() {
        let text = SealingKey::text_of(&random(1));
        assert_eq!(&**text, "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
        assert_eq!(SealingKey::parse(&text).unwrap().text(), &**text);
        let encoded = text.strip_prefix(SEALING_KEY_PREFIX).unwrap();
        for broken in [
            encoded.to_owned(),
            format!("CBK2_{encoded}"),
            format!("cbk2_{encoded}="),
            format!("cbk2_{}", &encoded[..42]),
            format!("cbk2_{encoded}A"),
            format!("cbk2_{}9", &encoded[..42]),
            format!("cbk2_+{}", &encoded[1..]),
            format!("cbk2_ {}", &encoded[1..]),
            format!("cbk2_{}", "A".repeat(43)),
            SealingKey::text_of(&[255; 32]).to_string(),
        ] {
            assert!(!SealingKey::is_key(&broken) && SealingKey::parse(&broken).is_none(), "{broken}");
        }
        assert_eq!(format!("{:?}", SealingKey::parse(&text)), "Some(SealingKey(..))");
    }

    #[test]
    fn what_was_sealed_is_opened_and_nothing_else() {
        let key = SealingKey::parse(&SealingKey::text_of(&random(3))).unwrap();
        for length in [0, 1, 15, 16, 17, 300] {
            let plaintext = vec![7; length];
            let mut text = plaintext.clone();
            let (nonce, tag) = key.seal(&random(5), b"header", &mut text).unwrap();
            let opens = |nonce: &[u8; 12], header: &[u8], text: &[u8], tag: &[u8; 16]| {
                let mut opened = text.to_vec();
                let is_open = key.open(nonce, header, &mut opened, tag);
                assert_eq!(
                    opened,
                    if is_open { &plaintext[..] } else { text },
                    "a refused text stays as it was"
                );
                is_open
            };
            assert!(opens(&nonce, b"header", &text, &tag));
            assert!(!opens(&nonce, b"headeR", &text, &tag));
            let flipped = |bytes: &[u8], bit: usize| {
                let mut bytes = bytes.to_vec();
                bytes[bit / 8] ^= 1 << (bit % 8);
                bytes
            };
            for bit in 0..96 {
                assert!(!opens(flipped(&nonce, bit)[..].try_into().unwrap(), b"header", &text, &tag));
            }
            for bit in 0..128 {
                assert!(!opens(&nonce, b"header", &text, flipped(&tag, bit)[..].try_into().unwrap()));
            }
            for bit in 0..8 * length {
                assert!(!opens(&nonce, b"header", &flipped(&text, bit), &tag));
            }
        }
    }

    #[test]
    fn the_nonce_depends_on_all_that_is_sealed() {
        let key = SealingKey::parse(&SealingKey::text_of(&random(3))).unwrap();
        let nonce = |random: &[u8; 32], header: &[u8], text: &[u8]| key.nonce(random, header, text).unwrap();
        let first = nonce(&random(5), b"ab", b"c");
        assert_eq!(first, nonce(&random(5), b"ab", b"c"));
        // Bytes that move from the header to the text make another nonce.
        for other in [
            nonce(&random(7), b"ab", b"c"),
            nonce(&random(5), b"a", b"bc"),
            nonce(&random(5), b"abc", b""),
            nonce(&random(5), b"ab", b"d"),
        ] {
            assert_ne!(first, other);
        }
    }
}
