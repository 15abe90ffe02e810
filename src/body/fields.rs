//! The fields of a form, filled: what multipart and urlencoded bodies have in common.

use super::fill::Fill;
use super::json::{Tree, fill_value};
use super::sealing::Sealing;
use crate::Error;
use crate::json::{Kind, Value};
use crate::replacer::{Escape, Grammar, Path, Template, constant};
use crate::selection::Selection;

/// A form field.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) content: FieldContent,
}

/// What a form field holds. A null member has no field: forms cannot say null.
#[derive(Debug)]
pub(crate) enum FieldContent {
    /// The same in every callback, encrypted already where it should be.
    Constant(Vec<u8>),
    /// Text with replacers; encrypted as a whole if set.
    Text(Template, bool),
    /// One whole `<name>`: a container is written as JSON, anything else as text.
    Whole(Path, Selection),
    /// An array or object, written as JSON text.
    Container(Tree),
}

/// Compiles the members of an object, each a field.
pub(crate) fn compile(object: Value<'_>, sealing: &Sealing<'_>) -> Result<Vec<Field>, Error> {
    let mut fields = Vec::with_capacity(object.len());
    for (name, value) in object.members() {
        if let Some(content) = compile_field(value, &sealing.within(name))? {
            fields.push(Field { name: name.to_owned(), content });
        }
    }
    Ok(fields)
}

fn compile_field(value: Value<'_>, sealing: &Sealing<'_>) -> Result<Option<FieldContent>, Error> {
    let text = match value.kind() {
        Kind::Null => return Ok(None),
        Kind::Array | Kind::Object => {
            return Tree::compile(value, sealing).map(|tree| Some(FieldContent::Container(tree)));
        }
        Kind::True | Kind::False | Kind::Number => value.to_compact(),
        Kind::String => value.as_str().unwrap_or_default().to_owned(),
    };
    if let Some(path) = Path::of_whole_name(&text) {
        return Ok(Some(FieldContent::Whole(path, sealing.selection())));
    }
    let Some(text) = constant(&text) else {
        let template = Template::compile(&text, Grammar::Names);
        return Ok(Some(FieldContent::Text(template, sealing.cipher().is_some())));
    };
    let constant = match sealing.cipher() {
        None => text.into_owned().into_bytes(),
        Some(cipher) => {
            let mut sealed = Vec::new();
            cipher.encrypt_append(text.as_bytes(), &mut sealed).map_err(Error::Cipher)?;
            sealed
        }
    };
    Ok(Some(FieldContent::Constant(constant)))
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
        fields.iter().map(|field| field.name.as_str()).zip(texts)
    }
}

/// Fills the fields in order and encrypts what is selected, all at once.
pub(crate) fn fill(fields: &[Field], fill: &mut Fill<'_, '_>, filled: &mut Filled) -> Result<(), Error> {
    let Filled { text, ends } = filled;
    text.clear();
    ends.clear();
    for field in fields {
        push(text, &field.content, fill)?;
        ends.push(text.len());
    }
    fill.encrypt(text)
}

/// Appends a field's text; what is to be encrypted waits in `fill`.
fn push(out: &mut Vec<u8>, content: &FieldContent, fill: &mut Fill<'_, '_>) -> Result<(), Error> {
    match content {
        FieldContent::Constant(text) => fill.literal(out, text),
        FieldContent::Text(template, false) => fill.template(out, template, Escape::None),
        FieldContent::Text(template, true) => fill.sealed_template(out, template),
        FieldContent::Container(tree) => tree.fill(out, fill),
        FieldContent::Whole(path, selection) => {
            let found = fill.renderer.find(path);
            match found.filter(|value| matches!(value.kind(), Kind::Array | Kind::Object)) {
                Some(container) => fill_value(out, container, selection, fill),
                None => fill.text(out, found, path, Escape::None, selection.takes_value()),
            }
        }
    }
}
