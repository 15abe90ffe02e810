//! Where IV, ciphertext and tag are among the bytes of a text, and what is left when they are opened so.

use zeroize::Zeroizing;

use super::cause::Cause;
use super::evidence::{Evidence, examine, examine_rest};
use super::modes::{Mode, Prepared};
use super::probability::Probability;
use super::reading::Sealed;
use crate::cipher::{Encoding, IV_LEN, TAG_LEN, TagPlacement, WireFormat};

/// So many bytes of a text are decrypted where no tag is verified: enough to tell text from random bytes.
const MOST_JUDGED: usize = 512;

/// From so many bytes on, a shortened tag is proof.
const PROVING_TAG_LEN: usize = 8;

/// Shortest tag that is looked for.
const SHORTEST_TAG: usize = 4;

/// Where things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Where the profile has them.
    Own,
    /// The tag at the other end.
    TagFirst,
    TagMissing,
    /// A tag of so many bytes.
    TagShort(usize),
    TagRepeated,
    TagWrong,
    /// An IV of so many bytes before ciphertext and tag.
    IvBefore(usize),
    IvBeforeTagFirst(usize),
    IvBehind(usize),
    IvBeforeTag(usize),
    /// An IV that nobody knows: the first block is lost.
    IvUnknown,
}

impl Layout {
    /// The layouts of a mode, the likelier ones first.
    pub(super) fn of(mode: Mode) -> Vec<Layout> {
        let ivs = |layout: fn(usize) -> Layout| [12, IV_LEN].into_iter().map(layout);
        match mode {
            Mode::Gcm => [Layout::Own, Layout::TagFirst]
                .into_iter()
                .chain(ivs(Layout::IvBefore))
                .chain(ivs(Layout::IvBeforeTagFirst))
                .chain(ivs(Layout::IvBehind))
                .chain(ivs(Layout::IvBeforeTag))
                .chain([Layout::TagRepeated])
                .chain((SHORTEST_TAG..TAG_LEN).rev().map(Layout::TagShort))
                .chain([Layout::TagMissing, Layout::TagWrong])
                .collect(),
            Mode::Cfb | Mode::Cbc => {
                vec![Layout::Own, Layout::IvBefore(IV_LEN), Layout::IvBehind(IV_LEN), Layout::IvUnknown]
            }
            Mode::Ecb => vec![Layout::Own],
            _ => vec![Layout::Own, Layout::IvBefore(IV_LEN), Layout::IvBehind(IV_LEN)],
        }
    }

    pub(super) fn cause(self) -> Option<Cause> {
        Some(match self {
            Layout::Own => return None,
            Layout::TagFirst => Cause::TagFirst,
            Layout::TagMissing => Cause::TagMissing,
            Layout::TagShort(_) => Cause::TagShort,
            Layout::TagRepeated => Cause::TagRepeated,
            Layout::TagWrong => Cause::TagWrong,
            Layout::IvBefore(_)
            | Layout::IvBeforeTagFirst(_)
            | Layout::IvBehind(_)
            | Layout::IvBeforeTag(_) => Cause::IvInText,
            Layout::IvUnknown => Cause::IvUnknown,
        })
    }

    pub(super) fn detail(self) -> String {
        match self {
            Layout::Own => String::new(),
            Layout::TagFirst => {
                "the tag is at the other end than the profile's wire format has it".to_owned()
            }
            Layout::TagMissing => "the text has no tag".to_owned(),
            Layout::TagShort(bytes) => {
                format!("the tag has {bytes} of its 16 bytes; a text whose end was cut off looks the same")
            }
            Layout::TagRepeated => "the tag is there twice".to_owned(),
            Layout::TagWrong => "the last 16 bytes are not the tag of this value".to_owned(),
            Layout::IvBefore(bytes) => format!("an IV of {bytes} bytes stands before the ciphertext"),
            Layout::IvBeforeTagFirst(bytes) => {
                format!("an IV of {bytes} bytes and the tag stand before the ciphertext")
            }
            Layout::IvBehind(bytes) => format!("an IV of {bytes} bytes stands at the end"),
            Layout::IvBeforeTag(bytes) => format!("an IV of {bytes} bytes stands between ciphertext and tag"),
            Layout::IvUnknown => "another IV was used, which is not in the text".to_owned(),
        }
    }

    /// Whether the IV is in the text, or lost.
    pub(super) fn has_iv(self) -> bool {
        matches!(self.cause(), Some(Cause::IvInText | Cause::IvUnknown))
    }

    /// Whether a text of this layout ends with a tag, or has one elsewhere.
    pub(super) fn has_tag(self, mode: Mode) -> bool {
        mode == Mode::Gcm && self != Layout::TagMissing
    }

    /// Whether only a verified tag of 16 bytes speaks for it.
    pub(super) fn is_verified(self) -> bool {
        !matches!(self, Layout::TagMissing | Layout::TagShort(_) | Layout::TagWrong | Layout::IvUnknown)
    }
}

/// How a hypothesis does on one text.
pub(super) enum Outcome {
    /// It cannot be tried: the text is too short, or the mode has no such layout.
    NotApplicable,
    /// It was tried, and what came out is no text.
    Refuted,
    /// What came out is text, or the expected value.
    Supported(Evidence),
    /// A tag verifies.
    Verified { plaintext: Zeroizing<Vec<u8>>, remark: &'static str },
}

/// The key and the IV of a hypothesis, ready for use.
#[derive(Clone, Copy)]
pub(super) struct Attempt<'a> {
    pub(super) mode: Mode,
    pub(super) key: &'a [u8],
    pub(super) iv: &'a [u8],
    pub(super) prepared: &'a Prepared,
    /// Where the profile has the tag.
    pub(super) tag: TagPlacement,
    /// What may have been given as associated data.
    pub(super) associated_data: &'a [&'a [u8]],
    /// Whether the texts are all that was sent.
    pub(super) is_whole: bool,
}

impl Attempt<'_> {
    /// Tries one layout on one text.
    pub(super) fn on(&self, layout: Layout, sealed: &Sealed, expected: &[&str]) -> Outcome {
        self.applied(layout, sealed, expected).unwrap_or(Outcome::NotApplicable)
    }

    fn applied(&self, layout: Layout, sealed: &Sealed, expected: &[&str]) -> Option<Outcome> {
        let bytes = match (sealed, layout) {
            (Sealed::Whole(bytes), _) => bytes.as_slice(),
            (Sealed::Parts { iv, ciphertext, tag }, Layout::Own) => {
                return self.opened(iv.as_deref(), ciphertext, tag, expected);
            }
            (Sealed::Parts { .. }, _) => return None,
        };
        if self.mode == Mode::Gcm {
            self.gcm(layout, bytes, expected)
        } else {
            self.other(layout, bytes, expected)
        }
    }

    fn gcm(&self, layout: Layout, bytes: &[u8], expected: &[&str]) -> Option<Outcome> {
        let tag_last =
            || bytes.split_last_chunk::<TAG_LEN>().map(|(ciphertext, tag)| (ciphertext, tag.as_slice()));
        let tag_first =
            || bytes.split_first_chunk::<TAG_LEN>().map(|(tag, ciphertext)| (ciphertext, tag.as_slice()));
        let is_appended = self.tag == TagPlacement::Appended;
        let (iv, (ciphertext, tag)) = match layout {
            Layout::Own => (None, if is_appended { tag_last()? } else { tag_first()? }),
            Layout::TagFirst => (None, if is_appended { tag_first()? } else { tag_last()? }),
            Layout::IvBefore(length) => {
                let (iv, rest) = bytes.split_at_checked(length)?;
                (Some(iv), rest.split_last_chunk::<TAG_LEN>().map(|(text, tag)| (text, tag.as_slice()))?)
            }
            Layout::IvBeforeTagFirst(length) => {
                let (iv, rest) = bytes.split_at_checked(length)?;
                (Some(iv), rest.split_first_chunk::<TAG_LEN>().map(|(tag, text)| (text, tag.as_slice()))?)
            }
            Layout::IvBehind(length) => {
                let (rest, iv) = bytes.split_at_checked(bytes.len().checked_sub(length)?)?;
                (Some(iv), rest.split_last_chunk::<TAG_LEN>().map(|(text, tag)| (text, tag.as_slice()))?)
            }
            Layout::IvBeforeTag(length) => {
                let (rest, tag) = tag_last()?;
                let (ciphertext, iv) = rest.split_at_checked(rest.len().checked_sub(length)?)?;
                (Some(iv), (ciphertext, tag))
            }
            Layout::TagRepeated => {
                let (rest, last) = bytes.split_last_chunk::<TAG_LEN>()?;
                let (ciphertext, tag) = rest.split_last_chunk::<TAG_LEN>().filter(|(_, tag)| *tag == last)?;
                (None, (ciphertext, tag.as_slice()))
            }
            Layout::TagShort(length) => return self.short_tag(length, bytes, expected),
            Layout::TagMissing => return self.examined(self.prepared, bytes, expected),
            Layout::TagWrong => return self.wrong_tag(bytes, expected),
            Layout::IvUnknown => return None,
        };
        self.opened(iv, ciphertext, tag, expected)
    }

    fn other(&self, layout: Layout, bytes: &[u8], expected: &[&str]) -> Option<Outcome> {
        match layout {
            Layout::Own => self.opened(None, bytes, &[], expected),
            Layout::IvBefore(length) => {
                let (iv, ciphertext) = bytes.split_at_checked(length)?;
                self.opened(Some(iv), ciphertext, &[], expected)
            }
            Layout::IvBehind(length) => {
                let (ciphertext, iv) = bytes.split_at_checked(bytes.len().checked_sub(length)?)?;
                self.opened(Some(iv), ciphertext, &[], expected)
            }
            Layout::IvUnknown => {
                let ciphertext = bytes.get(..MOST_JUDGED).unwrap_or(bytes);
                let plaintext = decrypted(self.prepared, ciphertext)?;
                let rest = plaintext.get(IV_LEN..).filter(|rest| !rest.is_empty())?;
                let is_whole = self.is_whole && ciphertext.len() == bytes.len();
                Some(match examine_rest(rest, IV_LEN, expected, is_whole) {
                    Some(evidence) => Outcome::Supported(evidence),
                    None => Outcome::Refuted,
                })
            }
            _ => None,
        }
    }

    /// Opens parts under the given IV, or the hypothesis' own.
    fn opened(&self, iv: Option<&[u8]>, ciphertext: &[u8], tag: &[u8], expected: &[&str]) -> Option<Outcome> {
        let other = match iv {
            Some(iv) => Some(Prepared::new(self.mode, self.key, iv)?),
            None => None,
        };
        let prepared = other.as_ref().unwrap_or(self.prepared);
        let Prepared::Gcm(gcm) = prepared else {
            let outcome = tag.is_empty().then(|| self.examined(prepared, ciphertext, expected))??;
            return Some(match outcome {
                // The very IV of the profile in front is no chance.
                Outcome::Supported(evidence) if iv == Some(self.iv) => Outcome::Supported(Evidence {
                    probability: evidence.probability.and(Probability::of_bytes(IV_LEN)),
                    ..evidence
                }),
                outcome => outcome,
            });
        };
        if tag.len() != TAG_LEN {
            return None;
        }
        if gcm.tag_of(b"", ciphertext) != tag {
            return Some(Outcome::Refuted);
        }
        Some(Outcome::Verified { plaintext: decrypted(prepared, ciphertext)?, remark: "" })
    }

    fn short_tag(&self, length: usize, bytes: &[u8], expected: &[&str]) -> Option<Outcome> {
        let Prepared::Gcm(gcm) = self.prepared else { return None };
        let (ciphertext, tag) = bytes.split_at_checked(bytes.len().checked_sub(length)?)?;
        if !gcm.tag_of(b"", ciphertext).starts_with(tag) {
            return Some(Outcome::Refuted);
        }
        let plaintext = decrypted(self.prepared, ciphertext)?;
        if length >= PROVING_TAG_LEN {
            return Some(Outcome::Verified { plaintext, remark: "" });
        }
        let text = examine(&plaintext, expected, self.is_whole).unwrap_or_else(Evidence::none);
        Some(Outcome::Supported(Evidence {
            probability: text.probability.and(Probability::of_bytes(length)),
            ..text
        }))
    }

    fn wrong_tag(&self, bytes: &[u8], expected: &[&str]) -> Option<Outcome> {
        let Prepared::Gcm(gcm) = self.prepared else { return None };
        let (ciphertext, tag) = match self.tag {
            TagPlacement::Appended => bytes.split_last_chunk::<TAG_LEN>()?,
            TagPlacement::Prepended => bytes.split_first_chunk::<TAG_LEN>().map(|(tag, rest)| (rest, tag))?,
        };
        if self.associated_data.iter().any(|data| gcm.tag_of(data, ciphertext) == *tag) {
            let plaintext = decrypted(self.prepared, ciphertext)?;
            return Some(Outcome::Verified {
                plaintext,
                remark: "it is that of associated data known from the profile",
            });
        }
        self.examined(self.prepared, ciphertext, expected)
    }

    fn examined(&self, prepared: &Prepared, ciphertext: &[u8], expected: &[&str]) -> Option<Outcome> {
        if ciphertext.is_empty() {
            return None;
        }
        let beginning = ciphertext.get(..MOST_JUDGED).unwrap_or(ciphertext);
        let plaintext = decrypted(prepared, beginning)?;
        let is_whole = self.is_whole && beginning.len() == ciphertext.len();
        Some(match examine(&plaintext, expected, is_whole) {
            Some(evidence) => Outcome::Supported(evidence),
            None => Outcome::Refuted,
        })
    }
}

fn decrypted(prepared: &Prepared, ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut plaintext = Zeroizing::new(ciphertext.to_vec());
    prepared.decrypt(&mut plaintext)?;
    Some(plaintext)
}

/// Shortest text that can be told to be encoded bytes.
const SHORTEST_ENCODED: usize = 16;

/// Whether a text is rather the encoding of bytes than a value: hexadecimal with letters, or base64 with capitals, small
/// letters and digits, of what is no text itself. Words with blanks between them are a value, though a tolerant reader takes
/// the blanks for lost plus signs.
fn looks_encoded(text: &[u8]) -> bool {
    let any = |is_so: fn(&u8) -> bool| text.iter().any(is_so);
    let is_base64 = any(u8::is_ascii_digit) && any(u8::is_ascii_lowercase) && any(u8::is_ascii_uppercase);
    let is_hex = any(u8::is_ascii_alphabetic) && text.iter().all(u8::is_ascii_hexdigit);
    let encoding = match (is_hex, is_base64) {
        (true, _) => Encoding::Hex,
        (false, true) => Encoding::Base64,
        (false, false) => return false,
    };
    let decoded = WireFormat::default().with_encoding(encoding).decode(text);
    text.len() >= SHORTEST_ENCODED
        && !text.contains(&b' ')
        && decoded.is_ok_and(|decoded| Probability::of_text(&decoded, true).is_none())
}

/// The evidence of bytes that are in clear.
pub(super) fn in_clear(bytes: &[u8], expected: &[&str]) -> Outcome {
    if bytes.is_empty() {
        return Outcome::NotApplicable;
    }
    if !expected.is_empty() {
        return examine(bytes, expected, true).map_or(Outcome::Refuted, Outcome::Supported);
    }
    match Probability::of_text(bytes, true).filter(|_| !looks_encoded(bytes)) {
        Some(probability) => {
            Outcome::Supported(Evidence { probability, examined: bytes.len(), ..Evidence::none() })
        }
        None => Outcome::Refuted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_a_value_and_encoded_bytes_are_none() {
        for (text, expected) in [
            // Every character is one of base64 once a blank is read as a plus sign, with and without padding.
            ("paid order Berlin seen sent 7Hx0aQ2bLm9Z", false),
            ("paid order Berlin seen sent 7Hx0aQ2bLm9", false),
            ("paid order Berlin seen sent 7Hx0aQ2bLm9Zq.", false),
            ("q7Wn4sTz1BxKe6VhZk3vQ9tLm2Rw8XcYb5NdHs7J", true),
            ("q7Wn4sTz1BxKe6VhZk3v\nQ9tLm2Rw8XcYb5NdHs7J\n", true),
            ("9f86d081884c7d659a2feaa0c55ad015", true),
            ("919876543210919876543210", false),
        ] {
            assert_eq!(looks_encoded(text.as_bytes()), expected, "{text:?}");
        }
    }
}
