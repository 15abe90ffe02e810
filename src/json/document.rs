//! The tree as a flat list of nodes, and the cursor that walks it.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::write;

/// A JSON text that was read, as nodes in the order of the text.
///
/// Text that held escapes is kept decoded beside it and wiped when the document is dropped, since it may be a key.
pub struct Document<'a> {
    pub(super) text: &'a str,
    pub(super) decoded: Zeroizing<String>,
    pub(super) nodes: Vec<Node>,
    /// For objects with many members: their node → the members' name nodes, sorted by name.
    pub(super) sorted: BTreeMap<u32, Vec<u32>>,
}

/// One value, or one member name (which stands right before its value).
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The text of a string stands in `decoded`, not in `text`.
    pub(super) escaped: bool,
    /// Byte offset of the value in the text: a string's first byte after the quote, else the first byte.
    pub(super) start: u32,
    /// Strings: bytes of their (decoded) text. Numbers: bytes. Arrays and objects: elements or members.
    pub(super) len: u32,
    /// Arrays and objects: the node after their last one. Escaped strings: offset in `decoded`.
    pub(super) link: u32,
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
    document: &'d Document<'d>,
    at: u32,
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
        if node.len as usize > super::reader::SORTED_FROM
            && let Some(sorted) = self.document.sorted.get(&self.at)
        {
            let text = |at: u32| self.document.node(at).map_or("", |node| self.document.node_text(node));
            let place = sorted.binary_search_by(|at| text(*at).cmp(name)).ok()?;
            return sorted.get(place).map(|at| self.with(at.wrapping_add(1)));
        }
        self.members().find(|(member, _)| *member == name).map(|(_, value)| value)
    }

    /// The element of this index, from 0; `None` if there is none or this is not an array.
    pub fn element(self, index: usize) -> Option<Value<'d>> {
        self.elements().nth(index)
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

    /// Appends the value as compact JSON: no blanks, strings escaped only where needed, numbers in their text.
    pub fn write_compact(self, out: &mut Vec<u8>) {
        match self.kind() {
            Kind::Null => out.extend_from_slice(b"null"),
            Kind::False => out.extend_from_slice(b"false"),
            Kind::True => out.extend_from_slice(b"true"),
            Kind::Number => out.extend_from_slice(self.number_text().unwrap_or_default().as_bytes()),
            Kind::String => write::push_string(out, self.as_str().unwrap_or_default()),
            Kind::Array => {
                out.push(b'[');
                for (index, element) in self.elements().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    element.write_compact(out);
                }
                out.push(b']');
            }
            Kind::Object => {
                out.push(b'{');
                for (index, (name, value)) in self.members().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    write::push_string(out, name);
                    out.push(b':');
                    value.write_compact(out);
                }
                out.push(b'}');
            }
        }
    }

    /// The value as compact JSON text.
    pub fn to_compact(self) -> String {
        let mut out = Vec::new();
        self.write_compact(&mut out);
        // The writer only copies from `str`s; a lossy conversion of valid text is a move.
        String::from_utf8(out).unwrap_or_default()
    }

    /// Where the value begins in the text, in bytes; a string's place is that after its quote.
    pub fn offset(self) -> usize {
        self.node().map_or(0, |node| node.start as usize)
    }

    fn node(self) -> Option<Node> {
        self.document.node(self.at)
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
    #[inline]
    pub(super) fn node(&self, at: u32) -> Option<Node> {
        self.nodes.get(at as usize).copied()
    }

    /// The node after the value at `at` and all that it holds.
    #[inline]
    fn after(&self, at: u32) -> u32 {
        match self.node(at) {
            Some(node) if matches!(node.kind, Kind::Array | Kind::Object) => node.link,
            _ => at.wrapping_add(1),
        }
    }

    #[inline]
    pub(super) fn node_text(&self, node: Node) -> &str {
        let (text, start) =
            if node.escaped { (self.decoded.as_str(), node.link) } else { (self.text, node.start) };
        let start = start as usize;
        text.get(start..start.wrapping_add(node.len as usize)).unwrap_or_default()
    }
}

/// Shows the shape, never the content: a document may hold a key.
impl std::fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document").field("bytes", &self.text.len()).field("nodes", &self.nodes.len()).finish()
    }
}

/// Shows the kind, never the content.
impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Value").field(&self.kind()).finish()
    }
}
