//! The ways that parameters travel: a JSON body, a form, a multipart body, a query. One file each, with everything
//! about it: compile, fill, escape, unescape and open.
//!
//! [`fields`] is what the forms have in common, [`target`] the URL around the query, [`content_type`] says which way a
//! media type means, [`header`] splits it.

mod content_type;
mod failed;
pub(crate) mod fields;
pub(crate) mod fill;
pub(crate) mod form;
mod header;
pub(crate) mod inside;
pub(crate) mod json;
pub(crate) mod marks;
pub(crate) mod multipart;
pub(crate) mod opening;
pub(crate) mod query;
pub(crate) mod sealing;
pub(crate) mod shape;
pub(crate) mod target;

use std::sync::OnceLock;

use fields::Field;
use sealing::Sealing;
use shape::Shape;

pub(crate) use content_type::{ContentKind, ContentType, is_boundary};
pub use failed::FailedParameter;

use crate::Error;
use crate::json::Value;
use crate::replacer::{Grammar, Part, ProgramWriter, count};
use crate::selection::Selection;

/// The checked body: its text, and how it is written.
#[derive(Debug)]
pub(crate) struct Body {
    /// Compact JSON, as the profile shows it.
    pub(crate) text: Box<str>,
    pub(crate) kind: BodyKind,
    /// How many members the object has.
    members: usize,
    /// Made when the first callback is opened: senders never need it.
    shape: OnceLock<Box<Shape>>,
}

impl Body {
    /// What a received body must look like. `selection` is the profile's.
    pub(crate) fn shape(&self, selection: &Selection) -> Result<&Shape, Error> {
        if let Some(shape) = self.shape.get() {
            return Ok(shape);
        }
        let shape = Box::new(Shape::of_template(&self.text, selection)?);
        Ok(self.shape.get_or_init(|| shape))
    }
}

impl Body {
    /// How many top-level members a filled body has. A form has no field for null.
    pub(crate) fn len(&self) -> usize {
        match &self.kind {
            BodyKind::Json(_) => self.members,
            BodyKind::Form(fields) | BodyKind::Multipart(fields) => fields.len(),
        }
    }

    /// The names of a form's fields, in the order of the template; a JSON body has none.
    pub(crate) fn field_names(&self) -> impl Iterator<Item = &str> {
        let fields = match &self.kind {
            BodyKind::Json(_) => &[][..],
            BodyKind::Form(fields) | BodyKind::Multipart(fields) => fields,
        };
        fields.iter().map(|field| &*field.name)
    }
}

/// How the body goes out.
#[derive(Debug)]
pub(crate) enum BodyKind {
    /// `application/json`.
    Json(Part),
    /// `multipart/form-data`: a field per top-level member.
    Multipart(Box<[Field]>),
    /// `application/x-www-form-urlencoded`: a parameter per top-level member.
    Form(Box<[Field]>),
}

/// Compiles the checked object for the media type of the headers.
pub(crate) fn compile(
    program: &mut ProgramWriter,
    object: Value<'_>,
    content_type: Option<&ContentType>,
    sealing: &Sealing<'_>,
) -> Result<Body, Error> {
    let kind = match content_type.map(ContentType::kind) {
        Some(ContentKind::Multipart) => BodyKind::Multipart(fields::compile(program, object, sealing)?),
        Some(ContentKind::Form) => BodyKind::Form(fields::compile(program, object, sealing)?),
        Some(ContentKind::Json | ContentKind::Other) | None => {
            BodyKind::Json(json::compile(program, object, sealing)?)
        }
    };
    Ok(Body { text: object.to_compact().into(), kind, members: object.len(), shape: OnceLock::new() })
}

/// How many replacers there are in a body's strings.
pub(crate) fn count_replacers(value: Value<'_>) -> usize {
    match value.as_str() {
        Some(text) => count(text, Grammar::Names),
        None => value.children().map(count_replacers).fold(0, usize::saturating_add),
    }
}
