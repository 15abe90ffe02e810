//! A JSON body: literal bytes copied, holes filled, values encrypted into their places at the end.

use crate::Error;
use crate::cipher::{Batch, Cipher, Selection};
use crate::json::{Kind, Value, push_string};
use crate::replacer::{Escape, Hole, Path, Renderer, Tree};

/// Appends the body; what is to be encrypted waits in `batch` and has its place reserved in `out`.
pub(super) fn push(
    out: &mut Vec<u8>,
    tree: &Tree,
    renderer: &mut Renderer<'_>,
    cipher: Option<&Cipher>,
    batch: &mut Batch,
) -> Result<(), Error> {
    for (literal, hole) in tree.holes() {
        renderer.capped(out, literal.len(), |out| out.extend_from_slice(literal))?;
        match hole {
            Hole::Text(template) => renderer.push(out, template, Escape::Json, false)?,
            Hole::SealedText(template) => {
                let start = batch.plaintext().len();
                renderer.push(batch.plaintext(), template, Escape::None, false)?;
                reserve(out, renderer, cipher, batch, start)?;
            }
            Hole::Whole(path, selection) => push_whole(out, path, selection, renderer, cipher, batch)?,
        }
    }
    renderer.capped(out, tree.rest().len(), |out| out.extend_from_slice(tree.rest()))
}

/// Encrypts what waits in `batch`.
pub(super) fn encrypt(out: &mut [u8], cipher: Option<&Cipher>, batch: &mut Batch) -> Result<(), Error> {
    cipher.map_or(Ok(()), |cipher| cipher.encrypt_batch(batch, out).map_err(Error::Cipher))
}

/// Appends what a string that is one whole `<name>` stands for: the typed value.
fn push_whole(
    out: &mut Vec<u8>,
    path: &Path,
    selection: &Selection,
    renderer: &mut Renderer<'_>,
    cipher: Option<&Cipher>,
    batch: &mut Batch,
) -> Result<(), Error> {
    if let Some(value) = renderer.find(path) {
        return push_value(out, value, selection, renderer, cipher, batch);
    }
    renderer.capped(out, 1, |out| out.push(b'"'))?;
    if selection.takes_value() {
        let start = batch.plaintext().len();
        renderer.push_missing(batch.plaintext(), path, Escape::None)?;
        reserve(out, renderer, cipher, batch, start)?;
    } else {
        renderer.push_missing(out, path, Escape::Json)?;
    }
    renderer.capped(out, 1, |out| out.push(b'"'))
}

/// Appends a value of the record: containers are walked, null stays null. SPEC §6 \[N\]
pub(super) fn push_value(
    out: &mut Vec<u8>,
    value: Value<'_>,
    selection: &Selection,
    renderer: &Renderer<'_>,
    cipher: Option<&Cipher>,
    batch: &mut Batch,
) -> Result<(), Error> {
    let literal =
        |out: &mut Vec<u8>, text: &[u8]| renderer.capped(out, text.len(), |out| out.extend_from_slice(text));
    match value.kind() {
        Kind::Object => {
            literal(out, b"{")?;
            for (index, (name, member)) in value.members().enumerate() {
                literal(out, if index > 0 { b"," } else { b"" })?;
                renderer.capped(out, name.len(), |out| push_string(out, name))?;
                literal(out, b":")?;
                push_value(out, member, &selection.within(name), renderer, cipher, batch)?;
            }
            literal(out, b"}")
        }
        Kind::Array => {
            literal(out, b"[")?;
            for (index, element) in value.elements().enumerate() {
                literal(out, if index > 0 { b"," } else { b"" })?;
                push_value(out, element, selection, renderer, cipher, batch)?;
            }
            literal(out, b"]")
        }
        Kind::Null => literal(out, b"null"),
        _ if selection.takes_value() => {
            let start = batch.plaintext().len();
            renderer.push_value(batch.plaintext(), value, Escape::None)?;
            literal(out, b"\"")?;
            reserve(out, renderer, cipher, batch, start)?;
            literal(out, b"\"")
        }
        _ => {
            let len = value.as_str().or_else(|| value.number_text()).map_or(0, str::len);
            renderer.capped(out, len, |out| value.write_compact(out))
        }
    }
}

/// Makes what was appended to the plaintext since `start` a value, with room for its text in `out`.
pub(super) fn reserve(
    out: &mut Vec<u8>,
    renderer: &Renderer<'_>,
    cipher: Option<&Cipher>,
    batch: &mut Batch,
    start: usize,
) -> Result<(), Error> {
    // What selects a value is the profile's encryption, so there is a cipher.
    let Some(cipher) = cipher else { return Ok(()) };
    let len = cipher.encrypted_len(batch.plaintext().len().saturating_sub(start));
    let mut reserved = Ok(());
    renderer.capped(out, len, |out| reserved = cipher.reserve_value(batch, start, out))?;
    reserved.map_err(Error::Cipher)
}
