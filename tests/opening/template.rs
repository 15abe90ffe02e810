//! Generated templates and records, and by the rules alone: what is encrypted, what opening must give,
//! and what the receiver has to allow. Nothing here knows the library.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A value of a template.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// `<r0>`
    Whole(usize),
    /// `<d0>`, whose value in the record is an object or array of objects that have `deep`.
    Deep(usize),
    /// `<e0>`, whose value in the record has `deep.er` in one reading or several.
    Dotted(usize),
    /// `pre <r0> post`
    Mixed(usize),
    Text(String),
    Number(i64),
    Bool(bool),
    Null,
    Array(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// What a profile encrypts, from some value on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Selected {
    All,
    /// These names, seen from here; none is nothing.
    Names(Vec<String>),
}

/// The names of a record's values: `r0` and so on are of any kind or missing, `d0` and so on are for [`Node::Deep`],
/// `e0` and so on for [`Node::Dotted`].
pub(crate) const VALUES: usize = 4;

pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => any::<String>(),
        1 => "[a-z<>{}\":. \\\\+%&=]{0,20}",
        1 => prop::sample::select(vec!["", "<r0>", "[1]", "{\"$ne\":null}", "null", "true", "AAAA", "\r\n--cbp-", "\u{feff}x"])
            .prop_map(str::to_owned),
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => text().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
    ]
}

/// A value of a record: `None` is absent. Structures hold null and empty ones too.
fn value() -> impl Strategy<Value = Option<Value>> {
    let inner = prop_oneof![4 => scalar(), 1 => Just(Value::Null)];
    let structure = inner.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("(deep|a|to|[a-z é]{1,3})", inner, 0..4).prop_map(|map| json!(map)),
        ]
    });
    prop_oneof![4 => scalar().prop_map(Some), 2 => structure.prop_map(Some), 1 => Just(None)]
}

/// An object that has `deep`, or an array of such objects.
fn deep() -> impl Strategy<Value = Value> {
    let object = || (scalar(), scalar()).prop_map(|(deep, other)| json!({"deep": deep, "other": other}));
    prop_oneof![2 => object(), 1 => prop::collection::vec(object(), 1..4).prop_map(Value::from)]
}

/// An object that has `deep.er`, or an array of such objects: as a member of this name, as a path, or as both; what the
/// other reading leads to can be anything.
fn dotted() -> impl Strategy<Value = Value> {
    let object = || {
        (scalar(), scalar(), 0..8).prop_map(|(one, other, reading)| match reading {
            0 => json!({"deep": {"er": one}}),
            1 => json!({"deep.er": one}),
            2 => json!({"deep": other, "deep.er": one}),
            3 => json!({"deep.er": one, "deep": {"er": other}}),
            4 => json!({"deep": {}, "deep.er": one}),
            5 => json!({"deep": [{"er": one}, {"er": other}]}),
            6 => json!({"deep": [{"er": one}, {"other": other}], "deep.er": other}),
            _ => json!({"deep": null, "deep.er": one, "other": other}),
        })
    };
    prop_oneof![2 => object(), 1 => prop::collection::vec(object(), 1..4).prop_map(Value::from)]
}

/// A record; `plain` has scalars alone, all of them there.
pub(crate) fn record(plain: bool) -> impl Strategy<Value = Map<String, Value>> {
    let of_any_kind = if plain { scalar().prop_map(Some).boxed() } else { value().boxed() };
    let values = prop::collection::vec(of_any_kind, VALUES);
    let (deeps, dotted) = (prop::collection::vec(deep(), VALUES), prop::collection::vec(dotted(), VALUES));
    (values, deeps, dotted).prop_map(|(values, deeps, dotted)| {
        let values = values.into_iter().enumerate();
        let values = values.filter_map(|(index, value)| Some((format!("r{index}"), value?)));
        let deeps = deeps.into_iter().enumerate().map(|(index, value)| (format!("d{index}"), value));
        let dotted = dotted.into_iter().enumerate().map(|(index, value)| (format!("e{index}"), value));
        values.chain(deeps).chain(dotted).collect()
    })
}

fn node(has_dotted: bool) -> impl Strategy<Value = Node> {
    let inside = move |index| {
        if has_dotted && index >= VALUES { Node::Dotted(index - VALUES) } else { Node::Deep(index % VALUES) }
    };
    let leaf = prop_oneof![
        4 => (0..VALUES).prop_map(Node::Whole),
        2 => (0..2 * VALUES).prop_map(inside),
        2 => (0..VALUES).prop_map(Node::Mixed),
        1 => "[a-z é\"+/=]{0,6}".prop_map(Node::Text),
        1 => any::<i64>().prop_map(Node::Number),
        1 => any::<bool>().prop_map(Node::Bool),
        1 => Just(Node::Null),
        1 => Just(Node::Array(Vec::new())),
        1 => Just(Node::Object(Vec::new())),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![prop::collection::vec(inner.clone(), 1..4).prop_map(Node::Array), object(inner, 4)]
    })
}

fn object(inner: impl Strategy<Value = Node> + 'static, most: usize) -> impl Strategy<Value = Node> {
    let names = prop::sample::subsequence(vec!["to", "a", "b", "n", "é", "x y", "q\"", "$ne"], 1..=most);
    names.prop_flat_map({
        let inner = inner.boxed();
        move |names| {
            let nodes = prop::collection::vec(inner.clone(), names.len());
            nodes.prop_map(move |nodes| {
                Node::Object(names.iter().map(|name| (*name).to_owned()).zip(nodes).collect())
            })
        }
    })
}

/// A body, and the names of `enc.params`: those that the bits of a number choose, and what is deep in the record.
/// `has_dotted` is whether some of that is in members whose names hold a dot.
pub(crate) fn body(is_form: bool, has_dotted: bool) -> impl Strategy<Value = (Node, Option<Vec<String>>)> {
    (object(node(has_dotted), 5), prop::option::of(any::<u32>())).prop_map(move |(body, chosen)| {
        let params = chosen.map(|chosen| {
            let mut names = Vec::new();
            body.name_params(&mut names, "", chosen, is_form);
            if names.is_empty() {
                names.push("to".to_owned());
            }
            names.sort();
            names.dedup();
            names
        });
        (body, params)
    })
}

impl Node {
    /// The JSON text, members in order.
    pub(crate) fn to_json(&self) -> String {
        match self {
            Node::Whole(index) => format!("\"<r{index}>\""),
            Node::Deep(index) => format!("\"<d{index}>\""),
            Node::Dotted(index) => format!("\"<e{index}>\""),
            Node::Mixed(index) => format!("\"pre <r{index}> post\""),
            Node::Text(text) => json!(text).to_string(),
            Node::Number(number) => number.to_string(),
            Node::Bool(is_true) => is_true.to_string(),
            Node::Null => "null".to_owned(),
            Node::Array(elements) => {
                format!("[{}]", elements.iter().map(Node::to_json).collect::<Vec<_>>().join(","))
            }
            Node::Object(members) => {
                let member = |(name, node): &(String, Node)| format!("{}:{}", json!(name), node.to_json());
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
            }
        }
    }

    /// In a form, a name may not reach into a replacer that is a field of its own.
    fn name_params(&self, names: &mut Vec<String>, path: &str, chosen: u32, is_form: bool) {
        match self {
            Node::Deep(_) if !is_form || path.contains('.') => names.push(format!("{path}.deep")),
            Node::Dotted(_) if !is_form || path.contains('.') => names.push(format!("{path}.deep.er")),
            Node::Array(elements) => {
                elements.iter().for_each(|element| element.name_params(names, path, chosen, is_form));
            }
            Node::Object(members) => {
                for (name, node) in members {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    if (chosen >> ((names.len() + path.len()) % 32)) & 1 == 1 {
                        names.push(path.clone());
                    }
                    node.name_params(names, &path, chosen, is_form);
                }
            }
            _ => {}
        }
    }
}

impl Selected {
    pub(crate) fn of(params: Option<&[String]>) -> Selected {
        params.map_or(Selected::All, |names| Selected::Names(names.to_vec()))
    }

    pub(crate) fn within(&self, member: &str) -> Selected {
        let Selected::Names(names) = self else { return Selected::All };
        if names.iter().any(|name| name == member) {
            return Selected::All;
        }
        Selected::Names(rests(names, member))
    }
}

/// What is written for a missing value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Absent {
    Empty,
    Keep,
    Null,
}

/// What opening must give, and what for.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    pub(crate) decrypted: Vec<String>,
    /// Where a structure has to be allowed, and where absence: as dotted names.
    pub(crate) structures: Vec<String>,
    pub(crate) absent: Vec<String>,
}

/// Where a value is: the parameter's name, and its dotted name without indexes.
#[derive(Clone)]
pub(crate) struct At {
    name: String,
    dotted: String,
}

impl At {
    pub(crate) fn root() -> At {
        At { name: String::new(), dotted: String::new() }
    }

    fn member(&self, member: &str) -> At {
        let joined =
            |path: &str| if path.is_empty() { member.to_owned() } else { format!("{path}.{member}") };
        At { name: joined(&self.name), dotted: joined(&self.dotted) }
    }

    fn element(&self, index: usize) -> At {
        At { name: format!("{}[{index}]", self.name), dotted: self.dotted.clone() }
    }
}

/// The text that a value has within text.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A record, and how it is filled in.
pub(crate) struct Filling<'r> {
    pub(crate) record: &'r Map<String, Value>,
    pub(crate) absent: Absent,
}

impl Filling<'_> {
    fn find(&self, name: &str) -> Option<&Value> {
        self.record.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn text(&self, name: &str) -> String {
        match (self.find(name), self.absent) {
            (Some(value), _) => text_of(value),
            (None, Absent::Keep) => format!("<{name}>"),
            (None, _) => String::new(),
        }
    }

    /// A body of JSON, or an object or array within a form.
    pub(crate) fn open(&self, node: &Node, selected: &Selected, at: &At, out: &mut Expected) -> Value {
        match node {
            Node::Whole(index) => self.whole(&format!("r{index}"), selected, at, out),
            Node::Deep(index) => self.whole(&format!("d{index}"), selected, at, out),
            Node::Dotted(index) => self.whole(&format!("e{index}"), selected, at, out),
            Node::Mixed(index) => {
                let text = format!("pre {} post", self.text(&format!("r{index}")));
                leaf(text.into(), selected, at, out)
            }
            Node::Text(text) => leaf(json!(text), selected, at, out),
            Node::Number(number) => leaf(json!(number), selected, at, out),
            Node::Bool(is_true) => leaf(json!(is_true), selected, at, out),
            Node::Null => Value::Null,
            Node::Array(elements) => {
                let elements = elements.iter().enumerate();
                elements.map(|(index, node)| self.open(node, selected, &at.element(index), out)).collect()
            }
            Node::Object(members) => {
                let mut opened = Map::new();
                for (name, node) in members {
                    let value = self.open(node, &selected.within(name), &at.member(name), out);
                    opened.insert(name.clone(), value);
                }
                Value::Object(opened)
            }
        }
    }

    fn whole(&self, name: &str, selected: &Selected, at: &At, out: &mut Expected) -> Value {
        let sent = match (self.find(name), self.absent) {
            (Some(value), _) => value.clone(),
            (None, Absent::Null) => Value::Null,
            (None, _) => self.text(name).into(),
        };
        match selected {
            Selected::All if sent.is_null() => out.absent.push(at.dotted.clone()),
            Selected::All if sent.is_array() || sent.is_object() => out.structures.push(at.dotted.clone()),
            Selected::All => {}
            Selected::Names(names) => require(&sent, names, at, out),
        }
        structure(&sent, selected, at, out)
    }

    /// The fields of a form: containers of the template are JSON, everything else is text, null is no field.
    pub(crate) fn open_fields(
        &self,
        members: &[(String, Node)],
        selected: &Selected,
        out: &mut Expected,
    ) -> Value {
        let mut opened = Map::new();
        for (name, node) in members {
            let (selected, at) = (selected.within(name), At::root().member(name));
            let value = match node {
                Node::Null => continue,
                Node::Array(_) | Node::Object(_) => self.open(node, &selected, &at, out),
                Node::Whole(_) | Node::Deep(_) | Node::Dotted(_) => {
                    let name = match node {
                        Node::Deep(index) => format!("d{index}"),
                        Node::Dotted(index) => format!("e{index}"),
                        Node::Whole(index) => format!("r{index}"),
                        _ => continue,
                    };
                    let is_structure =
                        self.find(&name).is_some_and(|value| value.is_array() || value.is_object());
                    if is_structure && selected == Selected::All {
                        self.whole(&name, &selected, &at, out)
                    } else {
                        leaf(self.text(&name).into(), &selected, &at, out)
                    }
                }
                other => {
                    let value = self.open(other, &Selected::Names(Vec::new()), &at, out);
                    leaf(text_of(&value).into(), &selected, &at, out)
                }
            };
            opened.insert(name.clone(), value);
        }
        Value::Object(opened)
    }
}

/// A value that is no container: encrypted ones come back as text.
fn leaf(value: Value, selected: &Selected, at: &At, out: &mut Expected) -> Value {
    if *selected != Selected::All {
        return value;
    }
    out.decrypted.push(at.name.clone());
    text_of(&value).into()
}

/// A value of the record: null and empty containers stay.
fn structure(value: &Value, selected: &Selected, at: &At, out: &mut Expected) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Array(elements) => {
            let elements = elements.iter().enumerate();
            elements.map(|(index, value)| structure(value, selected, &at.element(index), out)).collect()
        }
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let value = structure(value, &selected.within(name), &at.member(name), out);
                (name.clone(), value)
            })
            .collect::<Map<_, _>>()
            .into(),
        scalar => leaf(scalar.clone(), selected, at, out),
    }
}

/// What dotted names reach in a value of the record: a scalar, in the object or in every object of an array.
fn require(value: &Value, names: &[String], at: &At, out: &mut Expected) {
    let missing = names.iter().filter(|name| !is_reached(value, name, names));
    out.absent.extend(missing.map(|name| at.member(name).dotted));
    allow(value, names, at, out);
}

/// Whether a name is there in one of its readings; a member that another name takes whole has all below it.
fn is_reached(value: &Value, name: &str, names: &[String]) -> bool {
    match value {
        Value::Array(elements) => {
            !elements.is_empty() && elements.iter().all(|element| is_reached(element, name, names))
        }
        Value::Object(members) => members.iter().any(|(member, value)| {
            member == name
                || rest(name, member).is_some_and(|rest| {
                    names.contains(member) || is_reached(value, rest, &rests(names, member))
                })
        }),
        _ => false,
    }
}

/// The settings that the values need to which names lead.
fn allow(value: &Value, names: &[String], at: &At, out: &mut Expected) {
    match value {
        Value::Array(elements) => elements.iter().for_each(|element| allow(element, names, at, out)),
        Value::Object(members) => {
            for (member, value) in members {
                let at = at.member(member);
                match value {
                    Value::Null if names.contains(member) => out.absent.push(at.dotted),
                    Value::Array(_) | Value::Object(_) if names.contains(member) => {
                        out.structures.push(at.dotted)
                    }
                    _ if names.contains(member) => {}
                    value => allow(value, &rests(names, member), &at, out),
                }
            }
        }
        _ => {}
    }
}

/// What is left of a name behind a member that it goes through.
fn rest<'n>(name: &'n str, member: &str) -> Option<&'n str> {
    name.strip_prefix(member)?.strip_prefix('.')
}

fn rests(names: &[String], member: &str) -> Vec<String> {
    names.iter().filter_map(|name| rest(name, member)).map(str::to_owned).collect()
}
