//! Verdicts for people.

use callback_profile::Profile;

use super::format::{Totals, Writer};
use super::levels::Level;
use super::verdict::{Finding, Outcome, Refusal, Verdict};
use crate::output::{BAD, CARE, GOOD, printable};

/// Of many profiles: a line each, with what is to be said of it below.
pub(super) struct Text;

impl Writer for Text {
    fn begin(&mut self) -> String {
        String::new()
    }

    fn verdict(&mut self, verdict: &Verdict) -> String {
        let mut text = heading(verdict);
        match &verdict.profile {
            Ok(_) => text.push_str(&advisories(verdict)),
            Err(Refusal::Unreadable(why)) => text.push_str(&format!("  {why}\n")),
            Err(Refusal::Report { unlisted, .. }) => {
                for finding in &verdict.findings {
                    let pointer = if finding.pointer.is_empty() { "(root)" } else { &finding.pointer };
                    let place = place(finding);
                    let (pointer, message) = (printable(pointer), printable(&finding.message));
                    text.push_str(&format!("  {place}{pointer} [{}] {message}\n", finding.rule));
                }
                if *unlisted > 0 {
                    text.push_str(&format!("  and {unlisted} more\n"));
                }
            }
        }
        text
    }

    fn end(&mut self, totals: &Totals) -> String {
        let counts = totals.rows().into_iter().filter(|(name, count)| *count > 0 || *name == "accepted");
        let counts: Vec<String> = counts.map(|(name, count)| format!("{count} {name}")).collect();
        format!("{}\n", counts.join(", "))
    }
}

/// Of one profile: what it does, without key, IV, header values and the password in a URL, and its advisories.
pub(crate) fn summary(verdict: &Verdict) -> String {
    let mut text = heading(verdict);
    for (label, value) in verdict.profile.iter().flat_map(rows) {
        if let Some(value) = value {
            text.push_str(&format!("  {label:<10}  {}\n", printable(&value)));
        }
    }
    text.push_str(&advisories(verdict));
    text
}

fn heading(verdict: &Verdict) -> String {
    let outcome = verdict.outcome();
    let style = if outcome == Outcome::Accepted { GOOD } else { BAD };
    format!("{style}{}{style:#}: {}\n", outcome.name(), verdict.name)
}

fn advisories(verdict: &Verdict) -> String {
    let mut text = String::new();
    for finding in &verdict.findings {
        let (style, word) = match finding.level {
            Level::Note => (CARE, "advisory"),
            Level::Warning => (CARE, "warning"),
            Level::Error => (BAD, "denied"),
        };
        let (code, pointer) = (finding.rule, printable(&finding.pointer));
        text.push_str(&format!("  {style}{word}{style:#} {code} at {pointer}: {}\n", finding.message));
    }
    text
}

fn place(finding: &Finding) -> String {
    finding.position.map(|position| format!("{}:{}: ", position.line, position.column)).unwrap_or_default()
}

fn rows(profile: &Profile) -> [(&'static str, Option<String>); 8] {
    let headers: Vec<&str> = profile.headers().iter().map(|header| header.name()).collect();
    let replacers: Vec<String> =
        profile.replacers().iter().map(|(label, field)| format!("{label} = {field}")).collect();
    let encryption = profile.encryption().map(|enc| match enc.encrypted_params() {
        None => format!("{}, every value", enc.algorithm().name()),
        Some(names) => format!("{}, of {}", enc.algorithm().name(), names.join(", ")),
    });
    let sealed = profile.sealed_encryption().map(|enc| match enc.encrypted_params() {
        None => format!("sealed, kid {}, every value", enc.kid()),
        Some(names) => format!("sealed, kid {}, all but {} repeated in clear", enc.kid(), names.join(", ")),
    });
    let list = |items: Vec<String>| (!items.is_empty()).then(|| items.join(", "));
    [
        ("title", Some(profile.title().to_owned())),
        ("callback", Some(format!("{} {}", profile.method().name(), profile.url_without_credentials()))),
        ("headers", list(headers.into_iter().map(str::to_owned).collect())),
        ("message", profile.response_message().map(str::to_owned)),
        ("replacers", list(replacers)),
        ("encryption", encryption.or(sealed)),
        ("channel", Some(profile.channel().name().to_owned())),
        ("events", list(profile.events().unwrap_or_default().to_vec())),
    ]
}
