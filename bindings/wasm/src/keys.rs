//! New keys, of random bytes that JavaScript brings.

use callback_profile::cipher::{Algorithm, CipherError};
use callback_profile::seal::{self, SigningSecret};

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, call};

/// A new key and IV: the `enc` object as JSON text.
#[unsafe(no_mangle)]
pub extern "C" fn keygen() -> i32 {
    call(|arguments, _| {
        let algorithm = Algorithm::from_name(arguments.text()?);
        let algorithm = algorithm.ok_or_else(|| Failure::encrypting(CipherError::UnknownAlgorithm))?;
        let too_few = || Failure::argument("options.random has too few bytes: 128 are enough");
        Ok(Answer::text(callback_profile::keygen(algorithm, arguments.bytes()?).ok_or_else(too_few)?))
    })
}

/// A new key of a sealed profile: the `enc` object as JSON text.
#[unsafe(no_mangle)]
pub extern "C" fn keygen_sealed() -> i32 {
    call(|arguments, _| {
        let kid = arguments.text()?;
        Ok(Answer::text(callback_profile::keygen_sealed(kid, array(arguments)?)?))
    })
}

/// A new signing secret.
#[unsafe(no_mangle)]
pub extern "C" fn keygen_signing() -> i32 {
    call(|arguments, _| Ok(Answer::text(SigningSecret::generate(array(arguments)?))))
}

/// A new id of a message.
#[unsafe(no_mangle)]
pub extern "C" fn new_message_id() -> i32 {
    call(|arguments, _| Ok(Answer::text(seal::new_message_id(array(arguments)?))))
}

fn array<'i, const N: usize>(arguments: &mut Arguments<'i>) -> Result<&'i [u8; N], Failure> {
    let wrong = |_| Failure::argument(format!("options.random must have {N} bytes"));
    arguments.bytes()?.try_into().map_err(wrong)
}
