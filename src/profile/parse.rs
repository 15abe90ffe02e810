//! From the text of a create payload to a profile: read, check, compile.

use super::compile::compile;
use super::options::ParseOptions;
use super::profile::Profile;
use super::rules::{self, Shape};
use crate::json::{Document, Value};
use crate::report::{ErrorCode, Report, Violations};
use crate::wiped::wipe_stack;

impl Profile {
    /// Parses a create payload by the documented rules.
    ///
    /// # Errors
    /// A [`Report`] with every violation: first the required members that are missing, then member by member.
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
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse).
    pub fn parse_with(json: impl AsRef<[u8]>, options: &ParseOptions) -> Result<Profile, Report> {
        Profile::of_json(json.as_ref(), Shape::Create, options)
            .map_err(|violations| violations.into_report(ErrorCode::InvalidProfile))
    }

    /// Whether a create payload obeys the documented rules: the same reports as those of [`parse`](Self::parse),
    /// several times faster, for those who need no profile.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse).
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
    /// # Errors
    /// Those of [`parse`](Self::parse).
    pub fn check_with(json: impl AsRef<[u8]>, options: &ParseOptions) -> Result<(), Report> {
        let check = || {
            let document = read(json.as_ref(), options)?;
            rules::check(document.root(), Shape::Create, options, false).map(drop)
        };
        check().map_err(|violations: Violations| violations.into_report(ErrorCode::InvalidProfile))
    }

    pub(super) fn of_json(json: &[u8], shape: Shape, options: &ParseOptions) -> Result<Profile, Violations> {
        Profile::of_payload(read(json, options)?.root(), shape, options)
    }

    /// Checks and compiles a payload.
    pub(super) fn of_payload(
        root: Value<'_>,
        shape: Shape,
        options: &ParseOptions,
    ) -> Result<Profile, Violations> {
        let checked = rules::check(root, shape, options, true)?;
        wipe_stack(); // the key was read
        compile(checked, options).map_err(|_| Violations::of_defect())
    }
}

/// Reads a document by the limits; what is not JSON has one violation, at the root.
pub(super) fn read<'j>(json: &'j [u8], options: &ParseOptions) -> Result<Document<'j>, Violations> {
    Document::read(json, &options.limits).map_err(|error| Violations::of_json(&error))
}
