//! `multipart/form-data` (RFC 7578): [field names](names), bodies [written](write) and [read](read).

mod names;
mod part;
mod read;
mod write;

pub(crate) use names::{Names, escaped};
pub(crate) use read::parse;
pub(crate) use write::{choose_boundary, push, push_content_type};
