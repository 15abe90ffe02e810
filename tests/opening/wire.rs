//! Bodies as they are sent, one value changed.

use callback_profile::cipher::Algorithm;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::Kind;
use crate::template::Node;

/// What becomes of an encrypted string.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// Another JSON value: null, a container, a number, a boolean.
    Value(Value),
    /// Nothing is there.
    Absent,
    /// Another text. Under CFB that can be a value.
    Text(String),
    /// One character is another one.
    Flip(prop::sample::Index, char),
}

pub(crate) fn change() -> impl Strategy<Value = Change> {
    let values = vec![
        json!(null),
        json!({}),
        json!([]),
        json!({"$ne": null}),
        json!({"$gt": ""}),
        json!([null]),
        json!([[]]),
        json!({"deep": {}}),
        json!(["AAAA"]),
        json!({"a": "AAAA"}),
        json!(0),
        json!(-1.5),
        json!(true),
        json!(false),
    ];
    let texts = prop_oneof![any::<String>(), "[A-Za-z0-9+/_-]{0,60}={0,2}", "[0-9a-f]{0,80}"];
    prop_oneof![
        4 => prop::sample::select(values).prop_map(Change::Value),
        1 => Just(Change::Absent),
        2 => texts.prop_map(Change::Text),
        2 => (any::<prop::sample::Index>(), prop::char::range('0', 'z')).prop_map(|(at, to)| Change::Flip(at, to)),
    ]
}

/// A sent body as a value: fields of a form are strings, but for the template's own containers.
#[derive(Clone)]
pub(crate) struct Sent {
    kind: Kind,
    value: Value,
}

impl Sent {
    pub(crate) fn of(kind: Kind, body: &Node, text: &str) -> Sent {
        let Node::Object(members) = body else { panic!("a body is an object") };
        let fields = match kind {
            Kind::Json => return Sent { kind, value: serde_json::from_str(text).unwrap() },
            Kind::Form => form_urlencoded::parse(text.as_bytes()).into_owned().collect(),
            Kind::Multipart => fields_of_multipart(text),
        };
        let is_container = |name: &str| {
            members
                .iter()
                .any(|(known, node)| known == name && matches!(node, Node::Array(_) | Node::Object(_)))
        };
        let value = |name: &str, text: String| {
            if is_container(name) { serde_json::from_str(&text).unwrap() } else { Value::from(text) }
        };
        let value: Map<String, Value> =
            fields.into_iter().map(|(name, text)| (name.clone(), value(&name, text))).collect();
        Sent { kind, value: Value::Object(value) }
    }

    pub(crate) fn written(&self) -> String {
        let fields = || {
            let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            self.value.as_object().unwrap().iter().map(move |(name, value)| (name, text(value)))
        };
        match self.kind {
            Kind::Json => self.value.to_string(),
            Kind::Form => form_urlencoded::Serializer::new(String::new()).extend_pairs(fields()).finish(),
            Kind::Multipart => {
                let boundary = "a-boundary-that-no-value-has";
                let part = |(name, text): (&String, String)| {
                    let name = name.replace('"', "%22");
                    format!(
                        "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"
                    )
                };
                fields().map(part).collect::<String>() + &format!("--{boundary}--\r\n")
            }
        }
    }

    /// With this parameter changed; `None` where the change would mean nothing: what a body cannot say, or the same.
    pub(crate) fn changed(&self, name: &str, change: &Change, algorithm: Algorithm) -> Option<Sent> {
        let mut changed = self.clone();
        let steps = steps_of(name);
        let (last, parents) = steps.split_last().unwrap();
        let is_field = self.kind != Kind::Json && parents.is_empty();
        let mut parent = &mut changed.value;
        for step in parents {
            parent = child(parent, step);
        }
        let value = child(parent, last);
        let is_authenticated = algorithm.is_authenticated();
        match change {
            // In a form a number is text, which under CFB can be a value; null cannot be said.
            Change::Value(Value::Null) if is_field => return None,
            Change::Value(other)
                if is_field && !(other.is_array() || other.is_object()) && !is_authenticated =>
            {
                return None;
            }
            Change::Value(other) => *value = other.clone(),
            Change::Absent => match parent {
                Value::Object(members) => drop(members.remove(last)),
                // Without the last element; the others would move.
                Value::Array(elements) => elements.truncate(last.parse().unwrap()),
                _ => panic!("{name} leads into no container"),
            },
            Change::Text(_) | Change::Flip(..) if !is_authenticated => return None,
            Change::Text(text) => *value = text.clone().into(),
            Change::Flip(at, to) => {
                let mut text: Vec<char> = value.as_str().unwrap().chars().collect();
                let index = at.index(text.len());
                text[index] = *to;
                *value = text.into_iter().collect::<String>().into();
            }
        }
        Some(changed)
    }
}

/// Fields of a body that the library wrote.
fn fields_of_multipart(text: &str) -> Vec<(String, String)> {
    let (delimiter, _) = text.split_once("\r\n").unwrap();
    if text == format!("{delimiter}\r\n") {
        return Vec::new(); // the closing one alone
    }
    let rest = &text[delimiter.len()..text.len() - "\r\n".len() - "--".len() - delimiter.len()];
    let separator = format!("\r\n{delimiter}");
    rest.strip_suffix("\r\n")
        .unwrap_or(rest)
        .split(&separator)
        .map(|part| {
            let part = part.strip_prefix("\r\nContent-Disposition: form-data; name=\"").unwrap();
            let (name, value) = part.split_once("\"\r\n\r\n").unwrap();
            (name.replace("%22", "\""), value.to_owned())
        })
        .collect()
}

fn child<'v>(value: &'v mut Value, step: &str) -> &'v mut Value {
    match value {
        Value::Array(elements) => &mut elements[step.parse::<usize>().unwrap()],
        other => &mut other[step],
    }
}

/// `a.b[0]` as `a`, `b`, `0`; the templates' names hold neither dots nor brackets.
fn steps_of(name: &str) -> Vec<String> {
    name.replace('[', ".").replace(']', "").split('.').map(str::to_owned).collect()
}

/// The dotted name without indexes.
pub(crate) fn without_indexes(name: &str) -> String {
    let steps = steps_of(name).into_iter().filter(|step| step.parse::<usize>().is_err());
    steps.collect::<Vec<_>>().join(".")
}
