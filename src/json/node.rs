//! The nodes of a document, and the memory that holds them.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a node's offsets are those of its text: the reader made both"
)]

use zeroize::Zeroize;

use super::seen::Seen;

/// The memory of a document; used again for the next document, it stops allocating.
#[derive(Default)]
pub(crate) struct Nodes {
    pub(super) list: Vec<Node>,
    /// The strings that held escapes, decoded; of a document that owns its text, that text behind them.
    pub(super) decoded: String,
    /// For objects with many members, one after the other: the nodes of their names, each with the name's hash in the
    /// upper half, sorted by hash and name. For long arrays: the nodes of their elements.
    pub(super) sorted: Vec<u64>,
    /// Where each of these begins in `sorted`: (node of the object or array, start), by node.
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

    /// Wipes the decoded strings, if there are any. An empty string has no memory but a dangling address, and the masked
    /// store that would wipe nothing there is slow: the processor finds no page for the address.
    pub(super) fn wipe(&mut self) {
        if !self.decoded.is_empty() {
            // As a slice, and then what is behind its length: a `String` wipes its text byte by byte.
            self.decoded.as_mut_str().zeroize();
            self.decoded.clear();
            self.decoded.zeroize();
        }
    }

    /// Takes in the text that its nodes point to, which then point to the memory here. Text and decoded strings together must
    /// be shorter than 4 GiB, the range of a node's offsets.
    pub(super) fn take_in(&mut self, text: &str) {
        let before = self.decoded.len();
        debug_assert!(u32::try_from(before + text.len()).is_ok(), "offsets are 32 bits");
        let mut owned = String::with_capacity(before + text.len());
        owned.push_str(&self.decoded);
        owned.push_str(text);
        self.wipe();
        self.decoded = owned;
        for node in self.list.iter_mut().filter(|node| !node.kind.is_container() && !node.escaped) {
            node.escaped = true;
            node.link = before as u32 + node.start;
        }
    }

    /// The names of an object with this many members, sorted, or an array's elements; `None` if there is no list.
    pub(super) fn sorted_names(&self, object: u32, members: u32) -> Option<&[u64]> {
        if members as usize <= SORTED_FROM {
            return None;
        }
        // Arrays of scalars alone have no list.
        let index = self.sorted_objects.binary_search_by_key(&object, |(node, _)| *node).ok()?;
        let start = self.sorted_objects[index].1 as usize;
        Some(&self.sorted[start..start + members as usize])
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// One value, or the name of a member, whose value is the next node.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The text of a string or number is in `decoded`, not in `text`.
    pub(super) escaped: bool,
    /// Names: [`fingerprint`] of their text, so that most other names are found to differ without reading them.
    pub(super) fingerprint: u16,
    /// Byte offset of the value in the text: a string's first byte after the quote, else the first byte.
    pub(super) start: u32,
    /// Strings: bytes of their (decoded) text. Numbers: bytes. Arrays and objects: elements or members.
    pub(super) len: u32,
    /// Arrays and objects: the node after their last one. What is in `decoded`: its offset there.
    pub(super) link: u32,
}

impl Node {
    /// The text of a name, a string or a number, given the text that was read and its decoded strings.
    #[inline]
    pub(super) fn text<'t>(self, text: &'t str, decoded: &'t str) -> &'t str {
        let (text, start) = if self.escaped { (decoded, self.link) } else { (text, self.start) };
        &text[start as usize..start as usize + self.len as usize]
    }

    /// The node after this one, which is at `at`, and all that it holds.
    #[inline]
    pub(super) fn end(self, at: u32) -> u32 {
        if self.kind.is_container() { self.link } else { at + 1 }
    }
}

/// A small number made of a text: texts with different numbers are different. It is made of bytes at both ends and in
/// the middle, since names often share one end.
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

impl Kind {
    #[inline]
    pub(super) fn is_container(self) -> bool {
        matches!(self, Kind::Array | Kind::Object)
    }
}

/// Objects with more members than this are checked for duplicates, and searched, by their sorted names.
///
/// In smaller ones a filter for duplicates and the comparison of fingerprints is faster than sorting.
pub(super) const SORTED_FROM: usize = 64;

/// An open array or object.
#[derive(Clone, Copy, Default)]
pub(super) struct Container {
    /// Its node.
    pub(super) at: u32,
    pub(super) is_object: bool,
    /// How many elements or members were complete so far.
    pub(super) count: u32,
    /// Its first names, up to [`SORTED_FROM`].
    pub(super) seen: Seen,
    /// Where a name began that an earlier one equals.
    pub(super) repeated: Option<u32>,
}
