//! What a receiver expects of a sealed callback, and of the time of a signature.

use callback_profile::seal::{DEFAULT_TOLERANCE, Expected, Freshness};
use callback_profile::{Error, Method, Profile};

use super::settings::method;
use crate::failure::{Failure, Fault};
use crate::system;

/// What is said on the command line.
#[derive(clap::Args)]
#[command(next_help_heading = "Sealed callbacks and signatures")]
pub(crate) struct GivenArgs {
    /// How far the time of sending may be from now, both ways, in seconds: 300, if not given
    #[arg(long, value_name = "SECONDS")]
    tolerance: Option<u64>,
    /// The time now in seconds since 1970; the clock's, if not given
    #[arg(long, value_name = "SECONDS")]
    now: Option<u64>,
    /// The method that a sealed callback was received with
    #[arg(long, value_name = "METHOD", value_parser = method())]
    method: Option<Method>,
    /// The receiver's own public URL, as the sender's profile has it
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The id of the profile that a sealed callback must name
    #[arg(long, value_name = "ID")]
    profile_id: Option<String>,
}

/// The same for opening, where nothing is left unsaid.
#[derive(clap::Args)]
#[command(next_help_heading = "Sealed callbacks and signatures")]
pub(crate) struct ExpectedArgs {
    #[command(flatten)]
    given: GivenArgs,
    /// Take callbacks of any age: for archives
    #[arg(long, conflicts_with_all = ["tolerance", "now"])]
    any_age: bool,
    /// Take callbacks that were sent by any method
    #[arg(long, conflicts_with = "method")]
    any_method: bool,
    /// Take callbacks to any URL
    #[arg(long, conflicts_with = "url")]
    any_url: bool,
}

impl GivenArgs {
    /// What is expected if anything is said, and nothing else.
    pub(crate) fn of_diagnosis(&self, profile: &Profile) -> Result<Option<Expected<'_>>, Failure> {
        let has_time = self.tolerance.is_some() || self.now.is_some();
        if profile.sealed_encryption().is_none() {
            return self.refuse(has_time);
        }
        Ok(Some(Expected {
            freshness: if has_time { self.freshness() } else { Freshness::NotChecked },
            method: self.method,
            url: self.url.as_deref(),
            profile_id: self.profile_id.as_deref(),
        }))
    }

    /// The time now, and how far the time of sending may be from it.
    pub(crate) fn time(&self) -> (u64, u64) {
        (self.now.unwrap_or_else(system::now), self.tolerance.unwrap_or(DEFAULT_TOLERANCE))
    }

    fn freshness(&self) -> Freshness {
        let (now, tolerance) = self.time();
        Freshness::Within { now, tolerance }
    }

    /// Nothing of a callback of the documented format can be checked, so nobody shall think that it was.
    fn refuse<T>(&self, has_time: bool) -> Result<Option<T>, Failure> {
        let option = [
            (has_time, "--tolerance and --now are"),
            (self.method.is_some(), "--method is"),
            (self.url.is_some(), "--url is"),
            (self.profile_id.is_some(), "--profile-id is"),
        ];
        match option.into_iter().find(|(is_given, _)| *is_given) {
            None => Ok(None),
            Some((_, name)) => Err(Failure::Usage(format!(
                "{name} for sealed profiles: a callback of the documented format says nothing that could be compared"
            ))),
        }
    }
}

impl ExpectedArgs {
    /// What is expected of a callback that one of these profiles opens; `None` if none of them is sealed. `received` is the
    /// method that the message has.
    pub(crate) fn of<'e>(
        &'e self,
        profiles: &'e [Profile],
        received: Option<&str>,
        is_verified: bool,
    ) -> Result<Option<Expected<'e>>, Failure> {
        let sealed: Vec<&Profile> =
            profiles.iter().filter(|profile| profile.sealed_encryption().is_some()).collect();
        if sealed.is_empty() {
            let has_time = !is_verified && (self.given.tolerance.is_some() || self.given.now.is_some());
            return self.given.refuse(has_time);
        }
        Ok(Some(Expected {
            freshness: self.freshness(),
            method: self.method(&sealed, received)?,
            url: self.url(&sealed)?,
            profile_id: self.given.profile_id.as_deref(),
        }))
    }

    /// The age that is accepted, by the clock of this moment.
    pub(crate) fn freshness(&self) -> Freshness {
        if self.any_age { Freshness::NotChecked } else { self.given.freshness() }
    }

    /// The time now and the tolerance, for a signature.
    pub(crate) fn time(&self) -> (u64, u64) {
        let (now, tolerance) = self.given.time();
        (now, if self.any_age { u64::MAX } else { tolerance })
    }

    fn method(&self, sealed: &[&Profile], received: Option<&str>) -> Result<Option<Method>, Failure> {
        if self.any_method || self.given.method.is_some() {
            return Ok(self.given.method);
        }
        if let Some(received) = received {
            // Of another method there is no callback.
            return Method::from_name(received).map(Some).ok_or_else(|| Fault::from(Error::Sealed).into());
        }
        let different =
            "the profiles have different methods: say which one was received, with --method, or --any-method";
        common(sealed.iter().map(|profile| profile.method()))
            .map(Some)
            .ok_or_else(|| Failure::Usage(different.to_owned()))
    }

    fn url<'e>(&'e self, sealed: &[&'e Profile]) -> Result<Option<&'e str>, Failure> {
        if self.any_url || self.given.url.is_some() {
            return Ok(self.given.url.as_deref());
        }
        match common(sealed.iter().map(|profile| profile.constant_url())) {
            Some(Some(url)) => Ok(Some(url)),
            Some(None) => Err(Failure::Usage(
                "the profile's URL has a replacer in its path, so that its callbacks have different ones: say the \
                 receiver's public URL with --url, or --any-url"
                    .to_owned(),
            )),
            None => Err(Failure::Usage(
                "the profiles have different URLs: say the receiver's public one with --url, or --any-url".to_owned(),
            )),
        }
    }
}

/// The value that all have.
fn common<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}
