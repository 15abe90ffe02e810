//! What the command takes from the operating system: the time, random bytes, and new ids made of them.

use std::time::{SystemTime, UNIX_EPOCH};

use callback_profile::seal;
use zeroize::Zeroizing;

use crate::failure::Failure;

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

/// The id of a new message.
pub(crate) fn new_message_id() -> Result<String, Failure> {
    Ok(seal::new_message_id(&*random()?))
}

/// The id of a new key.
pub(crate) fn new_key_id() -> Result<String, Failure> {
    Ok(seal::new_key_id(&*random()?))
}
