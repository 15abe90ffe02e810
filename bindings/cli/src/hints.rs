//! What to check when something cannot be opened. Hints hold no secret and nothing of the text, and do not ask for what
//! is already set.

use callback_profile::cipher::{Cipher, CipherError, Encoding, Reading, TagPlacement, WireFormat};
use callback_profile::{Error, Report};

/// The hints for a text that this cipher cannot decrypt.
pub(crate) fn of_cipher(error: CipherError, cipher: &Cipher) -> Vec<String> {
    let keys = "key and IV must be those that the sender used: has the profile been changed since?";
    let strict = "spaces for +, the other base64 alphabet or missing padding need --reading tolerant";
    let changed = "the text may have been truncated or changed: compare its length with the sender's";
    let algorithm = "the algorithm must be the sender's: AES-128, AES-192 and AES-256, GCM and CFB differ";
    let feedback =
        "the sender may use CFB8 (8-bit feedback); the platform's CFB is CFB128, as OpenSSL's aes-*-cfb";
    let plain = "the value may not be encrypted at all";
    let not_text =
        "the tag fits, so key, IV and settings are the sender's: it encrypted something else than UTF-8";
    let format = *cipher.wire_format();
    let (encoding, tag) = (another_encoding(format), another_tag(format));
    let hints: Vec<&str> = match error {
        CipherError::InvalidEncoding if format.reading == Reading::Strict => vec![encoding, strict, plain],
        CipherError::InvalidEncoding => vec![encoding, plain],
        CipherError::AuthFailed => vec![keys, tag, encoding, algorithm, changed],
        CipherError::NotUtf8 { .. } if cipher.algorithm().is_gcm() => vec![not_text],
        CipherError::NotUtf8 { .. } => vec![keys, feedback, encoding, algorithm, plain],
        _ => Vec::new(),
    };
    hints.into_iter().map(str::to_owned).collect()
}

/// The hints for a callback that does not fit the profile.
pub(crate) fn of_opening(error: &Error) -> Vec<String> {
    let hint = match error {
        Error::NotEncrypted(_) => {
            "where an object or array of encrypted strings is expected: --structures=NAME"
        }
        Error::MissingParameters(_) => "where a name may be absent or null: --absent=NAME",
        _ => return Vec::new(),
    };
    vec![hint.to_owned()]
}

/// What explains a refusal: a masked key, which the platform and this command show in the place of the key.
pub(crate) fn of_refusal(report: &Report) -> Vec<String> {
    let masked = report.violations().iter().any(|violation| violation.keyword == "masked");
    let explained = "the key is masked (********), as responses show it: such a text is no profile. Take the one that has \
                     the key; cbp prints it with --show-secrets";
    masked.then(|| explained.to_owned()).into_iter().collect()
}

/// Tolerant reading takes both alphabets of base64 for each other.
fn another_encoding(format: WireFormat) -> &'static str {
    match (format.encoding, format.reading) {
        (Encoding::Hex, _) => "the sender may use another encoding: --encoding base64 or base64url",
        (_, Reading::Tolerant) => "the sender may use another encoding: --encoding hex",
        (Encoding::Base64, _) => "the sender may use another encoding: --encoding base64url or hex",
        _ => "the sender may use another encoding: --encoding base64 or hex",
    }
}

fn another_tag(format: WireFormat) -> &'static str {
    match format.tag {
        TagPlacement::Prepended => "the sender may put the tag last: --tag appended",
        _ => "the sender may put the tag first: --tag prepended",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use callback_profile::cipher::Algorithm;

    #[test]
    fn no_hint_asks_for_what_is_set() {
        let mut count = 0;
        for encoding in Encoding::ALL {
            for tag in TagPlacement::ALL {
                for reading in Reading::ALL {
                    let format =
                        WireFormat::default().with_encoding(*encoding).with_tag(*tag).with_reading(*reading);
                    let cipher = Cipher::new(Algorithm::Aes128Gcm, "K1abcdefghijkl2P", "POabcdefghijklLY");
                    let cipher = cipher.unwrap().with_wire_format(format);
                    for error in [
                        CipherError::InvalidEncoding,
                        CipherError::AuthFailed,
                        CipherError::NotUtf8 { authenticated: cipher.algorithm().is_gcm() },
                    ] {
                        for hint in of_cipher(error, &cipher) {
                            let set = [("--encoding ", encoding.name()), ("--tag ", tag.name())];
                            for (option, set) in set.into_iter().chain([("--reading ", reading.name())]) {
                                let asked =
                                    hint.split_once(option).map(|(_, asked)| asked).unwrap_or_default();
                                assert!(!asked.split([' ', ',']).any(|name| name == set), "{set}: {hint}");
                            }
                            count += 1;
                        }
                    }
                }
            }
        }
        assert!(count > 90, "{count}");
    }
}
