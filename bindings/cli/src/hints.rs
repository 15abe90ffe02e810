//! What to check when a text cannot be decrypted. Hints hold no secret and nothing of the text.

use callback_profile::cipher::CipherError;

/// The hints for this error.
pub(crate) fn of(error: CipherError) -> Vec<String> {
    let keys = "key and IV must be those that the sender used: has the profile been changed since?";
    let encoding = "the sender may use another encoding: --encoding base64, base64url or hex";
    let strict = "spaces for +, the other base64 alphabet or missing padding need --reading tolerant";
    let tag = "the sender may put the tag first: --tag prepended";
    let changed = "the text may have been truncated or changed: compare its length with the sender's";
    let algorithm_name =
        "the algorithm must be the sender's: AES-128, AES-192 and AES-256, GCM and CFB differ";
    let feedback =
        "the sender may use CFB8 (8-bit feedback); the platform's CFB is CFB128, as OpenSSL's aes-*-cfb";
    let plain = "the value may not be encrypted at all";
    let hints: &[&str] = match error {
        CipherError::InvalidEncoding => &[encoding, strict, plain],
        CipherError::AuthFailed => &[keys, tag, encoding, algorithm_name, changed],
        CipherError::NotUtf8 { authenticated: true } => &[encoding],
        CipherError::NotUtf8 { authenticated: false } => &[keys, feedback, encoding, algorithm_name, plain],
        _ => &[],
    };
    hints.iter().map(|hint| (*hint).to_owned()).collect()
}
