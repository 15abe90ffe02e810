//! Which names of `enc.params` can match anything.
//!
//! All names go through the body together, sorted: those that lead to a place stand side by side there, so each place
//! costs a search and not a look at every name.

use std::collections::BTreeSet;

use crate::body::target::UrlTemplate;
use crate::json::{Kind, Value};
use crate::replacer::is_whole_name;

/// The names, and which of them match.
pub(super) struct Matched<'n> {
    /// Sorted, none twice.
    names: Vec<&'n str>,
    /// Runs of names that match: from, to.
    runs: Vec<(usize, usize)>,
}

impl<'n> Matched<'n> {
    /// Holds the names against the parameters of the URL and the values of the body.
    pub(super) fn of(names: &'n [String], url: &UrlTemplate, body: Option<Value<'_>>) -> Matched<'n> {
        let mut sorted: Vec<&str> = names.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let all = (0, sorted.len());
        let mut matched = Matched { names: sorted, runs: Vec::new() };
        if url.has_filled_parameter_names() {
            matched.note(all);
            return matched;
        }
        let parameters: BTreeSet<&str> = url.encrypted_parameters().collect();
        for parameter in parameters {
            matched.note(matched.run(all, |name| name.cmp(parameter)));
        }
        if let Some(body) = body {
            matched.walk(body, all, 0);
        }
        // One run after the other, none within another.
        matched.runs.sort_unstable();
        let mut end = 0;
        matched.runs.retain(|(_, to)| {
            let reaches_further = *to > end;
            end = end.max(*to);
            reaches_further
        });
        matched
    }

    /// Whether this one of the names matches.
    pub(super) fn has(&self, name: &str) -> bool {
        let Ok(at) = self.names.binary_search(&name) else { return false };
        let after = self.runs.partition_point(|(from, _)| *from <= at);
        let last = after.checked_sub(1).and_then(|place| self.runs.get(place));
        last.is_some_and(|(_, to)| at < *to)
    }

    fn note(&mut self, run: (usize, usize)) {
        // Elements of an array often match the same names.
        if run.0 < run.1 && self.runs.last() != Some(&run) {
            self.runs.push(run);
        }
    }

    /// The walk of `cipher::Selection`: a whole `<name>` may hold whatever the rest of the name means. `run` are the
    /// names that lead here, `way` how many bytes of them.
    fn walk(&mut self, value: Value<'_>, run: (usize, usize), way: usize) {
        match value.kind() {
            Kind::Array => value.elements().for_each(|element| self.walk(element, run, way)),
            Kind::Object => {
                for (member, value) in value.members() {
                    let cut = |name: &'n str| name.as_bytes().get(way..).unwrap_or_default();
                    self.note(self.run(run, |name| cut(name).cmp(member.as_bytes())));
                    let length = member.len().saturating_add(1);
                    let start = |name: &'n str| cut(name).iter().take(length).copied();
                    let inner = self.run(run, |name| start(name).cmp(member.bytes().chain([b'.'])));
                    if inner.0 < inner.1 {
                        self.walk(value, inner, way.saturating_add(length));
                    }
                }
            }
            Kind::String if is_whole_name(value.as_str().unwrap_or_default()) => self.note(run),
            _ => {}
        }
    }

    /// The names of `run` that compare as equal.
    fn run(
        &self,
        (from, to): (usize, usize),
        compare: impl Fn(&'n str) -> core::cmp::Ordering,
    ) -> (usize, usize) {
        let names = self.names.get(from..to).unwrap_or_default();
        let start = names.partition_point(|name| compare(name).is_lt());
        let end = names.partition_point(|name| compare(name).is_le());
        (from.saturating_add(start), from.saturating_add(end))
    }
}
