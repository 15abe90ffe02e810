//! What a diagnosis is told, and its bounds.

use crate::profile::Profile;
use crate::seal::Expected;
use crate::setters::setters;

/// Longest text in bytes.
pub const MAX_TEXT_LEN: usize = 4096;

/// So many further profiles are tried; more are left out.
pub const MAX_PROFILES: usize = 64;

/// So many texts are examined together; further ones are left out.
pub const MAX_TEXTS: usize = 16;

/// What is known beside the profile and the texts.
///
/// ```
/// use callback_profile::diagnosis::{Cause, DiagnoseOptions};
/// use callback_profile::Profile;
/// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
///     "body": {"to": "<to>"},
///     "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}}"#).unwrap();
/// let options = DiagnoseOptions::default().with_expected(&["+919876543210"]);
/// let diagnosis = profile.diagnose(&["hI0izbdzQmxjgF/+gQ=="], &options);
/// assert_eq!(diagnosis.findings()[0].cause(), Cause::Cfb8);
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, Default)]
pub struct DiagnoseOptions<'a> {
    /// The values that the texts should have: of several texts in their order, of one text any of them.
    pub expected: &'a [&'a str],
    /// Further profiles whose key may have been used, such as one with an older key. At most
    /// [`MAX_PROFILES`] of them are tried.
    pub also: &'a [&'a Profile],
    /// The name of the texts' parameter.
    pub parameter: Option<&'a str>,
    /// A whole callback as it was received, instead of single texts: the body of a POST or PUT; for a GET or DELETE the
    /// URL or its query.
    pub body: Option<&'a [u8]>,
    /// The received content type of the body.
    pub content_type: Option<&'a str>,
    /// What is expected of a sealed callback. Without it neither age nor method, URL and profile id are checked.
    pub sealed: Option<Expected<'a>>,
    /// Whether a proved value is shown. Of a sealed callback none is.
    pub show: bool,
}

setters! { DiagnoseOptions<'a> {
    with_expected = expected: &'a [&'a str];
    with_also = also: &'a [&'a Profile];
    with_parameter = parameter ? &'a str;
    with_body = body ? &'a [u8];
    with_content_type = content_type ? &'a str;
    with_sealed = sealed ? Expected<'a>;
    with_show = show: bool;
}}
