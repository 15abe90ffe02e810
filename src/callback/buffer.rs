//! The memory of a callback, used again for the next one.

use super::Callback;
use crate::Error;
use crate::body::fields::Filled;
use crate::bug::bug;
use crate::cipher::{Batch, Cipher};
use crate::json::Nodes;
use crate::profile::Method;
use crate::wiped::wipe;

/// An outgoing request whose memory is used again: see [`Profile::callback_into`](crate::Profile::callback_into).
/// `Debug` shows no content.
///
/// It keeps the size of the largest callback it held, and the values of the last one until the next. What it holds is
/// overwritten when it is dropped.
#[derive(Default)]
pub struct CallbackBuffer {
    pub(super) method: Option<Method>,
    pub(super) url: Vec<u8>,
    pub(super) headers: HeaderLines,
    pub(super) body: Vec<u8>,
    pub(super) has_body: bool,
    pub(super) missing: Vec<String>,
    pub(super) is_sealed: bool,
    pub(super) batch: Batch,
    pub(super) fields: Filled,
    /// An encrypted query parameter that is not yet percent-encoded.
    pub(super) scratch: Vec<u8>,
    pub(super) boundary: String,
    pub(super) nodes: Nodes,
}

/// Headers, one behind the other in one text.
#[derive(Default)]
pub(super) struct HeaderLines {
    text: Vec<u8>,
    /// For each header: where its name begins, where its value begins, where it ends.
    ends: Vec<(usize, usize, usize)>,
}

/// A record of more bytes gets no more room in advance: most of it may be values that no replacer names.
const MOST_ROOM: usize = 32 << 10;

impl CallbackBuffer {
    /// Whether there was no callback in it yet.
    pub(super) fn is_new(&self) -> bool {
        self.url.capacity() == 0
    }

    /// Makes room for the first callback, of a record of so many bytes: most buffers have only that one. Encrypted values are a
    /// third longer, and under GCM by 22 characters more.
    pub(super) fn make_room(&mut self, url: usize, record: usize, cipher: Option<&Cipher>) {
        let record = record.min(MOST_ROOM);
        self.url.reserve(url.saturating_add(record / 8));
        self.body.reserve(record.saturating_mul(2));
        if let Some(cipher) = cipher {
            cipher.reserve_batch(&mut self.batch, record);
        }
    }

    /// The URL; empty before the first callback.
    pub fn url(&self) -> &str {
        text(&self.url)
    }

    /// The method; `None` before the first callback.
    pub fn method(&self) -> Option<Method> {
        self.method
    }

    /// Names and values of the headers.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter()
    }

    /// How many headers.
    pub fn header_count(&self) -> usize {
        self.headers.ends.len()
    }

    /// Name and value of a header; `None` beyond the last one.
    pub fn header(&self, index: usize) -> Option<(&str, &str)> {
        self.headers.ends.get(index).map(|ends| self.headers.header(ends))
    }

    /// The body; `None` for GET and DELETE.
    pub fn body(&self) -> Option<&str> {
        self.has_body.then(|| text(&self.body))
    }

    /// The bytes of the body, for callers whose texts are bytes: [`body`](Self::body) looks at all of them to give a `str`.
    pub fn body_bytes(&self) -> Option<&[u8]> {
        self.has_body.then_some(&*self.body)
    }

    /// The names that the record lacked.
    pub fn missing(&self) -> &[String] {
        &self.missing
    }

    /// Whether its parameters are sealed: `enc` of version 2.
    pub fn is_sealed(&self) -> bool {
        self.is_sealed
    }

    pub(super) fn clear(&mut self) {
        self.is_sealed = false;
        self.method = None;
        self.url.clear();
        self.headers.text.clear();
        self.headers.ends.clear();
        self.body.clear();
        self.has_body = false;
        self.missing.clear();
        self.batch.clear();
    }

    pub(super) fn into_callback(mut self) -> Result<Callback, Error> {
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let taken = |bytes: &mut Vec<u8>| {
            String::from_utf8(std::mem::take(bytes)).map_err(|_| bug("a callback is not UTF-8"))
        };
        Ok(Callback {
            method: self.method.ok_or_else(|| bug("a callback has no method"))?,
            headers: self.headers.iter().map(owned).collect(),
            body: self.has_body.then(|| taken(&mut self.body)).transpose()?,
            url: taken(&mut self.url)?,
            missing: std::mem::take(&mut self.missing),
            is_sealed: self.is_sealed,
        })
    }
}

impl HeaderLines {
    /// Adds a header whose value `push` writes, without the blanks around it, which are no part of a value (RFC 9110
    /// §5.5); returns the value.
    pub(super) fn add(
        &mut self,
        name: &str,
        push: impl FnOnce(&mut Vec<u8>) -> Result<(), Error>,
    ) -> Result<&[u8], Error> {
        let start = self.text.len();
        self.text.extend_from_slice(name.as_bytes());
        let value_start = self.text.len();
        push(&mut self.text)?;
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
        let trailing = self.text.iter().skip(value_start).rev().take_while(is_blank).count();
        self.text.truncate(self.text.len().saturating_sub(trailing));
        let leading = self.text.iter().skip(value_start).take_while(is_blank).count();
        self.text.drain(value_start..value_start.saturating_add(leading));
        self.ends.push((start, value_start, self.text.len()));
        self.text.get(value_start..).ok_or_else(|| bug("a header's value was taken away"))
    }

    /// Gives the header of this name another value, which `push` writes; `false` if there is none.
    pub(super) fn replace(&mut self, name: &str, push: impl FnOnce(&mut Vec<u8>)) -> bool {
        let index = self.iter().position(|(known, _)| known.eq_ignore_ascii_case(name));
        let Some(ends) = index.and_then(|index| self.ends.get_mut(index)) else { return false };
        // Name and new value are written once more at the end, so that they are one piece of text again.
        let (start, value_start, _) = *ends;
        let new_start = self.text.len();
        self.text.extend_from_within(start..value_start);
        let new_value_start = self.text.len();
        push(&mut self.text);
        *ends = (new_start, new_value_start, self.text.len());
        true
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.ends.iter().map(|ends| self.header(ends))
    }

    fn header(&self, (start, value, end): &(usize, usize, usize)) -> (&str, &str) {
        let piece = |from: usize, to: usize| {
            debug_assert!(from <= to && to <= self.text.len(), "a header is a piece of the text");
            text(self.text.get(from..to).unwrap_or_default())
        };
        (piece(*start, *value), piece(*value, *end))
    }
}

impl Drop for CallbackBuffer {
    fn drop(&mut self) {
        [&mut self.url, &mut self.headers.text, &mut self.body].into_iter().for_each(wipe);
    }
}

impl std::fmt::Debug for CallbackBuffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallbackBuffer").field("body_bytes", &self.body.len()).finish_non_exhaustive()
    }
}

/// The text of a buffer: what is written there is UTF-8.
fn text(bytes: &[u8]) -> &str {
    let text = simdutf8::basic::from_utf8(bytes);
    debug_assert!(text.is_ok(), "a callback is UTF-8");
    text.unwrap_or_default()
}
