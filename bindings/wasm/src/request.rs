//! A request: a JSON array of the call's name and its arguments. A text or bytes of the caller's is `[start, length]` in the bytes
//! behind the array, as it is: bytes need not be UTF-8, and halves of characters are the core's to refuse.

use callback_profile::Limits;
use callback_profile::json::{Document, Kind, Value};

use crate::failure::Failure;

/// The parts of a request.
pub(crate) fn split(request: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = request.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*len)).ok()?)
}

/// Reads the array. JavaScript wrote it, so the limits are those of memory.
pub(crate) fn read(text: &[u8]) -> Option<Document<'_>> {
    let mut limits = Limits::default();
    (limits.payload_bytes, limits.nodes) = (usize::MAX, usize::MAX);
    Document::read(text, &limits).ok().filter(|document| document.root().kind() == Kind::Array)
}

/// The arguments of a call. JavaScript has checked their types, so what is not as expected is a defect.
#[derive(Clone, Copy)]
pub(crate) struct Arguments<'r> {
    pub(crate) list: Value<'r>,
    pub(crate) bytes: &'r [u8],
}

impl<'r> Arguments<'r> {
    /// The argument with this number; the call's name is 0. `None` if it is null or not there.
    pub(crate) fn get(self, at: usize) -> Option<Value<'r>> {
        self.list.element(at).filter(|value| value.kind() != Kind::Null)
    }

    /// A text or bytes.
    pub(crate) fn text(self, at: usize) -> Result<&'r [u8], Failure> {
        self.get(at).and_then(|value| self.of(value)).ok_or_else(Failure::internal)
    }

    pub(crate) fn optional_text(self, at: usize) -> Result<Option<&'r [u8]>, Failure> {
        self.get(at).map(|value| self.of(value).ok_or_else(Failure::internal)).transpose()
    }

    /// The bytes that a value refers to.
    pub(crate) fn of(self, value: Value<'r>) -> Option<&'r [u8]> {
        let number = |at| usize::try_from(value.element(at)?.as_u64()?).ok();
        let (start, len) = (number(0)?, number(1)?);
        self.bytes.get(start..start.checked_add(len)?)
    }

    pub(crate) fn string(self, at: usize) -> Result<&'r str, Failure> {
        self.get(at).and_then(Value::as_str).ok_or_else(Failure::internal)
    }

    pub(crate) fn optional_string(self, at: usize) -> Option<&'r str> {
        self.get(at).and_then(Value::as_str)
    }

    pub(crate) fn strings(self, at: usize) -> Result<Vec<String>, Failure> {
        self.get(at).and_then(strings).ok_or_else(Failure::internal)
    }

    pub(crate) fn number(self, at: usize) -> Result<u64, Failure> {
        self.get(at).and_then(Value::as_u64).ok_or_else(Failure::internal)
    }

    pub(crate) fn flag(self, at: usize) -> bool {
        self.get(at).is_some_and(is_true)
    }

    /// A member of an argument that is an object; `None` if it is null or not there.
    pub(crate) fn member(self, at: usize, name: &str) -> Option<Value<'r>> {
        member(self.get(at)?, name)
    }
}

pub(crate) fn member<'r>(object: Value<'r>, name: &str) -> Option<Value<'r>> {
    object.get(name).filter(|value| value.kind() != Kind::Null)
}

pub(crate) fn is_true(value: Value<'_>) -> bool {
    let mut text = Vec::new();
    value.write_compact(&mut text);
    text == b"true"
}

pub(crate) fn strings(list: Value<'_>) -> Option<Vec<String>> {
    list.elements().map(|value| value.as_str().map(str::to_owned)).collect()
}

/// Names and values that alternate.
pub(crate) fn pairs(flat: &[String]) -> Vec<(&str, &str)> {
    let (pairs, _) = flat.as_chunks::<2>();
    pairs.iter().map(|[name, value]| (name.as_str(), value.as_str())).collect()
}
