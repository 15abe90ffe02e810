//! The ways to read a text as bytes: undone escapes, other encodings, separate parts.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::cause::Cause;
use crate::cipher::{Encoding, Reading as Strictness, TAG_LEN, WireFormat};

/// The encrypted bytes of one text.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Sealed {
    /// As a whole, whose layout is to be found out.
    Whole(Vec<u8>),
    /// In parts. Without a tag it is empty.
    Parts { iv: Option<Vec<u8>>, ciphertext: Vec<u8>, tag: Vec<u8> },
}

/// One way to read all texts.
pub(super) struct Reading {
    /// What it deviates by; none for the profile's own reading.
    pub(super) cause: Option<Cause>,
    pub(super) details: Vec<&'static str>,
    pub(super) deviations: usize,
    /// Whether the texts are all that was sent; false where their end is missing.
    pub(super) is_whole: bool,
    /// The wire format that reads the texts so, if there is one.
    pub(super) wire_format: Option<WireFormat>,
    pub(super) texts: Vec<Sealed>,
}

/// A way to undo what was done to a text; `None` where there is nothing to undo.
type Rewrite = (Cause, &'static str, fn(&str) -> Option<String>);

const REWRITES: [Rewrite; 5] = [
    (Cause::SurroundingCharacters, "other characters stand around the text", trimmed),
    (Cause::LineBreaks, "line breaks or blanks are within the text", joined),
    (Cause::PercentEncoded, "the text is still percent-encoded", percent_decoded),
    (Cause::EscapedText, "the text still has JSON escapes", without_json_escapes),
    (Cause::EscapedText, "the text still has HTML character references", without_html_references),
];

/// All ways to read these texts, the profile's own first if it can read them; none twice.
///
/// `is_expected`: values are expected, so that a text whose end is missing can be told from a whole one.
pub(super) fn readings(texts: &[&str], own: WireFormat, is_expected: bool) -> Vec<Reading> {
    let mut readings = Readings(Vec::new());
    for rewritten in rewritings(texts) {
        let texts: Vec<&str> = rewritten.texts.iter().map(AsRef::as_ref).collect();
        readings.add_encodings(&rewritten, &texts, own);
        readings.add_double_encodings(&rewritten, &texts, own);
        readings.add_pieces(&rewritten, &texts);
    }
    readings.add_cut(texts, own, is_expected);
    readings.0.sort_by_key(|reading| reading.deviations);
    readings.0
}

/// The texts after some rewriting.
struct Rewritten<'t> {
    steps: Vec<(Cause, &'static str)>,
    texts: Vec<Cow<'t, str>>,
}

/// The texts as they are, after one rewriting and after two.
fn rewritings<'t>(texts: &[&'t str]) -> Vec<Rewritten<'t>> {
    let mut all =
        vec![Rewritten { steps: Vec::new(), texts: texts.iter().map(|text| Cow::Borrowed(*text)).collect() }];
    let mut done = 0;
    while let Some(before) = all.get(done).filter(|before| before.steps.len() < 2) {
        let mut next = Vec::new();
        for (cause, detail, rewrite) in REWRITES {
            let results: Vec<Option<String>> = before.texts.iter().map(|text| rewrite(text)).collect();
            if results.iter().all(Option::is_none) {
                continue;
            }
            let rewritten = results.into_iter().zip(&before.texts);
            let texts = rewritten.map(|(new, old)| new.map_or_else(|| old.clone(), Cow::Owned)).collect();
            let steps = before.steps.iter().copied().chain([(cause, detail)]).collect();
            next.push(Rewritten { steps, texts });
        }
        next.retain(|new| all.iter().all(|known| known.texts != new.texts));
        all.append(&mut next);
        done = done.saturating_add(1);
    }
    all
}

struct Readings(Vec<Reading>);

impl Readings {
    fn add(
        &mut self,
        rewritten: &Rewritten<'_>,
        decoding: Option<(Cause, &'static str)>,
        wire_format: Option<WireFormat>,
        texts: Option<Vec<Sealed>>,
    ) {
        let Some(texts) = texts.filter(|texts| self.0.iter().all(|known| known.texts != *texts)) else {
            return;
        };
        let steps: Vec<_> = rewritten.steps.iter().copied().chain(decoding).collect();
        self.0.push(Reading {
            // The innermost deviation is the one that a developer looks for.
            cause: steps.last().map(|(cause, _)| *cause),
            details: steps.iter().map(|(_, detail)| *detail).collect(),
            deviations: steps.len(),
            is_whole: true,
            wire_format: wire_format.filter(|_| rewritten.steps.is_empty()),
            texts,
        });
    }

    fn add_encodings(&mut self, rewritten: &Rewritten<'_>, texts: &[&str], own: WireFormat) {
        let tolerant = own.with_reading(Strictness::Tolerant);
        self.add(rewritten, None, Some(own), whole(texts, |text| own.decode(text.as_bytes()).ok()));
        let by = |format: WireFormat| move |text: &str| format.decode(text.as_bytes()).ok();
        self.add(
            rewritten,
            Some((Cause::LineBreaks, "the text has a spelling that strict reading refuses")),
            Some(tolerant),
            whole(texts, by(tolerant)),
        );
        let (other, detail) = match own.encoding {
            Encoding::Hex => (Encoding::Base64, "the text is base64 instead of hexadecimal"),
            Encoding::Base64 | Encoding::Base64Url => {
                (Encoding::Hex, "the text is hexadecimal instead of base64")
            }
        };
        let other = tolerant.with_encoding(other);
        self.add(rewritten, Some((Cause::HexText, detail)), Some(other), whole(texts, by(other)));
        self.add(
            rewritten,
            Some((Cause::HexText, "the text is hexadecimal with a prefix or separators")),
            None,
            whole(texts, decorated_hex),
        );
    }

    fn add_double_encodings(&mut self, rewritten: &Rewritten<'_>, texts: &[&str], own: WireFormat) {
        let base64 = WireFormat::default();
        let hex = base64.with_encoding(Encoding::Hex);
        for (outer, inner, detail) in [
            (base64, base64, "the text is base64 of base64"),
            (base64, hex, "the text is base64 of hexadecimal"),
            (hex, base64, "the text is hexadecimal of base64"),
            (hex, hex, "the text is hexadecimal of hexadecimal"),
        ] {
            let decoded = whole(texts, |text| inner.decode(&outer.decode(text.as_bytes()).ok()?).ok());
            self.add(rewritten, Some((Cause::DoubleEncoding, detail)), None, decoded);
        }
        let encoded_before_tag = |text: &&str| {
            let bytes = own.decode(text.as_bytes()).ok()?;
            let (ciphertext, tag) = bytes.split_last_chunk::<TAG_LEN>()?;
            let ciphertext = base64.decode(ciphertext).ok().filter(|bytes| !bytes.is_empty())?;
            Some(Sealed::Parts { iv: None, ciphertext, tag: tag.to_vec() })
        };
        self.add(
            rewritten,
            Some((
                Cause::DoubleEncoding,
                "the ciphertext was encoded before the tag was appended, and again",
            )),
            None,
            texts.iter().map(encoded_before_tag).collect(),
        );
    }

    fn add_cut(&mut self, texts: &[&str], own: WireFormat, is_expected: bool) {
        let plain = own.with_reading(Strictness::Tolerant);
        let cut = |text: &&str| {
            let possible = || plain.decode(text.as_bytes()).ok().filter(|_| is_expected);
            let impossible = || if own.encoding == Encoding::Hex { None } else { cut_base64(text) };
            possible().or_else(impossible).map(Sealed::Whole)
        };
        let Some(texts) = texts.iter().map(cut).collect() else { return };
        self.0.push(Reading {
            cause: Some(Cause::CutShort),
            details: vec!["the end of the text is missing"],
            deviations: 1,
            is_whole: false,
            wire_format: None,
            texts,
        });
    }

    fn add_pieces(&mut self, rewritten: &Rewritten<'_>, texts: &[&str]) {
        let step = |detail| Some((Cause::Pieces, detail));
        for separator in Separator::ALL {
            for encoding in [Encoding::Hex, Encoding::Base64] {
                let format = WireFormat::default().with_encoding(encoding);
                let pieces = |text: &&str| -> Option<Vec<Vec<u8>>> {
                    separator
                        .split(text)?
                        .into_iter()
                        .map(|piece| format.decode(piece.as_bytes()).ok())
                        .collect()
                };
                let Some(all): Option<Vec<_>> = texts.iter().map(pieces).collect() else { continue };
                for (arrangement, detail) in ARRANGEMENTS {
                    let arranged = all.iter().map(|pieces| arrangement(pieces)).collect();
                    self.add(rewritten, step(detail), None, arranged);
                }
            }
        }
    }
}

fn whole(texts: &[&str], decode: impl Fn(&str) -> Option<Vec<u8>>) -> Option<Vec<Sealed>> {
    texts.iter().map(|text| decode(text).map(Sealed::Whole)).collect()
}

/// What stands between the parts of a text.
#[derive(Clone, Copy)]
enum Separator {
    Character(char),
    /// Base64 behind the padding of base64.
    Padding,
}

impl Separator {
    const ALL: [Separator; 6] = [
        Separator::Character('.'),
        Separator::Character(':'),
        Separator::Character('|'),
        Separator::Character(','),
        Separator::Character(';'),
        Separator::Padding,
    ];

    /// Two or three parts that are not empty.
    fn split(self, text: &str) -> Option<Vec<&str>> {
        let parts: Vec<&str> = match self {
            Separator::Character(separator) => text.split(separator).collect(),
            Separator::Padding => {
                let mut parts = Vec::new();
                let mut rest = text;
                while !rest.is_empty() {
                    let padding = rest.find('=').unwrap_or(rest.len());
                    let end = rest.get(padding..)?.find(|character| character != '=');
                    let (part, tail) =
                        rest.split_at_checked(end.map_or(rest.len(), |end| padding.saturating_add(end)))?;
                    parts.push(part);
                    rest = tail;
                }
                parts
            }
        };
        (matches!(parts.len(), 2 | 3) && parts.iter().all(|part| !part.is_empty())).then_some(parts)
    }
}

/// What the parts of a text may be.
type Arrangement = (fn(&[Vec<u8>]) -> Option<Sealed>, &'static str);

const ARRANGEMENTS: [Arrangement; 13] = [
    (|pieces| with_tag(pieces, [0, 1]), "ciphertext and tag are separate parts"),
    (|pieces| with_tag(pieces, [1, 0]), "tag and ciphertext are separate parts"),
    (|pieces| with_iv(pieces, [0, 1]), "IV and encrypted text are separate parts"),
    (|pieces| with_iv(pieces, [1, 0]), "encrypted text and IV are separate parts"),
    (|pieces| with_iv_and_tag_first(pieces, [0, 1]), "IV, and tag with ciphertext are separate parts"),
    (|pieces| without_tag(pieces, [0, 1]), "IV and ciphertext are separate parts"),
    (|pieces| without_tag(pieces, [1, 0]), "ciphertext and IV are separate parts"),
    (|pieces| three(pieces, [0, 1, 2]), "IV, ciphertext and tag are separate parts"),
    (|pieces| three(pieces, [0, 2, 1]), "IV, tag and ciphertext are separate parts"),
    (|pieces| three(pieces, [1, 0, 2]), "ciphertext, IV and tag are separate parts"),
    (|pieces| three(pieces, [2, 0, 1]), "ciphertext, tag and IV are separate parts"),
    (|pieces| three(pieces, [1, 2, 0]), "tag, IV and ciphertext are separate parts"),
    (|pieces| three(pieces, [2, 1, 0]), "tag, ciphertext and IV are separate parts"),
];

fn two(pieces: &[Vec<u8>], order: [usize; 2]) -> Option<[&Vec<u8>; 2]> {
    let [first, second] = order.map(|index| pieces.get(index));
    (pieces.len() == 2).then(|| first.zip(second))?.map(|(first, second)| [first, second])
}

fn with_tag(pieces: &[Vec<u8>], order: [usize; 2]) -> Option<Sealed> {
    let [ciphertext, tag] = two(pieces, order)?;
    let is_tag = tag.len() == TAG_LEN;
    is_tag.then(|| Sealed::Parts { iv: None, ciphertext: ciphertext.clone(), tag: tag.clone() })
}

fn with_iv(pieces: &[Vec<u8>], order: [usize; 2]) -> Option<Sealed> {
    let [iv, sealed] = two(pieces, order)?;
    let (ciphertext, tag) = sealed.split_last_chunk::<TAG_LEN>()?;
    Some(Sealed::Parts { iv: Some(iv.clone()), ciphertext: ciphertext.to_vec(), tag: tag.to_vec() })
}

fn with_iv_and_tag_first(pieces: &[Vec<u8>], order: [usize; 2]) -> Option<Sealed> {
    let [iv, sealed] = two(pieces, order)?;
    let (tag, ciphertext) = sealed.split_first_chunk::<TAG_LEN>()?;
    Some(Sealed::Parts { iv: Some(iv.clone()), ciphertext: ciphertext.to_vec(), tag: tag.to_vec() })
}

fn without_tag(pieces: &[Vec<u8>], order: [usize; 2]) -> Option<Sealed> {
    let [iv, ciphertext] = two(pieces, order)?;
    Some(Sealed::Parts { iv: Some(iv.clone()), ciphertext: ciphertext.clone(), tag: Vec::new() })
}

/// IV, ciphertext and tag at these indexes.
fn three(pieces: &[Vec<u8>], order: [usize; 3]) -> Option<Sealed> {
    let [Some(iv), Some(ciphertext), Some(tag)] = order.map(|index| pieces.get(index)) else { return None };
    let is_tag = tag.len() == TAG_LEN;
    is_tag.then(|| Sealed::Parts { iv: Some(iv.clone()), ciphertext: ciphertext.clone(), tag: tag.clone() })
}

/// Without what is not part of any encoding at both ends, and without quotes.
fn trimmed(text: &str) -> Option<String> {
    let is_around = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || crate::visible::is_invisible(character)
            || matches!(
                character,
                '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';'
            )
            || matches!(character, '“' | '”' | '‘' | '’' | '«' | '»')
    };
    let mut inner = text.trim_matches(is_around);
    if let Some(bytes) = inner.strip_prefix("b'").or_else(|| inner.strip_prefix("b\"")) {
        inner = bytes.trim_matches(is_around);
    }
    (inner != text).then(|| inner.to_owned())
}

/// Without any blanks.
fn joined(text: &str) -> Option<String> {
    text.contains(char::is_whitespace).then(|| text.split_whitespace().collect())
}

fn percent_decoded(text: &str) -> Option<String> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned);
    let once = decode(text).filter(|once| once != text)?;
    let is_encoded_still = once.contains('%');
    let twice = if is_encoded_still { decode(&once) } else { None };
    twice.or(Some(once))
}

fn without_json_escapes(text: &str) -> Option<String> {
    if !text.contains('\\') {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        out.push_str(before);
        let mut characters = escape.chars();
        let character = match characters.next()? {
            'u' | 'x' => {
                let digits = if escape.starts_with('u') { escape.get(1..5)? } else { escape.get(1..3)? };
                characters = escape.get(digits.len().saturating_add(1)..)?.chars();
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
            }
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            other => other,
        };
        out.push(character);
        rest = characters.as_str();
    }
    out.push_str(rest);
    Some(out)
}

fn without_html_references(text: &str) -> Option<String> {
    if !text.contains('&') {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, reference)) = rest.split_once('&') {
        out.push_str(before);
        let (name, after) = reference.split_once(';')?;
        let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        out.push(match name {
            "amp" => '&',
            "equals" => '=',
            "plus" => '+',
            "sol" => '/',
            "quot" => '"',
            "apos" => '\'',
            "lt" => '<',
            "gt" => '>',
            "nbsp" => '\u{a0}',
            _ => match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
                Some(digits) => number(digits, 16)?,
                None => number(name.strip_prefix('#')?, 10)?,
            },
        });
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// Hexadecimal with `0x` or `\x` before it or each byte, or with a separator between bytes.
fn decorated_hex(text: &str) -> Option<Vec<u8>> {
    let digits: String = text
        .replace("0x", "")
        .replace("0X", "")
        .replace("\\x", "")
        .chars()
        .filter(|character| !matches!(character, ':' | '-' | ' ' | ',' | '\r' | '\n'))
        .collect();
    (digits.len() < text.len()).then(|| hex_simd::decode_to_vec(digits).ok())?
}

/// Base64 that does not end where base64 can end: the bytes that are whole.
fn cut_base64(text: &str) -> Option<Vec<u8>> {
    // A text that is whole once blanks are gone is not cut.
    let text: String = text.split_whitespace().collect();
    let body = text.trim_end_matches('=');
    let is_cut = !body.len().is_multiple_of(4);
    let whole = body.get(..body.len().saturating_sub(body.len() % 4))?;
    let mut bytes = WireFormat::default().decode(whole.as_bytes()).ok()?;
    // Of two or three characters that are left, one or two bytes are whole; their last bits belong to what is missing.
    let rest = body.get(whole.len()..)?;
    let filled = format!("{rest}{}", "A".repeat(4_usize.saturating_sub(rest.len())));
    let last = WireFormat::default().decode(filled.as_bytes()).ok()?;
    bytes.extend(last.iter().take(rest.len().saturating_sub(1)));
    is_cut.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_to_a_text_is_undone() {
        for (rewrite, text, expected) in [
            (trimmed as fn(&str) -> Option<String>, " \"ab=\"\u{feff}", Some("ab=")),
            (trimmed, "b'ab='", Some("ab=")),
            (trimmed, "ab=", None),
            (joined, "a b\r\nc", Some("abc")),
            (percent_decoded, "a%2Fb%3D", Some("a/b=")),
            (percent_decoded, "a%252Fb%253D", Some("a/b=")),
            (percent_decoded, "ab", None),
            (without_json_escapes, r"a\/b\u002bc\n", Some("a/b+c\n")),
            (without_json_escapes, r"a\u12", None),
            (without_json_escapes, "a\\", None),
            (without_html_references, "a&#61;&#x2B;&sol;&amp;", Some("a=+/&")),
            (without_html_references, "a&b", None),
            (without_html_references, "a&#x110000;", None),
        ] {
            assert_eq!(rewrite(text).as_deref(), expected, "{text}");
        }
        assert_eq!(decorated_hex("0x00fF"), Some(vec![0, 255]));
        assert_eq!(decorated_hex("00:ff-01 02"), Some(vec![0, 255, 1, 2]));
        assert_eq!(decorated_hex("00ff"), None);
        assert_eq!(cut_base64("TWFuTQ"), Some(b"ManM".to_vec()));
        assert_eq!(cut_base64("TWFuTWE"), Some(b"ManMa".to_vec()));
        assert_eq!(cut_base64("TWFuTW"), Some(b"ManM".to_vec()));
        assert_eq!(cut_base64("TWFuT"), Some(b"Man".to_vec()));
        assert_eq!(cut_base64("TWFu"), None);
    }

    #[test]
    fn parts_are_split_at_separators_and_behind_padding() {
        assert_eq!(Separator::Character('.').split("a.b"), Some(vec!["a", "b"]));
        assert_eq!(Separator::Character(':').split("a:b:c"), Some(vec!["a", "b", "c"]));
        assert_eq!(Separator::Character(':').split("a:b:c:d"), None);
        assert_eq!(Separator::Character(':').split("a::b"), None);
        assert_eq!(Separator::Padding.split("YQ==YWI="), Some(vec!["YQ==", "YWI="]));
        assert_eq!(Separator::Padding.split("YQ=="), None);
    }

    #[test]
    fn the_profiles_own_reading_is_the_first_and_no_reading_is_there_twice() {
        let own = WireFormat::default();
        for text in ["TWFu", "00ff", " TWFu", "\"TW%46u\"", "TWFu.TWFuTWFuTWFuTWFuTWFuTQ=="] {
            let readings = readings(&[text], own, false);
            for (index, reading) in readings.iter().enumerate() {
                assert_eq!(reading.cause.is_none(), reading.deviations == 0);
                assert!(readings[..index].iter().all(|other| other.texts != reading.texts), "{text}");
            }
            let is_own = own.decode(text.as_bytes()).is_ok();
            assert_eq!(readings.first().is_some_and(|reading| reading.cause.is_none()), is_own, "{text}");
        }
    }
}
