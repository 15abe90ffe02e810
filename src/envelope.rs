//! The API's response JSON: code, message, data, error, status, in this order. SPEC §3.

use zeroize::Zeroizing;

use crate::json::{Document, Kind, Value, push_string};
use crate::limits::Limits;
use crate::profile::{Profile, StoredProfile, enc_json};
use crate::report::{ErrorCode, Report};
use crate::secrets::Secrets;

/// A response of the callback-profiles API.
///
/// ```
/// use callback_profile::{Envelope, Profile};
/// let report = Profile::parse("{}").unwrap_err();
/// let envelope = Envelope::refused(&report);
/// assert_eq!((envelope.code(), envelope.status()), ("RBC302", 400));
/// assert!(envelope.to_json().starts_with(r#"{"code":"RBC302","message":"body must have required property 'title'""#));
/// ```
pub struct Envelope {
    code: String,
    message: String,
    /// Compact JSON; wiped, since it can hold key and IV.
    data: Zeroizing<String>,
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
        let data = created_data(profile, profile_id, 1, secrets);
        Envelope::done("Profile created successfully", data, 201)
    }

    /// 200: the profile was changed. The data is that of [`created`](Self::created). SPEC §3 \[N\]
    pub fn updated(profile: &Profile, profile_id: Option<&str>, secrets: Secrets) -> Envelope {
        let data = created_data(profile, profile_id, 1, secrets);
        Envelope::done("Profile updated successfully", data, 200)
    }

    /// 200: the profile was fetched. `headers`, `body` and `events` are JSON strings in the data. \[D\]
    pub fn fetched(stored: &StoredProfile, secrets: Secrets) -> Envelope {
        Envelope::done("Profile fetched successfully", fetched_data(stored, secrets), 200)
    }

    /// 200: the profile was deleted.
    pub fn deleted(profile_id: &str) -> Envelope {
        let mut data = Members::new();
        data.text("profileId", Some(profile_id));
        Envelope::done("Profile deleted successfully", data.finish(), 200)
    }

    /// 400: the payload, patch or request was refused.
    pub fn refused(report: &Report) -> Envelope {
        let mut error = Vec::from(b"[");
        for violation in report.violations() {
            if error.len() > 1 {
                error.push(b',');
            }
            let mut object = Members::new();
            object.text(violation.context.name(), Some(&violation.message));
            error.extend_from_slice(&object.finish());
        }
        error.push(b']');
        Envelope::failed(report.message(), error, 400)
    }

    /// 404: no profile has this id.
    pub fn not_found(profile_id: &str) -> Envelope {
        let mut object = Members::new();
        object.text("params", Some(&format!("No profile exists with id: {profile_id}")));
        let mut error = Vec::from(b"[");
        error.extend_from_slice(&object.finish());
        error.push(b']');
        Envelope::failed("No profile exists with this id", error, 404)
    }

    /// Reads an envelope of at most 256 KiB. `data` and `error` may be any JSON value.
    ///
    /// Errors: a [`Report`] with the code [`ErrorCode::InvalidEnvelope`].
    pub fn parse(json: impl AsRef<[u8]>) -> Result<Envelope, Report> {
        parse(json.as_ref()).map_err(|violations| violations.into_refusal(ErrorCode::InvalidEnvelope))
    }

    /// `RBC024` or `RBC302` from us; anything from others.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The data as compact JSON.
    pub fn data(&self) -> &str {
        &self.data
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
        let mut members = Members::new();
        members.text("code", Some(&self.code));
        members.text("message", Some(&self.message));
        members.json("data", self.data.as_bytes());
        members.json("error", self.error.as_bytes());
        members.json("status", self.status.to_string().as_bytes());
        into_text(std::mem::take(&mut *members.finish()))
    }

    fn done(message: &str, data: Zeroizing<Vec<u8>>, status: u16) -> Envelope {
        let data = Zeroizing::new(std::str::from_utf8(&data).unwrap_or_default().to_owned());
        Envelope { code: DONE.to_owned(), message: message.to_owned(), data, error: "{}".to_owned(), status }
    }

    fn failed(message: &str, error: Vec<u8>, status: u16) -> Envelope {
        let data = Zeroizing::new("{}".to_owned());
        Envelope {
            code: REFUSED.to_owned(),
            message: message.to_owned(),
            data,
            error: into_text(error),
            status,
        }
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

fn parse(json: &[u8]) -> Result<Envelope, crate::report::Violations> {
    use crate::report::{Pointer, Rule};
    let limits = Limits::default();
    let mut violations = crate::report::Violations::new(limits.violations);
    let document = match Document::read(json, &limits) {
        Ok(document) => document,
        Err(error) => {
            violations.add_json(&error);
            return Err(violations);
        }
    };
    let (place, root) = (Pointer::Root, document.root());
    if root.kind() != Kind::Object {
        violations.add(place, Rule::type_is("object"));
        return Err(violations);
    }
    for name in ["code", "message", "data", "error", "status"] {
        if root.get(name).is_none() {
            violations.add(place, Rule::required(name));
        }
    }
    let text = |name: &str| root.get(name).and_then(Value::as_str);
    let status = root.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    for (name, is_wrong) in [
        ("code", text("code").is_none()),
        ("message", text("message").is_none()),
        ("status", status.is_none()),
    ] {
        if is_wrong && root.get(name).is_some() {
            let expected = if name == "status" { "integer" } else { "string" };
            violations.add(place.member(name), Rule::type_is(expected));
        }
    }
    match (text("code"), text("message"), root.get("data"), root.get("error"), status) {
        (Some(code), Some(message), Some(data), Some(error), Some(status)) => Ok(Envelope {
            code: code.to_owned(),
            message: message.to_owned(),
            data: Zeroizing::new(data.to_compact()),
            error: error.to_compact(),
            status,
        }),
        _ => Err(violations),
    }
}

/// The members of the created response, in the documents' order. \[D\]
fn created_data(profile: &Profile, id: Option<&str>, status: u8, secrets: Secrets) -> Zeroizing<Vec<u8>> {
    let mut data = Members::new();
    data.text("title", Some(profile.title()));
    data.text("http_method", Some(profile.method().name()));
    data.text("url", Some(profile.url()));
    data.json("body", profile.body().unwrap_or("null").as_bytes());
    data.enc(profile, secrets);
    data.text_bytes("headers", &profile.headers_json());
    data.json("replacers", &replacers_json(profile));
    data.text("response_message", profile.response_message());
    data.text("channel", Some(profile.channel().name()));
    data.text_bytes("events", &profile.events_json());
    data.text("profile_id", id);
    data.json("status", status.to_string().as_bytes());
    data.finish()
}

/// The members of the fetched response, in the documents' order. \[D\]
fn fetched_data(stored: &StoredProfile, secrets: Secrets) -> Zeroizing<Vec<u8>> {
    let profile = stored.profile();
    let mut data = Members::new();
    data.text("profile_id", stored.profile_id());
    data.text("title", Some(profile.title()));
    data.text("url", Some(profile.url()));
    data.text("http_method", Some(profile.method().name()));
    data.text_bytes("headers", &profile.headers_json());
    data.text("body_type", stored.body_type());
    data.text("body", profile.body());
    match stored.status() {
        Some(status) => data.json("status", status.number().to_string().as_bytes()),
        None => data.json("status", b"null"),
    }
    data.text("created_at", stored.created_at());
    data.text("modified_at", stored.modified_at());
    data.enc(profile, secrets);
    data.text("response_message", profile.response_message());
    data.text("channel", Some(profile.channel().name()));
    data.text_bytes("events", &profile.events_json());
    data.json("dynamic_variables", stored.dynamic_variables().unwrap_or("null").as_bytes());
    data.json("replacers", &replacers_json(profile));
    data.finish()
}

fn replacers_json(profile: &Profile) -> Vec<u8> {
    let mut replacers = Members::new();
    for (label, field) in profile.replacers() {
        replacers.text(label, Some(field));
    }
    std::mem::take(&mut *replacers.finish())
}

fn into_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

/// An object being written.
struct Members {
    out: Zeroizing<Vec<u8>>,
}

impl Members {
    fn new() -> Members {
        Members { out: Zeroizing::new(Vec::from(b"{")) }
    }

    fn name(&mut self, name: &str) {
        if self.out.len() > 1 {
            self.out.push(b',');
        }
        push_string(&mut *self.out, name);
        self.out.push(b':');
    }

    /// A member that is JSON already.
    fn json(&mut self, name: &str, json: &[u8]) {
        self.name(name);
        // Never grown in place by the allocator with a key inside: the new room is a new buffer, the old one wiped.
        let room = self.out.len().saturating_add(json.len());
        if room > self.out.capacity() {
            let mut longer = Zeroizing::new(Vec::with_capacity(room.saturating_mul(2)));
            longer.extend_from_slice(&self.out);
            self.out = longer;
        }
        self.out.extend_from_slice(json);
    }

    /// A string member, or null.
    fn text(&mut self, name: &str, text: Option<&str>) {
        match text {
            Some(text) => self.text_bytes(name, text.as_bytes()),
            None => self.json(name, b"null"),
        }
    }

    /// A string member whose text is UTF-8 bytes, JSON text for one.
    fn text_bytes(&mut self, name: &str, text: &[u8]) {
        let mut json = Vec::new();
        push_string(&mut json, std::str::from_utf8(text).unwrap_or_default());
        self.json(name, &json);
    }

    fn enc(&mut self, profile: &Profile, secrets: Secrets) {
        match profile.encryption() {
            Some(enc) => self.json("enc", &enc_json(enc, secrets)),
            None => self.json("enc", b"null"),
        }
    }

    fn finish(mut self) -> Zeroizing<Vec<u8>> {
        self.out.push(b'}');
        self.out
    }
}
