//! A JSON body as ready bytes with holes: cut once, filled for each callback without building a tree.

use super::{Grammar, Path, Template, has_names};
use crate::cipher::Selection;
use crate::json::{Kind, Value, push_string, push_string_content};

/// A JSON value whose strings may hold replacers.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Compact JSON without the holes: the same in every callback, constant values already encrypted.
    literal: Vec<u8>,
    /// The holes, and where in the literal text they are.
    holes: Vec<(usize, Hole)>,
}

/// What is filled for each callback.
#[derive(Debug)]
pub(crate) enum Hole {
    /// A string with replacers, without its quotes; the literal parts are escaped already.
    Text(Template),
    /// The same for a string that is encrypted; the literal parts are plain text.
    SealedText(Template),
    /// A string that is one whole `<name>`: takes the typed value.
    Whole(Path, Selection),
}

/// Encrypts a constant value and appends its text.
pub(crate) type SealConstant<'c> = &'c dyn Fn(&[u8], &mut Vec<u8>);

impl Tree {
    /// Cuts `value`; what `selection` takes is encrypted by `seal` where it is constant.
    pub(crate) fn compile(value: Value<'_>, selection: &Selection, seal: SealConstant<'_>) -> Tree {
        let mut tree = Tree::default();
        tree.add(value, selection, seal);
        tree
    }

    /// The holes, each with the literal text since the one before.
    pub(crate) fn holes(&self) -> impl Iterator<Item = (&[u8], &Hole)> {
        let mut from = 0;
        self.holes.iter().map(move |(at, hole)| {
            let literal = self.literal.get(from..*at).unwrap_or_default();
            from = *at;
            (literal, hole)
        })
    }

    /// The literal text behind the last hole.
    pub(crate) fn rest(&self) -> &[u8] {
        let from = self.holes.last().map_or(0, |(at, _)| *at);
        self.literal.get(from..).unwrap_or_default()
    }

    fn add(&mut self, value: Value<'_>, selection: &Selection, seal: SealConstant<'_>) {
        match value.kind() {
            Kind::Object => {
                self.literal.push(b'{');
                for (index, (name, member)) in value.members().enumerate() {
                    if index > 0 {
                        self.literal.push(b',');
                    }
                    push_string(&mut self.literal, name);
                    self.literal.push(b':');
                    self.add(member, &selection.within(name), seal);
                }
                self.literal.push(b'}');
            }
            Kind::Array => {
                self.literal.push(b'[');
                for (index, element) in value.elements().enumerate() {
                    if index > 0 {
                        self.literal.push(b',');
                    }
                    self.add(element, selection, seal);
                }
                self.literal.push(b']');
            }
            Kind::String => self.add_string(value.as_str().unwrap_or_default(), selection, seal),
            Kind::Null => self.literal.extend_from_slice(b"null"),
            Kind::Number | Kind::True | Kind::False if selection.takes_value() => {
                let mut text = Vec::new();
                value.write_compact(&mut text);
                push_sealed(&mut self.literal, &text, seal);
            }
            Kind::Number | Kind::True | Kind::False => value.write_compact(&mut self.literal),
        }
    }

    fn add_string(&mut self, text: &str, selection: &Selection, seal: SealConstant<'_>) {
        if let Some(path) = Path::of_whole_name(text) {
            return self.hole(Hole::Whole(path, selection.clone()));
        }
        if !has_names(text) {
            return match selection.takes_value() {
                true => push_sealed(&mut self.literal, text.as_bytes(), seal),
                false => push_string(&mut self.literal, text),
            };
        }
        let template = Template::compile(text, Grammar::Names);
        self.literal.push(b'"');
        self.hole(match selection.takes_value() {
            true => Hole::SealedText(template),
            false => Hole::Text(template.map_text(|text| {
                let mut out = Vec::new();
                push_string_content(&mut out, text);
                String::from_utf8(out).unwrap_or_default()
            })),
        });
        self.literal.push(b'"');
    }

    fn hole(&mut self, hole: Hole) {
        self.holes.push((self.literal.len(), hole));
    }
}

/// Encoded ciphertext needs no escaping in JSON.
fn push_sealed(out: &mut Vec<u8>, plaintext: &[u8], seal: SealConstant<'_>) {
    out.push(b'"');
    seal(plaintext, out);
    out.push(b'"');
}
