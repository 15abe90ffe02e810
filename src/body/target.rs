//! The URL of a callback: origin and path here, the parameters in [`query`](super::query).

use super::query::{QueryPart, QueryValue, parameters};
use crate::replacer::{Grammar, Template};
use crate::selection::Selection;
use crate::url::{self, UrlParts};

/// A checked URL, ready to be filled. Literal parts are percent-encoded where RFC 3986 wants it.
#[derive(Debug)]
pub(crate) struct UrlTemplate {
    /// As it was sent.
    pub(crate) raw: String,
    /// `scheme://authority`.
    pub(crate) origin: String,
    pub(crate) path: Template,
    /// How many segments of the path are `.` or `..` before it is filled; filling must not add any.
    pub(crate) dot_segments: usize,
    /// The parameters of the query, in order; `None` if there is no `?`.
    pub(crate) query: Option<Vec<QueryPart>>,
}

impl UrlTemplate {
    /// Cuts a checked URL, whose filled values are encrypted where `selection` takes them.
    pub(crate) fn of(raw: &str, parts: &UrlParts<'_>, selection: &Selection) -> UrlTemplate {
        let encoded = |text: &str| {
            let mut out = String::new();
            url::encode_literal_path(text, &mut out);
            out
        };
        let path = Template::compile(parts.path, Grammar::Names).map_text(encoded);
        let query = parts.query.map(|query| {
            // Exact room: a parameter can be two bytes of the URL.
            let mut parts = Vec::with_capacity(parameters(query).count());
            parts.extend(parameters(query).map(|part| QueryPart::of(part, selection)));
            parts
        });
        let dot_segments = parts.path.split('/').filter(|segment| url::is_dot_segment(segment)).count();
        UrlTemplate { raw: raw.to_owned(), origin: parts.origin.to_owned(), path, dot_segments, query }
    }

    /// Whether a parameter with replacers in its value has some in its name: any name of enc.params can mean it.
    pub(crate) fn has_filled_parameter_names(&self) -> bool {
        self.query.iter().flatten().any(|part| matches!(part.value, QueryValue::ByName(_)))
    }

    /// The names of the parameters that are encrypted whatever the record.
    pub(crate) fn encrypted_parameters(&self) -> impl Iterator<Item = &str> {
        let sealed = self.query.iter().flatten().filter(|part| matches!(part.value, QueryValue::Sealed(_)));
        sealed.filter_map(|part| part.constant_name.as_deref())
    }
}
