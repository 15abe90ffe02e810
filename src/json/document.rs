//! The tree as a flat list of nodes, and the values that point into it.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a value's index is that of a node, and a node's offsets are those of its text: the reader made both"
)]

use super::names;
use super::node::{Kind, Node, Nodes, fingerprint};
use super::number::is_digit;

/// A JSON text that was read, as nodes in the order of the text.
///
/// Text that held escapes is kept decoded beside it and wiped when the document is dropped, since it may be a key.
pub struct Document<'a> {
    pub(super) text: &'a str,
    pub(super) nodes: Nodes,
}

/// A value within a [`Document`]. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) at: u32,
}

impl Document<'_> {
    /// Bytes of the text that was read.
    pub(crate) fn text_len(&self) -> usize {
        self.text.len()
    }

    /// The value that the text holds.
    pub fn root(&self) -> Value<'_> {
        Value { document: self, at: 0 }
    }
}

impl<'d> Value<'d> {
    /// What the value is.
    #[inline]
    pub fn kind(self) -> Kind {
        self.node().kind
    }

    /// The string's text, unescaped; `None` for every other kind.
    #[inline]
    pub fn as_str(self) -> Option<&'d str> {
        let node = self.node();
        (node.kind == Kind::String).then(|| self.document.node_text(node))
    }

    /// The number exactly as it was written; `None` for every other kind.
    pub fn number_text(self) -> Option<&'d str> {
        let node = self.node();
        (node.kind == Kind::Number).then(|| self.document.node_text(node))
    }

    /// The number if it is a whole one that fits; `None` otherwise.
    pub fn as_u64(self) -> Option<u64> {
        self.number_text()?.parse().ok()
    }

    /// Whether it is the number of this digit, from `1` to `9`, however that is written.
    pub(crate) fn is_digit(self, digit: u8) -> bool {
        self.number_text().is_some_and(|text| is_digit(text.as_bytes(), digit))
    }

    /// How many elements an array or members an object has; 0 for every other kind.
    pub fn len(self) -> usize {
        let node = self.node();
        if node.kind.is_container() { node.len as usize } else { 0 }
    }

    /// Whether [`len`](Self::len) is 0.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The member of this name, after unescaping; `None` if there is none or this is not an object.
    pub fn get(self, name: &str) -> Option<Value<'d>> {
        let node = self.node();
        if node.kind != Kind::Object {
            return None;
        }
        if let Some(sorted) = self.document.nodes.sorted_names(self.at, node.len) {
            let text_of = |at| self.document.node_text(self.document.node(at));
            return names::find(sorted, name, text_of).map(|at| self.with(at + 1));
        }
        let (len, fingerprint) = (name.len() as u32, fingerprint(name.as_bytes()));
        let mut at = self.at + 1;
        for _ in 0..node.len {
            let member = self.document.node(at);
            let value = at + 1;
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
        let array = self.node();
        if array.kind != Kind::Array || index >= array.len as usize {
            return None;
        }
        let first = self.at + 1;
        if array.link - first == array.len {
            return Some(self.with(first + index as u32)); // scalars only: a node each
        }
        match self.document.nodes.sorted_names(self.at, array.len) {
            Some(elements) => Some(self.with(names::node_of(elements[index]))),
            None => self.elements().nth(index),
        }
    }

    /// The members of an object in the order of the text; none for every other kind.
    #[inline]
    pub fn members(self) -> Members<'d> {
        let left = if self.kind() == Kind::Object { self.node().len } else { 0 };
        Members { document: self.document, at: self.at + 1, left }
    }

    /// The elements of an array in the order of the text; none for every other kind.
    pub fn elements(self) -> Elements<'d> {
        let left = if self.kind() == Kind::Array { self.node().len } else { 0 };
        Elements { document: self.document, at: self.at + 1, left }
    }

    /// The elements of an array or the values of an object's members; none for every other kind.
    #[inline]
    pub(crate) fn children(self) -> impl Iterator<Item = Value<'d>> {
        let names = u32::from(self.kind() == Kind::Object);
        let mut at = self.at + 1;
        (0..self.len()).map(move |_| {
            let child = self.with(at + names); // after its name
            at = self.document.after(child.at);
            child
        })
    }

    /// Where the value begins in the text, in bytes; of a string, its first byte after the quote.
    pub fn offset(self) -> usize {
        self.node().start as usize
    }

    #[inline]
    fn node(self) -> Node {
        self.document.node(self.at)
    }

    /// The text of a string or a number.
    pub(crate) fn text(self) -> &'d str {
        debug_assert!(matches!(self.kind(), Kind::String | Kind::Number));
        self.document.node_text(self.node())
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
        let name = self.document.node_text(self.document.node(self.at));
        let value = Value { document: self.document, at: self.at + 1 };
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
    /// The same document, with its text in the nodes' memory instead of borrowed. The text must be shorter than 2 GiB: decoded
    /// strings are never longer than what they were written as, so that both together stay below 4 GiB.
    pub(crate) fn into_owned(self) -> Document<'static> {
        let text = self.text;
        let mut nodes = self.nodes;
        nodes.take_in(text);
        Document { text: "", nodes }
    }

    /// How many values it has, the names of members included.
    pub(crate) fn node_count(&self) -> usize {
        self.nodes.list.len()
    }

    /// The memory of the nodes, for the next document.
    pub(crate) fn into_nodes(self) -> Nodes {
        self.nodes
    }

    #[inline]
    pub(super) fn node(&self, at: u32) -> Node {
        self.nodes.list[at as usize]
    }

    /// The node after the value at `at` and all that it holds.
    #[inline]
    pub(super) fn after(&self, at: u32) -> u32 {
        self.node(at).end(at)
    }

    #[inline]
    pub(super) fn node_text(&self, node: Node) -> &str {
        node.text(self.text, &self.nodes.decoded)
    }
}

/// Shows the shape, never the content: a document may hold a key.
impl std::fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document")
            .field("bytes", &self.text.len())
            .field("nodes", &self.node_count())
            .finish()
    }
}

/// Shows the kind, never the content.
impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Value").field(&self.kind()).finish()
    }
}
