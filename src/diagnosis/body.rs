//! Whole callbacks: the form of the body, the names of the parameters, and then their texts.

use zeroize::Zeroizing;

use super::cause::{Cause, Grade};
use super::conclusion::{of_texts, sentence, unknown};
use super::finding::{Diagnosis, Finding};
use super::options::{DiagnoseOptions, MAX_TEXT_LEN};
use super::received::{Form, Received, likeness};
use crate::body::{ContentKind, ContentType};
use crate::callback::{OpenOptions, Parameters};
use crate::error::Error;
use crate::profile::{Encryption, Profile};
use crate::visible::visible;

pub(super) fn diagnose(profile: &Profile, received: &[u8], options: &DiagnoseOptions<'_>) -> Diagnosis {
    let Some(enc) = profile.encryption() else { return unknown("The profile encrypts nothing.", Vec::new()) };
    let limits = profile.options().limits;
    if received.len() > limits.received_bytes {
        return unknown("The body is longer than the limit of received bodies.", Vec::new());
    }
    let mut settings = OpenOptions { structures: Parameters::All, ..OpenOptions::default() };
    settings.content_type = options.content_type;
    let opened = profile.open_with(received, &settings);
    let content_type = options.content_type.and_then(|text| ContentType::parse(text).ok());
    let boundary = content_type.as_ref().and_then(ContentType::boundary);
    let Some(read) = Received::read(received, !profile.method().has_body(), boundary, &limits) else {
        return not_readable(opened.err());
    };
    // The filled names of a query are listed as their replacers.
    let required = profile.required_parameters().into_iter().filter(|name| !name.starts_with('<')).collect();
    let callback = Callback { profile, enc, required, read };
    if let Some(finding) = callback.body_form(opened.as_ref().err()) {
        return callback.with(finding);
    }
    if let Some(finding) = callback.name_that_differs() {
        return callback.with(finding);
    }
    callback.texts(opened.err(), options)
}

/// Nobody can read this as parameters at all.
fn not_readable(error: Option<Error>) -> Diagnosis {
    let mut detail = "The body is neither a JSON object nor a form nor multipart".to_owned();
    if let Some(error) = error {
        detail.push_str(": ");
        detail.push_str(&error.to_string());
    }
    detail.push('.');
    let findings = vec![Finding::new(Cause::BodyForm, Grade::Spelling, detail)];
    Diagnosis { findings, excluded: Vec::new(), examined_bytes: 0 }
}

struct Callback<'p> {
    profile: &'p Profile,
    enc: &'p Encryption,
    required: Vec<String>,
    read: Received,
}

impl Callback<'_> {
    /// Whether this text alone opens. Under CFB nearly every text does.
    fn opens(&self, text: &str) -> bool {
        !text.is_empty() && self.enc.cipher().decrypt_text(text).map(Zeroizing::new).is_ok()
    }

    fn with(&self, finding: Finding) -> Diagnosis {
        Diagnosis { findings: vec![finding], excluded: Vec::new(), examined_bytes: 0 }
    }

    /// The parameters below a name: itself, its members and its elements.
    fn below<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s (String, String)> {
        self.read.parameters.iter().filter(move |(received, _)| is_below(received, name))
    }

    fn has(&self, name: &str) -> bool {
        self.below(name).next().is_some() || self.read.others.iter().any(|other| is_below(other, name))
    }

    fn body_form(&self, error: Option<&Error>) -> Option<Finding> {
        let kind = self.profile.content_kind();
        let expected = match kind {
            _ if !self.profile.method().has_body() => Form::Urlencoded,
            ContentKind::Json | ContentKind::Other => Form::Json,
            ContentKind::Form => Form::Urlencoded,
            ContentKind::Multipart => Form::Multipart,
        };
        let name = |form| match form {
            Form::Json => "a JSON object",
            Form::JsonInString => "a JSON object within a JSON string",
            Form::JsonInArray => "a JSON object within an array",
            Form::Urlencoded => "a form",
            Form::Multipart => "multipart",
        };
        let mut details = Vec::new();
        if self.read.form != expected {
            details.push(format!(
                "the body is {}, the profile's is {}",
                name(self.read.form),
                name(expected)
            ));
        }
        if self.read.has_byte_order_mark {
            details.push("the body begins with the byte order mark U+FEFF".to_owned());
        }
        if let Some(error @ Error::UnsupportedContentType { .. }) = error {
            details.push(error.to_string());
        }
        if details.is_empty() {
            return None;
        }
        let texts: Vec<&str> =
            self.required.iter().flat_map(|name| self.below(name)).map(|(_, text)| text.as_str()).collect();
        let opens = !texts.is_empty() && texts.iter().all(|text| self.opens(text));
        details.push(
            if opens { "its parameters open" } else { "its parameters do not open as they are" }.to_owned(),
        );
        // The form is a fact; that nothing else is wrong is proved by the texts alone.
        let grade = if opens { Grade::Proved } else { Grade::Spelling };
        Some(Finding::new(Cause::BodyForm, grade, sentence(&details)))
    }

    fn name_that_differs(&self) -> Option<Finding> {
        let missing = self.required.iter().find(|name| !self.has(name))?;
        let is_spare = |received: &str| !self.required.iter().any(|name| is_below(received, name));
        let spare = || self.read.parameters.iter().filter(|(name, _)| is_spare(name));
        let shown = visible(missing);
        let alike = spare().find_map(|(name, text)| likeness(name, missing).map(|why| (name, text, why)));
        let (name, text, why) = match alike {
            Some(alike) => alike,
            // Under GCM a tag that verifies shows which parameter it is, whatever its name.
            None => match spare().find(|(_, text)| self.enc.algorithm().is_gcm() && self.opens(text)) {
                Some((name, text)) => (name, text, "its text opens"),
                None => {
                    let detail = format!("the parameter {shown} is absent, and no received name is like it");
                    return Some(Finding::new(Cause::ParameterMissing, Grade::Proved, sentence(&[detail])));
                }
            },
        };
        let opens = self.opens(text);
        let mut details =
            vec![format!("the parameter {shown} was received as {}", visible(name)), why.to_owned()];
        if opens && why != "its text opens" {
            details.push("its text opens".to_owned());
        }
        let grade = if opens { Grade::Proved } else { Grade::Spelling };
        Some(Finding::new(Cause::ParameterRenamed, grade, sentence(&details)))
    }

    /// One cause for all texts that do not open.
    fn texts(&self, error: Option<Error>, options: &DiagnoseOptions<'_>) -> Diagnosis {
        if let Some(Error::NotEncrypted(names)) = &error
            && let Some(name) =
                names.iter().find(|name| !self.read.parameters.iter().any(|(known, _)| known == *name))
        {
            let detail = format!("the parameter {} is no encrypted string", visible(name));
            return self.with(Finding::new(Cause::NotEncrypted, Grade::Proved, sentence(&[detail])));
        }
        let is_all = self.enc.encrypted_params().is_none() && self.profile.method().has_body();
        let of_profile: Vec<&(String, String)> = match is_all {
            true => self.read.parameters.iter().collect(),
            false => self.required.iter().flat_map(|name| self.below(name)).collect(),
        };
        let texts = of_profile.iter().map(|(_, text)| text.as_str());
        let texts: Vec<&str> = texts.filter(|text| text.len() <= MAX_TEXT_LEN).collect();
        let inner = DiagnoseOptions { body: None, ..*options };
        let mut diagnosis = of_texts(self.profile, &texts, &inner);
        if let (Some(error), Some(first)) = (error, diagnosis.findings.first_mut())
            && first.cause == Cause::Opens
        {
            // Each text opens, and the callback is refused all the same.
            first.detail = format!("{} The callback is refused: {error}.", first.detail);
        }
        diagnosis
    }
}

fn is_below(received: &str, name: &str) -> bool {
    received.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
