//! Which kinds of bytes a text holds, in one pass without branches.
//!
//! Titles, keys, URLs, hosts and headers are each a set of allowed characters. A pattern engine would find the first
//! character outside the set; here every byte is looked up in one table, the kinds are collected, and one comparison
//! shows whether there was a forbidden one. That is a load and an OR for a byte; a loop that may stop at each byte is
//! slower for the short texts of a payload. The tests compare every set with its definition.

/// A set of kinds of bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Kinds(u16);

impl Kinds {
    /// `a-z` and `0-9`.
    const LOWER_OR_DIGIT: Kinds = Kinds(1);
    pub(crate) const UPPER: Kinds = Kinds(1 << 1);
    /// `-` and `_`.
    const DASH: Kinds = Kinds(1 << 2);
    const DOT: Kinds = Kinds(1 << 3);
    const SPACE: Kinds = Kinds(1 << 4);
    const TAB: Kinds = Kinds(1 << 5);
    pub(crate) const PERCENT: Kinds = Kinds(1 << 6);
    /// What else RFC 9110 allows in a token: ``!#$&'*+^`|~``.
    const TOKEN: Kinds = Kinds(1 << 7);
    pub(crate) const BACKSLASH: Kinds = Kinds(1 << 8);
    /// All other visible ASCII.
    const VISIBLE: Kinds = Kinds(1 << 9);
    /// Controls and bytes of characters beyond ASCII.
    const OTHER: Kinds = Kinds(1 << 10);

    /// Letters and digits.
    pub(crate) const ALPHANUMERIC: Kinds = Kinds::LOWER_OR_DIGIT.or(Kinds::UPPER);
    /// Letters, digits, hyphen, underscore and space.
    pub(crate) const TITLE: Kinds = Kinds::ALPHANUMERIC.or(Kinds::DASH).or(Kinds::SPACE);
    /// Letters, digits, hyphen, underscore and dot.
    pub(crate) const HOST: Kinds = Kinds::ALPHANUMERIC.or(Kinds::DASH).or(Kinds::DOT);
    /// `tchar` of RFC 9110 §5.6.2.
    pub(crate) const TCHAR: Kinds = Kinds::HOST.or(Kinds::PERCENT).or(Kinds::TOKEN);
    /// Visible ASCII.
    pub(crate) const GRAPHIC: Kinds = Kinds::TCHAR.or(Kinds::BACKSLASH).or(Kinds::VISIBLE);
    /// Visible ASCII, space and tab.
    pub(crate) const HEADER_VALUE: Kinds = Kinds::GRAPHIC.or(Kinds::SPACE).or(Kinds::TAB);

    const fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// The kinds of bytes in a text; none if it is empty.
    #[inline]
    pub(crate) fn of(text: &str) -> Kinds {
        let kind = |byte: u8| TABLE.get(usize::from(byte)).copied().unwrap_or(Kinds::OTHER.0);
        Kinds(text.bytes().fold(0, |seen, byte| seen | kind(byte)))
    }

    /// Whether there are no kinds but the allowed ones.
    #[inline]
    pub(crate) fn are_within(self, allowed: Kinds) -> bool {
        self.0 & !allowed.0 == 0
    }

    /// Whether one of these kinds is there.
    #[inline]
    pub(crate) fn hold(self, some: Kinds) -> bool {
        self.0 & some.0 != 0
    }
}

#[allow(clippy::indexing_slicing)] // at compile time, where a wrong index does not compile
const TABLE: [u16; 256] = {
    let mut table = [Kinds::OTHER.0; 256];
    let mut byte = 0u8;
    loop {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => Kinds::LOWER_OR_DIGIT.0,
            b'A'..=b'Z' => Kinds::UPPER.0,
            b'-' | b'_' => Kinds::DASH.0,
            b'.' => Kinds::DOT.0,
            b' ' => Kinds::SPACE.0,
            b'\t' => Kinds::TAB.0,
            b'%' => Kinds::PERCENT.0,
            b'!' | b'#' | b'$' | b'&' | b'\'' | b'*' | b'+' | b'^' | b'`' | b'|' | b'~' => Kinds::TOKEN.0,
            b'\\' => Kinds::BACKSLASH.0,
            0x21..=0x7E => Kinds::VISIBLE.0,
            _ => Kinds::OTHER.0,
        };
        if byte == u8::MAX {
            break table;
        }
        byte = byte.wrapping_add(1);
    }
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_is_what_it_says() {
        let alphanumeric = |c: char| c.is_ascii_alphanumeric();
        let is_one = |c: char, set: &str| set.contains(c);
        for c in ('\0'..='\u{17F}').chain(['\u{2028}', '１', '\u{10FFFF}']) {
            let kinds = Kinds::of(&format!("a{c}a"));
            assert_eq!(kinds.are_within(Kinds::ALPHANUMERIC), alphanumeric(c), "{c:?}");
            assert_eq!(kinds.are_within(Kinds::TITLE), alphanumeric(c) || is_one(c, " _-"), "{c:?}");
            assert_eq!(kinds.are_within(Kinds::HOST), alphanumeric(c) || is_one(c, "-._"), "{c:?}");
            let is_token = http::HeaderName::from_bytes(format!("a{c}a").as_bytes()).is_ok();
            assert_eq!(kinds.are_within(Kinds::TCHAR), is_token, "{c:?}");
            assert_eq!(kinds.are_within(Kinds::GRAPHIC), c.is_ascii_graphic(), "{c:?}");
            let is_value = c.is_ascii_graphic() || c == ' ' || c == '\t';
            assert_eq!(kinds.are_within(Kinds::HEADER_VALUE), is_value, "{c:?}");
            assert_eq!(kinds.hold(Kinds::UPPER), c.is_ascii_uppercase(), "{c:?}");
            assert_eq!(kinds.hold(Kinds::PERCENT), c == '%', "{c:?}");
            assert_eq!(kinds.hold(Kinds::BACKSLASH), c == '\\', "{c:?}");
        }
        assert!(Kinds::of("").are_within(Kinds(0)));
    }
}
