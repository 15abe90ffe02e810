//! A received callback, opened: what [`Profile::callback`] made, decrypted.

use std::collections::BTreeMap;

use crate::Error;
use crate::body::fields::{Field, FieldContent};
use crate::body::query::{QueryPart, QueryValue};
use crate::body::{BodyKind, BodyType, form, multipart};
use crate::cipher::Cipher;
use crate::json::{Document, JsonError, JsonProblem, Kind, Value, push_string};
use crate::profile::Profile;
use crate::report::Pointer;
use crate::selection::Selection;

/// The settings of opening.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenOptions<'o> {
    /// The received content type, parameters included; the profile's own if not given.
    pub content_type: Option<&'o str>,
}

/// An opened callback.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    json: String,
}

impl Opened {
    /// The parameters as a compact JSON object, in the received order. Decrypted values are strings; so are all values
    /// of forms and queries, but for arrays and objects in fields. A name that a form or query repeats has an array.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The same, owned.
    pub fn into_json(self) -> String {
        self.json
    }
}

/// Shows the size only.
impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("bytes", &self.json.len()).finish()
    }
}

impl Profile {
    /// Opens a received callback of this profile: the body of a POST or PUT; for a GET or DELETE the URL or its query.
    ///
    /// Every value that the profile encrypts must be there as an encrypted string. **Under CFB a wrong key or a changed
    /// text is only noticed where the result is no UTF-8**, and the fixed IV makes GCM forgeable too: see
    /// [`cipher`](crate::cipher).
    ///
    /// Errors: [`Error::Parameter`] with the name of what could not be decrypted, [`Error::NotEncrypted`],
    /// [`Error::Received`], [`Error::MalformedMultipart`], [`Error::MalformedForm`], [`Error::TooLong`].
    ///
    /// ```
    /// use callback_profile::Profile;
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>"},
    ///     "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}}"#).unwrap();
    /// let opened = profile.open(r#"{"to":"hJd6TmNuQBhndbDl5w=="}"#).unwrap();
    /// assert_eq!(opened.json(), r#"{"to":"+919876543210"}"#);
    /// ```
    pub fn open(&self, received: impl AsRef<[u8]>) -> Result<Opened, Error> {
        self.open_with(received, &OpenOptions::default())
    }

    /// Opens by these settings.
    ///
    /// Errors: those of [`open`](Self::open), and [`Error::UnsupportedContentType`].
    pub fn open_with(&self, received: impl AsRef<[u8]>, options: &OpenOptions<'_>) -> Result<Opened, Error> {
        let received = received.as_ref();
        let limit = self.options().limits.received_bytes;
        if received.len() > limit {
            return Err(Error::TooLong(limit));
        }
        let out = if self.method().has_body() {
            self.open_body(received, options)?
        } else {
            self.open_query(&form::parse(form::query_of(received))?)?
        };
        Ok(Opened { json: String::from_utf8(out).unwrap_or_default() })
    }

    fn open_body(&self, received: &[u8], options: &OpenOptions<'_>) -> Result<Vec<u8>, Error> {
        let own = self.headers().iter().find(|header| header.name().eq_ignore_ascii_case("content-type"));
        let own = own.and_then(|header| BodyType::of(header.value())).unwrap_or(BodyType::Json);
        let body_type = match options.content_type {
            Some(content_type) => {
                BodyType::of(content_type).ok_or_else(|| Error::UnsupportedContentType {
                    expected: "application/json".to_owned(),
                    received: content_type.to_owned(),
                })?
            }
            None => own,
        };
        let contents = self.contents();
        let open_field = |_: usize, name: &str, text: &str, out: &mut Vec<u8>| {
            self.open_field(name, contents.get(name).copied(), text, out)
        };
        match body_type {
            BodyType::Json => self.open_json(received),
            BodyType::Form => self.open_parameters(&form::parse(received)?, open_field),
            BodyType::Multipart { boundary } => {
                // The profile's own boundary is only a guess: the sender may have been given another.
                let given = boundary.filter(|_| options.content_type.is_some());
                // As they stand between quotes; of several that look the same there, the first.
                let mut known: BTreeMap<String, &str> = BTreeMap::new();
                for field in self.field_names() {
                    known.entry(multipart::escaped(field)).or_insert(field);
                }
                let mut fields =
                    multipart::parse(received, given, boundary, |name| known.contains_key(name))?;
                for (name, _) in &mut fields {
                    // Escaping names loses information; the profile knows which name it was.
                    *name = match known.get(name) {
                        Some(known) => (*known).to_owned(),
                        None => name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"),
                    };
                }
                self.open_parameters(&fields, open_field)
            }
        }
    }

    fn open_json(&self, received: &[u8]) -> Result<Vec<u8>, Error> {
        let limits = self.options().limits;
        let document =
            Document::read_at_most(received, limits.received_bytes, &limits).map_err(Error::Received)?;
        let root = document.root();
        if root.kind() != Kind::Object {
            return Err(Error::Received(JsonError::at(received, root.offset(), JsonProblem::NotAnObject)));
        }
        let mut out = Vec::with_capacity(received.len());
        open_value(&mut out, root, Pointer::Root, self.selection(), self.cipher())?;
        Ok(out)
    }

    /// An object of the parameters, the value of each written by `open`, which also gets its index; repeated names
    /// become an array at their first place.
    fn open_parameters(
        &self,
        parameters: &[(String, String)],
        open: impl Fn(usize, &str, &str, &mut Vec<u8>) -> Result<(), Error>,
    ) -> Result<Vec<u8>, Error> {
        let limit = self.options().limits.nodes;
        if parameters.len() > limit {
            return Err(Error::Received(JsonError::at(b"", 0, JsonProblem::TooManyNodes(limit))));
        }
        let mut places: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
        let mut names = Vec::new();
        for (index, (name, text)) in parameters.iter().enumerate() {
            let places = places.entry(name.as_str()).or_default();
            if places.is_empty() {
                names.push(name.as_str());
            }
            places.push((index, text));
        }
        let mut out = Vec::from(b"{");
        for name in names {
            if out.len() > 1 {
                out.push(b',');
            }
            push_string(&mut out, name);
            out.push(b':');
            let places = places.get(name).map(Vec::as_slice).unwrap_or_default();
            if let [(index, text)] = places {
                open(*index, name, text, &mut out)?;
                continue;
            }
            for (count, (index, text)) in places.iter().enumerate() {
                out.push(if count == 0 { b'[' } else { b',' });
                open(*index, name, text, &mut out)?;
            }
            out.push(b']');
        }
        out.push(b'}');
        Ok(out)
    }

    /// A form field: a container is JSON text with encrypted leaves, anything else is text, encrypted or not.
    fn open_field(
        &self,
        name: &str,
        content: Option<&FieldContent>,
        text: &str,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let root = Pointer::Root;
        let place = root.member(name);
        let selection = self.selection().within(name);
        let limits = self.options().limits;
        let document = || {
            Document::read_at_most(text.as_bytes(), limits.received_bytes, &limits).map_err(Error::Received)
        };
        match content {
            Some(FieldContent::Container(_)) => {
                return open_value(out, document()?.root(), place, &selection, self.cipher());
            }
            // Ciphertext has neither brackets nor braces, so this is no encrypted string; but it may be any text.
            Some(FieldContent::Whole(..))
                if selection != Selection::Nothing && text.starts_with(['[', '{']) =>
            {
                if let Ok(document) = document() {
                    return open_value(out, document.root(), place, &selection, self.cipher());
                }
            }
            _ => {}
        }
        open_text(out, text, place, self.cipher().filter(|_| selection.takes_value()))
    }

    /// The parameters of a query: encrypted where the profile fills them in and encrypts them.
    fn open_query(&self, received: &[(String, String)]) -> Result<Vec<u8>, Error> {
        let parts = self.parts().url.query.as_deref().unwrap_or_default();
        let parts: Vec<&QueryPart> = parts.iter().filter(|part| !part.is_empty()).collect();
        // As sent, the parameters stand in the order of the profile's; a proxy may have added or moved some, and then
        // their names decide.
        let matches =
            |part: &QueryPart, name: &str| part.constant_name.as_deref().is_none_or(|known| known == name);
        let in_order = parts.len() == received.len()
            && parts.iter().zip(received).all(|(part, (name, _))| matches(part, name));
        let sealed: Vec<bool> = if in_order {
            parts.iter().zip(received).map(|(part, (name, _))| self.seals(part, name)).collect()
        } else {
            self.sealed_by_name(&parts, received)
        };
        self.open_parameters(received, |index, name, text, out| {
            let sealed = sealed.get(index).copied().unwrap_or_default();
            let root = Pointer::Root;
            open_text(out, text, root.member(name), self.cipher().filter(|_| sealed))
        })
    }

    /// Which received parameters are encrypted, going by their names. Of parameters that share a name the first is the
    /// first of the profile's, and so on; if their number is not the profile's and only some are encrypted, nobody can
    /// tell which, so all of them must be: a failure is better than ciphertext that passes for a value.
    fn sealed_by_name(&self, parts: &[&QueryPart], received: &[(String, String)]) -> Vec<bool> {
        let mut expected: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
        for part in parts {
            if let Some(name) = part.constant_name.as_deref() {
                expected.entry(name).or_default().push(self.seals(part, name));
            }
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (name, _) in received {
            let count = counts.entry(name).or_default();
            *count = count.saturating_add(1);
        }
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let other = parts.iter().find(|part| part.constant_name.is_none());
        let sealed = received.iter().map(|(name, _)| {
            let Some(known) = expected.get(name.as_str()) else {
                return other.is_some_and(|part| self.seals(part, name));
            };
            if counts.get(name.as_str()) != Some(&known.len()) {
                return known.contains(&true);
            }
            let place = seen.entry(name).or_default();
            let sealed = known.get(*place).copied().unwrap_or_default();
            *place = place.saturating_add(1);
            sealed
        });
        sealed.collect()
    }

    /// Whether the profile encrypts this parameter, whose name was received.
    fn seals(&self, part: &QueryPart, name: &str) -> bool {
        match part.value {
            QueryValue::Sealed(_) => true,
            QueryValue::ByName(_) => self.selection().takes_member(name),
            QueryValue::None | QueryValue::Plain(_) => false,
        }
    }

    fn cipher(&self) -> Option<&Cipher> {
        self.encryption().map(|enc| enc.cipher())
    }

    fn selection(&self) -> &Selection {
        self.encryption().map_or(&Selection::Nothing, |enc| enc.selection())
    }

    /// The fields' contents by their names.
    fn contents(&self) -> BTreeMap<&str, &FieldContent> {
        self.form().iter().map(|field| (field.name.as_str(), &field.content)).collect()
    }

    fn field_names(&self) -> impl Iterator<Item = &str> {
        self.form().iter().map(|field| field.name.as_str())
    }

    /// The fields of a body that is a form.
    fn form(&self) -> &[Field] {
        match self.parts().body.as_ref().map(|body| &body.kind) {
            Some(BodyKind::Multipart(fields) | BodyKind::Form(fields)) => fields,
            _ => &[],
        }
    }
}

/// Appends a value, with the strings that `selection` takes decrypted.
fn open_value(
    out: &mut Vec<u8>,
    value: Value<'_>,
    place: Pointer<'_>,
    selection: &Selection,
    cipher: Option<&Cipher>,
) -> Result<(), Error> {
    let Some(cipher) = cipher.filter(|_| *selection != Selection::Nothing) else {
        value.write_compact(out);
        return Ok(());
    };
    match value.kind() {
        Kind::Object => {
            out.push(b'{');
            for (index, (name, member)) in value.members().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                push_string(out, name);
                out.push(b':');
                open_value(out, member, place.member(name), &selection.within(name), Some(cipher))?;
            }
            out.push(b'}');
        }
        Kind::Array => {
            out.push(b'[');
            for (index, element) in value.elements().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                open_value(out, element, place.element(index), selection, Some(cipher))?;
            }
            out.push(b']');
        }
        Kind::String if selection.takes_value() => {
            return open_text(out, value.as_str().unwrap_or_default(), place, Some(cipher));
        }
        Kind::Number | Kind::True | Kind::False if selection.takes_value() => {
            return Err(Error::NotEncrypted(vec![place.to_parameter()]));
        }
        _ => value.write_compact(out),
    }
    Ok(())
}

/// Appends a text as a JSON string, decrypted if there is a cipher.
fn open_text(
    out: &mut Vec<u8>,
    text: &str,
    place: Pointer<'_>,
    cipher: Option<&Cipher>,
) -> Result<(), Error> {
    match cipher {
        None => push_string(out, text),
        Some(cipher) => {
            let plaintext =
                cipher.decrypt_text(text).map_err(|error| Error::Parameter(place.to_parameter(), error))?;
            push_string(out, &plaintext);
        }
    }
    Ok(())
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

    #[test]
    fn parameters_that_changed_their_places_are_told_by_their_names() {
        let profile = with_query("to=<t>&k=constant");
        let sealed = profile.cipher().unwrap().encrypt("+91").unwrap();
        let opened = profile.open(format!("k=constant&to={sealed}")).unwrap();
        assert_eq!(opened.json(), r#"{"k":"constant","to":"+91"}"#);
    }

    #[test]
    fn parameters_whose_names_are_filled_in_are_told_by_their_places() {
        let profile = with_query("c=1&<n>=<v>&<m>=constant");
        let record = Record::parse(r#"{"n": "x", "m": "y", "v": "+91"}"#).unwrap();
        let url = profile.callback(&record).unwrap().url;
        assert!(url.ends_with("&y=constant"), "a constant value stays readable: {url}");
        let opened = profile.open(url).unwrap();
        assert_eq!(opened.json(), r#"{"c":"1","x":"+91","y":"constant"}"#);
    }

    #[test]
    fn a_parameter_that_is_there_once_too_often_is_encrypted_in_every_place() {
        let profile = with_query("to=<t>");
        let sealed = profile.cipher().unwrap().encrypt("+91").unwrap();
        let opened = profile.open(format!("to={sealed}&to={sealed}")).unwrap();
        assert_eq!(opened.json(), r#"{"to":["+91","+91"]}"#);
        assert!(profile.open(format!("to={sealed}&to=plain")).is_err());
    }

    #[test]
    fn a_number_above_the_encrypted_place_stays_a_number() {
        let enc = ENC.replace("LY\"", "LY\", \"params\": [\"n.deep\"]");
        let payload = format!(
            r#"{{"title": "deep", "http_method": "POST", "url": "https://example.com/", "body": {{"n": "<n>"}}, {enc}}}"#
        );
        let profile = Profile::parse(payload).unwrap();
        let opened = |received: &str| profile.open(received).map(Opened::into_json);
        assert_eq!(opened(r#"{"n":5}"#), Ok(r#"{"n":5}"#.into()));
        assert_eq!(opened(r#"{"n":{"deep":5}}"#), Err(Error::NotEncrypted(vec!["n.deep".into()])));
    }

    #[test]
    fn a_form_has_as_many_fields_as_json_has_values() {
        let mut options = ParseOptions::default();
        options.limits.nodes = 8;
        let payload = r#"{"title": "form", "http_method": "POST", "url": "https://example.com/", "body": {},
            "headers": {"content-type": "application/x-www-form-urlencoded"}}"#;
        let profile = Profile::parse_with(payload, &options).unwrap();
        let form = |fields: usize| profile.open(vec!["a=1"; fields].join("&")).map(Opened::into_json);
        assert_eq!(form(8), Ok(r#"{"a":["1","1","1","1","1","1","1","1"]}"#.into()));
        for fields in [9, 10] {
            let refusal = form(fields).unwrap_err().to_string();
            assert!(refusal.contains("more than 8 values"), "{refusal}");
        }
    }
}
