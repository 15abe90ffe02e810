//! What is accepted but risky or useless.

use std::fmt;

use crate::names::named_values;
use crate::visible::visible;

/// Something that is accepted but risky or useless. `Display` has the pointer, the name and the risk.
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
        write!(f, "body{} {}: {}", visible(&self.pointer), self.code.name(), self.code.text())
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
    /// The patch changed the mode and kept the key.
    KeyReusedAcrossModes,
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
    /// GET and DELETE have no body, and so no content type.
    UnusedContentType,
    /// The content type is not one of the types that a callback's body has; the body is JSON all the same.
    ContentTypeMismatch,
    /// The member is not one of the documented.
    UnknownMember,
    /// The member's name is a documented one in other case.
    AmbiguousMember,
    /// A name in enc.params matches nothing.
    UnmatchedEncryptParam,
    /// No name in enc.params matches anything.
    EncryptsNothing,
    /// A name that multipart readers split in different ways.
    AmbiguousName,
    /// The callback is signed, and its query, which the signature does not cover, has replacers.
    UnsignedTarget,
    /// The profile seals its parameters, and a replacer in the path or in a header stays readable.
    UnsealedReplacer,
    /// A header carries what looks like a credential.
    SecretInHeader,
    /// A header that cloud metadata services ask for.
    MetadataHeader,
    /// A header in which proxies say who the client is.
    ForwardingHeader,
    /// Text that looks like a replacer and is none.
    SuspiciousReplacer,
    /// A replacer that is more likely an HTML tag.
    HtmlLikeReplacer,
}

named_values!(AdvisoryCode {
    FixedNonceGcm = "fixed_nonce_gcm",
    UnauthenticatedCfb = "unauthenticated_cfb",
    KeyEqualsIv = "key_equals_iv",
    KeyReusedAcrossModes = "key_reused_across_modes",
    LowEntropyKey = "low_entropy_key",
    PlainHttp = "plain_http",
    PrivateAddress = "private_address",
    CredentialsInUrl = "credentials_in_url",
    UrlFragment = "url_fragment",
    UnusualPort = "unusual_port",
    UnusedBody = "unused_body",
    UnusedResponseMessage = "unused_response_message",
    UnusedContentType = "unused_content_type",
    ContentTypeMismatch = "content_type_mismatch",
    UnknownMember = "unknown_member",
    AmbiguousMember = "ambiguous_member",
    UnmatchedEncryptParam = "unmatched_encrypt_param",
    EncryptsNothing = "encrypts_nothing",
    AmbiguousName = "ambiguous_name",
    UnsignedTarget = "unsigned_target",
    UnsealedReplacer = "unsealed_replacer",
    SecretInHeader = "secret_in_header",
    MetadataHeader = "metadata_header",
    ForwardingHeader = "forwarding_header",
    SuspiciousReplacer = "suspicious_replacer",
    HtmlLikeReplacer = "html_like_replacer",
});

impl AdvisoryCode {
    /// One sentence on the risk.
    pub fn text(self) -> &'static str {
        match self {
            AdvisoryCode::FixedNonceGcm => {
                "the profile's one IV serves every value: equal values give equal texts, the XOR of two texts is \
                 the XOR of the values, and two short values of equal length give away the authentication key"
            }
            AdvisoryCode::UnauthenticatedCfb => {
                "CFB does not detect tampering, and with the profile's one IV equal values give equal texts"
            }
            AdvisoryCode::KeyEqualsIv => "key and IV are the same, and an IV is not kept secret",
            AdvisoryCode::KeyReusedAcrossModes => {
                "the mode changed and the key did not: under CFB with one IV the profile answers what AES makes of any \
                 block, and with that, messages under the same key in GCM can be read"
            }
            AdvisoryCode::LowEntropyKey => "the key is easy to guess; use random letters and digits",
            AdvisoryCode::PlainHttp => "the callback goes out unencrypted; use https",
            AdvisoryCode::PrivateAddress => {
                "the host is not on the public internet; a callback there reaches the sender's own network"
            }
            AdvisoryCode::CredentialsInUrl => "user name and password in a URL end up in logs; use a header",
            AdvisoryCode::UrlFragment => "the part after # is never sent",
            AdvisoryCode::UnusualPort => "web servers rarely listen on this port",
            AdvisoryCode::UnusedBody => "GET and DELETE send no body; put the parameters in the query",
            AdvisoryCode::UnusedResponseMessage => {
                "a response message serves chatbots only, not the sms channel"
            }
            AdvisoryCode::UnusedContentType => {
                "GET and DELETE send no body, so this content type is not sent"
            }
            AdvisoryCode::ContentTypeMismatch => "the body is JSON, which this content type does not say",
            AdvisoryCode::UnknownMember => "this member is not documented and is ignored",
            AdvisoryCode::AmbiguousMember => {
                "this name is a documented one in other case: it is ignored here, and some parsers read it as that one"
            }
            AdvisoryCode::UnmatchedEncryptParam => {
                "this name matches nothing in the body or the query, so nothing is encrypted for it"
            }
            AdvisoryCode::UnsignedTarget => {
                "a signature covers the body and not the query: who can change the request can change these values"
            }
            AdvisoryCode::UnsealedReplacer => {
                "what is filled in here stays readable and can be changed; only parameters of body and query are sealed"
            }
            AdvisoryCode::SecretInHeader => {
                "the header looks like a credential: whoever can read the profile can read it"
            }
            AdvisoryCode::EncryptsNothing => {
                "no name in enc.params matches anything in the body or the query, so nothing is encrypted"
            }
            AdvisoryCode::AmbiguousName => {
                "multipart readers disagree about a name that ends in a backslash: some take it and the quote for one character"
            }
            AdvisoryCode::ForwardingHeader => {
                "proxies say with this header who the client is; the receiver may believe the profile instead"
            }
            AdvisoryCode::SuspiciousReplacer => {
                "this looks like a replacer and is none, so it is sent as it is; names are letters, digits, _ and -, \
                 with dots and [0] for nested values"
            }
            AdvisoryCode::HtmlLikeReplacer => {
                "this looks like an HTML tag and is a replacer, so it is filled from the record; write \\<name> for the text itself"
            }
            AdvisoryCode::MetadataHeader => "cloud metadata services guard their secrets with this header",
        }
    }
}
