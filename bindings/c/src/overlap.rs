//! Overlap: no call may read an input from memory that it overwrites.

/// The addresses of some bytes.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    start: usize,
    end: usize,
}

impl Span {
    pub(crate) fn of(bytes: &[u8]) -> Span {
        Span::new(bytes.as_ptr(), bytes.len())
    }

    pub(crate) fn new(start: *const u8, len: usize) -> Span {
        Span { start: start.addr(), end: start.addr().saturating_add(len) }
    }

    /// The smallest span that holds both.
    fn hull(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two share a byte; an empty span shares none.
    pub(crate) fn overlaps(self, other: Span) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }
}

/// Whether any input shares a byte with any of the texts.
///
/// Inputs usually lie outside of the memory from the first text to the last, which one comparison each shows. Otherwise the
/// texts are sorted once, so that a batch of n values costs n log n and not n².
pub(crate) fn any_within(inputs: &[&[u8]], texts: &[String]) -> bool {
    // An empty string has no memory, and so no address that means anything.
    let spans = texts.iter().filter(|text| !text.is_empty()).map(|text| Span::of(text.as_bytes()));
    let Some(all) = spans.clone().reduce(Span::hull) else { return false };
    if !inputs.iter().any(|input| Span::of(input).overlaps(all)) {
        return false;
    }
    let mut spans: Vec<Span> = spans.collect();
    spans.sort_unstable_by_key(|span| span.start);
    inputs.iter().any(|input| {
        let input = Span::of(input);
        // Texts share no byte with each other: of those that begin before the input ends, the last one also ends last.
        let count = spans.partition_point(|span| span.start < input.end);
        spans.get(..count).and_then(<[Span]>::last).is_some_and(|last| last.overlaps(input))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_share_a_byte_or_not() {
        let bytes = [0_u8; 16];
        let part = |from: usize, to: usize| Span::of(&bytes[from..to]);
        for (from, to, expected) in [
            (0, 4, false),
            (4, 5, true),
            (0, 5, true),
            (7, 8, true),
            (8, 9, false),
            (0, 16, true),
            (6, 6, false),
        ] {
            assert_eq!(part(4, 8).overlaps(part(from, to)), expected, "{from}..{to}");
            assert_eq!(part(from, to).overlaps(part(4, 8)), expected, "{from}..{to}, the other way round");
        }
        assert!(!part(4, 4).overlaps(part(0, 16)), "an empty span");
        assert!(!Span::new(std::ptr::null(), 0).overlaps(part(0, 16)), "no memory");
    }

    #[test]
    fn an_input_is_found_in_any_text() {
        let texts: Vec<String> = (0..200).map(|number| "x".repeat(number % 50)).collect();
        let others: Vec<String> = texts.clone();
        let values =
            |texts: &'_ [String]| texts.iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>();
        let copies = values(&texts);
        let outside: Vec<&[u8]> =
            copies.iter().map(Vec::as_slice).chain(others.iter().map(String::as_bytes)).collect();
        assert!(!any_within(&outside, &texts));
        assert!(!any_within(&outside, &[]));
        for text in texts.iter().filter(|text| !text.is_empty()) {
            for part in [&text.as_bytes()[..1], &text.as_bytes()[text.len() - 1..], text.as_bytes()] {
                let mut inputs = outside.clone();
                inputs.push(part);
                assert!(any_within(&inputs, &texts));
            }
        }
    }
}
