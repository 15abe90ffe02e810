//! No name twice in an object: a filter for small objects, sorted names for large ones.

use super::document::{Kind, Node, Nodes};

/// Objects with more members than this are checked for duplicates, and searched, by their sorted names.
///
/// Below, a filter and comparing fingerprints is faster than sorting.
pub(super) const SORTED_FROM: usize = 64;

/// The hints of the names that a small object had so far, as a filter: it tells most names from all before.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen([u64; 4]);

impl Seen {
    /// Adds a name; true if one like it may have been there.
    #[inline]
    pub(super) fn meet(&mut self, hint: u32) -> bool {
        let spread = hint.wrapping_mul(0x9E37_79B1);
        let bit = 1u64.wrapping_shl(spread >> 24);
        let Some(word) = self.0.get_mut((spread >> 30) as usize) else { return true };
        let is_there = *word & bit != 0;
        *word |= bit;
        is_there
    }
}

/// The place of the name that was read last, if it is one of the `count` names of the `object` before it.
#[cold]
pub(super) fn last_is_repeated(text: &str, nodes: &Nodes, object: u32, count: u32) -> Option<u32> {
    let names = Names { text, decoded: &nodes.decoded, nodes: &nodes.list };
    let name = (nodes.list.len() as u32).wrapping_sub(1);
    let (hint, mut other) = (names.hint_of(name), object.wrapping_add(1));
    for _ in 0..count {
        if names.hint_of(other) == hint && names.text_of(other) == names.text_of(name) {
            return names.place_of(name);
        }
        other = names.next_name(other);
    }
    None
}

/// Keeps the object's names sorted by hash and text, for lookups; the place of the first name that an earlier one equals.
pub(super) fn sort(text: &str, nodes: &mut Nodes, object: u32, members: usize) -> Option<u32> {
    let Nodes { list, decoded, sorted, sorted_objects, .. } = nodes;
    let names = Names { text, decoded, nodes: list };
    let start = sorted.len();
    let mut name = object.wrapping_add(1);
    for _ in 0..members {
        sorted.push(u64::from(hash(names.text_of(name))) << 32 | u64::from(name));
        name = names.next_name(name);
    }
    let keys = sorted.get_mut(start..).unwrap_or_default();
    keys.sort_unstable();
    let mut second: Option<u32> = None;
    for alike in keys.chunk_by_mut(|a, b| hash_of(*a) == hash_of(*b)).filter(|alike| alike.len() > 1) {
        let text = |key: &u64| names.text_of(node_of(*key));
        // Equal names in the order of the text, so that the second one is blamed.
        alike.sort_unstable_by(|a, b| text(a).cmp(text(b)).then(a.cmp(b)));
        let twice = alike.windows(2).filter(|pair| matches!(pair, [a, b] if text(a) == text(b)));
        second = twice.filter_map(|pair| pair.get(1)).map(|key| node_of(*key)).chain(second).min();
    }
    if let Some(second) = second {
        return names.place_of(second);
    }
    // Inner objects end before outer ones, so the list is not yet by object.
    let place = sorted_objects.partition_point(|(node, _)| *node < object);
    sorted_objects.insert(place, (object, start as u32));
    None
}

/// The place in `keys`, which [`sort`] made, of the name that is `name`.
pub(super) fn find<'d>(keys: &[u64], name: &str, text_of: impl Fn(u32) -> &'d str) -> Option<u32> {
    let wanted = hash(name);
    let compare = |key: &u64| hash_of(*key).cmp(&wanted).then_with(|| text_of(node_of(*key)).cmp(name));
    let place = keys.binary_search_by(compare).ok()?;
    keys.get(place).map(|key| node_of(*key))
}

/// A number for a name, so that nearly all of the order is comparing numbers; the same in every run.
fn hash(name: &str) -> u32 {
    let (words, tail) = name.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(tail).for_each(|(to, from)| *to = *from);
    let words = words.iter().chain([&last]).map(|word| u64::from_le_bytes(*word));
    let mix = |hash: u64, word: u64| (hash.rotate_left(29) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (words.fold(name.len() as u64, mix) >> 32) as u32
}

fn hash_of(key: u64) -> u32 {
    (key >> 32) as u32
}

/// The node of a key.
pub(super) fn node_of(key: u64) -> u32 {
    key as u32
}

/// Keeps the places of a long array's elements, for lookups. One of nothing but scalars needs no list.
pub(super) fn index(nodes: &mut Nodes, array: u32, elements: usize) {
    let Nodes { list, sorted, sorted_objects, .. } = nodes;
    let first = array.wrapping_add(1);
    if list.len().saturating_sub(first as usize) == elements {
        return;
    }
    let start = sorted.len() as u32;
    let mut element = first;
    for _ in 0..elements {
        sorted.push(u64::from(element));
        element = match list.get(element as usize) {
            Some(node) if matches!(node.kind, Kind::Array | Kind::Object) => node.link,
            _ => element.wrapping_add(1),
        };
    }
    let place = sorted_objects.partition_point(|(node, _)| *node < array);
    sorted_objects.insert(place, (array, start));
}

/// Length and fingerprint of a name: different hints, different names.
#[inline]
pub(super) fn hint(len: u32, fingerprint: u16) -> u32 {
    len.wrapping_shl(16) ^ u32::from(fingerprint)
}

/// The names of an object while its document is still being read.
struct Names<'r> {
    text: &'r str,
    decoded: &'r str,
    nodes: &'r [Node],
}

impl<'r> Names<'r> {
    fn hint_of(&self, at: u32) -> u32 {
        self.nodes.get(at as usize).map_or(0, |node| hint(node.len, node.fingerprint))
    }

    fn text_of(&self, at: u32) -> &'r str {
        let Some(node) = self.nodes.get(at as usize) else { return "" };
        let (text, start) = if node.escaped { (self.decoded, node.link) } else { (self.text, node.start) };
        let start = start as usize;
        text.get(start..start.wrapping_add(node.len as usize)).unwrap_or_default()
    }

    /// The byte of the name's opening quote.
    fn place_of(&self, at: u32) -> Option<u32> {
        self.nodes.get(at as usize).map(|node| node.start.saturating_sub(1))
    }

    /// The name after the value of the name at `at`.
    fn next_name(&self, at: u32) -> u32 {
        let value = at.wrapping_add(1);
        match self.nodes.get(value as usize) {
            Some(node) if matches!(node.kind, Kind::Array | Kind::Object) => node.link,
            _ => value.wrapping_add(1),
        }
    }
}
