//! The wire shape: the members of a payload, found by name, not yet checked.

use crate::json::{Kind, Value};

/// The members that a create payload can have, in the documented order.
pub(crate) const MEMBERS: [&str; 9] =
    ["title", "http_method", "url", "body", "response_message", "headers", "enc", "channel", "events"];

/// What only a stored profile has; `dynamic_variables` and `replacers` may be any JSON value.
pub(crate) const STORED_MEMBERS: [&str; 8] = [
    "profile_id",
    "profileId",
    "status",
    "body_type",
    "dynamic_variables",
    "created_at",
    "modified_at",
    "replacers",
];

/// The members of a payload; absent ones are `None`.
#[derive(Default)]
pub(crate) struct Payload<'d> {
    pub(crate) title: Option<Value<'d>>,
    pub(crate) http_method: Option<Value<'d>>,
    pub(crate) url: Option<Value<'d>>,
    pub(crate) body: Option<Value<'d>>,
    pub(crate) response_message: Option<Value<'d>>,
    pub(crate) headers: Option<Value<'d>>,
    pub(crate) enc: Option<Value<'d>>,
    pub(crate) channel: Option<Value<'d>>,
    pub(crate) events: Option<Value<'d>>,
    /// The names of all others.
    pub(crate) unknown: Vec<&'d str>,
}

impl<'d> Payload<'d> {
    /// One pass over the members of an object.
    pub(crate) fn of(object: Value<'d>) -> Payload<'d> {
        let mut payload = Payload::default();
        for (name, value) in object.members() {
            match payload.slot(name) {
                Some(slot) => *slot = Some(value),
                None => payload.unknown.push(name),
            }
        }
        payload
    }

    /// Stored profiles show absent members as null. \[D\]
    pub(crate) fn drop_nulls(&mut self) {
        for name in MEMBERS {
            if let Some(slot) = self.slot(name) {
                *slot = slot.filter(|value| value.kind() != Kind::Null);
            }
        }
    }

    fn slot(&mut self, name: &str) -> Option<&mut Option<Value<'d>>> {
        Some(match name {
            "title" => &mut self.title,
            "http_method" => &mut self.http_method,
            "url" => &mut self.url,
            "body" => &mut self.body,
            "response_message" => &mut self.response_message,
            "headers" => &mut self.headers,
            "enc" => &mut self.enc,
            "channel" => &mut self.channel,
            "events" => &mut self.events,
            _ => return None,
        })
    }
}
