//! Replacers: placeholders in text that a record fills.
//!
//! A text is cut into [`Template`] segments once, when the profile is parsed ([`grammar`]); filling them is a
//! lookup and a copy each ([`render`]), in one pass: a value is never scanned again. The context decides how a
//! value is escaped ([`escape`]), so that no value can break out of its place.

mod escape;
mod grammar;
mod record;
mod render;
mod tree;

pub(crate) use escape::{Escape, push_query, push_value_text};
pub(crate) use grammar::{Grammar, Path, Template};
pub use record::Record;
pub(crate) use render::Renderer;
pub(crate) use tree::{Piece, SealConstant, Tree};

/// What stands for a value that the record lacks, or that is null there.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// The empty string.
    #[default]
    Empty,
    /// The replacer itself, as it was written.
    Keep,
    /// An error that lists all missing names.
    Error,
}

impl Missing {
    /// `empty`, `keep` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Missing::Empty => "empty",
            Missing::Keep => "keep",
            Missing::Error => "error",
        }
    }

    /// The setting of this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Missing> {
        [Missing::Empty, Missing::Keep, Missing::Error].into_iter().find(|missing| missing.name() == name)
    }
}
