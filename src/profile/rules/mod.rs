//! The rules of SPEC §2 in their order: required members, then the members one by one; all violations, none twice.
//!
//! One file per member. Checking borrows and copies nothing, so that a check costs little more than reading the JSON;
//! `profile/compile.rs` makes a profile of what was checked.

mod body;
mod channel;
mod context;
mod enc;
mod headers;
mod message;
mod method;
mod title;
mod url;

pub(crate) use channel::CheckedEvents;
pub(crate) use context::{Shape, Source};
pub(crate) use enc::{CheckedEnc, KEY_PATTERN};
pub(crate) use title::TITLE_PATTERN;
pub(crate) use url::CheckedUrl;

use context::Check;

use super::channel::Channel;
use super::method::{self as http_method, Method};
use super::options::ParseOptions;
use super::payload::{Payload, STORED_MEMBERS};
use crate::json::{Kind, Value};
use crate::report::{Advisory, AdvisoryCode, Pointer, Rule, Violations};

/// A payload that obeys the rules, borrowed from its text.
pub(crate) struct Checked<'d> {
    pub(crate) title: &'d str,
    pub(crate) method: Method,
    pub(crate) url: CheckedUrl<'d>,
    pub(crate) body: Option<Source<'d>>,
    pub(crate) message: Option<&'d str>,
    pub(crate) headers: Option<Source<'d>>,
    pub(crate) enc: Option<CheckedEnc<'d>>,
    /// The enc member as it was sent.
    pub(crate) enc_member: Option<Value<'d>>,
    pub(crate) channel: Channel,
    pub(crate) events: Option<CheckedEvents<'d>>,
    /// Empty if they were not asked for.
    pub(crate) advisories: Vec<Advisory>,
}

/// Judges a payload, with or without noting advisories. `Err` is at least one violation.
pub(crate) fn check<'d>(
    root: Value<'d>,
    shape: Shape,
    options: &ParseOptions,
    notes: bool,
) -> Result<Checked<'d>, Violations> {
    let mut check = Check::new(shape, options, notes);
    match check.payload(root) {
        Some(checked) if check.violations.is_empty() => {
            Ok(Checked { advisories: check.take_advisories(), ..checked })
        }
        _ => Err(check.violations.or_unjudged()),
    }
}

impl Check<'_> {
    fn payload<'d>(&mut self, root: Value<'d>) -> Option<Checked<'d>> {
        let place = Pointer::Root;
        if root.kind() != Kind::Object {
            self.violations.add(place, Rule::type_is("object"));
            return None;
        }
        let mut payload = Payload::of(root);
        if self.is_stored() {
            payload.unknown.retain(|name| !STORED_MEMBERS.contains(name));
            payload.drop_nulls();
        }
        self.required(&payload);
        self.unknown_members(&payload.unknown, place);

        let title = payload.title.and_then(|value| title::check(value, place.member("title"), self));
        let method =
            payload.http_method.and_then(|value| method::check(value, place.member("http_method"), self));
        let url = payload.url.and_then(|value| url::check(value, place.member("url"), self));
        let body = self.optional(payload.body, "body", body::check);
        let message = self.optional(payload.response_message, "response_message", message::check);
        let headers = self.optional(payload.headers, "headers", headers::check);
        let enc = self.optional(payload.enc, "enc", enc::check);
        let channel = self.optional(payload.channel, "channel", channel::check);
        let events = match (payload.events, channel) {
            (Some(value), Some(channel)) => {
                let channel = channel.unwrap_or_default();
                channel::check_events(value, channel, place.member("events"), self).map(Some)
            }
            // An unknown channel has no rules for its events.
            (Some(_), None) => None,
            (None, _) => Some(None),
        };

        let (method, channel, headers, enc) = (method?, channel?.unwrap_or_default(), headers?, enc?);
        let (body, url, message) = (body?, url?, message?);
        if body.is_some() && !method.has_body() {
            self.note(AdvisoryCode::UnusedBody, place.member("body"));
        }
        if message.is_some() && channel == Channel::Sms {
            self.note(AdvisoryCode::UnusedResponseMessage, place.member("response_message"));
        }
        Some(Checked {
            title: title?,
            method,
            url,
            body,
            message,
            headers,
            enc,
            enc_member: payload.enc,
            channel,
            events: events?,
            advisories: Vec::new(),
        })
    }

    /// Required members, in the order of the table.
    fn required<'d>(&mut self, payload: &Payload<'d>) {
        let text = |value: Option<Value<'d>>| value.and_then(Value::as_str);
        let method = text(payload.http_method).and_then(|name| http_method::named(name, self.is_stored()));
        let sends_body = method.is_some_and(Method::has_body);
        let needs_events = text(payload.channel) == Some(Channel::Sms.name()) && !self.is_stored();
        for (name, member, required) in [
            ("title", payload.title, true),
            ("http_method", payload.http_method, true),
            ("url", payload.url, true),
            ("body", payload.body, sends_body),
            ("events", payload.events, needs_events),
        ] {
            if required && member.is_none() {
                self.violations.add(Pointer::Root, Rule::required(name));
            }
        }
    }

    /// `Some(None)` for an absent member, `None` for a refused one.
    fn optional<'d, T>(
        &mut self,
        member: Option<Value<'d>>,
        name: &str,
        judge: impl FnOnce(Value<'d>, Pointer<'_>, &mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        match member {
            None => Some(None),
            Some(value) => judge(value, Pointer::Root.member(name), self).map(Some),
        }
    }
}
