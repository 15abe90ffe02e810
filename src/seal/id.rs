//! Ids: of a message, the same for each retry; and of a key.

use base64_simd::URL_SAFE_NO_PAD;

use crate::Error;

/// Random bytes of a new message's id.
pub const MESSAGE_ID_RANDOM_LEN: usize = 16;

/// Random bytes of a new key's id.
pub const KEY_ID_RANDOM_LEN: usize = 9;

/// A new id of a message: `msg_` and 22 characters of base64url, made of random bytes that the caller takes from its operating
/// system.
///
/// ```
/// use callback_profile::seal::new_message_id;
/// assert_eq!(new_message_id(&[7; 16]), "msg_BwcHBwcHBwcHBwcHBwcHBw"); // in earnest: from the operating system
/// ```
pub fn new_message_id(random: &[u8; MESSAGE_ID_RANDOM_LEN]) -> String {
    format!("msg_{}", URL_SAFE_NO_PAD.encode_to_string(random))
}

/// A new id of a key, a `kid`: `k` and 12 characters of base64url. It is sent in clear, so it is never made of the key.
///
/// ```
/// use callback_profile::seal::new_key_id;
/// assert_eq!(new_key_id(&[7; 9]), "kBwcHBwcHBwcH"); // in earnest: from the operating system
/// ```
pub fn new_key_id(random: &[u8; KEY_ID_RANDOM_LEN]) -> String {
    format!("k{}", URL_SAFE_NO_PAD.encode_to_string(random))
}

/// Longest id in bytes.
const MAX_ID_LEN: usize = 128;

/// 1 to 128 characters of visible ASCII without a full stop, which separates the parts that are signed.
pub(crate) fn is_id(id: &str) -> bool {
    (1..=MAX_ID_LEN).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'.')
}

/// Refuses the id of a caller that is none.
pub(crate) fn check_id(id: &str) -> Result<(), Error> {
    if is_id(id) {
        return Ok(());
    }
    Err(Error::InvalidArgument("the id must be 1 to 128 characters of visible ASCII without a full stop"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_ids_are_ids() {
        for byte in [0, 7, 0xFB, 0xFF] {
            assert!(is_id(&new_message_id(&[byte; MESSAGE_ID_RANDOM_LEN])));
            let kid = new_key_id(&[byte; KEY_ID_RANDOM_LEN]);
            let random = std::array::from_fn(|index| index as u8);
            assert!(crate::keygen_sealed(&kid, &random).is_ok(), "{kid}");
        }
    }

    #[test]
    fn ids_are_visible_ascii_without_a_full_stop() {
        for id in ["a", "msg_p5jXN8AQM9LWM0D4loKWxJek", "!~", &"a".repeat(128)] {
            assert!(is_id(id), "{id}");
        }
        for id in ["", "a.b", "a b", "é", "a\n", "\u{7f}", &"a".repeat(129)] {
            assert!(!is_id(id), "{id}");
        }
    }
}
