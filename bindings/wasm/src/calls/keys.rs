//! Single values, and new keys of random bytes that JavaScript brings.

use std::rc::Rc;

use callback_profile::cipher::{Algorithm, Cipher, CipherError};
use callback_profile::seal::{self, SigningSecret};

use crate::failure::Failure;
use crate::reply::{Answer, Reply};
use crate::request::Arguments;
use crate::settings::Settings;
use crate::state::{Object, handle, object};

pub(super) fn call(name: &str, of: Arguments<'_>) -> Option<Answer> {
    Some(match name {
        #[cfg(feature = "whole")]
        "newCipher" => new_cipher(of),
        #[cfg(feature = "whole")]
        "cipher.encrypt" => encrypt(of),
        #[cfg(feature = "whole")]
        "cipher.decrypt" => decrypt(of),
        #[cfg(feature = "whole")]
        "cipher.decryptText" => decrypt_text(of),
        #[cfg(feature = "whole")]
        "keygen" => keygen(of),
        #[cfg(feature = "whole")]
        "keygenSealed" => keygen_sealed(of),
        #[cfg(feature = "whole")]
        "keygenSigning" => array(of, 1).map(|random| Reply::Text(SigningSecret::generate(random))),
        "newMessageId" => array(of, 1).map(|random| Reply::Text(seal::new_message_id(random))),
        _ => return None,
    })
}

fn algorithm(of: Arguments<'_>) -> Result<Algorithm, Failure> {
    Algorithm::from_name(of.string(1)?).ok_or_else(|| Failure::encrypting(CipherError::UnknownAlgorithm))
}

fn new_cipher(of: Arguments<'_>) -> Answer {
    let format = Settings(of.get(4)).wire_format()?;
    let cipher = Cipher::new(algorithm(of)?, of.string(2)?, of.string(3)?).map_err(Failure::encrypting)?;
    handle(Object::Cipher(Rc::new(cipher.with_wire_format(format))))
}

fn cipher_of(of: Arguments<'_>) -> Result<Rc<Cipher>, Failure> {
    match object(of.number(1)?)? {
        Object::Cipher(cipher) => Ok(cipher),
        _ => Err(Failure::internal()),
    }
}

fn encrypt(of: Arguments<'_>) -> Answer {
    cipher_of(of)?.encrypt(of.text(2)?).map(Reply::Text).map_err(Failure::encrypting)
}

fn decrypt(of: Arguments<'_>) -> Answer {
    cipher_of(of)?.decrypt(of.text(2)?).map(Reply::Bytes).map_err(Failure::decrypting)
}

fn decrypt_text(of: Arguments<'_>) -> Answer {
    cipher_of(of)?.decrypt_text(of.text(2)?).map(Reply::Text).map_err(Failure::decrypting)
}

fn keygen(of: Arguments<'_>) -> Answer {
    let too_few = || Failure::argument("options.random has too few bytes: 128 are enough");
    callback_profile::keygen(algorithm(of)?, of.text(2)?).map(Reply::Text).ok_or_else(too_few)
}

fn keygen_sealed(of: Arguments<'_>) -> Answer {
    Ok(Reply::Text(callback_profile::keygen_sealed(of.string(1)?, array(of, 2)?)?))
}

fn array<const N: usize>(of: Arguments<'_>, at: usize) -> Result<&[u8; N], Failure> {
    of.text(at)?.try_into().map_err(|_| Failure::argument(&format!("options.random must have {N} bytes")))
}
