//! Verdicts as the workflow commands from which GitHub makes annotations.

use super::format::{Totals, Writer};
use super::levels::Level;
use super::verdict::{Refusal, Verdict};
use crate::output::printable;

pub(super) struct Github;

impl Writer for Github {
    fn begin(&mut self) -> String {
        String::new()
    }

    fn verdict(&mut self, verdict: &Verdict) -> String {
        let file = property(&verdict.name.file);
        let mut out = String::new();
        for finding in &verdict.findings {
            let command = match finding.level {
                Level::Note => "notice",
                Level::Warning => "warning",
                Level::Error => "error",
            };
            let position =
                finding.position.map(|position| format!(",line={},col={}", position.line, position.column));
            let position = position.unwrap_or_default();
            let pointer = if finding.pointer.is_empty() { "(root)" } else { &finding.pointer };
            let message = format!("{}: {}", printable(pointer), printable(&finding.message));
            let title = property(finding.rule);
            out.push_str(&format!("::{command} file={file}{position},title={title}::{}\n", data(&message)));
        }
        if let Err(Refusal::Unreadable(why)) = &verdict.profile {
            out.push_str(&format!("::error file={file}::{}\n", data(&format!("cannot be read: {why}"))));
        }
        out
    }

    fn end(&mut self, _: &Totals) -> String {
        String::new()
    }
}

/// What may follow the two colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What may be the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
