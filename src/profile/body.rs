//! `body`: a JSON object, or a string that holds one; compiled for the way it will be sent.

use super::headers::Headers;
use crate::cipher::Selection;
use crate::json::{Kind, Value};
use crate::replacer::{Grammar, Path, SealConstant, Template, Tree, count, has_names};

/// The checked body: its text, and how it is written.
#[derive(Debug)]
pub(crate) struct Body {
    /// Compact JSON, as the profile shows it.
    pub(crate) text: String,
    pub(crate) kind: BodyKind,
}

/// How the body goes out.
#[derive(Debug)]
pub(crate) enum BodyKind {
    /// `application/json`.
    Json(Tree),
    /// `multipart/form-data`: a field per top-level member.
    Multipart(Vec<Field>),
    /// `application/x-www-form-urlencoded`: a parameter per top-level member.
    Form(Vec<Field>),
}

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

/// Compiles the checked object for the content type that the headers choose.
pub(crate) fn compile(
    object: Value<'_>,
    headers: &Headers,
    selection: &Selection,
    seal: SealConstant<'_>,
) -> Body {
    let fields = || {
        let field = |(name, value): (&str, Value<'_>)| {
            let content = compile_field(value, &selection.within(name), seal)?;
            Some(Field { name: name.to_owned(), content })
        };
        object.members().filter_map(field).collect()
    };
    let kind = match headers.content_type() {
        Some("multipart/form-data") => BodyKind::Multipart(fields()),
        Some("application/x-www-form-urlencoded") => BodyKind::Form(fields()),
        _ => BodyKind::Json(Tree::compile(object, selection, seal)),
    };
    Body { text: object.to_compact(), kind }
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

/// How many replacers there are in a body's strings.
pub(crate) fn replacers(value: Value<'_>) -> usize {
    match value.as_str() {
        Some(text) => count(text, Grammar::Names),
        None => value.children().map(replacers).fold(0, usize::saturating_add),
    }
}
