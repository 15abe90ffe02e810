//! By what profiles are judged.

use callback_profile::ParseOptions;

use super::levels::LevelArgs;
use crate::args::Kind;

/// What is judged, and how.
pub(crate) struct Rules<'a> {
    pub(crate) kind: Kind,
    pub(crate) options: ParseOptions,
    pub(crate) levels: &'a LevelArgs,
}
