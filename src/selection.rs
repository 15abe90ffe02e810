//! Which values of a whole tree are encrypted: SPEC §6, `enc.params`.
//!
//! A name reaches a member of the body with everything under it; dots go deeper. Arrays have no names: each element
//! is reached as the array is. A name with dots that is also the whole name of a member reaches both readings, so that
//! no value stays readable because of how its name is spelled. The sender and the receiver decide by the same walk.

use core::cmp::Ordering;
use std::sync::Arc;

/// What is encrypted within some part of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selection {
    /// Nothing.
    Nothing,
    /// Every value.
    All,
    /// What these names reach, seen from here; at least one.
    Names(Names),
}

/// Names of `enc.params` that begin with the way to some place in a tree.
///
/// Sorted, they stand side by side, so a place has a range of the one list and a walk of a tree copies no name: with
/// a copy for each place, a payload of a few KiB would take hundreds of MiB.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    all: Arc<[Box<str>]>,
    from: usize,
    to: usize,
    /// Bytes of the way to here, with the dot behind it.
    way: usize,
}

impl Names {
    /// The names, each seen from here.
    fn seen(&self) -> impl Iterator<Item = &str> {
        let names = self.all.get(self.from..self.to).unwrap_or_default();
        names.iter().map(|name| name.get(self.way..).unwrap_or_default())
    }

    /// The name at this index of the list, seen from here.
    fn seen_at(&self, index: usize) -> Option<&str> {
        let name = self.all.get(index).filter(|_| index < self.to)?;
        name.get(self.way..)
    }

    /// The first name from `from` on that is no longer `before`, given that those that are stand first.
    fn place(&self, from: usize, before: impl Fn(&str) -> bool) -> usize {
        let names = self.all.get(from..self.to).unwrap_or_default();
        from.saturating_add(names.partition_point(|name| before(name.get(self.way..).unwrap_or_default())))
    }

    /// Whether one of them compares as equal.
    fn has(&self, compare: impl Fn(&str) -> Ordering) -> bool {
        let place = self.place(self.from, |name| compare(name) == Ordering::Less);
        self.all
            .get(place)
            .filter(|_| place < self.to)
            .is_some_and(|name| compare(name.get(self.way..).unwrap_or_default()) == Ordering::Equal)
    }

    /// Those that lead into the member of this name.
    fn within(&self, member: &str) -> Option<Names> {
        let start = |name: &str| {
            let way = member.bytes().chain([b'.']);
            name.bytes().take(member.len().saturating_add(1)).cmp(way)
        };
        let from = self.place(self.from, |name| start(name) == Ordering::Less);
        let to = self.place(from, |name| start(name) == Ordering::Equal);
        let way = self.way.saturating_add(member.len()).saturating_add(1);
        (from < to).then(|| Names { all: Arc::clone(&self.all), from, to, way })
    }
}

impl PartialEq for Names {
    fn eq(&self, other: &Names) -> bool {
        self.seen().eq(other.seen())
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
                Selection::Names(Names { all: all.into(), from: 0, to, way: 0 })
            }
        }
    }

    /// The selection as seen from within the member of this name.
    pub(crate) fn within(&self, member: &str) -> Selection {
        let Selection::Names(names) = self else { return self.clone() };
        if names.has(|name| name.cmp(member)) {
            return Selection::All;
        }
        names.within(member).map_or(Selection::Nothing, Selection::Names)
    }

    /// Whether a value of this name is encrypted: `within(member).takes_value()` without a copy.
    pub(crate) fn takes_member(&self, member: &str) -> bool {
        self.takes_member_that(|name| name.cmp(member))
    }

    /// The same for a member whose name need not be at hand as text: `compare` says how a given one stands to it in the
    /// order of bytes.
    pub(crate) fn takes_member_that(&self, compare: impl Fn(&str) -> Ordering) -> bool {
        match self {
            Selection::Nothing => false,
            Selection::All => true,
            Selection::Names(names) => names.has(compare),
        }
    }

    /// The names that no member of an object is, or is the beginning of; all of them if there is no object.
    pub(crate) fn unreached<'m>(&self, members: impl Iterator<Item = &'m str>) -> Vec<&str> {
        let Selection::Names(names) = self else { return Vec::new() };
        let mut reached = vec![false; names.to.saturating_sub(names.from)];
        let mut mark = |from: usize, to: usize| {
            let run = from.saturating_sub(names.from)..to.saturating_sub(names.from);
            reached.get_mut(run).into_iter().for_each(|run| run.fill(true));
        };
        for member in members {
            let whole = names.place(names.from, |name| name < member);
            if names.seen_at(whole).is_some_and(|name| name == member) {
                mark(whole, whole.saturating_add(1));
            }
            if let Some(deeper) = names.within(member) {
                mark(deeper.from, deeper.to);
            }
        }
        names.seen().zip(reached).filter(|(_, reached)| !reached).map(|(name, _)| name).collect()
    }

    /// Whether a value right here is encrypted.
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
    fn names_that_no_member_reaches_are_told() {
        let selection = names(&["a.b", "a.x", "a.z.c", "d", "e.f", "e.g"]);
        let unreached = |members: &[&str]| selection.unreached(members.iter().copied()).join(" ");
        assert_eq!(unreached(&[]), "a.b a.x a.z.c d e.f e.g");
        assert_eq!(unreached(&["a", "d", "e"]), "");
        assert_eq!(unreached(&["a.b", "d", "e.f", "x"]), "a.x a.z.c e.g");
        assert_eq!(unreached(&["a.b", "a.z", "a", "e"]), "d", "both readings of a name with dots");
        assert_eq!(Selection::All.unreached(["a"].into_iter()), Vec::<&str>::new());
    }

    #[test]
    fn absent_params_are_everything_and_nothing_stays_nothing() {
        assert_eq!(Selection::of_params(None).within("x"), Selection::All);
        assert_eq!(Selection::of_params(Some(&[])).within("x"), Selection::Nothing);
    }

    /// The meaning in its plainest form: every name cut at every place, one after the other.
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
