//! `events`: an array of strings, one bare string, or a string that holds an array. \[D\]

use super::context::Check;
use crate::json::{Document, Kind, Value};
use crate::profile::channel::{Channel, SMS_EVENT};
use crate::report::{Pointer, Refused, Rule};

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
            CheckedEvents::One("") => return Vec::new(),
            CheckedEvents::One(event) => return vec![(*event).to_owned()],
            CheckedEvents::List(list) => *list,
            CheckedEvents::Text(document) => document.root(),
        };
        let names = list.elements().filter_map(Value::as_str);
        names.filter(|event| !event.is_empty()).map(str::to_owned).collect()
    }
}

/// Checks the events by the rules of their channel.
pub(super) fn check<'d>(
    value: Value<'d>,
    channel: Channel,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<CheckedEvents<'d>, Refused> {
    let sms = channel == Channel::Sms;
    let before = check.violations.found();
    let events = if let Some(text) = value.as_str() {
        if !text.trim_ascii_start().starts_with('[') {
            check_event(value, sms, pointer, check);
            CheckedEvents::One(text)
        } else {
            let document = Document::read(text.as_bytes(), &check.options.limits).map_err(|error| {
                let text = format!("must be a string that holds a JSON array: {error}");
                check.violations.add(pointer, Rule::new("json", text))
            })?;
            check_list(document.root(), sms, pointer, check);
            CheckedEvents::Text(Box::new(document))
        }
    } else {
        match value.kind() {
            Kind::Array => {
                check_list(value, sms, pointer, check);
                CheckedEvents::List(value)
            }
            Kind::Null if !sms || check.is_stored() => CheckedEvents::None,
            _ => {
                let expected = if sms { "array" } else { "array,null" };
                return Err(check.violations.add(pointer, Rule::type_is(expected)));
            }
        }
    };
    check.violations.none_since(before)?;
    Ok(events)
}

fn check_list(list: Value<'_>, sms: bool, pointer: Pointer<'_>, check: &mut Check<'_>) {
    if sms && list.len() > 1 {
        check.violations.add(pointer, Rule::at_most_items(1));
    }
    if sms && list.is_empty() && !check.is_stored() {
        check.violations.add(pointer, Rule::at_least_items(1));
    }
    for (index, element) in list.elements().enumerate() {
        check_event(element, sms, pointer.element(index), check);
    }
}

/// Checks one event; stored profiles show an empty one for none. \[D\]
fn check_event(value: Value<'_>, sms: bool, pointer: Pointer<'_>, check: &mut Check<'_>) {
    match check.string(value, pointer) {
        Ok("") if check.is_stored() => {}
        event if sms && !matches!(event, Ok(SMS_EVENT)) => {
            check.violations.add(pointer, Rule::one_of(&[SMS_EVENT]));
        }
        Ok("") => {
            check.violations.add(pointer, Rule::at_least_characters(1));
        }
        _ => {}
    }
}
