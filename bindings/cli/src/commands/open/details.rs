//! What is printed of an opened callback.

use callback_profile::json::{ArrayWriter, ObjectWriter, Output, push_string};
use zeroize::Zeroizing;

use super::opener::Done;

/// `{"values","decrypted","unknown"}`; of a sealed callback what its sender said about it, of a key ring the key, of a
/// signature its id and time. With `partial` also `"failed"`, a code for
/// each parameter that did not open.
pub(super) fn details(done: &Done, partial: bool) -> Zeroizing<String> {
    let opened = &done.opened;
    let mut out = Zeroizing::new(String::with_capacity(opened.json().len().saturating_mul(2)));
    let mut object = ObjectWriter::new(&mut *out);
    object.member("values").append(opened.json());
    push_names(object.member("decrypted"), opened.decrypted());
    push_names(object.member("unknown"), opened.unknown());
    if partial {
        let mut failed = ObjectWriter::new(object.member("failed"));
        for (at, parameter) in opened.failed().iter().enumerate() {
            // A query may repeat a name.
            if !opened.failed().iter().take(at).any(|before| before.name == parameter.name) {
                push_string(failed.member(&parameter.name), parameter.code.name());
            }
        }
        failed.finish();
    }
    if let Some(message) = opened.sealed() {
        let mut sealed = ObjectWriter::new(object.member("sealed"));
        push_string(sealed.member("kid"), &message.kid);
        push_string(sealed.member("id"), &message.id);
        sealed.member("issued_at").append(&message.issued_at.to_string());
        match &message.profile_id {
            Some(id) => push_string(sealed.member("profile_id"), id),
            None => sealed.member("profile_id").append("null"),
        }
        sealed.finish();
    }
    if let Some(key) = &done.key {
        let mut by = ObjectWriter::new(object.member("key"));
        push_string(by.member("id"), &key.id);
        by.member("version").append(&key.version.to_string());
        by.member("in_turn").append(if key.in_turn { "true" } else { "false" });
        by.finish();
    }
    if let Some(verified) = &done.verified {
        let mut of = ObjectWriter::new(object.member("verified"));
        push_string(of.member("id"), &verified.id);
        of.member("timestamp").append(&verified.timestamp.to_string());
        of.finish();
    }
    object.finish();
    out
}

fn push_names(out: &mut String, names: impl Iterator<Item = String>) {
    let mut array = ArrayWriter::new(out);
    names.for_each(|name| push_string(array.element(), &name));
    array.finish();
}
