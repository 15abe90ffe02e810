//! What becomes of half a character.

use crate::names::named_values;

/// What becomes of a surrogate of UTF-16 that lacks its other half, as `\ud83d` at the end of a text that was shortened.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Surrogates {
    /// The text is refused: two readers could read it differently.
    #[default]
    Refuse,
    /// It is read as U+FFFD, the replacement character. Names that are alike then are refused as duplicates.
    Replace,
}

named_values!(Surrogates { Refuse = "refuse", Replace = "replace" });
