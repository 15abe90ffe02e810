//! Characters that no URL of a profile may hold, wherever they are in it.

use super::refusal::UrlRefusal;
use crate::visible::is_invisible;

/// Looks at every character before the URL is split, so that no part can hide one.
pub(super) fn check_characters(raw: &str) -> Result<(), UrlRefusal> {
    for character in raw.chars() {
        if character == '\\' || character.is_control() || character.is_whitespace() {
            return Err(UrlRefusal::Blank);
        }
        if !character.is_ascii() && is_invisible(character) {
            return Err(UrlRefusal::Invisible);
        }
    }
    Ok(())
}
