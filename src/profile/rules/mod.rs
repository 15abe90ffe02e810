//! The rules of a payload in their order: required members first, then member by member; all violations, none twice.
//!
//! One file per member. Each has a `check` that gives back the member's value or [`Refused`], the proof that it added a
//! violation. Checking borrows and copies nothing, so that it costs little more than reading the JSON;
//! `profile/compile.rs` makes a profile of what was checked.
//!
//! `\[D\]` marks what the platform documents; what has no mark is decided here, because the documents are silent.

mod body;
mod channel;
mod context;
mod enc;
mod enc_members;
mod events;
mod headers;
mod matched;
mod message;
mod method;
mod params;
mod sealed;
mod title;
mod url;

pub(super) use context::{Shape, Source};
pub(crate) use enc::KEY_PATTERN;
pub(super) use enc::{CheckedDocumented, CheckedEnc};
pub(super) use sealed::CheckedSealed;
pub(super) use sealed::is_kid;
pub(crate) use sealed::{KID_PATTERN, MAX_KID_LEN, SEALED_ALGORITHMS, SEALING_KEY_PATTERN};
pub(crate) use title::TITLE_PATTERN;

use context::Check;
use events::CheckedEvents;
use url::CheckedUrl;

use super::channel::Channel;
use super::method::Method;
use super::options::ParseOptions;
use super::payload::{MEMBERS, Payload, STORED_MEMBERS};
use crate::body::ContentKind;
use crate::json::{Kind, Value};
use crate::replacer::has_names;
use crate::report::{Advisory, AdvisoryCode, Pointer, Refused, Rule, Violations};

/// A payload that obeys the rules, borrowed from its text.
pub(super) struct Checked<'d> {
    pub(super) title: &'d str,
    pub(super) method: Method,
    pub(super) url: CheckedUrl<'d>,
    pub(super) body: Option<Source<'d>>,
    pub(super) message: Option<&'d str>,
    pub(super) headers: Option<Source<'d>>,
    pub(super) enc: Option<CheckedEnc<'d>>,
    pub(super) channel: Channel,
    pub(super) events: Option<CheckedEvents<'d>>,
    /// Empty if they are not wanted.
    pub(super) advisories: Vec<Advisory>,
}

/// Checks a payload, with or without noting advisories.
pub(super) fn check<'d>(
    root: Value<'d>,
    shape: Shape,
    options: &ParseOptions,
    notes: bool,
) -> Result<Checked<'d>, Violations> {
    let mut check = Check::new(shape, options, notes);
    match check.payload(root) {
        Ok(checked) => Ok(Checked { advisories: check.take_advisories(), ..checked }),
        Err(_) => Err(check.violations),
    }
}

impl Check<'_> {
    fn payload<'d>(&mut self, root: Value<'d>) -> Result<Checked<'d>, Refused> {
        let pointer = Pointer::Root;
        if root.kind() != Kind::Object {
            return Err(self.violations.add(pointer, Rule::type_is("object")));
        }
        let mut payload = Payload::of(root);
        if self.is_stored() {
            payload.unknown.retain(|name| !STORED_MEMBERS.contains(name));
            payload.drop_nulls();
        }
        let title = self.required(payload.title, "title");
        let method = self.required(payload.http_method, "http_method");
        let url = self.required(payload.url, "url");
        self.conditionally_required(&payload);
        self.unknown_members(&payload.unknown, &MEMBERS, pointer);

        let title = title.and_then(|value| title::check(value, pointer.member("title"), self));
        let method = method.and_then(|value| method::check(value, pointer.member("http_method"), self));
        if let Ok(method) = &method {
            self.sends_body = method.has_body();
        }
        let content_type = payload.headers.and_then(|value| headers::content_type(value, self));
        self.content_kind = content_type.map_or(ContentKind::Json, |content_type| content_type.kind());
        let url = url.and_then(|value| url::check(value, pointer.member("url"), self));
        let body = self.optional(payload.body, "body", body::check);
        let message = self.optional(payload.response_message, "response_message", message::check);
        let headers = self.optional(payload.headers, "headers", headers::check);
        let enc = self.optional(payload.enc, "enc", enc::check);
        if let (Ok(enc), Ok(url), Ok(body)) = (&enc, &url, &body) {
            let body = body.as_ref().map(Source::object);
            if let Some(enc) = enc {
                params::check(enc, url.parts.query, body, self);
            }
            match enc {
                Some(CheckedEnc::Sealed(_)) => {
                    let headers = headers.as_ref().ok().and_then(Option::as_ref);
                    sealed::check_template(url, body, headers, self);
                }
                _ if self.options.signed && self.sends_body && url.parts.query.is_some_and(has_names) => {
                    self.note(AdvisoryCode::UnsignedTarget, pointer.member("url"));
                }
                _ => {}
            }
        }
        let channel = self.optional(payload.channel, "channel", channel::check);
        let channel = channel.map(Option::unwrap_or_default);
        let events = match channel {
            Ok(channel) => self.optional(payload.events, "events", |value, pointer, check| {
                events::check(value, channel, pointer, check)
            }),
            // An unknown channel has no rules for its events.
            Err(_) => Ok(None),
        };

        let (title, method, url, channel) = (title?, method?, url?, channel?);
        let (body, message, headers, enc, events) = (body?, message?, headers?, enc?, events?);
        if body.is_some() && !method.has_body() {
            self.note(AdvisoryCode::UnusedBody, pointer.member("body"));
        }
        if message.is_some() && channel == Channel::Sms {
            self.note(AdvisoryCode::UnusedResponseMessage, pointer.member("response_message"));
        }
        self.violations.none_since(0)?;
        let advisories = Vec::new();
        Ok(Checked { title, method, url, body, message, headers, enc, channel, events, advisories })
    }

    /// The member, or a violation.
    fn required<'d>(&mut self, member: Option<Value<'d>>, name: &str) -> Result<Value<'d>, Refused> {
        member.ok_or_else(|| self.violations.add(Pointer::Root, Rule::required(name)))
    }

    /// The members that another member makes required.
    fn conditionally_required<'d>(&mut self, payload: &Payload<'d>) {
        let text = |value: Option<Value<'d>>| value.and_then(Value::as_str);
        let method = text(payload.http_method).and_then(|name| method::named(name, self));
        let needs_events = text(payload.channel) == Some(Channel::Sms.name()) && !self.is_stored();
        if method.is_some_and(Method::has_body) && payload.body.is_none() {
            self.violations.add(Pointer::Root, Rule::required("body"));
        }
        if needs_events && payload.events.is_none() {
            self.violations.add(Pointer::Root, Rule::required("events"));
        }
    }

    /// `None` for an absent member.
    fn optional<'d, T>(
        &mut self,
        member: Option<Value<'d>>,
        name: &str,
        check: impl FnOnce(Value<'d>, Pointer<'_>, &mut Self) -> Result<T, Refused>,
    ) -> Result<Option<T>, Refused> {
        member.map(|value| check(value, Pointer::Root.member(name), self)).transpose()
    }
}
