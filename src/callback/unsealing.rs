//! A sealed callback, opened: the token found, the claims compared with what is expected, the readable copies with what was
//! sealed, and the parameters held to the profile's template.

use super::TOKEN_NAME;
use super::open::OpenOptions;
use super::opened::{Opened, SealedMessage};
use super::readable_copy::{is_copy, is_copy_of_text};
use super::sealing::TOKEN_TYPE;
use crate::Error;
use crate::body::opening::{Allowed, Opening, Values};
use crate::body::shape::{ObjectShape, Shape};
use crate::body::{BodyKind, ContentKind, ContentType, form, multipart};
use crate::json::{Document, Kind, Value};
use crate::limits::Limits;
use crate::profile::{Profile, SealedEncryption};
use crate::report::Pointer;
use crate::seal::{Claims, Expected, SealedProblem, kid_of, open, read_claims};
use crate::selection::Selection;
use crate::wiped::WipedText;

/// What was received: the token, and what is readable beside it.
struct Carried<'r> {
    token: String,
    readable: Readable<'r>,
}

enum Readable<'r> {
    Nothing,
    Json(Document<'r>),
    /// The fields of a form, or the parameters of a query, in which others are of no interest.
    Texts {
        fields: Vec<(String, String)>,
        is_query: bool,
    },
}

impl Profile {
    /// Opens a sealed callback.
    ///
    /// Errors: [`Error::Sealed`] for whatever is wrong with the message, [`Error::InvalidArgument`] if the caller expects
    /// nothing; those of the template after that.
    pub(super) fn open_sealed(
        &self,
        sealed: &SealedEncryption,
        received: &[u8],
        options: &OpenOptions<'_>,
        message_id: Option<&str>,
    ) -> Result<Opened, Error> {
        let expected = options.expected.ok_or(Error::InvalidArgument(
            "a sealed callback needs what is expected of it: freshness, method, URL and profile id",
        ))?;
        let url = expected.target_uri()?;
        let opened =
            self.unseal(sealed, received, options.content_type, &expected, url.as_deref(), |claims| {
                match message_id.is_none_or(|id| id == claims.id) {
                    true => Ok(self.open_claims(sealed, claims, options)),
                    false => Err(SealedProblem::MessageId),
                }
            });
        opened.map_err(|_| Error::Sealed)?
    }

    /// Which rule a sealed callback breaks; `None` if none. For the owner of the key alone.
    pub(crate) fn sealed_problem(
        &self,
        sealed: &SealedEncryption,
        received: &[u8],
        content_type: Option<&str>,
        expected: &Expected<'_>,
    ) -> Result<Option<SealedProblem>, Error> {
        let url = expected.target_uri()?;
        Ok(self.unseal(sealed, received, content_type, expected, url.as_deref(), |_| Ok(())).err())
    }

    /// The same for a token alone.
    pub(crate) fn token_problem(
        &self,
        sealed: &SealedEncryption,
        token: &[u8],
        expected: &Expected<'_>,
    ) -> Result<Option<SealedProblem>, Error> {
        let url = expected.target_uri()?;
        let token = String::from_utf8(token.to_vec()).map_err(|_| SealedProblem::Token);
        let carried = token.map(|token| Carried { token, readable: Readable::Nothing });
        Ok(carried
            .and_then(|carried| self.unseal_carried(sealed, &carried, expected, url.as_deref(), |_| Ok(())))
            .err())
    }

    /// The id of the key that a received callback says it was sealed with, if it is one. Nothing about it is proved.
    pub(crate) fn received_kid(&self, received: &[u8], content_type: Option<&str>) -> Option<String> {
        let carried = self.carried(received, content_type).ok()?;
        kid_of(&carried.token).ok()
    }

    /// Finds the token of a sealed callback, checks it and hands its claims to `take`.
    fn unseal<T>(
        &self,
        sealed: &SealedEncryption,
        received: &[u8],
        content_type: Option<&str>,
        expected: &Expected<'_>,
        url: Option<&str>,
        take: impl FnOnce(&Claims<'_>) -> Result<T, SealedProblem>,
    ) -> Result<T, SealedProblem> {
        let carried = self.carried(received, content_type)?;
        self.unseal_carried(sealed, &carried, expected, url, take)
    }

    fn unseal_carried<T>(
        &self,
        sealed: &SealedEncryption,
        carried: &Carried<'_>,
        expected: &Expected<'_>,
        url: Option<&str>,
        take: impl FnOnce(&Claims<'_>) -> Result<T, SealedProblem>,
    ) -> Result<T, SealedProblem> {
        let text = open(sealed.key(), sealed.kid(), &carried.token)?;
        let limits = &self.options().limits;
        let document = read_claims(&text, limits)?;
        let claims = Claims::of(&document)?;
        claims.check(expected, url)?;
        if !carried.readable.is_copy_of(claims.params, limits) {
            return Err(SealedProblem::Copy);
        }
        take(&claims)
    }

    /// Finds the token where the profile has it: exactly once, as a text.
    fn carried<'r>(
        &self,
        received: &'r [u8],
        content_type: Option<&str>,
    ) -> Result<Carried<'r>, SealedProblem> {
        let limits = self.options().limits;
        let wrong = SealedProblem::Carrier;
        if received.len() > limits.received_bytes {
            return Err(wrong);
        }
        if !self.method().has_body() {
            let fields = form::parse(form::query_of(received), limits.nodes).map_err(|_| wrong)?;
            return Carried::of_fields(fields, true);
        }
        let own = self.parts().headers.content_type().cloned().unwrap_or_default();
        let received_type = match content_type {
            None => own,
            Some(text) => {
                let received_type = ContentType::parse(text).map_err(|_| wrong)?;
                if received_type.essence() == TOKEN_TYPE {
                    let token = std::str::from_utf8(received).map_err(|_| wrong)?.to_owned();
                    return Ok(Carried { token, readable: Readable::Nothing });
                }
                if !own.accepts(&received_type) {
                    return Err(wrong);
                }
                received_type
            }
        };
        match received_type.kind() {
            ContentKind::Json | ContentKind::Other => {
                let document =
                    Document::read_at_most(received, limits.received_bytes, &limits).map_err(|_| wrong)?;
                let token = document.root().get(TOKEN_NAME).and_then(Value::as_str).ok_or(wrong)?.to_owned();
                Ok(Carried { token, readable: Readable::Json(document) })
            }
            ContentKind::Form => {
                let fields = form::parse(received, limits.nodes).map_err(|_| wrong)?;
                Carried::of_fields(fields, false)
            }
            ContentKind::Multipart => {
                let boundary = received_type.boundary().filter(|_| content_type.is_some());
                let template = self.parts().body.iter().flat_map(|body| body.field_names());
                let names = multipart::Names::of(template.chain([TOKEN_NAME]));
                let fields = multipart::parse(received, boundary, &names, limits.nodes).map_err(|_| wrong)?;
                Carried::of_fields(fields, false)
            }
        }
    }

    /// Holds the parameters to the template: every name must be there, with the type that the template has.
    fn open_claims(
        &self,
        sealed: &SealedEncryption,
        claims: &Claims<'_>,
        options: &OpenOptions<'_>,
    ) -> Result<Opened, Error> {
        let allowed =
            Allowed { structures: options.structures.selection(), absent: options.absent.selection() };
        let mut opening = Opening::new(Values::Sealed, self.options().limits.violations);
        let mut json = WipedText::default();
        let shape = sealed.shape(|| self.shape_of_parameters())?;
        opening.object(&mut json, claims.params, shape, &allowed, Pointer::Root);
        let (decrypted, unknown) = opening.finish()?;
        let message = SealedMessage {
            kid: sealed.kid().to_owned(),
            id: claims.id.to_owned(),
            issued_at: claims.issued_at,
            profile_id: claims.profile_id.map(str::to_owned),
        };
        Ok(Opened::new(json, decrypted, unknown, Some(message)))
    }

    /// The shape of the object of all parameters: the body's members, of which those of a form are texts and a null has no
    /// field, and the query's, which are texts.
    fn shape_of_parameters(&self) -> Result<ObjectShape, Error> {
        let text = || Shape::Text(Kind::String);
        let mut members: Vec<(Box<str>, Shape)> = Vec::new();
        match self.parts().body.as_ref().filter(|_| self.method().has_body()) {
            None => {}
            Some(body) => match &body.kind {
                BodyKind::Json(_) => {
                    if let Shape::Object(object) = Shape::of_template(&body.text, &Selection::All)? {
                        members = object.into_members();
                    }
                }
                BodyKind::Form(_) | BodyKind::Multipart(_) => {
                    members = body.field_names().map(|name| (name.into(), text())).collect();
                }
            },
        }
        members.extend(self.query_parts().filter_map(|part| Some((part.constant_name()?.into(), text()))));
        Ok(ObjectShape::with_members(members, &Selection::All))
    }
}

impl Carried<'_> {
    fn of_fields(
        mut fields: Vec<(String, String)>,
        is_query: bool,
    ) -> Result<Carried<'static>, SealedProblem> {
        let is_token = |(name, _): &(String, String)| name == TOKEN_NAME;
        let index = fields.iter().position(is_token).ok_or(SealedProblem::Carrier)?;
        let (_, token) = fields.remove(index);
        // Of two parameters of one name, one reader takes the first and another one the last.
        let mut names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if fields.iter().any(is_token) || names.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(SealedProblem::Carrier);
        }
        Ok(Carried { token, readable: Readable::Texts { fields, is_query } })
    }
}

impl Readable<'_> {
    /// Whether everything that is readable was sealed as well. A link may bring parameters of its own, `utm_source` for
    /// one; they are no copies and are ignored.
    fn is_copy_of(&self, params: Value<'_>, limits: &Limits) -> bool {
        match self {
            Readable::Nothing => true,
            Readable::Json(document) => document.root().members().all(|(name, copy)| {
                name == TOKEN_NAME || params.get(name).is_some_and(|sealed| is_copy(copy, sealed))
            }),
            Readable::Texts { fields, is_query } => {
                fields.iter().all(|(name, copy)| match params.get(name) {
                    None => *is_query,
                    Some(sealed) => {
                        sealed.as_str().is_some_and(|sealed| is_copy_of_text(copy, sealed, limits))
                    }
                })
            }
        }
    }
}
