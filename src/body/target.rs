//! The URL of a callback: origin and path here, the parameters in [`query`](super::query).

use super::fill::Fill;
use super::query::{QueryPart, QueryValue, decoded_bytes, names_beside_filled, parameters};
use super::sealing::Sealing;
use crate::Error;
use crate::bug::bug;
use crate::json::Output;
use crate::replacer::{Escape, Grammar, Part, Program, ProgramWriter};
use crate::url::{self, UrlParts};

/// A checked URL, ready to be filled. Literal parts are percent-encoded where RFC 3986 wants it.
#[derive(Debug)]
pub(crate) struct UrlTemplate {
    /// As it was sent.
    pub(crate) raw: Box<str>,
    /// Bytes of `scheme://authority`, with which the URL begins.
    origin_len: usize,
    /// Origin and path.
    pub(crate) path: Part,
    /// How many dot segments the path has before it is filled; filling must not add any. Those that the profile itself has
    /// (`/a/../b`, `/%2e%2e/`) are sent as they are written: its author wrote them, and no value made them.
    pub(crate) dot_segments: usize,
    /// The parameters of the query, in order; `None` if there is no `?`.
    pub(crate) query: Option<Box<[QueryPart]>>,
    /// The constant names of a query that has filled ones too, sorted.
    names_beside_filled: Box<[Box<str>]>,
}

impl UrlTemplate {
    /// Compiles a checked URL.
    pub(crate) fn compile(
        program: &mut ProgramWriter,
        raw: &str,
        parts: &UrlParts<'_>,
        sealing: &Sealing<'_>,
    ) -> Result<UrlTemplate, Error> {
        let path = program.part(|program| {
            program.append(parts.origin);
            program.template(parts.path, Grammar::Names, url::encode_literal_path);
            raw.starts_with(parts.origin).then_some(()).ok_or_else(|| bug("a URL begins with its origin"))
        })?;
        let query: Option<Box<[QueryPart]>> = parts.query.map(|query| {
            // Exact room: a parameter can be two bytes of the URL.
            let mut parts = Vec::with_capacity(parameters(query).count());
            parts.extend(parameters(query).map(|part| QueryPart::compile(program, part, sealing)));
            parts.into()
        });
        let dot_segments = url::dot_segments(parts.path.as_bytes(), &mut Vec::new());
        let names_beside_filled = names_beside_filled(query.as_deref().unwrap_or_default());
        let (raw, origin_len) = (raw.into(), parts.origin.len());
        Ok(UrlTemplate { raw, origin_len, path, dot_segments, query, names_beside_filled })
    }

    /// `scheme://authority`.
    pub(crate) fn origin(&self) -> &str {
        let origin = self.raw.get(..self.origin_len);
        debug_assert!(origin.is_some(), "a URL begins with its origin");
        origin.unwrap_or(&self.raw)
    }

    /// Whether the path is the same in every callback.
    pub(crate) fn is_constant(&self, program: &Program) -> bool {
        program.part(self.path).constant().is_some()
    }

    /// Host and port as they were sent, without user name and password.
    pub(crate) fn host(&self) -> &str {
        let authority = self.origin().split_once("://").map_or("", |(_, authority)| authority);
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
        fill.template(out, self.path, Escape::Percent)?;
        if !self.is_constant(fill.program) {
            let path = out.get(self.origin_len..).ok_or_else(|| bug("a filled URL lacks its origin"))?;
            if url::dot_segments(path, scratch) > self.dot_segments {
                return Err(Error::UnsafePath);
            }
        }
        Ok(())
    }

    /// Refuses a parameter, filled, whose name is a constant name of the query too: a receiver takes one for the other. Where a
    /// receiver counts the parameters of filled names, an empty one is refused too, since it is not sent.
    ///
    /// # Errors
    /// [`Error::UnsafeQuery`].
    pub(crate) fn check_filled_name(&self, parameter: &[u8]) -> Result<(), Error> {
        let is_counted = |part: &QueryPart| matches!(part.value, QueryValue::ByName { .. });
        if parameter.is_empty() && self.query.iter().flatten().any(is_counted) {
            return Err(Error::UnsafeQuery);
        }
        let name = parameter.split(|byte| *byte == b'=').next().unwrap_or_default();
        match self.names_beside_filled.binary_search_by(|known| known.bytes().cmp(decoded_bytes(name))) {
            Ok(_) => Err(Error::UnsafeQuery),
            Err(_) => Ok(()),
        }
    }
}
