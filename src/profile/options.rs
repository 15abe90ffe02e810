//! How strictly a payload is validated, and how its callbacks are written.

use crate::cipher::WireFormat;
use crate::limits::Limits;
use crate::names::named_values;
use crate::report::AdvisoryCode;
use crate::setters::setters;

/// Which rules apply.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Policy {
    /// The platform's documented rules; what is risky is an advisory.
    #[default]
    Documented,
    /// The documented rules, and these advisories are violations: `plain_http`, `private_address`,
    /// `credentials_in_url`, `unknown_member`, `ambiguous_member`, `metadata_header`, `forwarding_header`,
    /// `content_type_mismatch`, `encrypts_nothing`, `unsealed_replacer`.
    Strict,
}

named_values!(Policy { Documented = "documented", Strict = "strict" });

impl Policy {
    /// Whether what this advisory is about is refused.
    pub(crate) fn refuses(self, code: AdvisoryCode) -> bool {
        self == Policy::Strict
            && matches!(
                code,
                AdvisoryCode::PlainHttp
                    | AdvisoryCode::PrivateAddress
                    | AdvisoryCode::CredentialsInUrl
                    | AdvisoryCode::UnknownMember
                    | AdvisoryCode::AmbiguousMember
                    | AdvisoryCode::MetadataHeader
                    | AdvisoryCode::ForwardingHeader
                    | AdvisoryCode::ContentTypeMismatch
                    | AdvisoryCode::EncryptsNothing
                    | AdvisoryCode::UnsealedReplacer
            )
    }
}

/// The settings of a parse. The default is the documented policy, the default limits and wire format.
///
/// ```
/// use callback_profile::{ParseOptions, Policy, cipher::{Encoding, WireFormat}};
/// let options = ParseOptions::default()
///     .with_policy(Policy::Strict)
///     .with_wire_format(WireFormat::default().with_encoding(Encoding::Hex));
/// assert_eq!(options.wire_format.encoding, Encoding::Hex);
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ParseOptions {
    /// Which rules apply.
    pub policy: Policy,
    /// Refuses sealed profiles, version 2 of `enc`, which is an extension of the documents.
    pub refuse_sealed: bool,
    /// Refuses the documented `enc`: for those who have moved to sealed profiles.
    pub refuse_v1: bool,
    /// The callbacks will be signed. Then a header named `webhook-id` or the like is a violation, and replacers in the
    /// query of a POST or PUT, which a signature does not cover, are the advisory `unsigned_target`.
    pub signed: bool,
    /// How much is read and made.
    pub limits: Limits,
    /// How encrypted values are written and read.
    pub wire_format: WireFormat,
}

setters! { ParseOptions {
    with_policy = policy: Policy;
    with_refuse_sealed = refuse_sealed: bool;
    with_refuse_v1 = refuse_v1: bool;
    with_signed = signed: bool;
    with_limits = limits: Limits;
    with_wire_format = wire_format: WireFormat;
}}
