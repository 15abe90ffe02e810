//! What every format writes, and what is counted.

use super::verdict::Verdict;

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
            "accepted" => &mut self.accepted,
            "denied" => &mut self.denied,
            "refused" => &mut self.refused,
            _ => &mut self.unreadable,
        };
        *count = count.saturating_add(1);
    }

    pub(super) fn rows(&self) -> [(&'static str, usize); 4] {
        [
            ("accepted", self.accepted),
            ("denied", self.denied),
            ("refused", self.refused),
            ("unreadable", self.unreadable),
        ]
    }
}
