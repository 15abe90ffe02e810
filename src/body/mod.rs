//! The ways that parameters travel: a JSON body, a form, a multipart body, a query. One file each, with everything
//! about it: compile, fill, escape, unescape and open.
//!
//! [`fields`] is what the forms have in common, [`target`] the URL around the query, [`content_type`] says which way a
//! media type means.

mod content_type;
pub(crate) mod fields;
pub(crate) mod form;
pub(crate) mod json;
pub(crate) mod multipart;
pub(crate) mod query;
pub(crate) mod target;

pub(crate) use content_type::{BodyType, is_boundary};
use fields::Field;
pub(crate) use json::SealConstant;
use json::Tree;

use crate::json::Value;
use crate::replacer::{Grammar, count};
use crate::selection::Selection;

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

/// Compiles the checked object for the media type of the headers, in lower case and without parameters.
pub(crate) fn compile(
    object: Value<'_>,
    media_type: Option<&str>,
    selection: &Selection,
    seal: SealConstant<'_>,
) -> Body {
    let fields = || fields::compile(object, selection, seal);
    let kind = match media_type {
        Some("multipart/form-data") => BodyKind::Multipart(fields()),
        Some("application/x-www-form-urlencoded") => BodyKind::Form(fields()),
        _ => BodyKind::Json(Tree::compile(object, selection, seal)),
    };
    Body { text: object.to_compact(), kind }
}

/// How many replacers there are in a body's strings.
pub(crate) fn count_replacers(value: Value<'_>) -> usize {
    match value.as_str() {
        Some(text) => count(text, Grammar::Names),
        None => value.children().map(count_replacers).fold(0, usize::saturating_add),
    }
}
