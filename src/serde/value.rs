//! JSON within results: values that were read, and texts of compact JSON.

use serde_core::ser::{Error as _, Serialize, Serializer};

use crate::bug::bug;
use crate::json::{Document, Kind, Value};

/// A text of JSON that this library wrote, serialised as the value that it is.
pub(super) struct JsonText<'t>(pub(super) &'t str);

impl Serialize for JsonText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match Document::read_own(self.0.as_bytes()) {
            Ok(document) => document.root().serialize(serializer),
            Err(_) => Err(S::Error::custom(bug("a text that was written as JSON is not JSON"))),
        }
    }
}

/// The value. Numbers are `u64`, `i64`, `i128` or `u128` where they are whole and fit, else `f64`; their exact text is what
/// [`Value::number_text`] has.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.kind() {
            Kind::Null => serializer.serialize_unit(),
            Kind::False => serializer.serialize_bool(false),
            Kind::True => serializer.serialize_bool(true),
            Kind::String => serializer.serialize_str(self.text()),
            Kind::Array => serializer.collect_seq(self.elements()),
            Kind::Object => serializer.collect_map(self.members()),
            Kind::Number => match Number::of(self.text()) {
                Some(Number::U64(number)) => serializer.serialize_u64(number),
                Some(Number::I64(number)) => serializer.serialize_i64(number),
                Some(Number::U128(number)) => serializer.serialize_u128(number),
                Some(Number::I128(number)) => serializer.serialize_i128(number),
                Some(Number::F64(number)) => serializer.serialize_f64(number),
                None => Err(S::Error::custom("an integer of more than 128 bits")),
            },
        }
    }
}

/// A number in the first of these types that holds it. No integer becomes a float, which would change it silently.
pub(super) enum Number {
    U64(u64),
    I64(i64),
    U128(u128),
    I128(i128),
    F64(f64),
}

impl Number {
    /// `None` for an integer of more than 128 bits.
    pub(super) fn of(text: &str) -> Option<Number> {
        if text.contains(['.', 'e', 'E']) {
            return text.parse().ok().map(Number::F64);
        }
        let small = text.parse().map(Number::U64).or_else(|_| text.parse().map(Number::I64));
        let large = || text.parse().map(Number::U128).or_else(|_| text.parse().map(Number::I128));
        small.or_else(|_| large()).ok()
    }
}
