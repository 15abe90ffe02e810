//! A JSON body as ready bytes with holes: cut once, filled for each callback without building a tree.

use super::{Grammar, Path, Template, has_names};
use crate::cipher::Selection;
use crate::json::{Kind, Value, push_string, push_string_content};

/// A JSON value whose strings may hold replacers.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pieces: Vec<Piece>,
}

/// A part of the body, in the order of its text.
#[derive(Debug)]
pub(crate) enum Piece {
    /// Compact JSON that is the same in every callback, constant values already encrypted.
    Literal(Vec<u8>),
    /// A string with replacers, without its quotes; the literal parts are escaped already.
    Text(Template),
    /// The same for a string that is encrypted; the literal parts are plain text.
    SealedText(Template),
    /// A string that is one whole `<name>`: takes the typed value.
    Whole(Box<(Path, Selection)>),
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

    pub(crate) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    fn add(&mut self, value: Value<'_>, selection: &Selection, seal: SealConstant<'_>) {
        match value.kind() {
            Kind::Object => {
                self.literal(|out| out.push(b'{'));
                for (index, (name, member)) in value.members().enumerate() {
                    self.literal(|out| {
                        if index > 0 {
                            out.push(b',');
                        }
                        push_string(out, name);
                        out.push(b':');
                    });
                    self.add(member, &selection.within(name), seal);
                }
                self.literal(|out| out.push(b'}'));
            }
            Kind::Array => {
                self.literal(|out| out.push(b'['));
                for (index, element) in value.elements().enumerate() {
                    if index > 0 {
                        self.literal(|out| out.push(b','));
                    }
                    self.add(element, selection, seal);
                }
                self.literal(|out| out.push(b']'));
            }
            Kind::String => self.add_string(value.as_str().unwrap_or_default(), selection, seal),
            Kind::Null => self.literal(|out| out.extend_from_slice(b"null")),
            Kind::Number | Kind::True | Kind::False if selection.takes_value() => {
                let mut text = Vec::new();
                value.write_compact(&mut text);
                self.literal(|out| push_sealed(out, &text, seal));
            }
            Kind::Number | Kind::True | Kind::False => self.literal(|out| value.write_compact(out)),
        }
    }

    fn add_string(&mut self, text: &str, selection: &Selection, seal: SealConstant<'_>) {
        if let Some(path) = Path::of_whole_name(text) {
            return self.pieces.push(Piece::Whole(Box::new((path, selection.clone()))));
        }
        if !has_names(text) {
            return self.literal(|out| match selection.takes_value() {
                true => push_sealed(out, text.as_bytes(), seal),
                false => push_string(out, text),
            });
        }
        let template = Template::compile(text, Grammar::Names);
        self.literal(|out| out.push(b'"'));
        self.pieces.push(match selection.takes_value() {
            true => Piece::SealedText(template),
            false => Piece::Text(template.map_text(|text| {
                let mut out = Vec::new();
                push_string_content(&mut out, text);
                String::from_utf8(out).unwrap_or_default()
            })),
        });
        self.literal(|out| out.push(b'"'));
    }

    /// Appends to the literal at the end.
    fn literal(&mut self, push: impl FnOnce(&mut Vec<u8>)) {
        if let Some(Piece::Literal(out)) = self.pieces.last_mut() {
            return push(out);
        }
        // Most literals are a name with its punctuation.
        let mut out = Vec::with_capacity(32);
        push(&mut out);
        self.pieces.push(Piece::Literal(out));
    }
}

/// Encoded ciphertext needs no escaping in JSON.
fn push_sealed(out: &mut Vec<u8>, plaintext: &[u8], seal: SealConstant<'_>) {
    out.push(b'"');
    seal(plaintext, out);
    out.push(b'"');
}
