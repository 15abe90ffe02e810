//! No name twice in an object: a filter for small objects, sorted names for large ones.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "the nodes are those that the reader has made, and their offsets those of its text"
)]

use super::node::{Node, Nodes};

/// Where the name that was read last begins, if it is one of the `count` names of the `object` before it.
#[cold]
pub(super) fn last_is_repeated(text: &str, nodes: &Nodes, object: u32, count: u32) -> Option<u32> {
    let names = Names { text, decoded: &nodes.decoded, nodes: &nodes.list };
    let name = nodes.list.len() as u32 - 1;
    let (hint, mut other) = (names.hint_of(name), object + 1);
    for _ in 0..count {
        if names.hint_of(other) == hint && names.text_of(other) == names.text_of(name) {
            return Some(names.offset_of(name));
        }
        other = names.next_name(other);
    }
    None
}

/// Keeps the object's names sorted by hash and text, for lookups. Returns where the first name begins that an earlier one
/// equals.
pub(super) fn sort(text: &str, nodes: &mut Nodes, object: u32, members: usize) -> Option<u32> {
    let Nodes { list, decoded, sorted, sorted_objects, .. } = nodes;
    let names = Names { text, decoded, nodes: list };
    let start = sorted.len();
    let mut name = object + 1;
    for _ in 0..members {
        sorted.push(key(hash(names.text_of(name)), name));
        name = names.next_name(name);
    }
    debug_assert_eq!(name as usize, list.len(), "members end where the nodes end");
    let keys = &mut sorted[start..];
    keys.sort_unstable();
    let mut second: Option<u32> = None;
    for alike in keys.chunk_by_mut(|a, b| hash_of(*a) == hash_of(*b)) {
        let text = |key: &u64| names.text_of(node_of(*key));
        // Equal names in the order of the text, so that the error is that of the second one.
        alike.sort_unstable_by(|a, b| text(a).cmp(text(b)).then(a.cmp(b)));
        let twice = alike.windows(2).filter(|pair| matches!(pair, [a, b] if text(a) == text(b)));
        second = twice.filter_map(|pair| pair.get(1)).map(|key| node_of(*key)).chain(second).min();
    }
    if let Some(second) = second {
        return Some(names.offset_of(second));
    }
    insert(sorted_objects, object, start);
    None
}

/// The node of the name that is `name` among `keys`, which [`sort`] made.
pub(super) fn find<'d>(keys: &[u64], name: &str, text_of: impl Fn(u32) -> &'d str) -> Option<u32> {
    let wanted = hash(name);
    let compare = |key: &u64| hash_of(*key).cmp(&wanted).then_with(|| text_of(node_of(*key)).cmp(name));
    keys.binary_search_by(compare).ok().map(|index| node_of(keys[index]))
}

/// A number for a name, so that sorting compares numbers nearly always; the same in every run.
fn hash(name: &str) -> u32 {
    let (words, tail) = name.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(tail).for_each(|(to, from)| *to = *from);
    let words = words.iter().chain([&last]).map(|word| u64::from_le_bytes(*word));
    let mix = |hash: u64, word: u64| (hash.rotate_left(29) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (words.fold(name.len() as u64, mix) >> 32) as u32
}

/// What names are sorted by: hash, then node.
fn key(hash: u32, node: u32) -> u64 {
    (u64::from(hash) << 32) | u64::from(node)
}

fn hash_of(key: u64) -> u32 {
    (key >> 32) as u32
}

/// The node of a key.
pub(super) fn node_of(key: u64) -> u32 {
    key as u32
}

/// Keeps the nodes of a long array's elements, for lookups. An array of scalars alone needs no list.
pub(super) fn index(nodes: &mut Nodes, array: u32, elements: usize) {
    let Nodes { list, sorted, sorted_objects, .. } = nodes;
    let first = array + 1;
    if list.len() - first as usize == elements {
        return;
    }
    let start = sorted.len();
    let mut element = first;
    for _ in 0..elements {
        sorted.push(u64::from(element));
        element = list[element as usize].end(element);
    }
    debug_assert_eq!(element as usize, list.len(), "elements end where the nodes end");
    insert(sorted_objects, array, start);
}

/// Notes where the list of an object or array begins. Inner ones end before outer ones, so they do not come by node.
fn insert(lists: &mut Vec<(u32, u32)>, node: u32, start: usize) {
    let index = lists.partition_point(|(other, _)| *other < node);
    lists.insert(index, (node, start as u32));
}

/// Length and fingerprint of a name: different hints, different names.
#[inline]
pub(super) fn hint(len: u32, fingerprint: u16) -> u32 {
    (len << 16) | u32::from(fingerprint)
}

/// The names of an object while its document is still being read.
struct Names<'r> {
    text: &'r str,
    decoded: &'r str,
    nodes: &'r [Node],
}

impl<'r> Names<'r> {
    fn hint_of(&self, at: u32) -> u32 {
        let node = &self.nodes[at as usize];
        hint(node.len, node.fingerprint)
    }

    fn text_of(&self, at: u32) -> &'r str {
        self.nodes[at as usize].text(self.text, self.decoded)
    }

    /// Where the name's opening quote is.
    fn offset_of(&self, at: u32) -> u32 {
        self.nodes[at as usize].start - 1
    }

    /// The name after the value of the name at `at`.
    fn next_name(&self, at: u32) -> u32 {
        self.nodes[at as usize + 1].end(at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn hashes_and_hints_tell_names_apart() {
        let mut hashes: Vec<u32> = (0..4000).map(|n| hash(&format!("member_{n}"))).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert!(hashes.len() > 3990, "{} different hashes of 4000 names", hashes.len());
        assert!(hash("member_1") != hash("member_1\0") && hash("") != hash("\0"));
        for (len, fingerprint) in [(0, 0), (1, 0), (0, 1), (7, 0xFFFF), (0xFFFF, 7), (0xFFFF, 0xFFFF)] {
            assert_eq!(hint(len, fingerprint), len * 0x1_0000 + u32::from(fingerprint));
        }
    }

    #[test]
    fn a_hint_is_that_of_the_name_at_its_node() {
        let document = Document::read(br#"{"a":1,"bc":[2,3],"d\u0065f":4}"#, &Limits::default()).unwrap();
        let names =
            Names { text: document.text, decoded: &document.nodes.decoded, nodes: &document.nodes.list };
        let mut at = 1;
        for name in ["a", "bc", "def"] {
            let expected = hint(name.len() as u32, super::super::fingerprint(name.as_bytes()));
            assert_eq!((names.text_of(at), names.hint_of(at)), (name, expected));
            at = names.next_name(at);
        }
        assert_eq!(names.offset_of(1), 1);
    }

    /// Without them each lookup walks, and lookups of all members take quadratic time.
    #[test]
    fn long_objects_and_mixed_arrays_have_lists_in_the_order_of_their_nodes() {
        let object_of = |members, inner: &str| {
            let members: Vec<String> = (0..members).map(|n| format!("\"n{n}\":{inner}")).collect();
            format!("{{{}}}", members.join(","))
        };
        let object = |inner: &str| object_of(65, inner);
        let array = |element: &str| format!("[{}]", vec![element; 65].join(","));
        for (text, lists) in [
            (object_of(64, "1"), 0),
            (object("1"), 1),
            (array("1"), 0),
            (array("[]"), 0),
            (array("[1]"), 1),
            (array("{\"a\":1}"), 1),
            (array(&object("1")), 66),
            (object(&array("[1]")), 66),
            (object(&array("1")), 1),
        ] {
            let document =
                Document::read(text.as_bytes(), &Limits { nodes: 10_000, ..Limits::default() }).unwrap();
            let nodes: Vec<u32> = document.nodes.sorted_objects.iter().map(|(node, _)| *node).collect();
            assert_eq!(nodes.len(), lists, "{text}");
            assert!(nodes.is_sorted(), "{text}");
            let found = nodes.iter().filter(|node| document.nodes.sorted_names(**node, 65).is_some());
            assert_eq!(found.count(), lists, "{text}");
        }
    }
}
