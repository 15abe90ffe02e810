//! What the command takes from the operating system: the time, random bytes, and new ids made of them.

use std::time::{SystemTime, UNIX_EPOCH};

use zeroize::Zeroizing;

use crate::failure::Failure;

/// What ids are made of.
const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The bytes below this are four times the alphabet; the others are passed over.
const FAIR: u8 = 248;

/// The time now in seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// So many new random bytes.
pub(crate) fn random<const LEN: usize>() -> Result<Zeroizing<[u8; LEN]>, Failure> {
    let mut bytes = Zeroizing::new([0; LEN]);
    getrandom::fill(&mut *bytes)
        .map_err(|error| Failure::Usage(format!("the operating system gives no random bytes: {error}")))?;
    Ok(bytes)
}

/// The prefix and so many random letters and digits.
pub(crate) fn new_id(prefix: &str, count: usize) -> Result<String, Failure> {
    let mut id = prefix.to_owned();
    let len = prefix.len().saturating_add(count);
    while id.len() < len {
        let bytes = random::<32>()?;
        let fair = bytes.iter().filter(|byte| **byte < FAIR);
        let characters = fair.filter_map(|byte| ALPHABET.iter().cycle().nth(usize::from(*byte)));
        id.extend(characters.take(len.saturating_sub(id.len())).map(|character| char::from(*character)));
    }
    Ok(id)
}

/// The id of a new message.
pub(crate) fn new_message_id() -> Result<String, Failure> {
    new_id("msg_", 22)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_have_their_length_and_all_letters_and_digits() {
        let mut characters = BTreeSet::new();
        for count in [0, 1, 12, 22, 100, 2_000] {
            let id = new_id("a_", count).ok().expect("random bytes");
            assert!(id.len() == count + 2 && id.starts_with("a_"), "{id}");
            characters.extend(id.bytes().skip(2));
        }
        // 2,000 random characters have all 62 but for a chance of one in 10^12.
        assert_eq!(characters.len(), 62);
        assert!(now() > 1_790_000_000);
    }
}
