//! The fields of a form, filled and opened: what multipart and urlencoded bodies have in common.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::fill::Fill;
use super::inside;
use super::json::{self, fill_value};
use super::opening::{Allowed, Opening};
use super::sealing::Sealing;
use super::shape::{ObjectShape, Shape};
use crate::Error;
use crate::bug::bug;
use crate::json::{Document, Kind, ObjectWriter, Output, Value, push_string};
use crate::limits::Limits;
use crate::replacer::{Escape, Grammar, Instruction, Part, ProgramWriter, as_it_is, constant, whole_name};
use crate::report::{ErrorCode, Pointer};
use crate::wiped::{Bytes, WipedText};

/// A form field.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: Box<str>,
    content: Part,
    /// Whether it is an array or object, written as JSON text. Anything else is text.
    is_container: bool,
}

/// Compiles the members of an object, each a field. A null member has none: a form has no spelling of null.
pub(crate) fn compile(
    program: &mut ProgramWriter,
    object: Value<'_>,
    sealing: &Sealing<'_>,
) -> Result<Box<[Field]>, Error> {
    let members = object.members().filter(|(_, value)| value.kind() != Kind::Null);
    let field = |(name, value): (&str, Value<'_>)| {
        let is_container = matches!(value.kind(), Kind::Array | Kind::Object);
        let sealing = sealing.within(name);
        let content = match is_container {
            true => json::compile(program, value, &sealing)?,
            false => program.part(|program| add(program, value, &sealing))?,
        };
        Ok(Field { name: name.into(), content, is_container })
    };
    members.map(field).collect()
}

fn add(program: &mut ProgramWriter, value: Value<'_>, sealing: &Sealing<'_>) -> Result<(), Error> {
    let text = match value.kind() {
        Kind::String => Cow::Borrowed(value.as_str().ok_or_else(|| bug("a string has no text"))?),
        _ => Cow::Owned(value.to_compact()),
    };
    match (whole_name(&text), constant(&text), sealing.cipher()) {
        (Some(name), _, _) => program.whole(name, sealing.selection()),
        (None, Some(text), None) => program.append(&text),
        (None, Some(text), Some(cipher)) => {
            program.append(&cipher.encrypt(text.as_ref()).map_err(Error::Cipher)?);
        }
        (None, None, None) => program.template(&text, Grammar::Names, as_it_is),
        (None, None, Some(_)) => program.sealed(|program| program.template(&text, Grammar::Names, as_it_is)),
    }
    Ok(())
}

/// The texts of the fields, one behind the other; used again, it stops allocating.
#[derive(Default)]
pub(crate) struct Filled {
    text: Vec<u8>,
    /// Where each field's text ends.
    ends: Vec<usize>,
}

impl Filled {
    /// Names and texts of the fields that were filled.
    pub(crate) fn of<'f>(&'f self, fields: &'f [Field]) -> impl Iterator<Item = (&'f str, &'f [u8])> + Clone {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let texts = starts.zip(&self.ends).map(|(from, to)| self.text.get(from..*to).unwrap_or_default());
        fields.iter().map(|field| &*field.name).zip(texts)
    }
}

/// Fills the fields in order and encrypts what is selected, all at once.
pub(crate) fn fill(fields: &[Field], fill: &mut Fill<'_, '_>, filled: &mut Filled) -> Result<(), Error> {
    let Filled { text, ends } = filled;
    text.clear();
    ends.clear();
    for field in fields {
        push(text, field, fill)?;
        ends.push(text.len());
    }
    fill.encrypt(text)
}

/// Appends a field's text; what is to be encrypted waits in `fill`.
pub(crate) fn push(out: &mut impl Bytes, field: &Field, fill: &mut Fill<'_, '_>) -> Result<(), Error> {
    if field.is_container {
        return json::fill(out, field.content, fill);
    }
    let mut instructions = fill.program.part(field.content);
    while let Some(instruction) = instructions.next() {
        match instruction {
            Instruction::Text(text) => fill.literal(out, text.as_bytes())?,
            Instruction::Name(name) => fill.renderer.push_name(out, &name, Escape::None)?,
            Instruction::Sealed => fill.sealed_template(out, &mut instructions)?,
            // A container is written as JSON, anything else as text.
            Instruction::Whole(name, selection) => {
                let found = fill.renderer.find(&name);
                match found.filter(|value| matches!(value.kind(), Kind::Array | Kind::Object)) {
                    Some(container) => fill_value(out, container, selection, fill)?,
                    None => fill.text(out, found, name.text(), Escape::None, selection.takes_value())?,
                }
            }
            Instruction::Pair(_) | Instruction::Unknown => {
                return Err(bug("a field has no such instruction"));
            }
        }
    }
    Ok(())
}

/// Opens the received fields by the shape of the template's object; a JSON object of them is appended to `out`.
///
/// `repeated` is the code for a name that occurs more often than in the template.
///
/// # Errors
/// [`Error::RepeatedParameter`]. What is absent or readable is noted in `opening`.
pub(crate) fn open(
    out: &mut WipedText,
    received: &[(String, String)],
    shape: &ObjectShape,
    allowed: &Allowed,
    limits: &Limits,
    repeated: ErrorCode,
    opening: &mut Opening<'_>,
) -> Result<(), Error> {
    let mut names = BTreeSet::new();
    // What dotted names of `enc.params` have to be found in.
    let mut containers: Vec<(usize, Document<'_>)> = Vec::new();
    let root = Pointer::Root;
    let mut object = ObjectWriter::new(out);
    for (index, (name, text)) in received.iter().enumerate() {
        if !names.insert(name.as_str()) {
            return Err(Error::RepeatedParameter { name: root.member(name).to_parameter(), code: repeated });
        }
        let (pointer, allowed) = (root.member(name), allowed.within(name));
        opening.member(&mut object, name, |opening, out| match shape.find(name, index) {
            Some((index, field)) => {
                let document = open_field(out, text, field, &allowed, pointer, limits, opening);
                containers
                    .extend(document.filter(|_| shape.leads_inside()).map(|document| (index, document)));
            }
            None => {
                opening.note_unknown(out);
                match shape.selection_of_unknown(name).takes_value() {
                    true => opening.text(out, text, pointer),
                    false => push_string(out, text),
                }
            }
        });
    }
    object.finish();
    for (name, shape) in shape.members() {
        // A null has no field, whether it is encrypted or not.
        if !names.contains(name) && !matches!(shape, Shape::Same(Kind::Null)) {
            opening.require(shape, &allowed.within(name), root.member(name));
        }
    }
    if shape.leads_inside() {
        let mut received = vec![None; shape.len()];
        for (index, document) in &containers {
            received.get_mut(*index).into_iter().for_each(|place| *place = Some(document.root()));
        }
        inside::require(opening, shape, &received, allowed);
    }
    Ok(())
}

/// Opens a field: a container is JSON text with encrypted leaves, anything else is text, encrypted or not.
///
/// A field that is no JSON where the template has a container is what a string is there in a JSON body: it lacks the
/// parameters that the profile encrypts, and the error names them. Where nothing is encrypted, it is any value. \[N\]
///
/// Returns the JSON of a container that the template has.
fn open_field<'t>(
    out: &mut WipedText,
    text: &'t str,
    shape: &Shape,
    allowed: &Allowed,
    pointer: Pointer<'_>,
    limits: &Limits,
    opening: &mut Opening<'_>,
) -> Option<Document<'t>> {
    let document = || Document::read_at_most(text.as_bytes(), limits.received_bytes, limits);
    // Ciphertext has neither brackets nor braces, so this is no encrypted string.
    let is_container = text.starts_with(['[', '{']);
    match shape {
        Shape::Plain => push_string(out, text),
        Shape::Whole | Shape::Text(_) if is_container => match document() {
            Ok(document) => opening.value(out, document.root(), shape, allowed, pointer),
            Err(_) => opening.note_not_encrypted(pointer),
        },
        Shape::Whole | Shape::Text(_) => opening.text(out, text, pointer),
        // The template's own null is sent as no field at all.
        Shape::Same(Kind::Null) => opening.note_not_encrypted(pointer),
        Shape::Inside(_) | Shape::Same(_) | Shape::Object(_) | Shape::Array(..) => {
            let Ok(document) = document() else {
                if !opening.note_other(shape, allowed, pointer) {
                    push_string(out, text);
                }
                return None;
            };
            opening.value(out, document.root(), shape, allowed, pointer);
            return Some(document);
        }
    }
    None
}
