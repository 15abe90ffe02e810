//! `channel` and `events`: what the profile serves.

use super::check::Check;
use crate::json::{Document, Kind, Value};
use crate::report::{Pointer, Rule};

/// What a profile is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Channel {
    /// Every channel but SMS: WhatsApp, e-mail, chatbots and so on.
    #[default]
    Default,
    /// SMS.
    Sms,
}

/// The event of the sms channel.
pub(crate) const SMS_EVENT: &str = "SMS-sent";

/// The documents' own misspelling, which is read as the default channel.
pub(crate) const MISSPELT_DEFAULT: &str = "Defatul - No Channel Selected";

impl Channel {
    /// Both channels.
    pub const ALL: &'static [Channel] = &[Channel::Sms, Channel::Default];

    /// `sms` or `Default - No Channel Selected`.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Default => "Default - No Channel Selected",
            Channel::Sms => "sms",
        }
    }
}

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

/// The events, an empty list for null: an array of strings, one bare string, or a string that holds an array. \[D\]
///
/// Stored profiles hold `[""]` for none. \[D\]
pub(crate) fn check_events(
    value: Value<'_>,
    channel: Channel,
    place: Pointer<'_>,
    check: &mut Check<'_>,
) -> Option<Vec<String>> {
    let sms = channel == Channel::Sms;
    match value.kind() {
        Kind::Array => check_list(value, sms, place, check),
        Kind::Null if !sms || check.is_stored() => Some(Vec::new()),
        Kind::String => {
            let text = value.as_str().unwrap_or_default();
            if !text.trim_ascii_start().starts_with('[') {
                return check_event(value, sms, place, check).map(|event| event.into_iter().collect());
            }
            match Document::read(text.as_bytes(), &check.options.limits) {
                Ok(document) => check_list(document.root(), sms, place, check),
                Err(error) => {
                    let text = format!("must be a string that holds a JSON array: {error}");
                    check.violations.add(place, Rule::new("json", text));
                    None
                }
            }
        }
        _ => {
            check.violations.add(place, Rule::type_is(if sms { "array" } else { "array,null" }));
            None
        }
    }
}

fn check_list(list: Value<'_>, sms: bool, place: Pointer<'_>, check: &mut Check<'_>) -> Option<Vec<String>> {
    let before = check.violations.found();
    if sms && list.len() > 1 {
        check.violations.add(place, Rule::at_most_items(1));
    }
    if sms && list.is_empty() && !check.is_stored() {
        check.violations.add(place, Rule::at_least_items(1));
    }
    let mut events = Vec::with_capacity(list.len());
    for (index, element) in list.elements().enumerate() {
        events.extend(check_event(element, sms, place.element(index), check).flatten());
    }
    (check.violations.found() == before).then_some(events)
}

/// One event; `Some(None)` is the stored profiles' empty one.
fn check_event(
    value: Value<'_>,
    sms: bool,
    place: Pointer<'_>,
    check: &mut Check<'_>,
) -> Option<Option<String>> {
    let text = check.string(value, place);
    match text {
        Some("") if check.is_stored() => return Some(None),
        _ if sms && text != Some(SMS_EVENT) => check.violations.add(place, Rule::one_of_the_allowed_values()),
        Some("") => check.violations.add(place, Rule::at_least_characters(1)),
        Some(text) => return Some(Some(text.to_owned())),
        None => {}
    }
    None
}
