//! A received request, as a server has it.

use crate::body::form;
use crate::callback::OpenOptions;
use crate::profile::Profile;

/// A received request. `Debug` shows sizes only.
///
/// ```
/// use callback_profile::ReceivedRequest;
/// let request = ReceivedRequest {
///     headers: &[("content-type", "application/json")],
///     target: "/callbacks?key=k1",
///     body: br#"{"to":"hJd6TmNuQBhndbDl5w=="}"#,
/// };
/// # let _ = request;
/// ```
#[derive(Clone, Copy)]
pub struct ReceivedRequest<'r> {
    /// Names and values of the headers, in any order.
    pub headers: &'r [(&'r str, &'r str)],
    /// Path and query, or the whole URL: what a GET or DELETE carries its parameters in.
    pub target: &'r str,
    /// The **raw** body, before any parsing; empty if there is none.
    pub body: &'r [u8],
}

impl<'r> ReceivedRequest<'r> {
    /// What a profile opens: the body, or the query of a GET or DELETE.
    pub(super) fn parameters(&self, profile: &Profile) -> &'r [u8] {
        if profile.method().has_body() { self.body } else { self.target.as_bytes() }
    }

    /// The values of the headers of this name.
    pub(super) fn header<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'r str> + 's {
        let of_name =
            move |(known, value): &(&'r str, &'r str)| known.eq_ignore_ascii_case(name).then_some(*value);
        self.headers.iter().filter_map(of_name)
    }

    /// The values of the query's parameters of this name; `None` if the query is malformed, and nobody can say what is in it.
    pub(super) fn query(&self, name: &str, limit: usize) -> Option<Vec<String>> {
        let parameters = form::parse(form::query_of(self.target.as_bytes()), limit).ok()?;
        Some(parameters.into_iter().filter(|(known, _)| known == name).map(|(_, value)| value).collect())
    }

    /// The content type that was received: that of the options, or of the headers. Several are one list, which no media type
    /// is, so that they are refused.
    pub(super) fn content_type(&self, options: &OpenOptions<'_>) -> Option<String> {
        if let Some(given) = options.content_type {
            return Some(given.to_owned());
        }
        let values: Vec<&str> = self.header("content-type").collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

impl std::fmt::Debug for ReceivedRequest<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReceivedRequest")
            .field("headers", &self.headers.len())
            .field("target_bytes", &self.target.len())
            .field("body_bytes", &self.body.len())
            .finish()
    }
}
