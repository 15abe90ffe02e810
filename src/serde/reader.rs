//! A value that was read, handed to a type; an error says where and what the type expects, and never what is there.

use std::fmt;

use serde_core::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde_core::forward_to_deserialize_any;

use super::value::Number;
use crate::error::Error;
use crate::json::{Elements, Kind, Members, Value};
use crate::report::PointerBuf;
use crate::visible::visible;

/// Hands on one value.
pub(super) struct Reader<'d>(pub(super) Value<'d>);

/// Why a value is not of a type: what was expected, what kind of value is there, and where, with the innermost step first.
#[derive(Debug)]
pub(super) struct Unlike {
    expected: String,
    found: Option<&'static str>,
    steps: PointerBuf,
}

impl Unlike {
    fn expected(expected: impl Into<String>) -> Unlike {
        Unlike { expected: expected.into(), found: None, steps: PointerBuf::default() }
    }

    fn below(mut self, step: &str) -> Unlike {
        self.steps.put_in_front(step);
        self
    }

    pub(super) fn into_error(self) -> Error {
        Error::UnexpectedType {
            pointer: self.steps.into_string(),
            expected: self.expected,
            found: self.found,
        }
    }
}

impl fmt::Display for Unlike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for Unlike {}

impl de::Error for Unlike {
    /// The message of a type is dropped: it may quote the value.
    fn custom<T: fmt::Display>(_: T) -> Unlike {
        Unlike::expected("a value that its type accepts")
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Unlike {
        Unlike { found: Some(kind_of(unexpected)), ..Unlike::expected(expected.to_string()) }
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Unlike {
        let found = match unexpected {
            Unexpected::Other(_) => None,
            _ => Some(kind_of(unexpected)),
        };
        let found = found.map(|kind| match kind {
            "a number" => "another number",
            "a string" => "another string",
            kind => kind,
        });
        Unlike { found, ..Unlike::expected(expected.to_string()) }
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Unlike {
        Unlike { found: Some("of another length"), ..Unlike::expected(expected.to_string()) }
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Unlike {
        Unlike { found: Some("another text"), ..Unlike::expected(expected.join(" or ")) }
    }

    fn unknown_field(name: &str, _: &'static [&'static str]) -> Unlike {
        Unlike::expected(format!("an object without the member {}", visible(name)))
    }

    fn missing_field(name: &'static str) -> Unlike {
        Unlike::expected(format!("an object with the member {name}"))
    }

    fn duplicate_field(name: &'static str) -> Unlike {
        Unlike::expected(format!("an object with the member {name} once"))
    }
}

fn kind_of(unexpected: Unexpected<'_>) -> &'static str {
    match unexpected {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
        Unexpected::Char(_) | Unexpected::Str(_) | Unexpected::Bytes(_) => "a string",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant => "a variant of an enum",
        // The integers of more than 64 bits, and what types say themselves.
        Unexpected::NewtypeStruct | Unexpected::Other(_) => "something else",
    }
}

impl<'d> Deserializer<'d> for Reader<'d> {
    type Error = Unlike;

    fn deserialize_any<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Unlike> {
        match self.0.kind() {
            Kind::Null => visitor.visit_unit(),
            Kind::False => visitor.visit_bool(false),
            Kind::True => visitor.visit_bool(true),
            Kind::String => visitor.visit_borrowed_str(self.0.text()),
            Kind::Array => read_elements(self.0, visitor),
            Kind::Object => read_members(self.0, visitor),
            Kind::Number => match Number::of(self.0.text()) {
                Some(Number::U64(number)) => visitor.visit_u64(number),
                Some(Number::I64(number)) => visitor.visit_i64(number),
                Some(Number::U128(number)) => visitor.visit_u128(number),
                Some(Number::I128(number)) => visitor.visit_i128(number),
                Some(Number::F64(number)) => visitor.visit_f64(number),
                None => Err(Unlike::expected("a number of at most 128 bits")),
            },
        }
    }

    fn deserialize_option<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Unlike> {
        if self.0.kind() == Kind::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'d>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unlike> {
        visitor.visit_newtype_struct(self)
    }

    /// Whoever asks for a float takes the nearest one of an integer.
    fn deserialize_f64<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Unlike> {
        match self.0.number_text().and_then(|text| text.parse().ok()) {
            Some(number) => visitor.visit_f64(number),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_f32<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Unlike> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_enum<V: Visitor<'d>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unlike> {
        let variant = match self.0.kind() {
            Kind::String => self.0.as_str().map(|name| Variant { name, content: None }),
            Kind::Object if self.0.len() == 1 => {
                self.0.members().next().map(|(name, content)| Variant { name, content: Some(content) })
            }
            _ => None,
        };
        visitor.visit_enum(variant.ok_or(Unlike::expected("a string or an object with one member"))?)
    }

    fn deserialize_ignored_any<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Unlike> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'d>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

/// All elements must be taken.
fn read_elements<'d, V: Visitor<'d>>(array: Value<'d>, visitor: V) -> Result<V::Value, Unlike> {
    let mut access = ElementsOf { elements: array.elements(), index: 0, len: array.len() };
    let value = visitor.visit_seq(&mut access)?;
    if access.index < access.len {
        return Err(Unlike::expected(format!("an array of {} elements", access.index)));
    }
    Ok(value)
}

fn read_members<'d, V: Visitor<'d>>(object: Value<'d>, visitor: V) -> Result<V::Value, Unlike> {
    let mut access = MembersOf { members: object.members(), next: None, left: object.len() };
    let value = visitor.visit_map(&mut access)?;
    if access.left > 0 {
        return Err(Unlike::expected("an object with fewer members"));
    }
    Ok(value)
}

struct ElementsOf<'d> {
    elements: Elements<'d>,
    index: usize,
    len: usize,
}

impl<'d> SeqAccess<'d> for ElementsOf<'d> {
    type Error = Unlike;

    fn next_element_seed<T: DeserializeSeed<'d>>(&mut self, seed: T) -> Result<Option<T::Value>, Unlike> {
        let Some(element) = self.elements.next() else { return Ok(None) };
        let index = self.index;
        self.index = index.saturating_add(1);
        seed.deserialize(Reader(element)).map(Some).map_err(|error| error.below(&index.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.len.saturating_sub(self.index))
    }
}

struct MembersOf<'d> {
    members: Members<'d>,
    /// The member whose name was handed on.
    next: Option<(&'d str, Value<'d>)>,
    left: usize,
}

impl<'d> MapAccess<'d> for MembersOf<'d> {
    type Error = Unlike;

    fn next_key_seed<K: DeserializeSeed<'d>>(&mut self, seed: K) -> Result<Option<K::Value>, Unlike> {
        self.next = self.members.next();
        let Some((name, _)) = self.next else { return Ok(None) };
        self.left = self.left.saturating_sub(1);
        seed.deserialize(de::value::BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'d>>(&mut self, seed: T) -> Result<T::Value, Unlike> {
        let (name, value) = self.next.take().ok_or(Unlike::expected("a name before its value"))?;
        seed.deserialize(Reader(value)).map_err(|error| error.below(name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// An enum's variant: a string, or an object of one member.
struct Variant<'d> {
    name: &'d str,
    content: Option<Value<'d>>,
}

impl<'d> EnumAccess<'d> for Variant<'d> {
    type Error = Unlike;
    type Variant = Variant<'d>;

    fn variant_seed<V: DeserializeSeed<'d>>(self, seed: V) -> Result<(V::Value, Variant<'d>), Unlike> {
        Ok((seed.deserialize(self.name.into_deserializer())?, self))
    }
}

impl<'d> Variant<'d> {
    /// What the variant's content is made of, with the name as one more step.
    fn read<T>(self, read: impl FnOnce(Value<'d>) -> Result<T, Unlike>) -> Result<T, Unlike> {
        let content = self.content.ok_or(Unlike::expected("an object with the variant's content"))?;
        read(content).map_err(|error| error.below(self.name))
    }
}

impl<'d> VariantAccess<'d> for Variant<'d> {
    type Error = Unlike;

    fn unit_variant(self) -> Result<(), Unlike> {
        match self.content {
            None => Ok(()),
            Some(content) if content.kind() == Kind::Null => Ok(()),
            Some(_) => Err(Unlike::expected("null").below(self.name)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'d>>(self, seed: T) -> Result<T::Value, Unlike> {
        self.read(|content| seed.deserialize(Reader(content)))
    }

    fn tuple_variant<V: Visitor<'d>>(self, _: usize, visitor: V) -> Result<V::Value, Unlike> {
        self.read(|content| Reader(content).deserialize_any(visitor))
    }

    fn struct_variant<V: Visitor<'d>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unlike> {
        self.read(|content| Reader(content).deserialize_any(visitor))
    }
}
