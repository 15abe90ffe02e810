//! Names of members: texts, and nothing that other serialisers would turn into one.

use serde_core::ser::{self, Serialize, Serializer};

use super::not_json::NotJson;
use crate::json::Output;
use crate::wiped::WipedText;

/// Takes a text, which the name of a member must be.
pub(super) struct Name<'n>(&'n mut WipedText);

impl<'n> Name<'n> {
    pub(super) fn in_text(text: &'n mut WipedText) -> Name<'n> {
        Name(text)
    }
}

/// No value of this type exists: a name is no array or object.
type Never = ser::Impossible<(), NotJson>;

/// The functions of a serializer for what is no text, all refused with what it is.
macro_rules! refuse {
    ($($function:ident($($argument:ty),*) -> $ok:ty, $found:literal;)+) => {
        $(fn $function(self, $(_: $argument),*) -> Result<$ok, NotJson> {
            Err(NotJson::found(concat!($found, " as the name of a member")))
        })+
    };
}

impl Serializer for Name<'_> {
    type Ok = ();
    type Error = NotJson;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    fn serialize_str(self, value: &str) -> Result<(), NotJson> {
        self.0.append(value);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), NotJson> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), NotJson> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), NotJson> {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NotJson> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), NotJson> {
        Err(NotJson::found("an object as the name of a member"))
    }

    refuse! {
        serialize_bool(bool) -> (), "a boolean";
        serialize_i8(i8) -> (), "a number";
        serialize_i16(i16) -> (), "a number";
        serialize_i32(i32) -> (), "a number";
        serialize_i64(i64) -> (), "a number";
        serialize_i128(i128) -> (), "a number";
        serialize_u8(u8) -> (), "a number";
        serialize_u16(u16) -> (), "a number";
        serialize_u32(u32) -> (), "a number";
        serialize_u64(u64) -> (), "a number";
        serialize_u128(u128) -> (), "a number";
        serialize_f32(f32) -> (), "a number";
        serialize_f64(f64) -> (), "a number";
        serialize_bytes(&[u8]) -> (), "bytes";
        serialize_none() -> (), "null";
        serialize_unit() -> (), "null";
        serialize_unit_struct(&'static str) -> (), "null";
        serialize_seq(Option<usize>) -> Never, "an array";
        serialize_tuple(usize) -> Never, "an array";
        serialize_tuple_struct(&'static str, usize) -> Never, "an array";
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never, "an object";
        serialize_map(Option<usize>) -> Never, "an object";
        serialize_struct(&'static str, usize) -> Never, "an object";
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never, "an object";
    }
}
