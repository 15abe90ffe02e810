//! Sealed callbacks: which rule a received one breaks. No plaintext is shown, not even on request: what is refused
//! is not authentic.

use super::cause::{Cause, Grade};
use super::conclusion::{sentence, unknown};
use super::finding::{Diagnosis, Finding};
use super::options::DiagnoseOptions;
use crate::callback::OpenOptions;
use crate::profile::{Profile, SealedEncryption};
use crate::seal::{Expected, Freshness, SealedProblem};
use crate::visible::visible;

/// Explains a received callback, or tokens alone. Without `options.sealed` neither age nor method, URL and profile id are
/// checked.
pub(super) fn diagnose(
    profile: &Profile,
    sealed: &SealedEncryption,
    texts: &[&str],
    options: &DiagnoseOptions<'_>,
) -> Diagnosis {
    let expected = options.sealed.unwrap_or(Expected {
        freshness: Freshness::NotChecked,
        method: None,
        url: None,
        profile_id: None,
    });
    let (received, content_type) = match (options.body, texts.first()) {
        (Some(body), _) => (body, options.content_type),
        (None, Some(token)) => (token.as_bytes(), None),
        (None, None) => return unknown("There is no text.", Vec::new()),
    };
    let problem = match options.body {
        Some(_) => profile.sealed_problem(sealed, received, content_type, &expected),
        None => profile.token_problem(sealed, received, &expected),
    };
    let finding = match problem {
        Err(error) => return unknown(&format!("{error}."), Vec::new()),
        Ok(Some(problem)) => of_problem(profile, sealed, problem, received, content_type, options),
        Ok(None) => of_template(profile, received, &expected, options),
    };
    Diagnosis { findings: vec![finding], excluded: Vec::new(), judged_bytes: 0 }
}

fn of_problem(
    profile: &Profile,
    sealed: &SealedEncryption,
    problem: SealedProblem,
    received: &[u8],
    content_type: Option<&str>,
    options: &DiagnoseOptions<'_>,
) -> Finding {
    let (cause, detail) = match problem {
        SealedProblem::Carrier => (
            Cause::SealedCarrier,
            "the body or query has no parameter jwe, or more than one, or has another form",
        ),
        SealedProblem::Token => (
            Cause::SealedToken,
            "the token is not five parts of strict base64url with an empty second one, a nonce of 12 bytes and a tag of 16",
        ),
        SealedProblem::Header => {
            (Cause::SealedHeader, "the protected header is not that of a sealed callback")
        }
        SealedProblem::KeyId => (Cause::SealedKeyId, "the token names another key"),
        SealedProblem::Authentication => (Cause::SealedKey, "the kid is right, and the tag does not fit"),
        SealedProblem::Claims => {
            (Cause::SealedClaims, "the token opens, and its claims are not those of this format")
        }
        SealedProblem::IssuedAt => (Cause::SealedTime, "the token opens, and it was sent too far from now"),
        SealedProblem::Method => {
            (Cause::SealedMethod, "the token opens, and its method is not the expected one")
        }
        SealedProblem::Url => (Cause::SealedUrl, "the token opens, and its URL is not the expected one"),
        SealedProblem::ProfileId => {
            (Cause::SealedProfile, "the token opens, and its profile id is not the expected one")
        }
        SealedProblem::Copy => {
            (Cause::SealedCopy, "the token opens, and what is readable beside it is not what was sealed")
        }
        SealedProblem::MessageId => (Cause::SealedClaims, "the id is not that of the signature"),
    };
    let mut details = vec![detail.to_owned()];
    if problem == SealedProblem::KeyId {
        let kid = match options.body {
            Some(_) => profile.received_kid(received, content_type),
            None => std::str::from_utf8(received).ok().and_then(|token| crate::seal::kid_of(token).ok()),
        };
        if let Some(kid) = kid {
            details.push(format!("it says {}, the profile has {}", visible(&kid), visible(sealed.kid())));
        }
    }
    // What is reported is a fact, except that a tag does not say whether key or token is another.
    Finding::new(cause, Grade::Proved, sentence(&details))
}

/// Nothing is wrong with the message; the template decides.
fn of_template(
    profile: &Profile,
    received: &[u8],
    expected: &Expected<'_>,
    options: &DiagnoseOptions<'_>,
) -> Finding {
    let settings = OpenOptions {
        content_type: options.content_type,
        expected: Some(*expected),
        ..OpenOptions::default()
    };
    match options.body.map(|_| profile.open_with(received, &settings)) {
        Some(Err(error)) => Finding::new(Cause::SealedParameters, Grade::Proved, format!("{error}.")),
        Some(Ok(_)) => Finding::new(Cause::Opens, Grade::Proved, "The callback opens as it is.".to_owned()),
        None => Finding::new(Cause::Opens, Grade::Proved, "The token opens as it is.".to_owned()),
    }
}
