//! The fields of a form, filled: what multipart and urlencoded bodies have in common.

use super::json_body;
use crate::Error;
use crate::cipher::{Batch, Cipher};
use crate::json::Kind;
use crate::profile::{Field, FieldContent};
use crate::replacer::{Escape, Renderer};

/// A field's name and its text.
pub(super) type Filled<'p> = (&'p str, Vec<u8>);

/// Fills the fields in order, encrypted where they should be.
pub(super) fn fill<'p>(
    fields: &'p [Field],
    renderer: &mut Renderer<'_>,
    cipher: Option<&Cipher>,
) -> Result<Vec<Filled<'p>>, Error> {
    let fill = |field: &'p Field| Ok((field.name.as_str(), content(&field.content, renderer, cipher)?));
    fields.iter().map(fill).collect()
}

/// The text of one value, encrypted.
pub(super) fn sealed(cipher: Option<&Cipher>, plaintext: Vec<u8>) -> Result<Vec<u8>, Error> {
    match cipher {
        Some(cipher) => Ok(cipher.encrypt(&plaintext)?.into_bytes()),
        None => Ok(plaintext),
    }
}

fn content(
    content: &FieldContent,
    renderer: &mut Renderer<'_>,
    cipher: Option<&Cipher>,
) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    let mut batch = Batch::new();
    match content {
        FieldContent::Constant(text) => {
            renderer.capped(&mut out, text.len(), |out| out.extend_from_slice(text))?
        }
        FieldContent::Text(template, seals) => {
            renderer.push(&mut out, template, Escape::None, false)?;
            if *seals {
                out = sealed(cipher, out)?;
            }
        }
        FieldContent::Container(tree) => {
            json_body::push(&mut out, tree, renderer, cipher, &mut batch)?;
            json_body::encrypt(&mut out, cipher, &mut batch)?;
        }
        FieldContent::Whole(path, selection) => match renderer.find(path) {
            Some(value) if matches!(value.kind(), Kind::Array | Kind::Object) => {
                json_body::push_whole(&mut out, path, selection, renderer, cipher, &mut batch)?;
                json_body::encrypt(&mut out, cipher, &mut batch)?;
            }
            found => {
                match found {
                    Some(value) => renderer.push_value(&mut out, value, Escape::None)?,
                    None => renderer.push_missing(&mut out, path, Escape::None)?,
                }
                if selection.takes_value() {
                    out = sealed(cipher, out)?;
                }
            }
        },
    }
    Ok(out)
}
