//! The arguments of a call: texts in a row, the settings first.

use std::str;

use callback_profile::json::{Document, Kind, Value};
use callback_profile::{ErrorClass, ErrorCode, Limits};

use crate::answer::{Answer, Failure, answered};
use crate::exchange::with_input;

/// What was passed to a call.
pub(crate) struct Arguments<'i> {
    texts: Texts<'i>,
}

/// Texts that are taken one after the other.
struct Texts<'i> {
    lengths: std::slice::Iter<'i, [u8; 4]>,
    rest: &'i [u8],
}

/// The settings of a call: a JSON object, or none.
pub(crate) struct Settings<'i>(Option<Document<'i>>);

/// Answers a call that takes texts.
pub(crate) fn call(work: impl FnOnce(&mut Arguments<'_>, &Settings<'_>) -> Result<Answer, Failure>) -> i32 {
    answered(with_input(|input| {
        let mut arguments = Arguments { texts: Texts::of(input).ok_or_else(Failure::internal)? };
        let settings = Settings::read(arguments.bytes()?)?;
        work(&mut arguments, &settings)
    }))
}

impl<'i> Arguments<'i> {
    /// The next text as bytes, which may be no UTF-8.
    pub(crate) fn bytes(&mut self) -> Result<&'i [u8], Failure> {
        self.texts.next().ok_or_else(Failure::internal)
    }

    /// The next text. JavaScript has refused what has no UTF-8.
    pub(crate) fn text(&mut self) -> Result<&'i str, Failure> {
        self.bytes().and_then(utf8)
    }

    /// All texts that are left.
    pub(crate) fn texts(&mut self) -> Result<Vec<&'i str>, Failure> {
        self.texts.by_ref().map(utf8).collect()
    }
}

fn utf8(text: &[u8]) -> Result<&str, Failure> {
    str::from_utf8(text).map_err(|_| Failure::internal())
}

impl<'i> Texts<'i> {
    fn of(input: &'i [u8]) -> Option<Texts<'i>> {
        let (count, rest) = input.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (lengths, texts) = rest.split_at_checked(count.checked_mul(4)?)?;
        Some(Texts { lengths: lengths.as_chunks().0.iter(), rest: texts })
    }
}

impl<'i> Iterator for Texts<'i> {
    type Item = &'i [u8];

    fn next(&mut self) -> Option<&'i [u8]> {
        let length = u32::from_le_bytes(*self.lengths.next()?) as usize;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(text)
    }
}

impl<'i> Settings<'i> {
    /// Reads what `JSON.stringify` wrote.
    fn read(text: &'i [u8]) -> Result<Settings<'i>, Failure> {
        if text.is_empty() {
            return Ok(Settings(None));
        }
        let mut limits = Limits::default();
        Limits::FIELDS.iter().for_each(|field| field.set(&mut limits, usize::MAX));
        match Document::read(text, &limits) {
            Ok(settings) => Ok(Settings(Some(settings))),
            Err(_) => {
                // A setting with a lone surrogate, which JavaScript's checks pass where it makes no sense.
                let message = "options must not hold a lone surrogate".to_owned();
                Err(Failure::new(ErrorClass::Argument, ErrorCode::InvalidArgument, message))
            }
        }
    }

    /// A setting; `None` if it was not given.
    pub(crate) fn get(&self, name: &str) -> Option<Value<'_>> {
        self.0.as_ref().and_then(|settings| settings.root().get(name))
    }

    /// A setting that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// A setting that is true or false; false if it was not given.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.kind() == Kind::True)
    }

    /// A whole number; JavaScript has checked that it is one from 0.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.get(name).and_then(Value::as_u64)
    }
}
