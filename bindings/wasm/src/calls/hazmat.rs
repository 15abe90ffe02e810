//! Raw keys, other IV lengths and associated data; for test vectors and interoperability.

use callback_profile::cipher::hazmat;

use crate::failure::Failure;
use crate::reply::{Answer, Reply};
use crate::request::Arguments;

pub(super) fn call(name: &str, of: Arguments<'_>) -> Option<Answer> {
    Some(match name {
        "gcmSeal" => gcm_seal(of),
        "gcmOpen" => gcm_open(of),
        "cfbEncrypt" => cfb_encrypt(of),
        "cfbDecrypt" => cfb_decrypt(of),
        _ => return None,
    })
}

fn gcm_seal(of: Arguments<'_>) -> Answer {
    let sealed = hazmat::gcm_seal(of.text(1)?, of.text(2)?, of.text(3)?, of.text(4)?);
    sealed.map(Reply::Bytes).map_err(Failure::encrypting)
}

fn gcm_open(of: Arguments<'_>) -> Answer {
    let plaintext = hazmat::gcm_open(of.text(1)?, of.text(2)?, of.text(3)?, of.text(4)?);
    plaintext.map(Reply::Bytes).map_err(Failure::decrypting)
}

fn cfb_encrypt(of: Arguments<'_>) -> Answer {
    hazmat::cfb_encrypt(of.text(1)?, of.text(2)?, of.text(3)?).map(Reply::Bytes).map_err(Failure::encrypting)
}

fn cfb_decrypt(of: Arguments<'_>) -> Answer {
    hazmat::cfb_decrypt(of.text(1)?, of.text(2)?, of.text(3)?).map(Reply::Bytes).map_err(Failure::decrypting)
}
