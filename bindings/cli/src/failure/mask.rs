//! A line of refused JSON that can be shown: its structure stays, its contents become asterisks.
//!
//! In malformed JSON nobody can say what is inside a string: one missing quote swaps inside and outside. So nothing is
//! shown but brackets, commas, colons, quotes, spaces and the documented member names, none of which can be a key, an
//! IV or a header's value.

/// The words that are shown: documented member names and JSON's own.
const WORDS: [&[u8]; 27] = [
    b"title",
    b"http_method",
    b"url",
    b"body",
    b"response_message",
    b"headers",
    b"enc",
    b"algo",
    b"key",
    b"IV",
    b"params",
    b"Params",
    b"channel",
    b"events",
    b"profile_id",
    b"profileId",
    b"status",
    b"replacers",
    b"code",
    b"message",
    b"data",
    b"error",
    b"created_at",
    b"modified_at",
    b"true",
    b"false",
    b"null",
];

/// The line as ASCII, one character for each of its characters, so that columns stay.
pub(crate) fn mask(line: &[u8]) -> String {
    let mut out = String::with_capacity(line.len());
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
    // Chunks of either one word or one other byte.
    for chunk in line.chunk_by(|a, b| is_word(a) && is_word(b)) {
        match chunk {
            word if WORDS.contains(&word) => out.extend(word.iter().map(|byte| char::from(*byte))),
            [byte @ (b'{' | b'}' | b'[' | b']' | b':' | b',' | b'"')] => out.push(char::from(*byte)),
            [b' ' | b'\t' | b'\r'] => out.push(' '),
            // Each character has one byte that is no UTF-8 continuation. The library counts columns in the same way.
            other => out.extend(other.iter().filter(|byte| (**byte & 0xC0) != 0x80).map(|_| '*')),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_stays_and_contents_go() {
        let line = br#" "enc": {"algo": "AES-128-GCM", "key": K1abcdefghijkl2P, "IV": 'POabcdefghijklLY}"#;
        let shown = mask(line);
        assert_eq!(
            shown,
            r#" "enc": {"algo": "***********", "key": ****************, "IV": *****************}"#
        );
        assert_eq!(mask("\"tïtle\": \"\u{1F600}\"\t1\r".as_bytes()), "\"*****\": \"*\" * ");
        assert_eq!(mask(b"keykey key \xFF\x80"), "****** key *");
    }
}
