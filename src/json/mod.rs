//! The one way JSON comes in: strict RFC 8259, bounded, borrowed, and silent about the input.
//!
//! A [`Document`] is a flat list of nodes that point into the text it was read from: 16 bytes a value, one
//! allocation, members in their order, numbers in their exact text. Reading refuses what two parsers could read
//! differently – duplicate names (after unescaping), a byte order mark, invalid UTF-8, lone surrogates – and what
//! costs too much ([`Limits`]). An error has a line and a column and never quotes the input, which may hold a key.

mod cursor;
mod document;
mod error;
mod names;
mod node;
mod number;
mod pointer;
mod reader;
mod reading;
mod scan;
mod seen;
mod surrogates;
#[cfg(test)]
mod tests;
mod unescape;
mod walk;
mod write;

pub(crate) use cursor::{Cursor, Name};
pub use document::{Document, Elements, Members, Value};
pub use error::{JsonError, JsonProblem};
pub use node::Kind;
pub(crate) use node::{Nodes, fingerprint};
pub(crate) use reading::Text;
pub(crate) use scan::ordinary_len;
pub use surrogates::Surrogates;
pub(crate) use walk::{Step, write_children};
pub use write::{ArrayWriter, ObjectWriter, Output, push_string};
pub(crate) use write::{Shorten, push_string_content};

use crate::limits::Limits;

impl<'a> Document<'a> {
    /// Reads one JSON text of at most `limits.payload_bytes` bytes.
    ///
    /// # Errors
    /// [`JsonError`] for everything that is not strict JSON within the limits.
    ///
    /// ```
    /// use callback_profile::{Limits, json::Document};
    /// let document = Document::read(br#"{"amount": 1.10}"#, &Limits::default()).unwrap();
    /// assert_eq!(document.root().get("amount").unwrap().number_text(), Some("1.10"));
    /// ```
    pub fn read(text: &'a [u8], limits: &Limits) -> Result<Document<'a>, JsonError> {
        reader::read(Text::Bytes(text), limits.payload_bytes, limits, Surrogates::Refuse, Nodes::default())
    }

    /// Reads one JSON text of at most `bytes` bytes, with the other limits as given.
    pub(crate) fn read_at_most(
        text: &'a [u8],
        bytes: usize,
        limits: &Limits,
    ) -> Result<Document<'a>, JsonError> {
        reader::read(Text::Bytes(text), bytes, limits, Surrogates::Refuse, Nodes::default())
    }

    /// Reads again what this library accepted or wrote before, by whatever limits that was: here it has none.
    ///
    /// The error is a defect of the caller's.
    pub(crate) fn read_own(text: &'a [u8]) -> Result<Document<'a>, JsonError> {
        let limits = Limits { nodes: usize::MAX, depth: usize::MAX, ..Limits::default() };
        Document::read_at_most(text, usize::MAX, &limits)
    }

    /// The same as [`read`](Self::read) in memory that was used before, and with a choice for lone surrogates.
    pub(crate) fn read_in(
        text: Text<'a>,
        bytes: usize,
        limits: &Limits,
        surrogates: Surrogates,
        nodes: Nodes,
    ) -> Result<Document<'a>, JsonError> {
        reader::read(text, bytes, limits, surrogates, nodes)
    }
}
