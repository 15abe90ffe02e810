//! A JSON body: compiled into ready bytes with holes, filled for each callback without building a tree, values encrypted
//! into their places at the end; and opened.

use crate::Error;
use crate::cipher::{Batch, Cipher};
use crate::json::{Kind, Value, push_string, push_string_content};
use crate::replacer::{Escape, Grammar, Path, Renderer, Template, has_names};
use crate::selection::Selection;

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

/// Appends the body; what is to be encrypted waits in `batch` and has its place reserved in `out`.
pub(crate) fn push(
    out: &mut Vec<u8>,
    tree: &Tree,
    renderer: &mut Renderer<'_>,
    cipher: Option<&Cipher>,
    batch: &mut Batch,
) -> Result<(), Error> {
    for (literal, hole) in tree.holes() {
        renderer.capped(out, literal.len(), |out| out.extend_from_slice(literal))?;
        match hole {
            Hole::Text(template) => renderer.push(out, template, Escape::Json, false)?,
            Hole::SealedText(template) => {
                let start = batch.plaintext().len();
                renderer.push(batch.plaintext(), template, Escape::None, false)?;
                reserve(out, renderer, cipher, batch, start)?;
            }
            Hole::Whole(path, selection) => push_whole(out, path, selection, renderer, cipher, batch)?,
        }
    }
    renderer.capped(out, tree.rest().len(), |out| out.extend_from_slice(tree.rest()))
}

/// Encrypts what waits in `batch`.
pub(crate) fn encrypt(out: &mut [u8], cipher: Option<&Cipher>, batch: &mut Batch) -> Result<(), Error> {
    cipher.map_or(Ok(()), |cipher| cipher.encrypt_batch(batch, out).map_err(Error::Cipher))
}

/// Appends what a string that is one whole `<name>` stands for: the typed value.
fn push_whole(
    out: &mut Vec<u8>,
    path: &Path,
    selection: &Selection,
    renderer: &mut Renderer<'_>,
    cipher: Option<&Cipher>,
    batch: &mut Batch,
) -> Result<(), Error> {
    if let Some(value) = renderer.find(path) {
        return push_value(out, value, selection, renderer, cipher, batch);
    }
    renderer.capped(out, 1, |out| out.push(b'"'))?;
    if selection.takes_value() {
        let start = batch.plaintext().len();
        renderer.push_missing(batch.plaintext(), path, Escape::None)?;
        reserve(out, renderer, cipher, batch, start)?;
    } else {
        renderer.push_missing(out, path, Escape::Json)?;
    }
    renderer.capped(out, 1, |out| out.push(b'"'))
}

/// Appends a value of the record: containers are walked, null stays null. SPEC §6 \[N\]
pub(crate) fn push_value(
    out: &mut Vec<u8>,
    value: Value<'_>,
    selection: &Selection,
    renderer: &Renderer<'_>,
    cipher: Option<&Cipher>,
    batch: &mut Batch,
) -> Result<(), Error> {
    let literal =
        |out: &mut Vec<u8>, text: &[u8]| renderer.capped(out, text.len(), |out| out.extend_from_slice(text));
    match value.kind() {
        Kind::Object => {
            literal(out, b"{")?;
            for (index, (name, member)) in value.members().enumerate() {
                literal(out, if index > 0 { b"," } else { b"" })?;
                renderer.capped(out, name.len(), |out| push_string(out, name))?;
                literal(out, b":")?;
                push_value(out, member, &selection.within(name), renderer, cipher, batch)?;
            }
            literal(out, b"}")
        }
        Kind::Array => {
            literal(out, b"[")?;
            for (index, element) in value.elements().enumerate() {
                literal(out, if index > 0 { b"," } else { b"" })?;
                push_value(out, element, selection, renderer, cipher, batch)?;
            }
            literal(out, b"]")
        }
        Kind::Null => literal(out, b"null"),
        _ if selection.takes_value() => {
            let start = batch.plaintext().len();
            renderer.push_value(batch.plaintext(), value, Escape::None)?;
            literal(out, b"\"")?;
            reserve(out, renderer, cipher, batch, start)?;
            literal(out, b"\"")
        }
        _ => {
            let len = value.as_str().or_else(|| value.number_text()).map_or(0, str::len);
            renderer.capped(out, len, |out| value.write_compact(out))
        }
    }
}

/// Makes what was appended to the plaintext since `start` a value, with room for its text in `out`.
pub(crate) fn reserve(
    out: &mut Vec<u8>,
    renderer: &Renderer<'_>,
    cipher: Option<&Cipher>,
    batch: &mut Batch,
    start: usize,
) -> Result<(), Error> {
    // What selects a value is the profile's encryption, so there is a cipher.
    let Some(cipher) = cipher else { return Ok(()) };
    let len = cipher.encrypted_len(batch.plaintext().len().saturating_sub(start));
    let mut reserved = Ok(());
    renderer.capped(out, len, |out| reserved = cipher.reserve_value(batch, start, out))?;
    reserved.map_err(Error::Cipher)
}
