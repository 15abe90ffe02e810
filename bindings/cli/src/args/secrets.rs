//! Signing secrets. They come from a file or standard input and never from an argument, which other users of the machine
//! can see.

use std::path::Path;

use callback_profile::Error;
use callback_profile::seal::{MAX_SECRETS, Signer, SigningSecret, Verifier};

use crate::failure::{Failure, Fault};
use crate::input::{Input, InputError};

/// More bytes than any file of secrets has: a secret has at most 94.
const LONGEST_FILE: usize = 4096;

/// The signer with the secrets of this file, one a line.
pub(crate) fn signer(path: &Path) -> Result<Signer, Failure> {
    made_of(path, Signer::new)
}

/// The verifier with the secrets of this file, one a line.
pub(crate) fn verifier(path: &Path) -> Result<Verifier, Failure> {
    made_of(path, Verifier::new)
}

fn made_of<T>(path: &Path, make: impl FnOnce(Vec<SigningSecret>) -> Result<T, Error>) -> Result<T, Failure> {
    let input = read(path)?;
    let text = input.bytes.as_slice();
    let mut secrets = Vec::new();
    // One more than there may be, so that the library refuses them.
    for (index, line) in text.strip_suffix(b"\n").unwrap_or(text).split(|byte| *byte == b'\n').enumerate() {
        if secrets.len() > MAX_SECRETS {
            break;
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let secret = str::from_utf8(line).map_err(|_| Error::InvalidSecret("be one line of ASCII"));
        match secret.and_then(SigningSecret::parse) {
            Ok(secret) => secrets.push(secret),
            Err(error) => {
                let fault = Fault::from(error).in_line(index.saturating_add(1));
                return Err(fault.on(input).into());
            }
        }
    }
    match make(secrets) {
        Ok(made) => Ok(made),
        Err(error) => Err(Fault::from(error).on(input).into()),
    }
}

fn read(path: &Path) -> Result<Input, Failure> {
    match Input::read(path, LONGEST_FILE) {
        Err(InputError::Unreadable { .. }) if path.to_string_lossy().starts_with("whsec_") => {
            Err(Failure::Usage(
                "a file with the secret is expected, and not the secret: other users of the machine can see arguments. \
                 Write it to a file that only you can read, and do not use it again"
                    .to_owned(),
            ))
        }
        read => Ok(read?),
    }
}
