//! The catalogue of causes: why a text does not open, and what cures it at either side.

use crate::names::named_values;

/// Why a text does not open, or that it does. The order is that of the catalogue.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// Nothing is wrong with this text.
    Opens,
    /// Line breaks or blanks within the text.
    LineBreaks,
    /// Blanks, quotes, a byte order mark or the like around the text.
    SurroundingCharacters,
    /// Percent-encoding that nobody undid.
    PercentEncoded,
    /// Escapes of JSON or HTML that nobody undid.
    EscapedText,
    /// Hexadecimal for base64, or the reverse.
    HexText,
    /// Encoded more than once.
    DoubleEncoding,
    /// Ciphertext, tag and IV as separate parts of the text.
    Pieces,
    /// Upper and lower case of the text were lost.
    CaseLost,
    /// The end of the text is missing.
    CutShort,
    /// Bytes were put into a text without an encoding.
    RawBytes,
    /// The format of another library.
    ForeignContainer,
    /// The value itself, in clear.
    NotEncrypted,
    /// The value itself, only encoded.
    OnlyBase64,
    /// An empty text, which no GCM text is.
    EmptyNotEncrypted,
    /// Encrypted more than once.
    EncryptedTwice,
    /// CFB with 8-bit feedback.
    Cfb8,
    /// CFB with another segment size.
    CfbSegment,
    /// CFB with 1-bit feedback.
    Cfb1,
    /// OFB.
    Ofb,
    /// CTR.
    Ctr,
    /// CBC.
    Cbc,
    /// ECB.
    Ecb,
    /// GCM under a profile of CFB.
    SentGcm,
    /// CFB under a profile of GCM.
    SentCfb,
    /// The tag before the ciphertext, or behind it where the profile has it before.
    TagFirst,
    /// No tag.
    TagMissing,
    /// A shortened tag, or the end of the text is missing.
    TagShort,
    /// The tag twice.
    TagRepeated,
    /// The tag of something else: associated data, another value, zeros.
    TagWrong,
    /// The IV travels within the text.
    IvInText,
    /// A part of the IV.
    IvCut,
    /// Another IV that can be derived from the profile.
    IvOther,
    /// Another IV, which nobody sent.
    IvUnknown,
    /// Key and IV swapped.
    KeyIvSwapped,
    /// The key padded or cut to another size.
    KeyLength,
    /// The key as, or from, hexadecimal.
    KeyHex,
    /// The key as, or from, base64.
    KeyBase64,
    /// The key's UTF-16 bytes.
    KeyUtf16,
    /// A hash of the key.
    KeyHashed,
    /// The key in another case.
    KeyCase,
    /// The key with a line break.
    KeyLineBreak,
    /// The key of another profile.
    OtherKey,
    /// It opens; the value is in another character set.
    OtherCharset,
    /// It opens; the value begins with a byte order mark.
    ByteOrderMark,
    /// It opens; the value is padded.
    Padding,
    /// It opens; the value is wrapped in something else.
    WrappedValue,
    /// The body has another form than the profile's.
    BodyForm,
    /// A parameter that the profile encrypts is absent.
    ParameterMissing,
    /// A parameter that the profile encrypts has another name.
    ParameterRenamed,
    /// The body or query does not carry a sealed callback as the profile's content type says.
    SealedCarrier,
    /// What `jwe` holds is no token of five parts.
    SealedToken,
    /// The token's protected header is another one.
    SealedHeader,
    /// The token was made with a key of another id.
    SealedKeyId,
    /// The tag does not fit: another key under the same id, or a changed token.
    SealedKey,
    /// The claims are not those of a sealed callback.
    SealedClaims,
    /// It was sent too long ago, or one of the clocks is wrong.
    SealedTime,
    /// It was made for another HTTP method.
    SealedMethod,
    /// It was made for another URL.
    SealedUrl,
    /// It was made for another profile id.
    SealedProfile,
    /// A readable copy beside the token differs from what was sealed.
    SealedCopy,
    /// It is authentic, and its parameters are not those of the profile's template.
    SealedParameters,
    /// None of these.
    Unknown,
}

named_values!(Cause {
    Opens = "opens",
    LineBreaks = "line_breaks",
    SurroundingCharacters = "surrounding_characters",
    PercentEncoded = "percent_encoded",
    EscapedText = "escaped_text",
    HexText = "hex_text",
    DoubleEncoding = "double_encoding",
    Pieces = "pieces",
    CaseLost = "case_lost",
    CutShort = "cut_short",
    RawBytes = "raw_bytes",
    ForeignContainer = "foreign_container",
    NotEncrypted = "not_encrypted",
    OnlyBase64 = "only_base64",
    EmptyNotEncrypted = "empty_not_encrypted",
    EncryptedTwice = "encrypted_twice",
    Cfb8 = "cfb8",
    CfbSegment = "cfb_segment",
    Cfb1 = "cfb1",
    Ofb = "ofb",
    Ctr = "ctr",
    Cbc = "cbc",
    Ecb = "ecb",
    SentGcm = "sent_gcm",
    SentCfb = "sent_cfb",
    TagFirst = "tag_first",
    TagMissing = "tag_missing",
    TagShort = "tag_short",
    TagRepeated = "tag_repeated",
    TagWrong = "tag_wrong",
    IvInText = "iv_in_text",
    IvCut = "iv_cut",
    IvOther = "iv_other",
    IvUnknown = "iv_unknown",
    KeyIvSwapped = "key_iv_swapped",
    KeyLength = "key_length",
    KeyHex = "key_hex",
    KeyBase64 = "key_base64",
    KeyUtf16 = "key_utf16",
    KeyHashed = "key_hashed",
    KeyCase = "key_case",
    KeyLineBreak = "key_line_break",
    OtherKey = "other_key",
    OtherCharset = "other_charset",
    ByteOrderMark = "byte_order_mark",
    Padding = "padding",
    WrappedValue = "wrapped_value",
    BodyForm = "body_form",
    ParameterMissing = "parameter_missing",
    ParameterRenamed = "parameter_renamed",
    SealedCarrier = "sealed_carrier",
    SealedToken = "sealed_token",
    SealedHeader = "sealed_header",
    SealedKeyId = "sealed_kid",
    SealedKey = "sealed_key",
    SealedClaims = "sealed_claims",
    SealedTime = "sealed_time",
    SealedMethod = "sealed_method",
    SealedUrl = "sealed_url",
    SealedProfile = "sealed_profile",
    SealedCopy = "sealed_copy",
    SealedParameters = "sealed_parameters",
    Unknown = "unknown",
});

/// How sure a finding is.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// A tag verifies under the changed assumption, or at least 8 bytes of the expected value match.
    Proved,
    /// It decrypts to text, which random bytes would do with the finding's [`chance`](super::Finding::chance) only.
    Likely,
    /// Told from the look of the text alone.
    Spelling,
    /// Not sure at all: nothing was found, or the text is too short to tell.
    None,
}

named_values!(Grade { Proved = "proved", Likely = "likely", Spelling = "spelling", None = "none" });
