//! Which rule a sealed callback breaks. Strangers never learn it: for them everything is
//! [`Error::Sealed`](crate::Error::Sealed). Diagnosis tells it to the owner of the key.

/// The broken rule; of several the first in the order of checking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SealedProblem {
    /// The body or query is not what the profile's content type says, or does not have `jwe` exactly once, as a text.
    Carrier,
    /// The token is not five parts of strict base64url with an empty second one, a nonce of 12 bytes and a tag of 16.
    Token,
    /// The protected header is not that of this format.
    Header,
    /// The header names another key.
    KeyId,
    /// The tag does not fit: another key, or a changed token.
    Authentication,
    /// The claims are not a strict JSON object of the known names, each of its type.
    Claims,
    /// The time of sending is too far from now.
    IssuedAt,
    /// The method is another one, or is missing.
    Method,
    /// The URL is another one, or is missing.
    Url,
    /// The profile id is another one, or is missing.
    ProfileId,
    /// A readable copy differs from what was sealed.
    Copy,
    /// The id is not that of the signature.
    MessageId,
}
