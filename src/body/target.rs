//! The URL of a callback: origin and path here, the parameters in [`query`](super::query).

use super::fill::Fill;
use super::query::{QueryPart, parameters};
use super::sealing::Sealing;
use crate::Error;
use crate::bug::bug;
use crate::replacer::{Escape, Grammar, Template};
use crate::url::{self, UrlParts};

/// A checked URL, ready to be filled. Literal parts are percent-encoded where RFC 3986 wants it.
#[derive(Debug)]
pub(crate) struct UrlTemplate {
    /// As it was sent.
    pub(crate) raw: String,
    /// `scheme://authority`.
    pub(crate) origin: String,
    pub(crate) path: Template,
    /// How many dot segments the path has before it is filled; filling must not add any. Those that the profile itself has
    /// (`/a/../b`, `/%2e%2e/`) are sent as they are written: its author wrote them, and no value made them.
    pub(crate) dot_segments: usize,
    /// The parameters of the query, in order; `None` if there is no `?`.
    pub(crate) query: Option<Vec<QueryPart>>,
}

impl UrlTemplate {
    /// Compiles a checked URL.
    pub(crate) fn compile(raw: &str, parts: &UrlParts<'_>, sealing: &Sealing<'_>) -> UrlTemplate {
        let encoded = |text: &str| {
            let mut out = String::new();
            url::encode_literal_path(text, &mut out);
            out
        };
        let path = Template::compile(parts.path, Grammar::Names).map_text(encoded);
        let query = parts.query.map(|query| {
            // Exact room: a parameter can be two bytes of the URL.
            let mut parts = Vec::with_capacity(parameters(query).count());
            parts.extend(parameters(query).map(|part| QueryPart::compile(part, sealing)));
            parts
        });
        let dot_segments = url::dot_segments(parts.path.as_bytes(), &mut Vec::new());
        UrlTemplate { raw: raw.to_owned(), origin: parts.origin.to_owned(), path, dot_segments, query }
    }

    /// Host and port as they were sent, without user name and password.
    pub(crate) fn host(&self) -> &str {
        let authority = self.origin.split_once("://").map_or("", |(_, authority)| authority);
        authority.rsplit_once('@').map_or(authority, |(_, host)| host)
    }

    /// Appends origin and path, filled. `scratch` is memory for the decoded path.
    ///
    /// # Errors
    /// [`Error::UnsafePath`] if filling made a dot segment.
    pub(crate) fn fill_path(
        &self,
        out: &mut Vec<u8>,
        scratch: &mut Vec<u8>,
        fill: &mut Fill<'_, '_>,
    ) -> Result<(), Error> {
        fill.literal(out, self.origin.as_bytes())?;
        fill.template(out, &self.path, Escape::Percent)?;
        if self.path.constant().is_none() {
            let path = out.get(self.origin.len()..).ok_or_else(|| bug("a filled URL lacks its origin"))?;
            if url::dot_segments(path, scratch) > self.dot_segments {
                return Err(Error::UnsafePath);
            }
        }
        Ok(())
    }
}
