//! Signatures, sealed callbacks, key rings and new keys: calls of the C ABI.

use std::ptr::{null, null_mut};

use callback_profile_c_abi::bytes::*;
use callback_profile_c_abi::call_options::*;
use callback_profile_c_abi::callback::*;
use callback_profile_c_abi::error::*;
use callback_profile_c_abi::key_ring::*;
use callback_profile_c_abi::keygen::*;
use callback_profile_c_abi::opening::*;
use callback_profile_c_abi::profile::*;
use callback_profile_c_abi::receiving::*;
use callback_profile_c_abi::sealed_options::*;
use callback_profile_c_abi::signing::*;
use callback_profile_c_abi::text::*;

use super::objects::{Input, Slots, finished, made, read};

/// The calls of this file.
pub(super) const OPERATIONS: u8 = 6;

/// The objects of these calls.
pub(super) struct Trust {
    signers: Slots<cbp_signer>,
    verifiers: Slots<cbp_verifier>,
    signatures: Slots<cbp_signature>,
    received: Slots<cbp_received>,
    rings: Slots<cbp_key_ring>,
}

/// Objects of other calls, live or NULL.
pub(super) struct Others {
    pub(super) profile: *const cbp_profile,
    pub(super) callback: *const cbp_callback,
    pub(super) options: *mut cbp_call_options,
}

impl Trust {
    pub(super) fn new() -> Trust {
        Trust {
            signers: Slots::new(cbp_signer_free),
            verifiers: Slots::new(cbp_verifier_free),
            signatures: Slots::new(cbp_signature_free),
            received: Slots::new(cbp_received_free),
            rings: Slots::new(cbp_key_ring_free),
        }
    }

    /// Makes one call.
    pub(super) fn step(
        &mut self,
        operation: u8,
        choice: u8,
        input: &mut Input<'_>,
        others: &Others,
        bytes: &mut Slots<cbp_bytes>,
        errors: &mut Slots<cbp_error>,
    ) {
        // SAFETY (all of them): as in c_abi_sequence().
        match operation {
            0 => {
                let secret = input.text();
                let secrets = [cbp_str { data: secret.chars(), len: secret.1 }; 2];
                let count = usize::from(choice >> 6);
                let secrets = if count > 2 { null() } else { secrets.as_ptr() };
                made(&mut self.signers, errors, choice, |to, error| unsafe {
                    cbp_signer_new(secrets, count, to, error)
                });
                made(&mut self.verifiers, errors, choice, |to, error| unsafe {
                    cbp_verifier_new(secrets, count, to, error)
                });
            }
            1 => {
                let (id, body) = (input.text(), input.text());
                let signer = self.signers.get(choice);
                made(&mut self.signatures, errors, choice, |to, error| unsafe {
                    match choice >> 7 {
                        0 => cbp_signer_sign(signer, id.chars(), id.1, 5, body.bytes(), body.1, to, error),
                        _ => cbp_callback_sign(
                            others.callback,
                            signer,
                            id.chars(),
                            id.1,
                            5,
                            u32::from(choice >> 4 & 3),
                            to,
                            error,
                        ),
                    }
                });
            }
            2 => options(choice, input, others.options, errors),
            3 => self.change_ring(choice, input, others, errors),
            4 => self.receive(choice, input, others, errors),
            _ => {
                let (kid, random) = (input.text(), input.text());
                made(bytes, errors, choice, |to, error| unsafe {
                    match choice >> 6 {
                        0 => cbp_keygen(u32::from(choice >> 3 & 7), random.bytes(), random.1, to, error),
                        1 => cbp_keygen_signing(random.bytes(), random.1, to, error),
                        _ => cbp_keygen_sealed(kid.chars(), kid.1, random.bytes(), random.1, to, error),
                    }
                });
            }
        }
    }

    fn change_ring(
        &mut self,
        choice: u8,
        input: &mut Input<'_>,
        others: &Others,
        errors: &mut Slots<cbp_error>,
    ) {
        let text = input.text();
        let ring = self.rings.get(choice >> 2);
        match choice >> 5 {
            0 => made(&mut self.rings, errors, choice, |to, error| unsafe {
                cbp_key_ring_by_header(text.chars(), text.1, to, error)
            }),
            1 => made(&mut self.rings, errors, choice, |to, error| unsafe {
                cbp_key_ring_by_query(text.chars(), text.1, to, error)
            }),
            2 => {
                // SAFETY: live or NULL.
                unsafe { cbp_key_ring_remove(ring, text.chars(), text.1) };
            }
            3 => {
                finished(errors, choice, |error| unsafe {
                    cbp_key_ring_set_refuse_v1(ring, choice & 1 == 1, error)
                });
            }
            4 => {
                finished(errors, choice, |error| unsafe {
                    cbp_key_ring_set_try_in_turn(ring, choice & 1 == 1, error)
                });
            }
            _ => {
                finished(errors, choice, |error| unsafe {
                    cbp_key_ring_add(ring, text.chars(), text.1, others.profile, error)
                });
            }
        }
        // SAFETY: live or NULL.
        unsafe {
            for index in 0..=cbp_key_ring_count(ring) {
                read(cbp_key_ring_id(ring, index));
            }
        }
    }

    /// Receives the callback or a text, under the headers of a signature and one more.
    fn receive(&mut self, choice: u8, input: &mut Input<'_>, others: &Others, errors: &mut Slots<cbp_error>) {
        let (value, target, text) = (input.text(), input.text(), input.text());
        let (ring, verifier) = (self.rings.get(choice >> 2), self.verifiers.get(choice >> 1));
        let signature = self.signatures.get(choice);
        let name = "a";
        let mut headers = [cbp_header {
            name: cbp_str { data: name.as_ptr().cast(), len: name.len() },
            value: cbp_str { data: value.chars(), len: value.1 },
        }; 4];
        // SAFETY: live or NULL.
        let body = unsafe {
            for (index, header) in headers.iter_mut().take(cbp_signature_header_count(signature)).enumerate()
            {
                header.name = cbp_signature_header_name(signature, index);
                header.value = cbp_signature_header_value(signature, index);
                read(header.name);
                read(header.value);
            }
            cbp_callback_body(others.callback)
        };
        let (body, len) = if choice & 1 == 1 { (body.data.cast(), body.len) } else { (text.bytes(), text.1) };
        let (headers, profile, options) = (headers.as_ptr(), others.profile, others.options);
        let (target, target_len) = (target.chars(), target.1);
        made(&mut self.received, errors, choice, |to, error| unsafe {
            match choice >> 6 {
                0 => cbp_verifier_verify(verifier, headers, 4, body, len, 5, 1, to, error),
                1 => cbp_profile_receive(
                    profile, verifier, headers, 4, target, target_len, body, len, 5, 1, options, to, error,
                ),
                2 => cbp_key_ring_open(ring, headers, 4, target, target_len, body, len, options, to, error),
                _ => cbp_key_ring_receive(
                    ring, verifier, headers, 4, target, target_len, body, len, 5, 1, options, to, error,
                ),
            }
        });
        let received = self.received.get(choice);
        // SAFETY: live or NULL, and what it owns too.
        unsafe {
            read(cbp_received_id(received));
            read(cbp_received_key_id(received));
            assert!(cbp_received_version(received) <= 2);
            let opened = cbp_received_opened(received);
            read(cbp_opened_json(opened));
            read(cbp_opened_sealed_kid(opened));
            read(cbp_opened_sealed_id(opened));
            read(cbp_opened_sealed_profile_id(opened));
            assert!(cbp_opened_is_sealed(opened) || cbp_opened_sealed_issued_at(opened) == 0);
        }
    }
}

/// Sets something that a sealed callback is made or held with.
fn options(choice: u8, input: &mut Input<'_>, options: *mut cbp_call_options, errors: &mut Slots<cbp_error>) {
    let text = input.text();
    let random = [choice; CBP_SEALING_RANDOM_LEN];
    finished(errors, choice, |error| unsafe {
        match choice >> 5 {
            0 => cbp_call_options_set_random(options, random.as_ptr().cast(), random.len(), error),
            1 => cbp_call_options_set_random(options, text.bytes(), text.1, error),
            2 => cbp_call_options_set_issued_at(options, choice.into(), error),
            3 => cbp_call_options_set_id(options, text.chars(), text.1, error),
            4 => cbp_call_options_set_profile_id(options, text.chars(), text.1, error),
            5 => cbp_call_options_set_bare_token(options, choice & 1 == 1, error),
            _ => cbp_call_options_set_expected(
                options,
                choice & 32 == 0,
                5,
                u64::from(choice),
                u32::from(choice >> 2 & 7),
                text.chars(),
                text.1,
                null_mut(),
                0,
                error,
            ),
        }
    });
}
