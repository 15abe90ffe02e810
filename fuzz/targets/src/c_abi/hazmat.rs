//! The operation below the text rules: raw keys, other IV lengths, associated data.

use callback_profile_c_abi::bytes::*;
use callback_profile_c_abi::error::*;
use callback_profile_c_abi::hazmat::*;

use super::objects::{Input, Slots, made};

/// One call of the four, on any bytes.
pub(super) fn step(
    choice: u8,
    input: &mut Input<'_>,
    bytes: &mut Slots<cbp_bytes>,
    errors: &mut Slots<cbp_error>,
) {
    // SAFETY: texts are readable for their length or nonsense that the header allows, places for results are writable or NULL.
    let (key, iv, one, two) = (input.text(), input.text(), input.text(), input.text());
    made(bytes, errors, choice, |to, error| unsafe {
        match choice % 4 {
            0 => cbp_hazmat_gcm_seal(
                key.bytes(),
                key.1,
                iv.bytes(),
                iv.1,
                one.bytes(),
                one.1,
                two.bytes(),
                two.1,
                to,
                error,
            ),
            1 => cbp_hazmat_gcm_open(
                key.bytes(),
                key.1,
                iv.bytes(),
                iv.1,
                one.bytes(),
                one.1,
                two.bytes(),
                two.1,
                to,
                error,
            ),
            2 => cbp_hazmat_cfb_encrypt(key.bytes(), key.1, iv.bytes(), iv.1, one.bytes(), one.1, to, error),
            _ => cbp_hazmat_cfb_decrypt(key.bytes(), key.1, iv.bytes(), iv.1, one.bytes(), one.1, to, error),
        }
    });
}
