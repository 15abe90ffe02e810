//! A sealed callback: all parameters of body and query become claims, and one parameter, `jwe`, carries them.

use super::build::{CallbackOptions, Outgoing};
use super::readable_copy::{push_copy, read_parameters};
use super::{CallbackBuffer, TOKEN_NAME};
use crate::Error;
use crate::body::fields;
use crate::body::fill::Fill;
use crate::body::query::QueryPart;
use crate::body::{Body, BodyKind, ContentType, form, json, multipart};
use crate::bug::bug;
use crate::json::{ObjectWriter, Output, Value, push_string};
use crate::profile::{Profile, SealedEncryption};
use crate::seal::{NewClaims, check_id, seal};
use crate::selection::Selection;
use crate::wiped::{Bytes, WipedBytes};

/// Longest URL of a sealed GET or DELETE in bytes: what servers and proxies take.
const MAX_SEALED_URL_LEN: usize = 8_000;

/// The media type of a body that is the token alone (RFC 7515 §9.2.1).
pub(super) const TOKEN_TYPE: &str = "application/jose";

impl Profile {
    /// Fills URL, headers and body of a sealed callback. The headers and the path of the URL are those of any callback.
    pub(super) fn fill_sealed(
        &self,
        sealed: &SealedEncryption,
        options: &CallbackOptions<'_>,
        buffer: &mut CallbackBuffer,
        fill: &mut Fill<'_, '_>,
    ) -> Result<(), Error> {
        let random = options.random.ok_or(Error::RandomRequired)?;
        let issued_at = options.issued_at.ok_or(Error::IssuedAtRequired)?;
        let id = options.id.ok_or(Error::IdRequired)?;
        check_id(id)?;
        let limit = self.options().limits.output_bytes;
        let CallbackBuffer { url, headers, body, has_body, fields, scratch, boundary, .. } = buffer;
        self.parts().url.fill_path(url, scratch, fill)?;
        let body_template = self.parts().body.as_ref().filter(|_| self.method().has_body());
        // In the order of every callback, which is that in which missing names are listed: URL, headers, body.
        let query = fill_query(url, self.query_parts(), sealed.selection(), fill)?;
        self.fill_headers(headers, fill)?;
        let params = fill_parameters(body_template, query.as_slice(), fill)?;
        let params_text = text(params.as_slice())?;
        let claims = NewClaims {
            issued_at,
            id,
            method: self.method(),
            url: text(url)?,
            profile_id: options.profile_id,
        };
        let claims = claims.write(params_text).ok_or_else(|| bug("a filled URL is one"))?;
        if claims.len() > limit {
            return Err(Error::OutputTooLarge(limit));
        }
        let token = seal(sealed.key(), sealed.kid(), random, claims)?;
        let Some(template) = body_template else {
            let separator = if url.contains(&b'?') { b"&" } else { b"?" };
            for part in [&separator[..], TOKEN_NAME.as_bytes(), b"=", token.as_bytes()] {
                url.extend_from_slice(part);
            }
            let is_short = url.len() <= MAX_SEALED_URL_LEN.min(limit);
            return if is_short { Ok(()) } else { Err(Error::OutputTooLarge(MAX_SEALED_URL_LEN.min(limit))) };
        };
        *has_body = true;
        let outgoing = Outgoing { headers, body, fields, boundary };
        self.fill_sealed_body(template, sealed, params_text, &token, options, outgoing)
    }

    /// The parts of the query that are parameters.
    pub(super) fn query_parts(&self) -> impl Iterator<Item = &QueryPart> {
        self.parts().url.query.iter().flatten().filter(|part| !part.is_empty())
    }

    fn fill_sealed_body(
        &self,
        template: &Body,
        sealed: &SealedEncryption,
        params: &str,
        token: &str,
        options: &CallbackOptions<'_>,
        outgoing: Outgoing<'_>,
    ) -> Result<(), Error> {
        let limit = self.options().limits.output_bytes;
        let Outgoing { headers, body, boundary, .. } = outgoing;
        if options.bare_token {
            body.extend_from_slice(token.as_bytes());
            if !headers.replace("content-type", |out| out.extend_from_slice(TOKEN_TYPE.as_bytes())) {
                headers.add("content-type", |out| {
                    out.extend_from_slice(TOKEN_TYPE.as_bytes());
                    Ok(())
                })?;
            }
            return within(body, limit);
        }
        // Only with `params` is anything repeated outside.
        let document = sealed.encrypted_params().map(|_| read_parameters(params.as_bytes())).transpose()?;
        let root = document.as_ref().map(|document| document.root());
        match &template.kind {
            BodyKind::Json(_) => {
                let mut object = ObjectWriter::new(body);
                for (name, value) in body_members(root, template) {
                    let selection = sealed.selection().within(name);
                    if !selection.takes_value() {
                        push_copy(object.member(name), value, &selection);
                    }
                }
                push_string(object.member(TOKEN_NAME), token);
                object.finish();
                if self.parts().headers.content_type().is_none() {
                    headers.add("content-type", |out| {
                        out.extend_from_slice(b"application/json");
                        Ok(())
                    })?;
                }
            }
            BodyKind::Form(_) | BodyKind::Multipart(_) => {
                let mut copies: Vec<(&str, String)> = Vec::new();
                for (name, value) in body_members(root, template) {
                    let selection = sealed.selection().within(name);
                    if !selection.takes_value() {
                        copies.push((name, field_copy(value, &selection)?));
                    }
                }
                let token = (TOKEN_NAME, token.as_bytes());
                let fields = copies.iter().map(|(name, text)| (*name, text.as_bytes())).chain([token]);
                if let BodyKind::Form(_) = template.kind {
                    form::push(body, fields, limit)?;
                } else {
                    let own = self.parts().headers.content_type().and_then(ContentType::boundary);
                    multipart::choose_boundary(options.boundary, own, fields.clone(), boundary)?;
                    multipart::push(body, fields, boundary, limit)?;
                    headers.replace("content-type", |out| multipart::push_content_type(out, boundary));
                }
            }
        }
        within(body, limit)
    }
}

fn within(body: &[u8], limit: usize) -> Result<(), Error> {
    if body.len() > limit { Err(Error::OutputTooLarge(limit)) } else { Ok(()) }
}

/// The members of the parameters that are the body's: those of the template come first.
fn body_members<'d>(
    params: Option<Value<'d>>,
    template: &Body,
) -> impl Iterator<Item = (&'d str, Value<'d>)> {
    let count = template.len();
    params.into_iter().flat_map(Value::members).take(count)
}

/// The text of a field without what is selected in it. A field that holds an array or object is JSON text.
fn field_copy(value: Value<'_>, selection: &Selection) -> Result<String, Error> {
    let text = value.as_str().ok_or_else(|| bug("a field of a form is not a text"))?;
    if matches!(selection, Selection::Nothing) {
        return Ok(text.to_owned());
    }
    let document = read_parameters(text.as_bytes())?;
    let mut copy = String::new();
    push_copy(&mut copy, document.root(), selection);
    Ok(copy)
}

/// The object of all parameters: the members of the body, with their types (those of a form are texts), then those of the
/// query, which is an object too.
fn fill_parameters(
    template: Option<&Body>,
    query: &[u8],
    fill: &mut Fill<'_, '_>,
) -> Result<WipedBytes, Error> {
    let mut out = WipedBytes::default();
    match template.map(|template| &template.kind) {
        None => ObjectWriter::new(&mut out).finish(),
        Some(BodyKind::Json(tree)) => json::fill(&mut out, *tree, fill)?,
        Some(BodyKind::Form(list) | BodyKind::Multipart(list)) => {
            let mut object = ObjectWriter::new(&mut out);
            let mut value = WipedBytes::default();
            for field in list {
                value.clear();
                fields::push(&mut value, field, fill)?;
                push_string(object.member(&field.name), text(value.as_slice())?);
            }
            object.finish();
        }
    }
    // Two objects become one: `{…}` and `{…}` are `{…,…}`.
    let (has_members, has_query) = (out.len() > "{}".len(), query.len() > "{}".len());
    if has_query {
        out.truncate(out.len().saturating_sub(1));
        out.append(if has_members { "," } else { "" });
        let members =
            query.strip_prefix(b"{").ok_or_else(|| bug("the parameters of a query are an object"))?;
        out.append_bytes(members);
    }
    fill.literal(&mut out, b"")?;
    Ok(out)
}

/// The parameters of the query, decoded, as an object. What is constant or not selected stays in the URL as well.
fn fill_query<'q>(
    url: &mut Vec<u8>,
    parts: impl Iterator<Item = &'q QueryPart>,
    selection: &Selection,
    fill: &mut Fill<'_, '_>,
) -> Result<WipedBytes, Error> {
    let mut out = WipedBytes::default();
    let mut object = ObjectWriter::new(&mut out);
    let (mut piece, mut scratch) = (WipedBytes::default(), Vec::new());
    let mut separator = b'?';
    for part in parts {
        let name = part.constant_name().ok_or_else(|| bug("the name of a sealed parameter is constant"))?;
        piece.clear();
        part.fill(&mut piece, &mut scratch, &Selection::Nothing, fill)?;
        let value = piece.bytes().splitn(2, |byte| *byte == b'=').nth(1).unwrap_or_default();
        let value = form::decode_secret(value).ok_or_else(|| bug("a filled query is UTF-8"))?;
        push_string(object.member(name), value.as_str());
        if part.constant_value(fill.program).is_some() || !selection.takes_member(name) {
            url.push(separator);
            separator = b'&';
            fill.literal(url, piece.bytes())?;
        }
    }
    object.finish();
    Ok(out)
}

fn text(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|_| bug("a callback is not UTF-8"))
}
