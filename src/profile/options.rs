//! How strictly a payload is judged, and how its callbacks are written.

use crate::cipher::WireFormat;
use crate::limits::Limits;
use crate::report::AdvisoryCode;

/// Which rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    strict: bool,
}

impl Policy {
    /// The platform's documented rules; what is risky is an advisory. The default.
    pub fn documented() -> Policy {
        Policy { strict: false }
    }

    /// The documented rules, and these advisories are violations: `plain_http`, `private_address`,
    /// `credentials_in_url`, `unknown_member`, `metadata_header`.
    pub fn strict() -> Policy {
        Policy { strict: true }
    }

    /// `documented` or `strict`.
    pub fn name(self) -> &'static str {
        if self.strict { "strict" } else { "documented" }
    }

    /// The policy of this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Policy> {
        [Policy::documented(), Policy::strict()].into_iter().find(|policy| policy.name() == name)
    }

    /// Whether what this advisory is about is refused.
    pub(crate) fn refuses(self, code: AdvisoryCode) -> bool {
        self.strict
            && matches!(
                code,
                AdvisoryCode::PlainHttp
                    | AdvisoryCode::PrivateAddress
                    | AdvisoryCode::CredentialsInUrl
                    | AdvisoryCode::UnknownMember
                    | AdvisoryCode::MetadataHeader
            )
    }
}

/// The settings of a parse. The default is the documented policy, the default limits and wire format.
///
/// ```
/// use callback_profile::{ParseOptions, Policy, cipher::{Encoding, WireFormat}};
/// let mut options = ParseOptions::default();
/// options.policy = Policy::strict();
/// options.wire_format = WireFormat::default().with_encoding(Encoding::Hex);
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ParseOptions {
    /// Which rules apply.
    pub policy: Policy,
    /// How much is read and made.
    pub limits: Limits,
    /// How encrypted values are written and read.
    pub wire_format: WireFormat,
}
