//! Sequences of calls of the C ABI, misuse included: NULL, wrong numbers, bytes that are not text, buffers that are too
//! small, inputs that lie in the object that the call fills.
//!
//! Two bytes choose a call and its objects; texts are pieces of the rest. Undefined behaviour by the contract of the header
//! (freed objects, lengths beyond the memory) does not occur. The rules: a failure writes no result and fills the error, a
//! success fills the result, and views can be read.

mod hazmat;
mod objects;
mod trust;

use std::ptr::from_mut;

use objects::{Input, Slots, finished, made, own_text, read, read_bytes};
use trust::{Others, Trust};

use callback_profile_c_abi::address::*;
use callback_profile_c_abi::batch::*;
use callback_profile_c_abi::bytes::*;
use callback_profile_c_abi::call_options::*;
use callback_profile_c_abi::callback::*;
use callback_profile_c_abi::cipher::*;
use callback_profile_c_abi::destination::*;
use callback_profile_c_abi::details::*;
use callback_profile_c_abi::envelope::*;
use callback_profile_c_abi::fields::*;
use callback_profile_c_abi::opening::*;
use callback_profile_c_abi::options::*;
use callback_profile_c_abi::profile::*;
use callback_profile_c_abi::stored::*;
use callback_profile_c_abi::text::*;

/// A sequence of calls.
pub fn c_abi_sequence(data: &[u8]) {
    let mut input = Input(data);
    let mut profiles = Slots::new(cbp_profile_free);
    let mut stored = Slots::new(cbp_stored_profile_free);
    let mut ciphers = Slots::new(cbp_cipher_free);
    let mut callbacks = Slots::new(cbp_callback_free);
    let mut messages = Slots::new(cbp_message_free);
    let mut envelopes = Slots::new(cbp_envelope_free);
    let mut texts = Slots::new(cbp_texts_free);
    let mut fields = Slots::new(cbp_fields_free);
    let mut details = Slots::new(cbp_opened_free);
    let mut bytes = Slots::new(cbp_bytes_free);
    let mut errors = Slots::new(cbp_error_free);
    let mut parse_options = Slots::new(cbp_parse_options_free);
    let mut call_options = Slots::new(cbp_call_options_free);
    let mut trust = Trust::new();

    for _ in 0..64 {
        let (Some(operation), Some(choice)) = (input.byte(), input.byte()) else { return };
        let number = u32::from(choice >> 4);
        let (profile, cipher, callback) = (profiles.get(choice), ciphers.get(choice), callbacks.get(choice));
        let (parse, call, envelope) =
            (parse_options.get(choice >> 2), call_options.get(choice >> 2), envelopes.get(choice));
        // SAFETY (all of them): objects come from slots and are live or NULL, texts are readable for their length or
        // nonsense that the header allows, and places for results are writable or NULL.
        match operation % (42 + trust::OPERATIONS) {
            0 => {
                let json = input.text();
                finished(&mut errors, choice, |error| unsafe {
                    cbp_profile_check(json.chars(), json.1, parse, error)
                });
                made(&mut profiles, &mut errors, choice, |to, error| unsafe {
                    cbp_profile_parse(json.chars(), json.1, parse, to, error)
                });
            }
            1 => {
                let (sid, payload, value) = (input.text(), input.text(), input.text());
                let header = |name: &'static str| cbp_header {
                    name: cbp_str { data: name.as_ptr().cast(), len: name.len() },
                    value: cbp_str { data: value.chars(), len: value.1 },
                };
                let headers = [header("api-key"), header("content-type")];
                made(&mut profiles, &mut errors, choice, |to, error| unsafe {
                    cbp_request_parse(
                        sid.chars(),
                        sid.1,
                        headers.as_ptr(),
                        2,
                        payload.chars(),
                        payload.1,
                        parse,
                        to,
                        error,
                    )
                });
            }
            2 => {
                let json = input.text();
                made(&mut profiles, &mut errors, choice, |to, error| unsafe {
                    cbp_profile_patch(profile, json.chars(), json.1, to, error)
                });
            }
            3 => made(&mut bytes, &mut errors, choice, |to, error| unsafe {
                cbp_profile_to_json(profile, number, to, error)
            }),
            4 => made(&mut parse_options, &mut errors, choice, |to, error| unsafe {
                cbp_profile_options(profile, to, error)
            }),
            5 => unsafe {
                for view in [
                    cbp_profile_title(profile),
                    cbp_profile_url(profile),
                    cbp_profile_body(profile),
                    cbp_profile_response_message(profile),
                ] {
                    read(view);
                }
                let index = usize::from(choice >> 4);
                for get in [
                    cbp_profile_header_name,
                    cbp_profile_header_value,
                    cbp_profile_event,
                    cbp_profile_replacer_label,
                    cbp_profile_replacer_field,
                    cbp_profile_encrypted_param,
                    cbp_profile_advisory_name,
                    cbp_profile_advisory_pointer,
                    cbp_profile_advisory_message,
                ] {
                    read(get(profile, index));
                    assert!(get(profile, usize::MAX).data.is_null());
                }
                read(cbp_method_name(cbp_profile_method(profile)));
                read(cbp_channel_name(cbp_profile_channel(profile)));
            },
            6 => made(&mut bytes, &mut errors, choice, |to, error| unsafe {
                cbp_profile_advisories(profile, to, error)
            }),
            7 => {
                let json = input.text();
                made(&mut stored, &mut errors, choice, |to, error| unsafe {
                    cbp_stored_profile_parse(json.chars(), json.1, parse, to, error)
                });
            }
            8 => {
                let slot = usize::from(choice % 3);
                let object = from_mut(&mut stored.slots[slot]);
                made(&mut profiles, &mut errors, choice, |to, error| unsafe {
                    cbp_stored_profile_take(object, to, error)
                });
            }
            9 => unsafe {
                let stored = stored.get(choice);
                for get in [
                    cbp_stored_profile_profile_id,
                    cbp_stored_profile_created_at,
                    cbp_stored_profile_modified_at,
                    cbp_stored_profile_body_type,
                    cbp_stored_profile_dynamic_variables,
                ] {
                    read(get(stored));
                }
                read(cbp_profile_title(cbp_stored_profile_profile(stored)));
            },
            10 | 11 => {
                let (key, iv) = (input.text(), input.text());
                made(&mut ciphers, &mut errors, choice, |to, error| unsafe {
                    match operation % 2 {
                        0 => cbp_cipher_new(number, key.chars(), key.1, iv.chars(), iv.1, to, error),
                        _ => cbp_cipher_new_with(
                            1,
                            key.chars(),
                            key.1,
                            iv.chars(),
                            iv.1,
                            number,
                            number / 2,
                            number / 4,
                            to,
                            error,
                        ),
                    }
                });
            }
            12..=14 => {
                let text = input.text();
                let mut room = [0x5a_u8; 300];
                let size = usize::from(input.byte().unwrap_or(0));
                let mut written = 12345;
                // The profile's own cipher serves as well.
                let cipher =
                    if choice > 127 { unsafe { cbp_profile_cipher(profile) } } else { cipher.cast_const() };
                let ok = finished(&mut errors, choice, |error| unsafe {
                    match operation % 40 {
                        12 => cbp_cipher_encrypt(
                            cipher,
                            text.bytes(),
                            text.1,
                            room.as_mut_ptr().cast(),
                            size,
                            &raw mut written,
                            error,
                        ),
                        13 => cbp_cipher_decrypt(
                            cipher,
                            text.chars(),
                            text.1,
                            room.as_mut_ptr().cast(),
                            size,
                            &raw mut written,
                            error,
                        ),
                        _ => cbp_cipher_decrypt_text(
                            cipher,
                            text.chars(),
                            text.1,
                            room.as_mut_ptr().cast(),
                            size,
                            &raw mut written,
                            error,
                        ),
                    }
                });
                let used = if ok { written } else { 0 };
                assert!(
                    used <= size && room[used..].iter().all(|byte| *byte == 0x5a),
                    "written beyond the result"
                );
            }
            15 => {
                let (first, second) = (input.text(), input.text());
                let mut values = [first, second].map(|text| cbp_str { data: text.chars(), len: text.1 });
                let texts = texts.get(choice);
                let own = unsafe { cbp_texts_get(texts, usize::from(number as u8 % 2)) };
                if choice > 191 && own.len > 0 {
                    values[1] = own;
                }
                let ok = finished(&mut errors, choice, |error| unsafe {
                    cbp_cipher_encrypt_all(cipher, values.as_ptr(), 2, texts, error)
                });
                assert!(!ok || values[1].data != own.data || own.len == 0, "a value of its own texts");
                unsafe { read(cbp_texts_get(texts, usize::from(choice % 3))) };
            }
            16 => texts.put(choice, unsafe { cbp_texts_new() }),
            17 => {
                let record = input.text();
                made(&mut messages, &mut errors, choice, |to, error| unsafe {
                    cbp_profile_message(profile, record.chars(), record.1, call, to, error)
                });
            }
            18 => unsafe {
                read(cbp_message_text(messages.get(choice)));
                read(cbp_message_missing(messages.get(choice), usize::from(number as u8)));
            },
            19 => {
                let record = input.text();
                made(&mut callbacks, &mut errors, choice, |to, error| unsafe {
                    cbp_profile_callback(profile, record.chars(), record.1, call, to, error)
                });
            }
            20 => callbacks.put(choice, unsafe { cbp_callback_new() }),
            21 => {
                let record = input.text();
                let mut record = cbp_str { data: record.chars(), len: record.1 };
                let callback = callbacks.get(choice >> 1);
                let own = unsafe { own_text(callback, number) };
                let is_own = choice > 191 && own.len > 0;
                if is_own {
                    record = own;
                }
                let ok = finished(&mut errors, choice, |error| unsafe {
                    cbp_profile_callback_into(profile, record.data, record.len, call, callback, error)
                });
                assert!(!(ok && is_own), "a record of its own callback");
                if is_own {
                    // SAFETY: refused, so the callback and its views are unchanged.
                    read(own);
                }
            }
            22 => unsafe {
                read(cbp_callback_url(callback));
                read(cbp_callback_host(callback));
                read(cbp_callback_authority(callback));
                read(cbp_callback_target(callback));
                assert_eq!(cbp_callback_port(callback) == 0, cbp_callback_host(callback).data.is_null());
                read(cbp_callback_body(callback));
                for index in 0..=cbp_callback_header_count(callback) {
                    read(cbp_callback_header_name(callback, index));
                    read(cbp_callback_header_value(callback, index));
                }
                read(cbp_callback_missing(callback, usize::from(number as u8)));
            },
            23 => made(&mut bytes, &mut errors, choice, |to, error| unsafe {
                cbp_callback_to_http(callback, to, error)
            }),
            24 => {
                let received = input.text();
                made(&mut bytes, &mut errors, choice, |to, error| unsafe {
                    cbp_profile_open(profile, received.bytes(), received.1, call, to, error)
                });
                made(&mut details, &mut errors, choice, |to, error| unsafe {
                    cbp_profile_open_details(profile, received.bytes(), received.1, call, to, error)
                });
            }
            25 => {
                read_bytes(bytes.get(choice));
            }
            26 | 27 => {
                let id = input.text();
                made(&mut envelopes, &mut errors, choice, |to, error| unsafe {
                    match operation % 2 {
                        0 => cbp_envelope_created(profile, id.chars(), id.1, number, to, error),
                        _ => cbp_envelope_updated(profile, id.chars(), id.1, number, to, error),
                    }
                });
            }
            28 => {
                let one = stored.get(choice);
                made(&mut envelopes, &mut errors, choice, |to, error| unsafe {
                    cbp_envelope_fetched(one, number, to, error)
                });
                made(&mut envelopes, &mut errors, choice, |to, error| unsafe {
                    cbp_envelope_listed([one.cast_const(); 2].as_ptr(), 2, number, to, error)
                });
            }
            29 | 30 => {
                let id = input.text();
                made(&mut envelopes, &mut errors, choice, |to, error| unsafe {
                    match operation % 2 {
                        0 => cbp_envelope_deleted(id.chars(), id.1, to, error),
                        _ => cbp_envelope_not_found(id.chars(), id.1, to, error),
                    }
                });
            }
            31 => {
                let refusal = errors.get(choice);
                // The new error must not replace the refusal while it is read.
                let mut others = Slots::new(cbp_error_free);
                made(&mut envelopes, &mut others, choice, |to, error| unsafe {
                    cbp_envelope_refused(refusal, to, error)
                });
                made(&mut envelopes, &mut others, choice, |to, error| unsafe {
                    cbp_envelope_not_opened(refusal, to, error)
                });
            }
            32 => {
                let json = input.text();
                made(&mut envelopes, &mut errors, choice, |to, error| unsafe {
                    cbp_envelope_parse(json.chars(), json.1, to, error)
                });
            }
            33 => {
                unsafe {
                    for get in
                        [cbp_envelope_code, cbp_envelope_message, cbp_envelope_data, cbp_envelope_error]
                    {
                        read(get(envelope));
                    }
                }
                made(&mut bytes, &mut errors, choice, |to, error| unsafe {
                    cbp_envelope_to_json(envelope, to, error)
                });
            }
            34 => {
                let error_object = errors.get(choice);
                let mut others = Slots::new(cbp_error_free);
                made(&mut bytes, &mut others, choice, |to, error| unsafe {
                    cbp_error_to_json(error_object, to, error)
                });
            }
            35 => {
                parse_options.put(choice, unsafe { cbp_parse_options_new() });
                call_options.put(choice, unsafe { cbp_call_options_new() });
            }
            36 => {
                finished(&mut errors, choice, |error| unsafe {
                    match choice % 3 {
                        0 => cbp_parse_options_set_policy(parse, number, error),
                        1 => cbp_parse_options_set_limit(parse, number, usize::from(choice) * 50, error),
                        _ => cbp_parse_options_set_wire_format(parse, number, number / 2, number / 4, error),
                    }
                });
            }
            37 => {
                let text = input.text();
                finished(&mut errors, choice, |error| unsafe {
                    let names = [cbp_str { data: text.chars(), len: text.1 }; 2];
                    let count = usize::from(choice & 1);
                    match choice >> 4 {
                        0 => cbp_call_options_set_missing(call, number, error),
                        1 => cbp_call_options_set_pairs(call, choice & 1 == 1, error),
                        2 => cbp_call_options_set_boundary(call, text.chars(), text.1, error),
                        3 => cbp_call_options_set_structures(call, names.as_ptr(), count, error),
                        4 => cbp_call_options_allow_all_structures(call, error),
                        5 => cbp_call_options_set_absent(call, names.as_ptr(), count + 1, error),
                        6 => cbp_call_options_allow_all_absent(call, error),
                        7 => cbp_call_options_set_surrogates(call, u32::from(choice & 3), error),
                        8 => cbp_call_options_set_missing(call, u32::from(choice & 7), error),
                        _ => cbp_call_options_set_content_type(call, text.chars(), text.1, error),
                    }
                });
            }
            38 => {
                let address = input.text();
                let mut verdict = 0;
                finished(&mut errors, choice, |error| unsafe {
                    match choice % 4 {
                        0 | 2 => cbp_address_verdict(address.chars(), address.1, &raw mut verdict, error),
                        1 => {
                            cbp_address_verdict_of_bytes(address.bytes(), address.1, &raw mut verdict, error)
                        }
                        _ => cbp_address_verdict_of_sockaddr(
                            address.bytes(),
                            address.1,
                            &raw mut verdict,
                            error,
                        ),
                    }
                });
                read(unsafe { cbp_address_verdict_name(verdict) });
            }
            39 => {
                made(&mut fields, &mut errors, choice, |to, error| unsafe {
                    cbp_profile_fields(profile, to, error)
                });
                let fields = fields.get(choice);
                for index in 0..=unsafe { cbp_fields_count(fields) } {
                    unsafe {
                        read(cbp_fields_name(fields, index));
                        for place in 0..=cbp_fields_place_count(fields, index) {
                            read(cbp_fields_place(fields, index, place));
                        }
                    }
                }
            }
            40 => {
                let opened = details.get(choice);
                let name = input.text();
                let (mut kind, mut value) = (0, std::ptr::null_mut());
                unsafe {
                    read(cbp_opened_json(opened));
                    for index in 0..=cbp_opened_decrypted_count(opened) {
                        read(cbp_opened_decrypted(opened, index));
                    }
                    for index in 0..=cbp_opened_unknown_count(opened) {
                        read(cbp_opened_unknown(opened, index));
                    }
                }
                let ok = finished(&mut errors, choice, |error| unsafe {
                    cbp_opened_get(opened, name.chars(), name.1, &raw mut kind, &raw mut value, error)
                });
                assert_eq!(ok && kind != 0, !value.is_null(), "a kind and a value, or neither");
                bytes.put(choice, value);
            }
            41 => hazmat::step(choice, &mut input, &mut bytes, &mut errors),
            other => {
                let others = Others { profile, callback, options: call };
                trust.step(other - 42, choice, &mut input, &others, &mut bytes, &mut errors);
            }
        }
    }
}
