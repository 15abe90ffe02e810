//! The strings of a JSON object as `sonic-rs` reads them: borrowed where the text has no escapes, unescaped where it has.

use std::borrow::Cow;
use std::fmt::{Formatter, Result as Written};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

/// Calls `each` with every name and its value, in the text's order. Any other JSON than an object of strings is an error.
///
/// Nothing is kept of them but what `each` keeps. `sonic_rs::to_object_iter` is slower: it looks for a value's end, and
/// whoever wants the value's text looks again. A map of `&str` is slower still, and refuses escapes.
pub fn members<'j>(json: &'j [u8], each: impl FnMut(Cow<'j, str>, Cow<'j, str>)) -> sonic_rs::Result<()> {
    let mut reader = sonic_rs::Deserializer::from_slice(json);
    Members(each).deserialize(&mut reader)?;
    reader.end()
}

struct Members<F>(F);

impl<'j, F: FnMut(Cow<'j, str>, Cow<'j, str>)> DeserializeSeed<'j> for Members<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'j>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'j, F: FnMut(Cow<'j, str>, Cow<'j, str>)> Visitor<'j> for Members<F> {
    type Value = ();

    fn expecting(&self, out: &mut Formatter<'_>) -> Written {
        out.write_str("an object of strings")
    }

    fn visit_map<M: MapAccess<'j>>(mut self, mut members: M) -> Result<(), M::Error> {
        while let Some(Text(name)) = members.next_key()? {
            let Text(value) = members.next_value()?;
            self.0(name, value);
        }
        Ok(())
    }
}

/// A string: serde's own `Cow` is always owned.
struct Text<'j>(Cow<'j, str>);

impl<'j> Deserialize<'j> for Text<'j> {
    fn deserialize<D: Deserializer<'j>>(reader: D) -> Result<Text<'j>, D::Error> {
        reader.deserialize_str(TextVisitor).map(Text)
    }
}

struct TextVisitor;

impl<'j> Visitor<'j> for TextVisitor {
    type Value = Cow<'j, str>;

    fn expecting(&self, out: &mut Formatter<'_>) -> Written {
        out.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'j str) -> Result<Cow<'j, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'j, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
