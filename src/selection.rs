//! Which values of a whole tree are encrypted: what the names in `enc.params` mean.
//!
//! A name reaches a member of the body with everything under it; dots go deeper. Arrays have no names: each element
//! is reached as the array is. A name with dots that is also the whole name of a member reaches both readings, so that
//! no value stays readable because of how its name is spelled. Sender and receiver decide by the same code.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "ranges are those of searches in the same list, and all names of a range have its prefix"
)]

use core::cmp::Ordering;
use core::ops::Range;
use std::sync::Arc;

/// What is encrypted within some part of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selection {
    /// Nothing.
    Nothing,
    /// Every value.
    All,
    /// What these names reach; at least one.
    Names(Names),
}

/// Names of `enc.params` that begin with the path to some part of a tree.
///
/// The list is sorted, so names with one prefix are consecutive: each part of a tree has a range of the one list, and a
/// walk of the tree copies no name. With a copy for each part, a payload of a few KiB would take hundreds of MiB.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    all: Arc<[Box<str>]>,
    from: usize,
    to: usize,
    /// Bytes of the path to this part, with the dot after it.
    prefix: usize,
}

impl Names {
    /// How many names there are.
    pub(crate) fn len(&self) -> usize {
        self.to - self.from
    }

    /// The names, each without the path to this part.
    pub(crate) fn rests(&self) -> impl Iterator<Item = &str> {
        (self.from..self.to).map(|index| self.rest(index))
    }

    /// The index of a name among [`rests`](Self::rests).
    pub(crate) fn index_of(&self, name: &str) -> Option<usize> {
        self.find(|known| known.cmp(name)).map(|index| index - self.from)
    }

    /// The name at this index of the list, without the path to this part.
    fn rest(&self, index: usize) -> &str {
        &self.all[index][self.prefix..]
    }

    /// The index of the first name from `from` on that is not `before`. Those that are come first.
    fn first(&self, from: usize, before: impl Fn(&str) -> bool) -> usize {
        from + self.all[from..self.to].partition_point(|name| before(&name[self.prefix..]))
    }

    /// The index of the name that compares as equal.
    fn find(&self, compare: impl Fn(&str) -> Ordering) -> Option<usize> {
        let index = self.first(self.from, |name| compare(name).is_lt());
        (index < self.to && compare(self.rest(index)).is_eq()).then_some(index)
    }

    /// Those that lead into the member of this name, and their indexes among [`rests`](Self::rests).
    pub(crate) fn within(&self, member: &str) -> Option<(Range<usize>, Names)> {
        let start = |name: &str| {
            let path = member.bytes().chain([b'.']);
            name.bytes().take(member.len() + 1).cmp(path)
        };
        let from = self.first(self.from, |name| start(name).is_lt());
        let to = self.first(from, |name| start(name).is_eq());
        let prefix = self.prefix + member.len() + 1;
        let deeper = || Names { all: Arc::clone(&self.all), from, to, prefix };
        (from < to).then(|| (from - self.from..to - self.from, deeper()))
    }
}

impl PartialEq for Names {
    fn eq(&self, other: &Names) -> bool {
        self.rests().eq(other.rests())
    }
}

impl Eq for Names {}

impl Selection {
    /// The selection of `enc.params`; absent means every value.
    pub(crate) fn of_params(params: Option<&[String]>) -> Selection {
        match params {
            None => Selection::All,
            Some([]) => Selection::Nothing,
            Some(names) => {
                let mut all: Vec<Box<str>> = names.iter().map(|name| name.as_str().into()).collect();
                all.sort_unstable();
                all.dedup();
                let to = all.len();
                Selection::Names(Names { all: all.into(), from: 0, to, prefix: 0 })
            }
        }
    }

    /// The selection within the member of this name.
    pub(crate) fn within(&self, member: &str) -> Selection {
        let Selection::Names(names) = self else { return self.clone() };
        if names.find(|name| name.cmp(member)).is_some() {
            return Selection::All;
        }
        names.within(member).map_or(Selection::Nothing, |(_, deeper)| Selection::Names(deeper))
    }

    /// Whether `enc.params` has this name: a profile that encrypts all values names none.
    pub(crate) fn names_member(&self, member: &str) -> bool {
        matches!(self, Selection::Names(_)) && self.takes_member(member)
    }

    /// Whether a value of this name is encrypted: `within(member).takes_value()` without a copy.
    pub(crate) fn takes_member(&self, member: &str) -> bool {
        self.takes_member_that(|name| name.cmp(member))
    }

    /// The same for a member whose name is not available as one text: `compare` compares a given name with it, in the order
    /// of bytes.
    pub(crate) fn takes_member_that(&self, compare: impl Fn(&str) -> Ordering) -> bool {
        match self {
            Selection::Nothing => false,
            Selection::All => true,
            Selection::Names(names) => names.find(compare).is_some(),
        }
    }

    /// Whether a value of this part is encrypted, if it is no array or object.
    pub(crate) fn takes_value(&self) -> bool {
        matches!(self, Selection::All)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Selection {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        Selection::of_params(Some(&names))
    }

    #[test]
    fn names_reach_members_and_what_is_under_them() {
        let selection = names(&["status", "customer.phone", "a.b"]);
        assert!(selection.within("status").takes_value());
        assert!(selection.within("status").within("any").takes_value());
        assert_eq!(selection.within("customer"), names(&["phone"]));
        assert_ne!(selection.within("customer"), names(&["name"]));
        assert!(selection.within("customer").within("phone").takes_value());
        assert_eq!(selection.within("customer").within("name"), Selection::Nothing);
        assert!(selection.within("a.b").takes_value() && selection.within("a").within("b").takes_value());
        assert_eq!(selection.within("stat"), Selection::Nothing);
        for name in ["status", "customer", "a", "a.b", "stat", ""] {
            assert_eq!(selection.takes_member(name), selection.within(name).takes_value());
        }
        assert!(!selection.takes_value());
    }

    #[test]
    fn absent_params_are_everything_and_nothing_stays_nothing() {
        assert_eq!(Selection::of_params(None).within("x"), Selection::All);
        assert_eq!(Selection::of_params(Some(&[])).within("x"), Selection::Nothing);
    }

    /// The meaning in its plainest form: the rest of every name, one after the other, for each member.
    fn within_by_copies(names: &[String], member: &str) -> Option<Vec<String>> {
        let deeper = |name: &String| Some(name.strip_prefix(member)?.strip_prefix('.')?.to_owned());
        (!names.iter().any(|name| name == member)).then(|| names.iter().filter_map(deeper).collect())
    }

    #[test]
    fn ranges_mean_what_copies_would() {
        // Every text of up to four of these, so that names share beginnings, hold empty steps, and surround the dot.
        let letters = ["a", "b", ".", "-", "/", "é"];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            let longer = |text: &String| letters.map(|letter| format!("{text}{letter}"));
            texts.extend(texts.iter().flat_map(longer).collect::<Vec<_>>());
            texts.sort();
            texts.dedup();
        }
        let mut ran = 0;
        for step in [1, 3, 7, 40, 301] {
            let given: Vec<String> = texts.iter().skip(1).step_by(step).rev().cloned().collect();
            let selection = Selection::of_params(Some(&given));
            for member in &texts {
                let (inner, expected) = (selection.within(member), within_by_copies(&given, member));
                match &expected {
                    None => assert_eq!(inner, Selection::All),
                    Some(expected) => assert_eq!(inner, Selection::of_params(Some(expected)), "{member}"),
                }
                assert_eq!(selection.takes_member(member), expected.is_none());
                for second in ["", "a", "b", ".", "a.", "é"] {
                    let expected = expected.as_ref().map(|names| within_by_copies(names, second));
                    match expected {
                        None | Some(None) => assert_eq!(inner.within(second), Selection::All),
                        Some(Some(names)) => {
                            assert_eq!(inner.within(second), Selection::of_params(Some(&names)));
                        }
                    }
                    ran += 1;
                }
            }
        }
        assert!(ran > 40_000, "{ran}");
    }
}
