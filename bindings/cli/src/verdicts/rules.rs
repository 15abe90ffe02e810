//! By what profiles are validated.

use callback_profile::ParseOptions;

use super::levels::LevelArgs;
use crate::args::Kind;

/// What is validated, and how.
pub(crate) struct Rules<'a> {
    pub(crate) kind: Kind,
    pub(crate) options: ParseOptions,
    pub(crate) levels: &'a LevelArgs,
}
