//! The claims of a sealed callback: when, under which id, for which method, URL and profile, and all parameters.

use super::expected::Expected;
use super::id::is_id;
use super::problem::SealedProblem;
use super::target_uri;
use crate::json::{Document, Kind, ObjectWriter, Output, Value, push_string};
use crate::limits::Limits;
use crate::profile::Method;
use crate::wiped::WipedBytes;

/// Claims that are written.
pub(crate) struct NewClaims<'c> {
    /// `iat`: the time of sending in seconds since 1970.
    pub(crate) issued_at: u64,
    /// `jti`: the id, the same for each retry.
    pub(crate) id: &'c str,
    /// `htm`.
    pub(crate) method: Method,
    /// `htu`: the URL that the callback is sent to; it is written in the one spelling.
    pub(crate) url: &'c str,
    /// `pid`.
    pub(crate) profile_id: Option<&'c str>,
}

/// Claims that were received.
pub(crate) struct Claims<'d> {
    pub(crate) issued_at: u64,
    pub(crate) id: &'d str,
    method: Option<&'d str>,
    url: Option<&'d str>,
    pub(crate) profile_id: Option<&'d str>,
    /// The object of all parameters.
    pub(crate) params: Value<'d>,
}

impl NewClaims<'_> {
    /// Writes the claims as compact JSON; `params` is the object of all parameters as JSON. `None` if the URL is none.
    pub(crate) fn write(&self, params: &str) -> Option<WipedBytes> {
        let mut json = WipedBytes::default();
        let url = target_uri::normalised(self.url)?;
        // Room for all at once, so that the parameters are copied once.
        json.reserve(
            [self.id, &url, self.profile_id.unwrap_or_default(), params].map(str::len).iter().sum::<usize>(),
        );
        let mut claims = ObjectWriter::new(&mut json);
        claims.member("iat").append(&self.issued_at.to_string());
        push_string(claims.member("jti"), self.id);
        push_string(claims.member("htm"), self.method.name());
        push_string(claims.member("htu"), &url);
        if let Some(profile_id) = self.profile_id {
            push_string(claims.member("pid"), profile_id);
        }
        claims.member("params").append(params);
        claims.finish();
        Some(json)
    }
}

/// Reads the text of claims. It is as long as the token that was received, which is bounded before.
pub(crate) fn read<'t>(text: &'t [u8], limits: &Limits) -> Result<Document<'t>, SealedProblem> {
    // The parameters are within the limits of a body; the claims around them are one level and a few values more.
    let limits =
        Limits { depth: limits.depth.saturating_add(1), nodes: limits.nodes.saturating_add(6), ..*limits };
    Document::read_at_most(text, usize::MAX, &limits).map_err(|_| SealedProblem::Claims)
}

impl<'d> Claims<'d> {
    /// The claims in a document: the known names alone, so that nothing which another reader would take for a condition,
    /// such as `exp`, is passed over.
    pub(crate) fn of(document: &'d Document<'d>) -> Result<Claims<'d>, SealedProblem> {
        let root = document.root();
        let mut claims =
            Claims { issued_at: 0, id: "", method: None, url: None, profile_id: None, params: root };
        let (mut has_time, mut has_id, mut has_params) = (false, false, false);
        if root.kind() != Kind::Object {
            return Err(SealedProblem::Claims);
        }
        for (name, value) in root.members() {
            let text = || value.as_str().ok_or(SealedProblem::Claims);
            match name {
                "iat" => {
                    claims.issued_at = value.as_u64().ok_or(SealedProblem::Claims)?;
                    has_time = true;
                }
                "jti" => {
                    claims.id = text().ok().filter(|id| is_id(id)).ok_or(SealedProblem::Claims)?;
                    has_id = true;
                }
                "htm" => claims.method = Some(text()?),
                "htu" => claims.url = Some(text()?),
                "pid" => claims.profile_id = Some(text()?),
                "params" if value.kind() == Kind::Object => {
                    claims.params = value;
                    has_params = true;
                }
                _ => return Err(SealedProblem::Claims),
            }
        }
        if has_time && has_id && has_params { Ok(claims) } else { Err(SealedProblem::Claims) }
    }

    /// Compares the claims with what the receiver expects.
    pub(crate) fn check(&self, expected: &Expected<'_>, url: Option<&str>) -> Result<(), SealedProblem> {
        if !expected.freshness.accepts(self.issued_at) {
            return Err(SealedProblem::IssuedAt);
        }
        if expected.method.is_some_and(|method| self.method != Some(method.name())) {
            return Err(SealedProblem::Method);
        }
        let is_there = |url: &str| self.url.and_then(target_uri::normalised).as_deref() == Some(url);
        if !url.is_none_or(is_there) {
            return Err(SealedProblem::Url);
        }
        if expected.profile_id.is_some() && self.profile_id != expected.profile_id {
            return Err(SealedProblem::ProfileId);
        }
        Ok(())
    }
}
