//! From the text of a create payload to a profile: read, check, compile.

use super::compile::compile;
use super::options::ParseOptions;
use super::profile::Profile;
use super::rules::{self, Shape};
use crate::json::{Document, Value};
use crate::report::{ErrorCode, Report, Violations};

impl Profile {
    /// Parses a create payload by the documented rules.
    ///
    /// Errors: a [`Report`] with every violation, in the order of SPEC §2.
    ///
    /// ```
    /// use callback_profile::Profile;
    /// let report = Profile::parse(r#"{"http_method": "GET", "url": "https://example.com/"}"#).unwrap_err();
    /// assert_eq!(report.message(), "body must have required property 'title'");
    /// ```
    pub fn parse(json: impl AsRef<[u8]>) -> Result<Profile, Report> {
        Profile::parse_with(json, &ParseOptions::default())
    }

    /// Parses a create payload by the rules and limits of `options`.
    pub fn parse_with(json: impl AsRef<[u8]>, options: &ParseOptions) -> Result<Profile, Report> {
        Profile::parse_as(json.as_ref(), Shape::Create, options)
            .map_err(|violations| violations.into_refusal(ErrorCode::InvalidProfile))
    }

    /// Whether a create payload obeys the documented rules: the verdict of [`parse`](Self::parse) and the same report,
    /// several times faster, for those who need no profile.
    ///
    /// Errors: a [`Report`] with every violation, in the order of SPEC §2.
    ///
    /// ```
    /// use callback_profile::Profile;
    /// assert!(Profile::check(r#"{"title": "bot", "http_method": "GET", "url": "https://example.com/"}"#).is_ok());
    /// ```
    pub fn check(json: impl AsRef<[u8]>) -> Result<(), Report> {
        Profile::check_with(json, &ParseOptions::default())
    }

    /// Whether a create payload obeys the rules and limits of `options`.
    ///
    /// Errors: those of [`parse_with`](Self::parse_with).
    pub fn check_with(json: impl AsRef<[u8]>, options: &ParseOptions) -> Result<(), Report> {
        let judge = || {
            let document = read(json.as_ref(), options)?;
            rules::check(document.root(), Shape::Create, options, false).map(drop)
        };
        judge().map_err(|violations| violations.into_refusal(ErrorCode::InvalidProfile))
    }

    pub(crate) fn parse_as(json: &[u8], shape: Shape, options: &ParseOptions) -> Result<Profile, Violations> {
        let document = read(json, options)?;
        Profile::of_payload(document.root(), shape, options)
    }

    /// Judges and compiles a payload.
    pub(crate) fn of_payload(
        root: Value<'_>,
        shape: Shape,
        options: &ParseOptions,
    ) -> Result<Profile, Violations> {
        compile(rules::check(root, shape, options, true)?, options)
    }
}

/// What is no JSON has one violation, at the root.
fn read<'j>(json: &'j [u8], options: &ParseOptions) -> Result<Document<'j>, Violations> {
    Document::read(json, &options.limits).map_err(|error| {
        let mut violations = Violations::new(options.limits.violations);
        violations.add_json(&error);
        violations
    })
}
