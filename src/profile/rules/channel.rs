//! `channel` and `events`: what the profile serves.

use super::context::Check;
use crate::json::{Document, Kind, Value};
use crate::profile::channel::{Channel, MISSPELT_DEFAULT, SMS_EVENT};
use crate::report::{Pointer, Rule};

pub(crate) fn check(value: Value<'_>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<Channel> {
    let channel = match check.string(value, place) {
        Some(MISSPELT_DEFAULT) => Some(Channel::Default),
        Some(text) => Channel::ALL.iter().find(|channel| channel.name() == text).copied(),
        None => None,
    };
    match (channel, check.fixed_channel()) {
        (None, _) => check.violations.add(place, Rule::one_of_the_allowed_values()),
        (Some(channel), Some(fixed)) if channel != fixed => {
            check.violations.add(place, Rule::new("immutable", "must NOT be changed"));
        }
        _ => {}
    }
    channel
}

/// Events that obey the rules, wherever they were written.
pub(crate) enum CheckedEvents<'d> {
    /// Null.
    None,
    /// One bare string.
    One(&'d str),
    /// As a JSON array.
    List(Value<'d>),
    /// As a string that holds one.
    Text(Box<Document<'d>>),
}

impl CheckedEvents<'_> {
    /// The names; stored profiles hold `[""]` for none. \[D\]
    pub(crate) fn to_list(&self) -> Vec<String> {
        let list = match self {
            CheckedEvents::None => return Vec::new(),
            CheckedEvents::One(event) => {
                return Some(*event)
                    .filter(|event| !event.is_empty())
                    .map(str::to_owned)
                    .into_iter()
                    .collect();
            }
            CheckedEvents::List(list) => *list,
            CheckedEvents::Text(document) => document.root(),
        };
        let names = list.elements().filter_map(Value::as_str);
        names.filter(|event| !event.is_empty()).map(str::to_owned).collect()
    }
}

/// Judges the events: an array of strings, one bare string, or a string that holds an array. \[D\]
pub(crate) fn check_events<'d>(
    value: Value<'d>,
    channel: Channel,
    place: Pointer<'_>,
    check: &mut Check<'_>,
) -> Option<CheckedEvents<'d>> {
    let sms = channel == Channel::Sms;
    let before = check.violations.found();
    let events = match value.kind() {
        Kind::Array => {
            check_list(value, sms, place, check);
            CheckedEvents::List(value)
        }
        Kind::Null if !sms || check.is_stored() => CheckedEvents::None,
        Kind::String => {
            let text = value.as_str().unwrap_or_default();
            if !text.trim_ascii_start().starts_with('[') {
                check_event(value, sms, place, check);
                CheckedEvents::One(text)
            } else {
                match Document::read(text.as_bytes(), &check.options.limits) {
                    Ok(document) => {
                        check_list(document.root(), sms, place, check);
                        CheckedEvents::Text(Box::new(document))
                    }
                    Err(error) => {
                        let text = format!("must be a string that holds a JSON array: {error}");
                        check.violations.add(place, Rule::new("json", text));
                        return None;
                    }
                }
            }
        }
        _ => {
            check.violations.add(place, Rule::type_is(if sms { "array" } else { "array,null" }));
            return None;
        }
    };
    (check.violations.found() == before).then_some(events)
}

fn check_list(list: Value<'_>, sms: bool, place: Pointer<'_>, check: &mut Check<'_>) {
    if sms && list.len() > 1 {
        check.violations.add(place, Rule::at_most_items(1));
    }
    if sms && list.is_empty() && !check.is_stored() {
        check.violations.add(place, Rule::at_least_items(1));
    }
    for (index, element) in list.elements().enumerate() {
        check_event(element, sms, place.element(index), check);
    }
}

/// One event; stored profiles show an empty one for none. \[D\]
fn check_event(value: Value<'_>, sms: bool, place: Pointer<'_>, check: &mut Check<'_>) {
    match check.string(value, place) {
        Some("") if check.is_stored() => {}
        text if sms && text != Some(SMS_EVENT) => {
            check.violations.add(place, Rule::one_of_the_allowed_values())
        }
        Some("") => check.violations.add(place, Rule::at_least_characters(1)),
        _ => {}
    }
}
