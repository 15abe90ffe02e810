//! Which names of `enc.params` can match anything.
//!
//! All names go through the body together, sorted: those with one prefix are then neighbours, so each member of the body
//! costs a binary search and not a look at every name.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::json::{Kind, Value};
use crate::replacer::is_whole_name;

/// The names, and which of them match.
pub(super) struct Matched<'n> {
    /// Sorted, none twice.
    names: Vec<&'n str>,
    /// Runs of names that match, none within another.
    runs: Vec<Run>,
    /// Of each name, whether it matches a query parameter whose name is filled; empty if there is no such parameter.
    filled: Vec<bool>,
}

/// Neighbours in the list of names: those from the index `from` up to, but not including, `to`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    from: usize,
    to: usize,
}

impl<'n> Matched<'n> {
    /// Compares the names with the parameters of a query whose values are filled, each as the literal pieces of its name
    /// (one piece if that is not filled), and with the values of the body.
    pub(super) fn of(
        names: impl Iterator<Item = &'n str>,
        query: impl Iterator<Item = Vec<String>>,
        body: Option<Value<'_>>,
    ) -> Matched<'n> {
        let mut sorted: Vec<&str> = names.collect();
        sorted.sort_unstable();
        sorted.dedup();
        let all = Run { from: 0, to: sorted.len() };
        let mut matched = Matched { names: sorted, runs: Vec::new(), filled: Vec::new() };
        for parameter in &BTreeSet::from_iter(query) {
            match &**parameter {
                [name] => matched.note_equal(all, |known| known.cmp(name)),
                pieces => matched.note_filled(all, pieces),
            }
        }
        if let Some(body) = body {
            matched.walk(body, all, 0);
        }
        matched.runs.sort_unstable();
        let mut end = 0;
        matched.runs.retain(|run| {
            let reaches_further = run.to > end;
            end = end.max(run.to);
            reaches_further
        });
        matched
    }

    /// Whether none of the names matches.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty() && !self.filled.contains(&true)
    }

    /// Whether this one of the names matches.
    pub(super) fn has(&self, name: &str) -> bool {
        let Ok(index) = self.names.binary_search(&name) else { return false };
        if self.filled.get(index) == Some(&true) {
            return true;
        }
        let after = self.runs.partition_point(|run| run.from <= index);
        let last = after.checked_sub(1).and_then(|last| self.runs.get(last));
        last.is_some_and(|run| index < run.to)
    }

    /// The walk of [`Selection`](crate::selection::Selection); but a whole `<name>` may hold whatever the rest of a name
    /// means. `run` has the names that reach into `value`, and `prefix` is how many bytes of them led here.
    fn walk(&mut self, value: Value<'_>, run: Run, prefix: usize) {
        match value.kind() {
            Kind::Array => value.elements().for_each(|element| self.walk(element, run, prefix)),
            Kind::Object => {
                for (member, value) in value.members() {
                    let rest = |name: &'n str| name.bytes().skip(prefix);
                    self.note_equal(run, |name| rest(name).cmp(member.bytes()));
                    let length = member.len().saturating_add(1);
                    let dotted = |name: &'n str| rest(name).take(length).cmp(member.bytes().chain([b'.']));
                    if let Some(inner) = self.equal(run, dotted) {
                        self.walk(value, inner, prefix.saturating_add(length));
                    }
                }
            }
            _ if value.as_str().is_some_and(is_whole_name) => self.note(run),
            _ => {}
        }
    }

    /// Notes the names that a filled name can become: anything may be between two literal pieces.
    fn note_filled(&mut self, all: Run, pieces: &[String]) {
        let [first, rest @ ..] = pieces else { return };
        let Some(run) = self.equal(all, |name| name.bytes().take(first.len()).cmp(first.bytes())) else {
            return;
        };
        self.filled.resize(self.names.len(), false);
        let names = self.names.iter().zip(&mut self.filled).take(run.to).skip(run.from);
        for (name, is_matched) in names.filter(|(_, is_matched)| !**is_matched) {
            *is_matched = name.get(first.len()..).is_some_and(|after| can_end_with(after, rest));
        }
    }

    fn note(&mut self, run: Run) {
        // Elements of an array often match the same names.
        if self.runs.last() != Some(&run) {
            self.runs.push(run);
        }
    }

    fn note_equal(&mut self, run: Run, compare: impl Fn(&'n str) -> Ordering) {
        if let Some(equal) = self.equal(run, compare) {
            self.note(equal);
        }
    }

    /// The names of `run` that compare as equal, if there are any.
    fn equal(&self, run: Run, compare: impl Fn(&'n str) -> Ordering) -> Option<Run> {
        debug_assert!(run.to <= self.names.len(), "a run is a part of the list");
        let names = self.names.get(run.from..run.to)?;
        let from = run.from.saturating_add(names.partition_point(|name| compare(name).is_lt()));
        let to = run.from.saturating_add(names.partition_point(|name| compare(name).is_le()));
        (from < to).then_some(Run { from, to })
    }
}

/// Whether the pieces are in the text one after the other, the last one at its end.
fn can_end_with(text: &str, pieces: &[String]) -> bool {
    let [between @ .., last] = pieces else { return false };
    let rest = between.iter().try_fold(text, |rest, piece| Some(rest.split_once(&**piece)?.1));
    rest.is_some_and(|rest| rest.ends_with(&**last))
}
