//! Whatever serialises, as JSON text; what JSON has not is refused with its place.

use std::fmt::{self, Display, Write};

use serde_core::ser::{self, Serialize, Serializer};

use super::name::Name;
use super::not_json::NotJson;
use crate::json::{Document, Output, push_string};
use crate::limits::{DEPTH_CEILING, Limits};
use crate::wiped::WipedText;

/// The names under which serde_json serialises numbers and JSON that it keeps as text, if its features
/// `arbitrary_precision` or `raw_value` are on somewhere in the program.
const TEXTS_OF_SERDE_JSON: [&str; 2] = ["$serde_json::private::Number", "$serde_json::private::RawValue"];

/// Writes one value.
pub(super) struct Writer<'o> {
    out: &'o mut WipedText,
    /// How many arrays and objects may still be opened.
    depth: usize,
    /// Longest output in bytes.
    limit: usize,
}

impl<'o> Writer<'o> {
    pub(super) fn new(out: &'o mut WipedText, limits: &Limits) -> Writer<'o> {
        Writer { out, depth: limits.depth.min(DEPTH_CEILING), limit: limits.record_bytes }
    }

    fn append(self, text: &str) -> Result<(), NotJson> {
        self.out.append(text);
        Ok(())
    }

    /// A number or another text without special characters.
    fn display(self, value: impl Display) -> Result<(), NotJson> {
        write!(Text(self.out), "{value}").map_err(|_| NotJson::found("a value that cannot be written"))
    }

    /// The shortest text that reads as the same number, as serde_json spells it.
    fn float(self, is_finite: bool, value: impl fmt::Debug + Display) -> Result<(), NotJson> {
        if !is_finite {
            return Err(NotJson::found("NaN or an infinity"));
        }
        let text = format!("{value:?}");
        match text.split_once('e') {
            Some((_, "-5")) => self.display(value),
            Some((digits, exponent)) if !exponent.starts_with('-') => {
                self.display(format_args!("{digits}e+{exponent}"))
            }
            _ => self.append(&text),
        }
    }

    fn open(self, bracket: &'static str, end: &'static str) -> Result<Container<'o>, NotJson> {
        let depth = self
            .depth
            .checked_sub(1)
            .ok_or(NotJson::found("an array or object nested deeper than allowed"))?;
        self.out.append(bracket);
        Ok(Container {
            out: self.out,
            depth,
            limit: self.limit,
            count: 0,
            name: String::new(),
            end,
            raw: false,
        })
    }

    /// `{"variant":` and what follows with its end.
    fn variant(
        self,
        variant: &str,
        bracket: &'static str,
        end: &'static str,
    ) -> Result<Container<'o>, NotJson> {
        let mut outer = self.open("{", "}")?;
        outer.name(variant);
        let inner = Writer { out: outer.out, depth: outer.depth, limit: outer.limit };
        inner.open(bracket, end).map_err(|error| error.below(variant))
    }
}

/// An array or object that is being written.
pub(super) struct Container<'o> {
    out: &'o mut WipedText,
    depth: usize,
    limit: usize,
    /// How many elements or members there were.
    count: usize,
    /// The name of the member whose value comes next.
    name: String,
    /// What ends it.
    end: &'static str,
    /// Whether the one member is a JSON text, which is written instead.
    raw: bool,
}

impl Container<'_> {
    fn separate(&mut self) {
        if self.count > 0 {
            self.out.append(",");
        }
        self.count = self.count.saturating_add(1);
    }

    fn name(&mut self, name: &str) {
        self.separate();
        push_string(self.out, name);
        self.out.append(":");
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), NotJson> {
        if self.out.size() > self.limit {
            return Err(NotJson::found("more text than a record may have"));
        }
        value.serialize(Writer { out: self.out, depth: self.depth, limit: self.limit })
    }

    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), NotJson> {
        let index = self.count;
        self.separate();
        self.value(value).map_err(|error| error.below(&index.to_string()))
    }

    fn member(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), NotJson> {
        if self.raw {
            return self.json(value);
        }
        self.name(name);
        self.value(value).map_err(|error| error.below(name))
    }

    /// A JSON text, whose value is written.
    fn json(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), NotJson> {
        let mut text = WipedText::default();
        value.serialize(Name::in_text(&mut text))?;
        // Of the record that comes of it all limits are checked when it is read.
        let limits = Limits::default().with_depth(usize::MAX).with_nodes(usize::MAX);
        let document = Document::read_at_most(text.as_str().as_bytes(), self.limit, &limits);
        let document = document.map_err(|_| NotJson::found("raw JSON that is malformed"))?;
        document.root().write_compact(self.out);
        Ok(())
    }

    fn finish(self) -> Result<(), NotJson> {
        self.out.append(self.end);
        Ok(())
    }
}

/// Text that the standard library formats into.
struct Text<'o>(&'o mut WipedText);

impl Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.append(text);
        Ok(())
    }
}

/// The functions of a serializer for integers: all their digits.
macro_rules! integers {
    ($($function:ident $integer:ty;)+) => {
        $(fn $function(self, value: $integer) -> Result<(), NotJson> {
            self.display(value)
        })+
    };
}

impl<'o> Serializer for Writer<'o> {
    type Ok = ();
    type Error = NotJson;
    type SerializeSeq = Container<'o>;
    type SerializeTuple = Container<'o>;
    type SerializeTupleStruct = Container<'o>;
    type SerializeTupleVariant = Variant<'o>;
    type SerializeMap = Container<'o>;
    type SerializeStruct = Container<'o>;
    type SerializeStructVariant = Variant<'o>;

    fn serialize_bool(self, value: bool) -> Result<(), NotJson> {
        self.append(if value { "true" } else { "false" })
    }

    integers! {
        serialize_i8 i8; serialize_i16 i16; serialize_i32 i32; serialize_i64 i64; serialize_i128 i128;
        serialize_u8 u8; serialize_u16 u16; serialize_u32 u32; serialize_u64 u64; serialize_u128 u128;
    }

    fn serialize_f32(self, value: f32) -> Result<(), NotJson> {
        self.float(value.is_finite(), value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), NotJson> {
        self.float(value.is_finite(), value)
    }

    fn serialize_char(self, value: char) -> Result<(), NotJson> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), NotJson> {
        push_string(self.out, value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), NotJson> {
        self.append("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NotJson> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), NotJson> {
        self.append("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), NotJson> {
        self.append("null")
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

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), NotJson> {
        let mut object = self.open("{", "}")?;
        object.member(variant, value)?;
        object.finish()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Container<'o>, NotJson> {
        self.open("[", "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Container<'o>, NotJson> {
        self.open("[", "]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Container<'o>, NotJson> {
        self.open("[", "]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Variant<'o>, NotJson> {
        self.variant(variant, "[", "]}").map(|inner| Variant(inner, variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Container<'o>, NotJson> {
        self.open("{", "}")
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Container<'o>, NotJson> {
        if TEXTS_OF_SERDE_JSON.contains(&name) {
            return Ok(Container { raw: true, ..self.open("", "")? });
        }
        self.open("{", "}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Variant<'o>, NotJson> {
        self.variant(variant, "{", "}}").map(|inner| Variant(inner, variant))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), NotJson> {
        Err(NotJson::found("bytes"))
    }
}

/// The array or object of an enum's variant: its name is one more step.
pub(super) struct Variant<'o>(Container<'o>, &'static str);

/// The traits of containers whose values come one after the other.
macro_rules! sequences {
    ($($name:ident $function:ident),+) => {
        $(impl ser::$name for Container<'_> {
            type Ok = ();
            type Error = NotJson;

            fn $function<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotJson> {
                self.element(value)
            }

            fn end(self) -> Result<(), NotJson> {
                self.finish()
            }
        })+
    };
}

sequences!(SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field);

impl ser::SerializeTupleVariant for Variant<'_> {
    type Ok = ();
    type Error = NotJson;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotJson> {
        self.0.element(value).map_err(|error| error.below(self.1))
    }

    fn end(self) -> Result<(), NotJson> {
        self.0.finish()
    }
}

impl ser::SerializeStructVariant for Variant<'_> {
    type Ok = ();
    type Error = NotJson;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotJson> {
        self.0.member(name, value).map_err(|error| error.below(self.1))
    }

    fn end(self) -> Result<(), NotJson> {
        self.0.finish()
    }
}

impl ser::SerializeStruct for Container<'_> {
    type Ok = ();
    type Error = NotJson;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotJson> {
        self.member(name, value)
    }

    fn end(self) -> Result<(), NotJson> {
        self.finish()
    }
}

impl ser::SerializeMap for Container<'_> {
    type Ok = ();
    type Error = NotJson;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), NotJson> {
        let mut text = WipedText::default();
        name.serialize(Name::in_text(&mut text))?;
        self.name = text.into_string();
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotJson> {
        let name = std::mem::take(&mut self.name);
        self.member(&name, value)
    }

    fn end(self) -> Result<(), NotJson> {
        self.finish()
    }
}
