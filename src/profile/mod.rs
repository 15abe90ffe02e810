//! From a payload to a profile: parse, don't validate.
//!
//! [`payload`] finds the members of the wire shape, [`check`] applies the rules in the order of SPEC §2 with one file
//! per rule family (`title`, `method`, `url`, `body`, `headers`, `enc`, `channel`) and copies nothing, and [`compile`]
//! makes a [`Profile`] of what was judged: a type that only a valid payload becomes, with its templates cut and its
//! cipher ready. [`patch`] changes one,
//! [`stored`] reads what the platform returns, [`request`] checks the whole create request.

mod body;
mod channel;
mod check;
mod compile;
mod content_type;
mod enc;
mod headers;
mod matched;
mod method;
mod options;
mod patch;
mod payload;
#[allow(clippy::module_inception)]
mod profile;
mod request;
mod stored;
mod title;
mod url;
mod url_rule;

pub(crate) use body::{Body, BodyKind, Field, FieldContent};
pub use channel::Channel;
pub(crate) use channel::{MISSPELT_DEFAULT, SMS_EVENT};
pub(crate) use content_type::{BodyType, LONGEST_BOUNDARY, is_boundary};
pub use enc::Encryption;
pub(crate) use enc::KEY_PATTERN;
pub use headers::Header;
pub use method::Method;
pub use options::{ParseOptions, Policy};
pub use profile::Profile;
pub(crate) use profile::enc_json;
pub use request::Request;
pub use stored::{Status, StoredProfile};
pub(crate) use title::TITLE_PATTERN;
pub(crate) use url::is_dot_segment;
pub(crate) use url_rule::{QueryPart, QueryValue, UrlTemplate};
