//! A received callback, opened: what [`Profile::callback`] made, decrypted and held to the profile's template.

use super::opened::Opened;
use crate::Error;
use crate::body::opening::{Allowed, Opening, Values};
use crate::body::shape::Shape;
use crate::body::{Body, ContentKind, ContentType, fields, form, inside, multipart, query};
use crate::bug::bug;
use crate::json::{Document, JsonError, JsonProblem, Kind};
use crate::profile::Profile;
use crate::report::{ErrorCode, Pointer};
use crate::seal::Expected;
use crate::selection::Selection;
use crate::setters::setters;
use crate::wiped::WipedText;

/// The settings of opening: what a receiver accepts beside encrypted strings.
///
/// ```
/// use callback_profile::{OpenOptions, Parameters, Profile};
/// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
///     "body": {"to": "<recipient>", "contacts": "<contacts>"},
///     "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}}"#).unwrap();
/// let received = r#"{"to":"hJd6TmNuQBhndbDl5w==","contacts":[{"name":"5cEjGQ=="}]}"#;
/// assert!(profile.open(received).is_err(), "a structure must be allowed by name");
///
/// let structures = ["contacts".to_owned()];
/// let options = OpenOptions::default()
///     .with_content_type("application/json")
///     .with_structures(Parameters::Names(&structures));
/// let opened = profile.open_with(received, &options).unwrap();
/// assert_eq!(opened.json(), r#"{"to":"+919876543210","contacts":[{"name":"John"}]}"#);
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenOptions<'o> {
    /// The received content type, parameters included. It must be of the profile's kind and gives the boundary of a
    /// multipart body; without it, the profile's own type is taken and the body's first line gives the boundary.
    pub content_type: Option<&'o str>,
    /// Where a string that is one whole `<name>` may be an object or array of encrypted strings.
    pub structures: Parameters<'o>,
    /// Which encrypted names may be absent, or null as [`Missing::Null`](crate::Missing::Null) writes it.
    pub absent: Parameters<'o>,
    /// What is expected of a sealed callback, and must be given for one. A profile of the documented format has no use for
    /// it.
    pub expected: Option<Expected<'o>>,
    /// Whether a body opens without the parameters that do not: those are in [`Opened::failed`], with the code of the reason.
    /// The rest is no more authentic than that of a whole body. As many as an error may list
    /// ([`Limits::violations`](crate::Limits)) are an error. A sealed callback opens as a whole or not at all.
    pub partial: bool,
}

setters! { OpenOptions<'o> {
    with_content_type = content_type ? &'o str;
    with_structures = structures: Parameters<'o>;
    with_absent = absent: Parameters<'o>;
    with_expected = expected ? Expected<'o>;
    with_partial = partial: bool;
}}

/// Bytes that are reserved for an opened callback before anything is read.
const MOST_ROOM_AT_FIRST: usize = 16 * 1024;

/// Some of a profile's parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Parameters<'o> {
    /// None of them.
    #[default]
    None,
    /// All of them.
    All,
    /// Those of these names, with everything below them. Dots reach nested members, as in `enc.params`.
    Names(&'o [String]),
}

impl Parameters<'_> {
    pub(super) fn selection(self) -> Selection {
        match self {
            Parameters::None => Selection::Nothing,
            Parameters::All => Selection::All,
            Parameters::Names(names) => Selection::of_params(Some(names)),
        }
    }
}

impl Profile {
    /// Opens a received callback of this profile: the body of a POST or PUT; for a GET or DELETE the URL or its query.
    ///
    /// Every name that the profile encrypts must be there, as an encrypted string. **Under CFB a wrong key or a changed
    /// text is only noticed where the result is no UTF-8**, and the fixed IV makes GCM forgeable too: see
    /// [`cipher`](crate::cipher). Names, order and everything that is not encrypted are not protected.
    ///
    /// # Errors
    /// [`Error::MissingParameters`] and [`Error::NotEncrypted`] with all names concerned, [`Error::Parameter`] with the
    /// first that could not be decrypted, [`Error::RepeatedParameter`], [`Error::Received`],
    /// [`Error::MalformedMultipart`], [`Error::MalformedForm`], [`Error::TooLong`].
    ///
    /// ```
    /// use callback_profile::Profile;
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>"},
    ///     "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}}"#).unwrap();
    /// let opened = profile.open(r#"{"to":"hJd6TmNuQBhndbDl5w=="}"#).unwrap();
    /// assert_eq!(opened.json(), r#"{"to":"+919876543210"}"#);
    /// assert_eq!(opened.decrypted().collect::<Vec<_>>(), ["to"]);
    /// ```
    pub fn open(&self, received: impl AsRef<[u8]>) -> Result<Opened, Error> {
        self.open_with(received, &OpenOptions::default())
    }

    /// Opens a received callback by these settings.
    ///
    /// # Errors
    /// Those of [`open`](Self::open), and [`Error::UnsupportedContentType`]. Of a sealed profile [`Error::Sealed`] for
    /// whatever is wrong with the message, then [`Error::MissingParameters`] and [`Error::UnexpectedValues`] where the
    /// parameters are not those of the template, and [`Error::InvalidArgument`] without `options.expected`.
    pub fn open_with(&self, received: impl AsRef<[u8]>, options: &OpenOptions<'_>) -> Result<Opened, Error> {
        self.open_received(received.as_ref(), options, None)
    }

    /// The same for a message whose signature has this id, which must be that of a sealed callback. A signature does not cover
    /// a query, so of a GET or DELETE only a sealed callback is opened then.
    pub(crate) fn open_received(
        &self,
        received: &[u8],
        options: &OpenOptions<'_>,
        message_id: Option<&str>,
    ) -> Result<Opened, Error> {
        match self.sealed_encryption() {
            Some(sealed) => self.open_sealed(sealed, received, options, message_id),
            // What the sending side refuses to sign, the receiving side does not take for signed.
            None if message_id.is_some() && !self.method().has_body() => Err(Error::UncoveredParameters),
            None => self.open_listing(received, options, self.options().limits.violations),
        }
    }

    /// The names of the parameters that every callback must have: those that an empty one lacks.
    pub(crate) fn required_parameters(&self) -> Vec<String> {
        let empty: &[u8] = match self.content_kind() {
            _ if !self.method().has_body() => b"",
            ContentKind::Json | ContentKind::Other => b"{}",
            ContentKind::Form => b"",
            ContentKind::Multipart => b"--empty--\r\n",
        };
        match self.open_listing(empty, &OpenOptions::default(), usize::MAX) {
            Err(Error::MissingParameters(names)) => names,
            _ => Vec::new(),
        }
    }

    /// Opens; an error lists so many names at most.
    fn open_listing(
        &self,
        received: &[u8],
        options: &OpenOptions<'_>,
        listed: usize,
    ) -> Result<Opened, Error> {
        let limits = self.options().limits;
        if received.len() > limits.received_bytes {
            return Err(Error::TooLong(limits.received_bytes));
        }
        let allowed =
            Allowed { structures: options.structures.selection(), absent: options.absent.selection() };
        let values = self.encryption().map_or(Values::Readable, |enc| Values::Encrypted(enc.cipher()));
        let mut opening = Opening::new(values, listed);
        if options.partial {
            opening = opening.partial();
        }
        // Little, so that what is refused costs little; it grows with what is opened.
        let mut json = WipedText::with_capacity(received.len().min(MOST_ROOM_AT_FIRST));
        match self.parts().body.as_ref().filter(|_| self.method().has_body()) {
            Some(body) => {
                self.open_body(&mut json, received, body, options.content_type, &allowed, &mut opening)?
            }
            None => {
                let parameters = form::parse(form::query_of(received), limits.nodes)?;
                let template = (self.parts().url.query.as_deref().unwrap_or_default(), &self.parts().program);
                query::open(&mut json, &parameters, template, self.selection(), &allowed, &mut opening)?;
            }
        }
        let failed = opening.take_failed();
        let (decrypted, unknown) = opening.finish()?;
        Ok(Opened::new(json, decrypted, unknown, None).with_failed(failed))
    }

    /// Whether a received body of this content type, the profile's own if none was received, is read as JSON text. It is
    /// not for GET and DELETE, nor for forms. A type that cannot be read counts as JSON: [`open`](Self::open) refuses it.
    ///
    /// For callers whose framework has made a value of the body already: only of JSON the text can be made again.
    ///
    /// ```
    /// use callback_profile::Profile;
    /// let payload = r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms", "body": {"to": "<to>"}}"#;
    /// let profile = Profile::parse(payload).unwrap();
    /// assert!(profile.is_json_body(None) && !profile.is_json_body(Some("multipart/form-data; boundary=b")));
    /// ```
    pub fn is_json_body(&self, content_type: Option<&str>) -> bool {
        let kind = match content_type {
            Some(text) => ContentType::parse(text).map_or(ContentKind::Json, |received| received.kind()),
            None => self.content_kind(),
        };
        self.method().has_body() && !matches!(kind, ContentKind::Form | ContentKind::Multipart)
    }

    /// The kind of the profile's own content type.
    pub(crate) fn content_kind(&self) -> ContentKind {
        self.parts().headers.content_type().map_or(ContentKind::Json, ContentType::kind)
    }

    fn open_body(
        &self,
        out: &mut WipedText,
        received: &[u8],
        body: &Body,
        content_type: Option<&str>,
        allowed: &Allowed,
        opening: &mut Opening<'_>,
    ) -> Result<(), Error> {
        let limits = self.options().limits;
        let shape = body.shape(self.selection())?;
        let Shape::Object(object) = shape else { return Err(bug("a body's template is not an object")) };
        let received_type = self.received_type(content_type)?;
        match received_type.kind() {
            ContentKind::Json | ContentKind::Other => {
                let document = Document::read_at_most(received, limits.received_bytes, &limits)
                    .map_err(Error::Received)?;
                let root = document.root();
                if root.kind() != Kind::Object {
                    let error = JsonError::at(received, root.offset(), JsonProblem::NotAnObject);
                    return Err(Error::Received(error));
                }
                opening.value(out, root, shape, allowed, Pointer::Root);
                if object.leads_inside() {
                    inside::require(opening, object, &object.received(Some(root)), allowed);
                }
                Ok(())
            }
            ContentKind::Form => {
                let parameters = form::parse(received, limits.nodes)?;
                fields::open(out, &parameters, object, allowed, &limits, ErrorCode::MalformedForm, opening)
            }
            ContentKind::Multipart => {
                // The profile's own boundary may not be the one that was sent.
                let boundary = received_type.boundary().filter(|_| content_type.is_some());
                let names = multipart::Names::of(object.members().map(|(name, _)| name));
                let parameters = multipart::parse(received, boundary, &names, limits.nodes)?;
                fields::open(
                    out,
                    &parameters,
                    object,
                    allowed,
                    &limits,
                    ErrorCode::MalformedMultipart,
                    opening,
                )
            }
        }
    }

    /// The received type, which must be of the profile's kind; the profile's own if none was received.
    fn received_type(&self, received: Option<&str>) -> Result<ContentType, Error> {
        let own = self.parts().headers.content_type().cloned().unwrap_or_default();
        let Some(text) = received else { return Ok(own) };
        let received = ContentType::parse(text).ok().filter(|received| own.accepts(received));
        received.ok_or_else(|| Error::UnsupportedContentType {
            expected: own.accepted(),
            received: text.to_owned(),
        })
    }

    fn selection(&self) -> &Selection {
        self.encryption().map_or(&Selection::Nothing, |enc| enc.selection())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ParseOptions, Record};

    const ENC: &str =
        r#""enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}"#;

    fn with_query(query: &str) -> Profile {
        let payload = format!(
            r#"{{"title": "query", "http_method": "GET", "url": "https://example.com/?{query}", {ENC}}}"#
        );
        Profile::parse(payload).unwrap()
    }

    fn seal(profile: &Profile, value: &str) -> String {
        profile.encryption().unwrap().cipher().encrypt(value).unwrap()
    }

    #[test]
    fn parameters_in_another_order_belong_to_their_names() {
        let profile = with_query("to=<t>&k=constant");
        let sealed = seal(&profile, "+91");
        let opened = profile.open(format!("k=constant&to={sealed}&utm_source=1")).unwrap();
        assert_eq!(opened.json(), r#"{"k":"constant","to":"+91","utm_source":"1"}"#);
        assert_eq!(opened.decrypted().collect::<Vec<_>>(), ["to"]);
        assert_eq!(opened.unknown().collect::<Vec<_>>(), ["utm_source"]);
    }

    #[test]
    fn parameters_whose_names_are_filled_are_those_that_no_constant_name_takes() {
        let profile = with_query("c=1&<n>=<v>&<m>=constant");
        let record = Record::parse(r#"{"n": "x", "m": "y", "v": "+91"}"#).unwrap();
        let url = profile.callback(&record).unwrap().url;
        assert!(url.ends_with("&y=constant"), "a constant value stays readable: {url}");
        let opened = profile.open(url).unwrap();
        assert_eq!(opened.json(), r#"{"c":"1","x":"+91","y":"constant"}"#);
        assert_eq!(
            profile.open("c=1"),
            Err(Error::MissingParameters(vec!["<n>".into(), "<m>".into()])),
            "as many unknown names as the template has"
        );
    }

    #[test]
    fn a_name_more_often_than_in_the_template_is_refused() {
        let profile = with_query("to=<t>&a=<x>&a=<y>");
        let sealed = seal(&profile, "+91");
        let opened = profile.open(format!("to={sealed}&a={sealed}&a={sealed}")).unwrap();
        assert_eq!(opened.json(), r#"{"to":"+91","a":["+91","+91"]}"#);
        let repeated =
            |name: &str| Err(Error::RepeatedParameter { name: name.into(), code: ErrorCode::MalformedForm });
        assert_eq!(profile.open(format!("to={sealed}&a={sealed}&a={sealed}&to=x")), repeated("to"));
        assert_eq!(profile.open(format!("to={sealed}&a={sealed}&a={sealed}&u=1&u=2")), repeated("u"));
        assert_eq!(
            profile.open(format!("to={sealed}&a={sealed}")),
            Err(Error::MissingParameters(vec!["a".into()]))
        );
    }

    #[test]
    fn a_name_below_a_whole_name_must_be_there() {
        let enc = ENC.replace("LY\"", "LY\", \"params\": [\"n.deep\"]");
        let payload = format!(
            r#"{{"title": "deep", "http_method": "POST", "url": "https://example.com/", "body": {{"n": "<n>"}}, {enc}}}"#
        );
        let profile = Profile::parse(payload).unwrap();
        let opened = |received: &str| profile.open(received).map(Opened::into_json);
        let missing = |name: &str| Err(Error::MissingParameters(vec![name.into()]));
        let sealed = seal(&profile, "x");
        for received in [r#"{"n":5}"#, r#"{"n":[]}"#, r#"{"n":{}}"#, "{}", r#"{"n":null}"#] {
            assert_eq!(opened(received), missing("n.deep"), "{received}");
        }
        assert_eq!(opened(r#"{"n":{"deep":5}}"#), Err(Error::NotEncrypted(vec!["n.deep".into()])));
        assert_eq!(opened(&format!(r#"{{"n":[{{"deep":"{sealed}"}},{{}}]}}"#)), missing("n[1].deep"));
        let both = format!(r#"{{"n":[{{"deep":"{sealed}","a":1}},{{"deep":"{sealed}"}}]}}"#);
        assert_eq!(opened(&both), Ok(r#"{"n":[{"deep":"x","a":1},{"deep":"x"}]}"#.into()));
    }

    #[test]
    fn a_form_has_as_many_fields_as_json_has_values() {
        let mut options = ParseOptions::default();
        options.limits.nodes = 8;
        let payload = r#"{"title": "form", "http_method": "POST", "url": "https://example.com/", "body": {},
            "headers": {"content-type": "application/x-www-form-urlencoded"}}"#;
        let profile = Profile::parse_with(payload, &options).unwrap();
        let form = |fields: usize| {
            let fields: Vec<String> = (0..fields).map(|number| format!("a{number}=1")).collect();
            profile.open(fields.join("&"))
        };
        assert_eq!(form(8).unwrap().unknown().len(), 8);
        for fields in [9, 10] {
            assert!(matches!(form(fields), Err(Error::MalformedForm(_))), "{fields}");
        }
    }
}
