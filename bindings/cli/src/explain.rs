//! A diagnosis for people: each finding with its evidence and its cures, and what was excluded.

use callback_profile::diagnosis::{Cause, Diagnosis, Finding, Grade, Settings};

use crate::output::{BAD, CARE, GOOD, HINT, printable};

/// The whole diagnosis.
pub(crate) fn text(diagnosis: &Diagnosis) -> String {
    let mut text = String::new();
    for finding in diagnosis.findings() {
        text.push_str(&block(finding));
    }
    if !diagnosis.excluded().is_empty() {
        let names: Vec<&str> = diagnosis.excluded().iter().map(|cause| cause.name()).collect();
        text.push_str(&format!("excluded: {}\n", names.join(", ")));
    }
    text.push_str(&format!("examined: {} decrypted bytes\n", diagnosis.judged_bytes()));
    text
}

/// The best finding in a line, and the options under which the text opens. Nothing was tried and failed of what is said.
pub(crate) fn hints(diagnosis: &Diagnosis) -> Vec<String> {
    let mut hints = Vec::new();
    if let Some(finding) = diagnosis.findings().first() {
        hints.push(format!("{} ({}): {}", finding.cause().name(), grade(finding), finding.detail()));
        hints.extend(finding.settings().and_then(options).map(|options| format!("it opens with {options}")));
    }
    hints
}

fn block(finding: &Finding) -> String {
    let style = match finding.grade() {
        _ if finding.cause() == Cause::Opens => GOOD,
        Grade::Proved => BAD,
        _ => CARE,
    };
    let (cause, detail) = (finding.cause().name(), printable(finding.detail()));
    let mut text = format!("{style}{cause}{style:#} ({}): {detail}\n", grade(finding));
    let mut line =
        |label: &str, content: &str| text.push_str(&format!("  {HINT}{label}{HINT:#}: {content}\n"));
    line("at the sender", finding.at_sender());
    line("at the receiver", finding.at_receiver());
    if let Some(settings) = finding.settings() {
        line("it opens", &change(settings));
    }
    if let Some(value) = finding.value() {
        line("value", &printable(value));
    }
    text
}

/// The grade, and how probable it is that chance alone made the finding.
fn grade(finding: &Finding) -> String {
    match finding.chance() {
        Some(chance) => format!("{}, by chance alone with probability {chance:.0e}", finding.grade().name()),
        None => finding.grade().name().to_owned(),
    }
}

/// What has to change, the options of this command first.
fn change(settings: &Settings) -> String {
    let mut changes: Vec<String> =
        options(settings).into_iter().map(|options| format!("with {options}")).collect();
    changes.extend(settings.algorithm().map(|algorithm| format!("as {}", algorithm.name())));
    changes.extend(settings.key().map(|detail| format!("with another key: {detail}")));
    changes.extend(settings.iv().map(|detail| format!("with another IV: {detail}")));
    changes.extend(
        settings.profile().map(|index| format!("with profile {} of --also", index.saturating_add(1))),
    );
    changes.join(", ")
}

/// The options of `cbp open` and `cbp decrypt`, if they alone are needed.
fn options(settings: &Settings) -> Option<String> {
    let format = settings.wire_format()?;
    let is_format_alone = settings.algorithm().is_none()
        && settings.key().is_none()
        && settings.iv().is_none()
        && settings.profile().is_none();
    let (encoding, tag) = (format.encoding.name(), format.tag.name());
    is_format_alone.then(|| format!("--encoding {encoding} --tag {tag}"))
}
