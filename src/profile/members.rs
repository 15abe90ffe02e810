//! A profile as JSON: the members of a create payload, which patches and envelopes are written from too.

use super::encryption::MASK;
use super::payload::MEMBERS;
use super::profile::Profile;
use super::sealed_encryption::AnyEncryption;
use crate::json::{ArrayWriter, ObjectWriter, Output, push_string};
use crate::secrets::Secrets;
use crate::wiped::WipedText;

impl Profile {
    /// The profile as a create payload: compact JSON, members in the documented order, absent ones left out.
    ///
    /// With [`Secrets::Masked`] key and IV are masked, and the text is refused when parsed again.
    ///
    /// ```
    /// use callback_profile::{Profile, Secrets};
    /// let profile = Profile::parse(r#"{"url": "https://example.com/", "http_method": "GET", "title": "bot"}"#).unwrap();
    /// assert_eq!(
    ///     profile.to_json(Secrets::Masked),
    ///     r#"{"title":"bot","http_method":"GET","url":"https://example.com/","channel":"Default - No Channel Selected"}"#
    /// );
    /// ```
    pub fn to_json(&self, secrets: Secrets) -> String {
        let mut json = WipedText::default();
        let mut object = ObjectWriter::new(&mut json);
        for name in MEMBERS {
            self.write_member(&mut object, name, secrets);
        }
        object.finish();
        json.into_string()
    }

    /// Writes the member of this name, unless the profile has none.
    pub(super) fn write_member(
        &self,
        object: &mut ObjectWriter<'_, impl Output>,
        name: &str,
        secrets: Secrets,
    ) {
        match name {
            "title" => push_string(object.member(name), self.title()),
            "http_method" => push_string(object.member(name), self.method().name()),
            "url" => push_string(object.member(name), self.url()),
            "body" => {
                if let Some(body) = self.body() {
                    object.member(name).append(body);
                }
            }
            "response_message" => {
                if let Some(message) = self.response_message() {
                    push_string(object.member(name), message);
                }
            }
            "headers" if !self.headers().is_empty() => self.write_headers(object.member(name)),
            "enc" => {
                if let Some(enc) = self.any_encryption() {
                    write_enc(object.member(name), enc, secrets);
                }
            }
            "channel" => push_string(object.member(name), self.channel().name()),
            "events" if self.events().is_some_and(|events| !events.is_empty()) => {
                self.write_events(object.member(name));
            }
            _ => debug_assert!(MEMBERS.contains(&name), "only members of a payload are asked for"),
        }
    }

    /// Writes the headers as an object.
    pub(crate) fn write_headers(&self, out: &mut impl Output) {
        let mut object = ObjectWriter::new(out);
        for header in self.headers() {
            push_string(object.member(header.name()), header.value());
        }
        object.finish();
    }

    /// Writes the events as an array.
    pub(crate) fn write_events(&self, out: &mut impl Output) {
        write_strings(out, self.events().unwrap_or_default());
    }
}

/// Writes the enc member.
pub(crate) fn write_enc(out: &mut impl Output, enc: &AnyEncryption, secrets: Secrets) {
    let mut object = ObjectWriter::new(out);
    for name in ENC_MEMBERS {
        write_enc_member(&mut object, enc, name, secrets);
    }
    object.finish();
}

/// The members of enc of either version, in their order.
pub(super) const ENC_MEMBERS: [&str; 6] = ["version", "kid", "algo", "key", "IV", "params"];

/// Writes the member of enc of this name, unless there is none.
pub(super) fn write_enc_member(
    object: &mut ObjectWriter<'_, impl Output>,
    enc: &AnyEncryption,
    name: &str,
    secrets: Secrets,
) {
    let shown = |text| if secrets == Secrets::Shown { text } else { MASK };
    match (name, enc) {
        ("version", AnyEncryption::Sealed(_)) => object.member(name).append("2"),
        ("kid", AnyEncryption::Sealed(enc)) => push_string(object.member(name), enc.kid()),
        ("key", AnyEncryption::Sealed(enc)) => push_string(object.member(name), shown(enc.key().text())),
        ("algo", AnyEncryption::Documented(enc)) => push_string(object.member(name), enc.algorithm().name()),
        ("key", AnyEncryption::Documented(enc)) => push_string(object.member(name), shown(enc.key())),
        ("IV", AnyEncryption::Documented(enc)) => push_string(object.member(name), shown(enc.iv())),
        ("params", enc) => {
            if let Some(names) = enc.encrypted_params() {
                write_strings(object.member(name), names);
            }
        }
        _ => debug_assert!(ENC_MEMBERS.contains(&name), "only members of enc are asked for"),
    }
}

fn write_strings(out: &mut impl Output, texts: &[String]) {
    let mut array = ArrayWriter::new(out);
    for text in texts {
        push_string(array.element(), text);
    }
    array.finish();
}
