//! Results, in the JSON that the other surfaces write.

use serde_core::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::value::JsonText;
use crate::callback::{Callback, Message, SealedMessage};
use crate::envelope::Envelope;
use crate::error::Error;
use crate::profile::{Change, ProfileField};
use crate::report::{Advisory, Position, Report, RuleParams, Violation};
use crate::seal::Verified;

/// An object with these members: `object!(serializer, "Name", { "member": value, … })`.
macro_rules! object {
    ($serializer:expr, $name:literal, { $($member:literal: $value:expr),+ $(,)? }) => {{
        let members = [$($member),+].len();
        let mut object = $serializer.serialize_struct($name, members)?;
        $(object.serialize_field($member, $value)?;)+
        object.end()
    }};
}

/// `code`, `message`, `data`, `error`, `status`: the members of [`Envelope::to_json`]. Key and IV are in `data` if the envelope
/// was made with [`Secrets::Shown`](crate::Secrets::Shown).
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for Envelope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, "Envelope", {
            "code": self.code(),
            "message": self.message(),
            "data": &JsonText(self.data()),
            "error": &JsonText(self.error()),
            "status": &self.status(),
        })
    }
}

/// `class`, `code`, `message`, `violations`, `unlisted`.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, "Report", {
            "class": &self.class(),
            "code": &self.code(),
            "message": self.message(),
            "violations": self.violations(),
            "unlisted": &self.unlisted(),
        })
    }
}

/// `context`, `pointer`, `keyword`, `message`, `params`, and, where the text is not JSON, `line` and `column`.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("context", &self.context)?;
        object.serialize_entry("pointer", &self.pointer)?;
        object.serialize_entry("keyword", self.keyword)?;
        object.serialize_entry("message", &self.message)?;
        object.serialize_entry("params", &self.params)?;
        if let Some(Position { line, column }) = self.position {
            object.serialize_entry("line", &line)?;
            object.serialize_entry("column", &column)?;
        }
        object.end()
    }
}

/// The object that [`RuleParams::to_json`] writes.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for RuleParams {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        JsonText(&self.to_json()).serialize(serializer)
    }
}

/// `class`, `code`, `message`, where a text is not JSON `line` and `column`, `parameters`, `missing`.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("class", &self.class())?;
        object.serialize_entry("code", &self.code())?;
        object.serialize_entry("message", &self.to_string())?;
        if let Error::Record(error) | Error::Received(error) = self {
            object.serialize_entry("line", &error.line())?;
            object.serialize_entry("column", &error.column())?;
        }
        object.serialize_entry("parameters", self.parameters())?;
        let missing: &[String] = if let Error::MissingValues(names) = self { names } else { &[] };
        object.serialize_entry("missing", missing)?;
        object.end()
    }
}

/// `code`, `pointer`, `message`.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for Advisory {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, "Advisory", { "code": &self.code, "pointer": &self.pointer, "message": self.message() })
    }
}

/// `method`, `url`, `headers` (an object, in their order), `body` (a string or null), `missing`, `is_sealed`.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for Callback {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, "Callback", {
            "method": &self.method,
            "url": &self.url,
            "headers": &Headers(&self.headers),
            "body": &self.body,
            "missing": &self.missing,
            "is_sealed": &self.is_sealed,
        })
    }
}

struct Headers<'h>(&'h [(String, String)]);

impl Serialize for Headers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// `text`, `missing`.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, "Message", { "text": &self.text, "missing": &self.missing })
    }
}

/// `field`, `places`.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for ProfileField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, "ProfileField", { "field": &self.field, "places": &self.places })
    }
}

/// `pointer`, `before` and `after` (the JSON values, null if nothing is there), `effect`, `meaning`.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, "Change", {
            "pointer": &self.pointer,
            "before": &self.before.as_deref().map(JsonText),
            "after": &self.after.as_deref().map(JsonText),
            "effect": &self.effect,
            "meaning": self.effect.text(),
        })
    }
}

/// `kid`, `id`, `issued_at`, `profile_id`.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for SealedMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, "SealedMessage", {
            "kid": &self.kid,
            "id": &self.id,
            "issued_at": &self.issued_at,
            "profile_id": &self.profile_id,
        })
    }
}

/// `id`, `timestamp`.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for Verified {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        object!(serializer, "Verified", { "id": &self.id, "timestamp": &self.timestamp })
    }
}
