//! A JSON body: compiled into ready bytes with holes, filled for each callback without building a tree, values encrypted
//! into the room reserved for them; and opened.

use super::fill::Fill;
use super::sealing::Sealing;
use crate::Error;
use crate::bug::bug;
use crate::json::{Kind, Output, Step, Value, push_string, push_string_content, write_children};
use crate::replacer::{Escape, Grammar, Missing, Path, Template, constant};
use crate::selection::Selection;
use crate::wiped::Bytes;

/// A JSON value whose strings may hold replacers.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Compact JSON without the holes: the same in every callback, constant values already encrypted.
    literal: Vec<u8>,
    /// The holes, and their offsets in the literal text.
    holes: Vec<(usize, Hole)>,
}

/// What is filled for each callback.
#[derive(Debug)]
enum Hole {
    /// A string with replacers, without its quotes; the literal parts are escaped already.
    Text(Template),
    /// The same for a string that is encrypted; the literal parts are plain text.
    SealedText(Template),
    /// A string that is one whole `<name>`: takes the typed value.
    Whole(Path, Selection),
}

impl Tree {
    /// Compiles `value`; constant values that are selected are encrypted here, once.
    pub(crate) fn compile(value: Value<'_>, sealing: &Sealing<'_>) -> Result<Tree, Error> {
        let mut tree = Tree::default();
        tree.add(value, sealing)?;
        Ok(tree)
    }

    /// Appends the filled text; what is to be encrypted waits in `fill` and has room in `out`.
    pub(crate) fn fill<'r>(&self, out: &mut impl Bytes, fill: &mut Fill<'_, 'r>) -> Result<(), Error> {
        let mut from = 0;
        for (offset, hole) in &self.holes {
            fill.literal(out, self.literal_between(from, *offset)?)?;
            from = *offset;
            match hole {
                Hole::Text(template) => fill.template(out, template, Escape::Json)?,
                Hole::SealedText(template) => fill.sealed_template(out, template)?,
                Hole::Whole(path, selection) => fill_whole(out, path, selection, fill)?,
            }
        }
        fill.literal(out, self.literal_between(from, self.literal.len())?)
    }

    fn literal_between(&self, from: usize, to: usize) -> Result<&[u8], Error> {
        self.literal.get(from..to).ok_or_else(|| bug("holes are not in the order of the text"))
    }

    fn add(&mut self, value: Value<'_>, sealing: &Sealing<'_>) -> Result<(), Error> {
        match value.kind() {
            Kind::Object | Kind::Array => write_children(self, value, |tree, step, child| match step {
                Step::Member(name) => tree.add(child, &sealing.within(name)),
                Step::Element(_) => tree.add(child, sealing),
            }),
            Kind::String => {
                let text = value.as_str().ok_or_else(|| bug("a string has no text"))?;
                self.add_string(text, sealing)
            }
            Kind::Null => {
                self.append("null");
                Ok(())
            }
            Kind::Number | Kind::True | Kind::False => match sealing.cipher() {
                Some(_) => self.add_sealed(&value.to_compact(), sealing),
                None => {
                    self.append(&value.to_compact());
                    Ok(())
                }
            },
        }
    }

    fn add_string(&mut self, text: &str, sealing: &Sealing<'_>) -> Result<(), Error> {
        if let Some(path) = Path::of_whole_name(text) {
            self.add_hole(Hole::Whole(path, sealing.selection()));
            return Ok(());
        }
        let is_sealed = sealing.cipher().is_some();
        if let Some(text) = constant(text) {
            if is_sealed {
                return self.add_sealed(&text, sealing);
            }
            push_string(self, &text);
            return Ok(());
        }
        let template = Template::compile(text, Grammar::Names);
        self.append("\"");
        self.add_hole(match is_sealed {
            true => Hole::SealedText(template),
            false => Hole::Text(template.map_text(|text| {
                let mut out = String::new();
                push_string_content(&mut out, text);
                out
            })),
        });
        self.append("\"");
        Ok(())
    }

    /// Adds a constant that is encrypted. Its text needs no escaping in JSON.
    fn add_sealed(&mut self, plaintext: &str, sealing: &Sealing<'_>) -> Result<(), Error> {
        self.append("\"");
        if let Some(cipher) = sealing.cipher() {
            cipher.encrypt_append(plaintext.as_bytes(), &mut self.literal).map_err(Error::Cipher)?;
        }
        self.append("\"");
        Ok(())
    }

    fn add_hole(&mut self, hole: Hole) {
        self.holes.push((self.literal.len(), hole));
    }
}

/// Literal text is appended to a tree.
impl Output for Tree {
    fn size(&self) -> usize {
        self.literal.len()
    }

    fn append(&mut self, text: &str) {
        self.literal.extend_from_slice(text.as_bytes());
    }
}

/// Appends what a string that is one whole `<name>` means: the typed value.
fn fill_whole<'r>(
    out: &mut impl Bytes,
    path: &Path,
    selection: &Selection,
    fill: &mut Fill<'_, 'r>,
) -> Result<(), Error> {
    if let Some(value) = fill.renderer.find(path) {
        return fill_value(out, value, selection, fill);
    }
    if fill.renderer.missing() == Missing::Null {
        return fill.literal(out, b"null");
    }
    fill.literal(out, b"\"")?;
    fill.text(out, None, path, Escape::Json, selection.takes_value())?;
    fill.literal(out, b"\"")
}

/// Appends a value of the record: containers are walked, null stays null. \[N\]
pub(crate) fn fill_value<'r>(
    out: &mut impl Bytes,
    value: Value<'r>,
    selection: &Selection,
    fill: &mut Fill<'_, 'r>,
) -> Result<(), Error> {
    match value.kind() {
        Kind::Object | Kind::Array => {
            write_children(out, value, |out, step, child| match step {
                Step::Member(name) => fill_value(out, child, &selection.within(name), fill),
                Step::Element(_) => fill_value(out, child, selection, fill),
            })?;
            // Names and brackets are no longer than the record; this holds them to the limit of the output as well.
            fill.literal(out, b"")
        }
        Kind::Null => fill.literal(out, b"null"),
        _ if selection.takes_value() => {
            fill.literal(out, b"\"")?;
            fill.sealed_value(out, value)?;
            fill.literal(out, b"\"")
        }
        _ => {
            let len = value.as_str().or_else(|| value.number_text()).map_or(0, str::len);
            fill.renderer.capped(out, len, |out| value.write_compact(out))
        }
    }
}
