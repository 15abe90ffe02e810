//! Replacers: placeholders in text that a record fills.
//!
//! [`grammar`] finds the replacers of a text, and a [`Template`] is a text cut at them, once, when the profile is
//! parsed; filling it is a lookup and a copy each ([`render`]), in one pass: a value is never scanned again. The
//! context decides how a value is escaped ([`escape`]), so that no value can break out of its place.

mod escape;
mod grammar;
mod record;
mod render;
mod template;

pub(crate) use escape::{Escape, push_query};
pub(crate) use grammar::{Grammar, count, has_names, is_whole_name};
pub use record::Record;
pub(crate) use render::Renderer;
pub(crate) use template::{Path, Template};

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
