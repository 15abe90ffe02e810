//! The fields of a form, filled: what multipart and urlencoded bodies have in common.

use super::json_body;
use crate::Error;
use crate::cipher::{Batch, Cipher};
use crate::json::Kind;
use crate::profile::{Field, FieldContent};
use crate::replacer::{Escape, Renderer};

/// The texts of the fields, one behind the other; used again, it stops allocating.
#[derive(Default)]
pub(super) struct Filled {
    text: Vec<u8>,
    /// Where each field's text ends.
    ends: Vec<usize>,
}

impl Filled {
    /// Names and texts of the fields that were filled.
    pub(super) fn of<'f>(&'f self, fields: &'f [Field]) -> impl Iterator<Item = (&'f str, &'f [u8])> + Clone {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let texts = starts.zip(&self.ends).map(|(from, to)| self.text.get(from..*to).unwrap_or_default());
        fields.iter().map(|field| field.name.as_str()).zip(texts)
    }
}

/// Fills the fields in order and encrypts what should be, all at once.
pub(super) fn fill(
    fields: &[Field],
    renderer: &mut Renderer<'_>,
    cipher: Option<&Cipher>,
    batch: &mut Batch,
    filled: &mut Filled,
) -> Result<(), Error> {
    let Filled { text, ends } = filled;
    text.clear();
    ends.clear();
    batch.clear();
    for field in fields {
        push(text, &field.content, renderer, cipher, batch)?;
        ends.push(text.len());
    }
    json_body::encrypt(text, cipher, batch)
}

/// Appends a field's text; what is to be encrypted waits in `batch`.
fn push(
    out: &mut Vec<u8>,
    content: &FieldContent,
    renderer: &mut Renderer<'_>,
    cipher: Option<&Cipher>,
    batch: &mut Batch,
) -> Result<(), Error> {
    match content {
        FieldContent::Constant(text) => renderer.capped(out, text.len(), |out| out.extend_from_slice(text)),
        FieldContent::Text(template, false) => renderer.push(out, template, Escape::None, false),
        FieldContent::Text(template, true) => {
            let start = batch.plaintext().len();
            renderer.push(batch.plaintext(), template, Escape::None, false)?;
            json_body::reserve(out, renderer, cipher, batch, start)
        }
        FieldContent::Container(tree) => json_body::push(out, tree, renderer, cipher, batch),
        FieldContent::Whole(path, selection) => {
            let found = renderer.find(path);
            if let Some(value) = found.filter(|value| matches!(value.kind(), Kind::Array | Kind::Object)) {
                return json_body::push_value(out, value, selection, renderer, cipher, batch);
            }
            let push_text = |out: &mut Vec<u8>| match found {
                Some(value) => renderer.push_value(out, value, Escape::None),
                None => renderer.push_missing(out, path, Escape::None),
            };
            if !selection.takes_value() {
                return push_text(out);
            }
            let start = batch.plaintext().len();
            push_text(batch.plaintext())?;
            json_body::reserve(out, renderer, cipher, batch, start)
        }
    }
}
