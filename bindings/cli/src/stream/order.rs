//! Batches that are finished in any order, given back in that of the input.

use std::collections::BTreeMap;

pub(super) struct InOrder<T> {
    next: u64,
    waiting: BTreeMap<u64, T>,
}

impl<T> Default for InOrder<T> {
    fn default() -> Self {
        InOrder { next: 0, waiting: BTreeMap::new() }
    }
}

impl<T> InOrder<T> {
    pub(super) fn add(&mut self, number: u64, item: T) {
        self.waiting.insert(number, item);
    }

    /// The next one in order, if it is there.
    pub(super) fn next(&mut self) -> Option<T> {
        let item = self.waiting.remove(&self.next)?;
        self.next = self.next.saturating_add(1);
        Some(item)
    }
}

#[cfg(test)]
mod tests {
    use super::InOrder;

    #[test]
    fn the_order_is_that_of_the_numbers() {
        let mut in_order = InOrder::default();
        let mut out = Vec::new();
        for number in [2, 0, 3, 1, 5, 4] {
            in_order.add(number, number);
            out.extend(std::iter::from_fn(|| in_order.next()));
        }
        assert_eq!(out, [0, 1, 2, 3, 4, 5]);
    }
}
