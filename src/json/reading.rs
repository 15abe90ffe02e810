//! What is carried while a text is read, and how reading ends.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "the rest of a text is no longer than the text"
)]

use super::error::JsonProblem;
use super::node::{Container, Nodes};
use super::surrogates::Surrogates;

/// A reading in progress.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) surrogates: Surrogates,
    pub(super) nodes: Nodes,
    /// The innermost array or object that is open, if `nodes.open` has one.
    pub(super) container: Container,
    pub(super) values: usize,
    pub(super) max_depth: usize,
    pub(super) max_nodes: usize,
}

impl Reader<'_> {
    /// Bytes of the text before the rest. All lengths fit in 32 bits (checked by `read`).
    #[inline]
    pub(super) fn offset(&self, rest: &[u8]) -> u32 {
        (self.text.len() - rest.len()) as u32
    }
}

/// Why reading ended early, and how many bytes of the text were left there.
pub(super) struct Stop {
    pub(super) problem: JsonProblem,
    pub(super) left: usize,
}

impl Stop {
    pub(super) fn at(rest: &[u8], problem: JsonProblem) -> Stop {
        Stop { problem, left: rest.len() }
    }

    /// Something else than what was `expected`, or nothing.
    pub(super) fn instead_of(expected: JsonProblem, rest: &[u8]) -> Stop {
        Stop::at(rest, if rest.is_empty() { JsonProblem::UnexpectedEnd } else { expected })
    }
}

/// What is left of the text after a step.
pub(super) type Rest<'a> = Result<&'a [u8], Stop>;
