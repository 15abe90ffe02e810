//! Replacers: placeholders in text that a record fills.
//!
//! [`grammar`] finds the replacers of a text ([`path`] and [`pair`] know the two kinds). A [`program`] is all texts of a
//! profile split at them, written once, when it is parsed ([`writer`]), and [`template`] answers questions about one.
//! Filling it is a lookup and a copy each ([`render`]), in one pass: a value is never scanned again. The context decides
//! how a value is escaped ([`escape`]), so that no value can break out of it. [`suspicious`] finds what looks like a
//! replacer and is none.

mod escape;
mod grammar;
mod pair;
mod path;
mod program;
mod record;
mod record_buf;
mod render;
mod suspicious;
#[cfg(test)]
mod suspicious_test;
mod template;
mod writer;

pub(crate) use escape::{Escape, push_query};
pub(crate) use grammar::{Grammar, constant, count, has_names, is_whole_name};
pub(crate) use path::whole_name;
#[cfg(test)]
pub(crate) use program::print;
pub(crate) use program::{Instruction, Instructions, Part, Program};
pub use record::{Record, RecordOptions};
pub(crate) use record_buf::source::RecordSource;
pub use record_buf::{AsRecord, RecordBuf};
pub use render::Missing;
pub(crate) use render::Renderer;
pub(crate) use suspicious::{TextOf, is_html_like, is_suspicious};
pub(crate) use writer::{ProgramWriter, as_it_is, with_template};
