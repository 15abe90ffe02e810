//! `cbp validate`: verdicts on profiles, one or thousands, and the formats in which they are written.
//!
//! `inputs` finds the texts, `verdict` has what the library says of one, with `levels` and `position`; each format has a file.

mod format;
mod github;
mod inputs;
mod json;
mod levels;
mod position;
mod rules;
mod sarif;
mod text;
mod verdict;

use std::path::PathBuf;

pub(crate) use levels::LevelArgs;
pub(crate) use rules::Rules;
pub(crate) use text::summary;
pub(crate) use verdict::{Outcome, Verdict};

use crate::failure::Failure;
use crate::output::{Unwritable, text as write_text};
use format::{Totals, Writer};
use inputs::Texts;

/// How verdicts are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Format {
    /// A line each and every violation, for people
    Text,
    /// One JSON object with all verdicts and a summary
    Json,
    /// One JSON object for each verdict, in a line
    Ndjson,
    /// SARIF 2.1.0, which code hosts and editors read
    Sarif,
    /// Annotations of GitHub's workflows
    Github,
}

/// Writes a verdict on each of the profiles in files and folders.
pub(crate) fn write_all(
    paths: &[PathBuf],
    are_lines: bool,
    rules: &Rules<'_>,
    format: Format,
) -> Result<(), Failure> {
    let mut writer: Box<dyn Writer> = match format {
        Format::Text => Box::new(text::Text),
        Format::Json => Box::new(json::Json::new(rules.options.policy)),
        Format::Ndjson => Box::new(json::Ndjson::new(rules.options.policy)),
        Format::Sarif => Box::new(sarif::Sarif::new()),
        Format::Github => Box::new(github::Github),
    };
    let mut totals = Totals::default();
    write_text(&writer.begin())?;
    inputs::each(paths, are_lines, &rules.options, |texts| -> Result<(), Unwritable> {
        let verdict = match texts {
            Texts::One(text) => Verdict::of(&text, rules),
            Texts::Unreadable { name, why } => Verdict::unreadable(name, why),
        };
        totals.add(&verdict);
        write_text(&writer.verdict(&verdict))
    })?;
    write_text(&writer.end(&totals))?;
    match totals {
        Totals { unreadable: 1.., .. } => Err(Failure::Unreadable),
        Totals { denied: 0, refused: 0, .. } => Ok(()),
        _ => Err(Failure::Printed),
    }
}
