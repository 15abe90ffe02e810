//! What is accepted but risky or useless: SPEC §7.

use std::fmt;

/// Something accepted but risky or useless; never blocks.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advisory {
    /// Which one.
    pub code: AdvisoryCode,
    /// JSON Pointer to the member of the payload, as it was sent.
    pub pointer: String,
}

impl Advisory {
    /// One sentence on the risk; it quotes no value.
    pub fn message(&self) -> &'static str {
        self.code.text()
    }
}

impl fmt::Display for Advisory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "body{} {}: {}", self.pointer, self.code.name(), self.code.text())
    }
}

/// The stable codes of the advisories.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AdvisoryCode {
    /// AES-GCM with the fixed IV of the profile.
    FixedNonceGcm,
    /// AES-CFB has no integrity.
    UnauthenticatedCfb,
    /// Key and IV are the same text.
    KeyEqualsIv,
    /// The key is easy to guess.
    LowEntropyKey,
    /// The URL is http.
    PlainHttp,
    /// The URL's host is not on the public internet.
    PrivateAddress,
    /// The URL holds a user name or password.
    CredentialsInUrl,
    /// The URL has a fragment.
    UrlFragment,
    /// The URL's port is not one that web servers use.
    UnusualPort,
    /// GET and DELETE have no body.
    UnusedBody,
    /// The message serves chatbots only.
    UnusedResponseMessage,
    /// The member is not one of the documented.
    UnknownMember,
    /// A name in enc.params matches nothing.
    UnmatchedEncryptParam,
    /// A header carries what looks like a credential.
    SecretInHeader,
    /// A header that cloud metadata services ask for.
    MetadataHeader,
}

impl AdvisoryCode {
    /// Every code, in the order of SPEC §7.
    pub const ALL: &'static [AdvisoryCode] = &[
        AdvisoryCode::FixedNonceGcm,
        AdvisoryCode::UnauthenticatedCfb,
        AdvisoryCode::KeyEqualsIv,
        AdvisoryCode::LowEntropyKey,
        AdvisoryCode::PlainHttp,
        AdvisoryCode::PrivateAddress,
        AdvisoryCode::CredentialsInUrl,
        AdvisoryCode::UrlFragment,
        AdvisoryCode::UnusualPort,
        AdvisoryCode::UnusedBody,
        AdvisoryCode::UnusedResponseMessage,
        AdvisoryCode::UnknownMember,
        AdvisoryCode::UnmatchedEncryptParam,
        AdvisoryCode::SecretInHeader,
        AdvisoryCode::MetadataHeader,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// One sentence on the risk.
    pub fn text(self) -> &'static str {
        self.row().1
    }

    fn row(self) -> (&'static str, &'static str) {
        match self {
            AdvisoryCode::FixedNonceGcm => (
                "fixed_nonce_gcm",
                "the profile's one IV serves every value: equal values give equal texts, the XOR of two texts is \
                 the XOR of the values, and two short values of equal length give away the authentication key",
            ),
            AdvisoryCode::UnauthenticatedCfb => (
                "unauthenticated_cfb",
                "CFB does not detect tampering, and with the profile's one IV equal values give equal texts",
            ),
            AdvisoryCode::KeyEqualsIv => {
                ("key_equals_iv", "key and IV are the same, and an IV is not kept secret")
            }
            AdvisoryCode::LowEntropyKey => {
                ("low_entropy_key", "the key is easy to guess; use random letters and digits")
            }
            AdvisoryCode::PlainHttp => ("plain_http", "the callback goes out unencrypted; use https"),
            AdvisoryCode::PrivateAddress => (
                "private_address",
                "the host is not on the public internet; a callback there reaches the sender's own network",
            ),
            AdvisoryCode::CredentialsInUrl => {
                ("credentials_in_url", "user name and password in a URL end up in logs; use a header")
            }
            AdvisoryCode::UrlFragment => ("url_fragment", "the part after # is never sent"),
            AdvisoryCode::UnusualPort => ("unusual_port", "web servers rarely listen on this port"),
            AdvisoryCode::UnusedBody => {
                ("unused_body", "GET and DELETE send no body; put the parameters in the query")
            }
            AdvisoryCode::UnusedResponseMessage => {
                ("unused_response_message", "a response message serves chatbots only, not the sms channel")
            }
            AdvisoryCode::UnknownMember => ("unknown_member", "this member is not documented and is ignored"),
            AdvisoryCode::UnmatchedEncryptParam => (
                "unmatched_encrypt_param",
                "this name matches nothing in the body or the query, so nothing is encrypted for it",
            ),
            AdvisoryCode::SecretInHeader => (
                "secret_in_header",
                "the header looks like a credential: whoever can read the profile can read it",
            ),
            AdvisoryCode::MetadataHeader => {
                ("metadata_header", "cloud metadata services guard their secrets with this header")
            }
        }
    }
}
