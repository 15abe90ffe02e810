//! The fields of a form, filled: what multipart and urlencoded bodies have in common.

use super::json::{self, SealConstant, Tree};
use crate::Error;
use crate::cipher::{Batch, Cipher};
use crate::json::{Kind, Value};
use crate::replacer::{Escape, Grammar, Path, Renderer, Template, has_names};
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
pub(crate) fn compile(object: Value<'_>, selection: &Selection, seal: SealConstant<'_>) -> Vec<Field> {
    let field = |(name, value): (&str, Value<'_>)| {
        let content = compile_field(value, &selection.within(name), seal)?;
        Some(Field { name: name.to_owned(), content })
    };
    object.members().filter_map(field).collect()
}

fn compile_field(value: Value<'_>, selection: &Selection, seal: SealConstant<'_>) -> Option<FieldContent> {
    let constant = |text: &[u8]| {
        let mut out = Vec::new();
        if selection.takes_value() {
            seal(text, &mut out)
        } else {
            out.extend_from_slice(text)
        }
        FieldContent::Constant(out)
    };
    Some(match value.kind() {
        Kind::Null => return None,
        Kind::Array | Kind::Object => FieldContent::Container(Tree::compile(value, selection, seal)),
        Kind::True | Kind::False | Kind::Number => constant(value.to_compact().as_bytes()),
        Kind::String => {
            let text = value.as_str().unwrap_or_default();
            if let Some(path) = Path::of_whole_name(text) {
                return Some(FieldContent::Whole(path, selection.clone()));
            }
            if !has_names(text) {
                return Some(constant(text.as_bytes()));
            }
            FieldContent::Text(Template::compile(text, Grammar::Names), selection.takes_value())
        }
    })
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

/// Fills the fields in order and encrypts what should be, all at once.
pub(crate) fn fill(
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
    json::encrypt(text, cipher, batch)
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
            json::reserve(out, renderer, cipher, batch, start)
        }
        FieldContent::Container(tree) => json::push(out, tree, renderer, cipher, batch),
        FieldContent::Whole(path, selection) => {
            let found = renderer.find(path);
            if let Some(value) = found.filter(|value| matches!(value.kind(), Kind::Array | Kind::Object)) {
                return json::push_value(out, value, selection, renderer, cipher, batch);
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
            json::reserve(out, renderer, cipher, batch, start)
        }
    }
}
