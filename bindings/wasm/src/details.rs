//! Opened callbacks with what is known about them: their values are a text of its own.

use callback_profile::json::{ObjectWriter, push_string};
use callback_profile::{Opened, OpenedByKey, SealedMessage};

use crate::answer::{push_number, push_strings};

type Object<'o> = ObjectWriter<'o, String>;

/// What was decrypted, what the profile does not know, and what the sender of a sealed callback said about it.
pub(crate) fn push(object: &mut Object<'_>, opened: &Opened) {
    push_strings(object.member("decrypted"), opened.decrypted());
    push_strings(object.member("unknown"), opened.unknown());
    if let Some(message) = opened.sealed() {
        push_sealed(object.member("sealed"), message);
    }
}

/// Which key opened a callback, and the details.
pub(crate) fn push_by_key(object: &mut Object<'_>, opened: &OpenedByKey) {
    push_string(object.member("keyId"), &opened.id);
    push_number(object.member("version"), opened.version);
    object.member("inTurn").push_str(if opened.in_turn { "true" } else { "false" });
    push(object, &opened.opened);
}

/// Id and time of a message whose signature holds.
pub(crate) fn push_verified(object: &mut Object<'_>, verified: &callback_profile::seal::Verified) {
    push_string(object.member("id"), &verified.id);
    push_number(object.member("timestamp"), verified.timestamp);
}

fn push_sealed(out: &mut String, message: &SealedMessage) {
    let mut object = ObjectWriter::new(out);
    push_string(object.member("kid"), &message.kid);
    push_string(object.member("id"), &message.id);
    push_number(object.member("issuedAt"), message.issued_at);
    if let Some(id) = &message.profile_id {
        push_string(object.member("profileId"), id);
    }
    object.finish();
}
