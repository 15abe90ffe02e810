//! The tree as a flat list of nodes, and the cursor that walks it.

use zeroize::Zeroize;

use super::names;
use super::reader::Container;
use super::write::{ArrayWriter, ObjectWriter, Output, push_string};

/// A JSON text that was read, as nodes in the order of the text.
///
/// Text that held escapes is kept decoded beside it and wiped when the document is dropped, since it may be a key.
pub struct Document<'a> {
    pub(super) text: &'a str,
    pub(super) nodes: Nodes,
}

/// The memory of a document; used again for the next document, it stops allocating.
#[derive(Default)]
pub(crate) struct Nodes {
    pub(super) list: Vec<Node>,
    /// The strings that held escapes, decoded.
    pub(super) decoded: String,
    /// The name nodes of objects with many members, one object behind the other, each sorted by hash and name, below
    /// their hashes; and the nodes of long arrays' elements.
    pub(super) sorted: Vec<u64>,
    /// Where those names and elements begin in `sorted`: (node of the object or array, start), by node.
    pub(super) sorted_objects: Vec<(u32, u32)>,
    /// The arrays and objects around the innermost one that is being read.
    pub(super) open: Vec<Container>,
}

impl Nodes {
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.wipe();
        self.sorted.clear();
        self.sorted_objects.clear();
        self.open.clear();
    }

    /// Wipes the decoded strings, if there are any: wiping nothing at the address of nothing is slow (a masked store to
    /// an unmapped page).
    pub(super) fn wipe(&mut self) {
        if !self.decoded.is_empty() {
            self.decoded.zeroize();
        }
    }

    /// The names of an object with this many members, sorted, or an array's elements; `None` if there is no list.
    pub(super) fn sorted_names(&self, object: u32, members: u32) -> Option<&[u64]> {
        if members as usize <= names::SORTED_FROM {
            return None;
        }
        let place = self.sorted_objects.binary_search_by_key(&object, |(node, _)| *node).ok()?;
        let start = self.sorted_objects.get(place)?.1 as usize;
        self.sorted.get(start..start.wrapping_add(members as usize))
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// One value, or one member name (which stands right before its value).
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The text of a string stands in `decoded`, not in `text`.
    pub(super) escaped: bool,
    /// Names: [`fingerprint`] of their text, so that most other texts are told apart without reading them.
    pub(super) fingerprint: u16,
    /// Byte offset of the value in the text: a string's first byte after the quote, else the first byte.
    pub(super) start: u32,
    /// Strings: bytes of their (decoded) text. Numbers: bytes. Arrays and objects: elements or members.
    pub(super) len: u32,
    /// Arrays and objects: the node after their last one. Escaped strings: offset in `decoded`.
    pub(super) link: u32,
}

/// A hint of a text: different hints, different texts. First and last bytes, since names often share one end.
#[inline]
pub(crate) fn fingerprint(text: &[u8]) -> u16 {
    let pair = |first: u8, second: u8| u16::from_le_bytes([first, second]);
    let ends = match text {
        [] => 0,
        [only] => u16::from(*only),
        [first, .., last] => pair(*first, *last),
    };
    let before_last = text.len().checked_sub(2).and_then(|at| text.get(at)).copied().unwrap_or(0);
    let middle = text.get(text.len() / 2).copied().unwrap_or(0);
    ends.wrapping_mul(0x2F0B) ^ pair(middle, before_last)
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `false`
    False,
    /// `true`
    True,
    /// a number
    Number,
    /// a string
    String,
    /// an array
    Array,
    /// an object
    Object,
}

/// A value within a [`Document`]. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) at: u32,
}

impl Document<'_> {
    /// The value that the text holds.
    pub fn root(&self) -> Value<'_> {
        Value { document: self, at: 0 }
    }
}

impl<'d> Value<'d> {
    /// What the value is.
    #[inline]
    pub fn kind(self) -> Kind {
        self.node().map_or(Kind::Null, |node| node.kind)
    }

    /// The string's text, unescaped; `None` for every other kind.
    #[inline]
    pub fn as_str(self) -> Option<&'d str> {
        let node = self.node()?;
        (node.kind == Kind::String).then(|| self.document.node_text(node))
    }

    /// The number exactly as it was written; `None` for every other kind.
    pub fn number_text(self) -> Option<&'d str> {
        let node = self.node()?;
        (node.kind == Kind::Number).then(|| self.document.node_text(node))
    }

    /// The number if it is a whole one that fits; `None` otherwise.
    pub fn as_u64(self) -> Option<u64> {
        self.number_text()?.parse().ok()
    }

    /// How many elements an array or members an object has; 0 for every other kind.
    pub fn len(self) -> usize {
        self.node()
            .filter(|node| matches!(node.kind, Kind::Array | Kind::Object))
            .map_or(0, |node| node.len as usize)
    }

    /// Whether [`len`](Self::len) is 0.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The member of this name, after unescaping; `None` if there is none or this is not an object.
    pub fn get(self, name: &str) -> Option<Value<'d>> {
        let node = self.node()?;
        if node.kind != Kind::Object {
            return None;
        }
        if let Some(sorted) = self.document.nodes.sorted_names(self.at, node.len) {
            let text_of = |at| self.document.node(at).map_or("", |node| self.document.node_text(node));
            return names::find(sorted, name, text_of).map(|at| self.with(at.wrapping_add(1)));
        }
        let (len, fingerprint) = (name.len() as u32, fingerprint(name.as_bytes()));
        let mut at = self.at.wrapping_add(1);
        for _ in 0..node.len {
            let member = self.document.node(at)?;
            let value = at.wrapping_add(1);
            if member.len == len
                && member.fingerprint == fingerprint
                && self.document.node_text(member) == name
            {
                return Some(self.with(value));
            }
            at = self.document.after(value);
        }
        None
    }

    /// The element of this index, from 0; `None` if there is none or this is not an array.
    pub fn element(self, index: usize) -> Option<Value<'d>> {
        let array = self.node().filter(|node| node.kind == Kind::Array && index < node.len as usize)?;
        let first = self.at.wrapping_add(1);
        if array.link.wrapping_sub(first) == array.len {
            return Some(self.with(first.wrapping_add(index as u32))); // scalars only: a node each
        }
        match self.document.nodes.sorted_names(self.at, array.len) {
            Some(elements) => elements.get(index).map(|key| self.with(names::node_of(*key))),
            None => self.elements().nth(index),
        }
    }

    /// The members of an object in the order of the text; none for every other kind.
    #[inline]
    pub fn members(self) -> Members<'d> {
        let left = self.node().filter(|node| node.kind == Kind::Object).map_or(0, |node| node.len);
        Members { document: self.document, at: self.at.wrapping_add(1), left }
    }

    /// The elements of an array in the order of the text; none for every other kind.
    pub fn elements(self) -> Elements<'d> {
        let left = self.node().filter(|node| node.kind == Kind::Array).map_or(0, |node| node.len);
        Elements { document: self.document, at: self.at.wrapping_add(1), left }
    }

    /// The elements of an array or the values of an object's members; none for every other kind.
    #[inline]
    pub(crate) fn children(self) -> impl Iterator<Item = Value<'d>> {
        let container = self.node().filter(|node| matches!(node.kind, Kind::Array | Kind::Object));
        let (left, before) =
            container.map_or((0, 0), |node| (node.len, u32::from(node.kind == Kind::Object)));
        let mut at = self.at.wrapping_add(1);
        (0..left).map(move |_| {
            let child = self.with(at.wrapping_add(before)); // behind its name
            at = self.document.after(child.at);
            child
        })
    }

    /// Appends the value as compact JSON: no blanks, strings escaped only where needed, numbers in their text.
    pub fn write_compact(self, out: &mut impl Output) {
        match self.kind() {
            Kind::Null => out.append("null"),
            Kind::False => out.append("false"),
            Kind::True => out.append("true"),
            Kind::Number => out.append(self.text()),
            Kind::String => push_string(out, self.text()),
            Kind::Array => {
                let mut array = ArrayWriter::new(out);
                for element in self.elements() {
                    element.write_compact(array.element());
                }
                array.finish();
            }
            Kind::Object => {
                let mut object = ObjectWriter::new(out);
                for (name, value) in self.members() {
                    value.write_compact(object.member(name));
                }
                object.finish();
            }
        }
    }

    /// The value as compact JSON text.
    pub fn to_compact(self) -> String {
        let mut out = String::with_capacity(256);
        self.write_compact(&mut out);
        out
    }

    /// Where the value begins in the text, in bytes; a string's place is that after its quote.
    pub fn offset(self) -> usize {
        self.node().map_or(0, |node| node.start as usize)
    }

    fn node(self) -> Option<Node> {
        self.document.node(self.at)
    }

    /// The text of a string or a number.
    fn text(self) -> &'d str {
        self.node().map_or("", |node| self.document.node_text(node))
    }

    fn with(self, at: u32) -> Value<'d> {
        Value { at, ..self }
    }
}

/// The members of an object, as `(name, value)`.
pub struct Members<'d> {
    document: &'d Document<'d>,
    at: u32,
    left: u32,
}

impl<'d> Iterator for Members<'d> {
    type Item = (&'d str, Value<'d>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let name = self.document.node_text(self.document.node(self.at)?);
        let value = Value { document: self.document, at: self.at.wrapping_add(1) };
        self.at = self.document.after(value.at);
        Some((name, value))
    }
}

/// The elements of an array.
pub struct Elements<'d> {
    document: &'d Document<'d>,
    at: u32,
    left: u32,
}

impl<'d> Iterator for Elements<'d> {
    type Item = Value<'d>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let value = Value { document: self.document, at: self.at };
        self.at = self.document.after(value.at);
        Some(value)
    }
}

impl<'a> Document<'a> {
    /// The memory of the nodes, for the next document.
    pub(crate) fn into_nodes(self) -> Nodes {
        self.nodes
    }

    #[inline]
    pub(super) fn node(&self, at: u32) -> Option<Node> {
        self.nodes.list.get(at as usize).copied()
    }

    /// The node after the value at `at` and all that it holds.
    #[inline]
    pub(super) fn after(&self, at: u32) -> u32 {
        match self.node(at) {
            Some(node) if matches!(node.kind, Kind::Array | Kind::Object) => node.link,
            _ => at.wrapping_add(1),
        }
    }

    #[inline]
    pub(super) fn node_text(&self, node: Node) -> &str {
        let (text, start) =
            if node.escaped { (self.nodes.decoded.as_str(), node.link) } else { (self.text, node.start) };
        let start = start as usize;
        text.get(start..start.wrapping_add(node.len as usize)).unwrap_or_default()
    }
}

/// Shows the shape, never the content: a document may hold a key.
impl std::fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document")
            .field("bytes", &self.text.len())
            .field("nodes", &self.nodes.list.len())
            .finish()
    }
}

/// Shows the kind, never the content.
impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Value").field(&self.kind()).finish()
    }
}
