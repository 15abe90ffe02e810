//! What every format writes, and what is counted.

use super::verdict::{Outcome, Verdict};

/// What a format writes.
pub(super) trait Writer {
    /// Before the first verdict.
    fn begin(&mut self) -> String;
    fn verdict(&mut self, verdict: &Verdict) -> String;
    /// After the last one.
    fn end(&mut self, totals: &Totals) -> String;
}

/// How many there were.
#[derive(Default, Clone, Copy)]
pub(super) struct Totals {
    pub(super) accepted: usize,
    pub(super) denied: usize,
    pub(super) refused: usize,
    pub(super) unreadable: usize,
}

impl Totals {
    pub(super) fn add(&mut self, verdict: &Verdict) {
        let count = match verdict.outcome() {
            Outcome::Accepted => &mut self.accepted,
            Outcome::Denied => &mut self.denied,
            Outcome::Refused => &mut self.refused,
            Outcome::Unreadable => &mut self.unreadable,
        };
        *count = count.saturating_add(1);
    }

    pub(super) fn rows(&self) -> [(&'static str, usize); 4] {
        [
            (Outcome::Accepted.name(), self.accepted),
            (Outcome::Denied.name(), self.denied),
            (Outcome::Refused.name(), self.refused),
            (Outcome::Unreadable.name(), self.unreadable),
        ]
    }
}
