//! The API's response JSON: code, message, data, error, status, in this order. \[D\]

use std::fmt::Display;

use crate::json::{ArrayWriter, Document, Kind, ObjectWriter, Output, Value, push_string};
use crate::limits::Limits;
use crate::profile::{Profile, StoredProfile, write_enc};
use crate::report::{ErrorCode, Pointer, Report, Rule, Violations};
use crate::secrets::Secrets;
use crate::visible::visible;
use crate::wiped::WipedText;

/// A response of the callback-profiles API.
///
/// ```
/// use callback_profile::{Envelope, Profile};
/// let report = Profile::parse("{}").unwrap_err();
/// let envelope = Envelope::refused(&report);
/// assert_eq!((envelope.code(), envelope.status()), ("RBC302", 400));
/// assert!(envelope.to_json().starts_with(r#"{"code":"RBC302","message":"body must have required property 'title'""#));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    code: String,
    message: String,
    /// Compact JSON; wiped, since it can hold key and IV.
    data: WipedText,
    /// Compact JSON.
    error: String,
    status: u16,
}

/// Every success. \[D\]
const DONE: &str = "RBC024";
/// Every refusal. \[D\]
const REFUSED: &str = "RBC302";

impl Envelope {
    /// 201: the profile was created. `profile_id` is null in the data if not given.
    pub fn created(profile: &Profile, profile_id: Option<&str>, secrets: Secrets) -> Envelope {
        Envelope::done("Profile created successfully", created_data(profile, profile_id, secrets), 201)
    }

    /// 200: the profile was changed. The data is that of [`created`](Self::created); the documents show none.
    pub fn updated(profile: &Profile, profile_id: Option<&str>, secrets: Secrets) -> Envelope {
        Envelope::done("Profile updated successfully", created_data(profile, profile_id, secrets), 200)
    }

    /// 200: the profile was fetched. `headers`, `body` and `events` are JSON strings in the data. \[D\]
    pub fn fetched(stored: &StoredProfile, secrets: Secrets) -> Envelope {
        Envelope::done("Profile fetched successfully", fetched_data(stored, secrets), 200)
    }

    /// 200: the data is a list of stored profiles, each as in [`fetched`](Self::fetched). The documents show none.
    pub fn listed<'s>(stored: impl IntoIterator<Item = &'s StoredProfile>, secrets: Secrets) -> Envelope {
        let mut data = WipedText::default();
        let mut list = ArrayWriter::new(&mut data);
        for stored in stored {
            list.element().append(fetched_data(stored, secrets).as_str());
        }
        list.finish();
        Envelope::done("Profiles fetched successfully", data, 200)
    }

    /// 200: the profile was deleted.
    pub fn deleted(profile_id: &str) -> Envelope {
        let mut data = WipedText::default();
        push_object(&mut data, "profileId", profile_id);
        Envelope::done("Profile deleted successfully", data, 200)
    }

    /// 400: the payload, patch, stored profile or request was refused.
    pub fn refused(report: &Report) -> Envelope {
        let violations = report.violations().iter();
        let errors = violations.map(|violation| (violation.context.name(), violation.message.as_str()));
        Envelope::failed(report.message(), errors, 400)
    }

    /// 404: no profile has this id.
    pub fn not_found(profile_id: &str) -> Envelope {
        let error = format!("No profile exists with id: {}", visible(profile_id));
        Envelope::failed("No profile exists with this id", [("params", error.as_str())].into_iter(), 404)
    }

    /// 400: a received callback could not be opened. `error` is what [`Profile::open`] failed with, whose message holds no
    /// key and no value.
    ///
    /// ```
    /// use callback_profile::{Envelope, Profile};
    /// let profile = Profile::parse(r#"{"title": "Delivery status", "http_method": "POST",
    ///     "url": "https://example.com/sms", "body": {"status": "<status>"}}"#)?;
    /// let envelope = Envelope::not_opened(profile.open("{").unwrap_err());
    /// assert_eq!((envelope.code(), envelope.status()), ("RBC302", 400));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn not_opened(error: impl Display) -> Envelope {
        let message = error.to_string();
        Envelope::failed(&message, [("body", message.as_str())].into_iter(), 400)
    }

    /// Reads an envelope of at most 256 KiB. `data` and `error` may be any JSON value.
    ///
    /// # Errors
    /// A [`Report`] with the code [`ErrorCode::InvalidEnvelope`].
    pub fn parse(json: impl AsRef<[u8]>) -> Result<Envelope, Report> {
        Envelope::parse_with(json, &Limits::default())
    }

    /// Reads an envelope within these limits. One that lists many violations may be longer than the default.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse).
    pub fn parse_with(json: impl AsRef<[u8]>, limits: &Limits) -> Result<Envelope, Report> {
        parse(json.as_ref(), limits).map_err(|violations| violations.into_report(ErrorCode::InvalidEnvelope))
    }

    /// `RBC024` or `RBC302` where this library made the envelope; what was sent where it was parsed.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// One sentence on what happened.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The data as compact JSON.
    pub fn data(&self) -> &str {
        self.data.as_str()
    }

    /// The error as compact JSON: `{}` in a success.
    pub fn error(&self) -> &str {
        &self.error
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The envelope as compact JSON.
    pub fn to_json(&self) -> String {
        let mut json = WipedText::default();
        let mut object = ObjectWriter::new(&mut json);
        push_string(object.member("code"), &self.code);
        push_string(object.member("message"), &self.message);
        object.member("data").append(self.data());
        object.member("error").append(&self.error);
        object.member("status").append(&self.status.to_string());
        object.finish();
        json.into_string()
    }

    fn done(message: &str, data: WipedText, status: u16) -> Envelope {
        Envelope { code: DONE.to_owned(), message: message.to_owned(), data, error: "{}".to_owned(), status }
    }

    /// The errors are pairs of context and message, each an object.
    fn failed<'e>(message: &str, errors: impl Iterator<Item = (&'e str, &'e str)>, status: u16) -> Envelope {
        let mut error = String::new();
        let mut array = ArrayWriter::new(&mut error);
        for (context, message) in errors {
            push_object(array.element(), context, message);
        }
        array.finish();
        let mut data = WipedText::default();
        data.append("{}");
        Envelope { code: REFUSED.to_owned(), message: message.to_owned(), data, error, status }
    }
}

/// Shows neither data nor error, which may hold keys and names.
impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Envelope")
            .field("code", &self.code)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

fn parse(json: &[u8], limits: &Limits) -> Result<Envelope, Violations> {
    let document = Document::read(json, limits).map_err(|error| Violations::of_json(&error))?;
    let mut violations = Violations::new(limits.violations);
    let (pointer, root) = (Pointer::Root, document.root());
    if root.kind() != Kind::Object {
        violations.add(pointer, Rule::type_is("object"));
        return Err(violations);
    }
    for name in ["code", "message", "data", "error", "status"] {
        if root.get(name).is_none() {
            violations.add(pointer, Rule::required(name));
        }
    }
    let text = |name: &str| root.get(name).and_then(Value::as_str);
    let status = root.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    for (name, expected, is_wrong) in [
        ("code", "string", text("code").is_none()),
        ("message", "string", text("message").is_none()),
        ("status", "integer", status.is_none()),
    ] {
        if is_wrong && root.get(name).is_some() {
            violations.add(pointer.member(name), Rule::type_is(expected));
        }
    }
    match (text("code"), text("message"), root.get("data"), root.get("error"), status) {
        (Some(code), Some(message), Some(data), Some(error), Some(status)) => Ok(Envelope {
            code: code.to_owned(),
            message: message.to_owned(),
            data: compact(data),
            error: error.to_compact(),
            status,
        }),
        _ => Err(violations),
    }
}

fn compact(value: Value<'_>) -> WipedText {
    let mut json = WipedText::default();
    value.write_compact(&mut json);
    json
}

/// The members of the created response, in the documents' order. \[D\]
fn created_data(profile: &Profile, profile_id: Option<&str>, secrets: Secrets) -> WipedText {
    let texts = Texts::of(profile);
    let mut json = WipedText::default();
    let mut data = ObjectWriter::new(&mut json);
    push_string(data.member("title"), profile.title());
    push_string(data.member("http_method"), profile.method().name());
    push_string(data.member("url"), profile.url());
    data.member("body").append(profile.body().unwrap_or("null"));
    push_enc(data.member("enc"), profile, secrets);
    push_string(data.member("headers"), &texts.headers);
    push_replacers(data.member("replacers"), profile);
    push_text(data.member("response_message"), profile.response_message());
    push_string(data.member("channel"), profile.channel().name());
    push_string(data.member("events"), &texts.events);
    push_text(data.member("profile_id"), profile_id);
    data.member("status").append("1");
    data.finish();
    json
}

/// The members of the fetched response, in the documents' order. \[D\]
fn fetched_data(stored: &StoredProfile, secrets: Secrets) -> WipedText {
    let profile = stored.profile();
    let texts = Texts::of(profile);
    let status = stored.status().map(|status| status.number().to_string());
    let mut json = WipedText::default();
    let mut data = ObjectWriter::new(&mut json);
    push_text(data.member("profile_id"), stored.profile_id());
    push_string(data.member("title"), profile.title());
    push_string(data.member("url"), profile.url());
    push_string(data.member("http_method"), profile.method().name());
    push_string(data.member("headers"), &texts.headers);
    push_text(data.member("body_type"), stored.body_type());
    push_text(data.member("body"), profile.body());
    data.member("status").append(status.as_deref().unwrap_or("null"));
    push_text(data.member("created_at"), stored.created_at());
    push_text(data.member("modified_at"), stored.modified_at());
    push_enc(data.member("enc"), profile, secrets);
    push_text(data.member("response_message"), profile.response_message());
    push_string(data.member("channel"), profile.channel().name());
    push_string(data.member("events"), &texts.events);
    data.member("dynamic_variables").append(stored.dynamic_variables().unwrap_or("null"));
    push_replacers(data.member("replacers"), profile);
    data.finish();
    json
}

/// What is JSON within a JSON string in every response. \[D\]
#[derive(Default)]
struct Texts {
    headers: String,
    events: String,
}

impl Texts {
    fn of(profile: &Profile) -> Texts {
        let mut texts = Texts::default();
        profile.write_headers(&mut texts.headers);
        profile.write_events(&mut texts.events);
        texts
    }
}

fn push_enc(out: &mut impl Output, profile: &Profile, secrets: Secrets) {
    match profile.any_encryption() {
        Some(enc) => write_enc(out, enc, secrets),
        None => out.append("null"),
    }
}

fn push_replacers(out: &mut impl Output, profile: &Profile) {
    let mut object = ObjectWriter::new(out);
    for (label, field) in profile.replacers() {
        push_string(object.member(label), field);
    }
    object.finish();
}

/// A string, or null.
fn push_text(out: &mut impl Output, text: Option<&str>) {
    match text {
        Some(text) => push_string(out, text),
        None => out.append("null"),
    }
}

/// An object of one member, a string.
fn push_object(out: &mut impl Output, name: &str, text: &str) {
    let mut object = ObjectWriter::new(out);
    push_string(object.member(name), text);
    object.finish();
}
