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

/// A JSON text as it is given: bytes, or what is known to be UTF-8 and needs no second look.
#[derive(Clone, Copy)]
pub enum Text<'a> {
    Bytes(&'a [u8]),
    Str(&'a str),
}

impl<'a> Text<'a> {
    pub(crate) fn as_bytes(self) -> &'a [u8] {
        match self {
            Text::Bytes(bytes) => bytes,
            Text::Str(text) => text.as_bytes(),
        }
    }

    /// The text; the error is the offset of the first byte that is no UTF-8.
    pub(super) fn valid(self) -> Result<&'a str, usize> {
        match self {
            Text::Str(text) => Ok(text),
            Text::Bytes(bytes) => simdutf8::basic::from_utf8(bytes).or_else(|_| {
                // Which of them is wrong is not asked before something is.
                std::str::from_utf8(bytes).map_err(|error| error.valid_up_to())
            }),
        }
    }
}

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
