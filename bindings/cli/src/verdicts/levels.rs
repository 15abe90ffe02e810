//! How grave an advisory is: what `--deny` and `--warn` say.

use callback_profile::AdvisoryCode;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// The advisories that matter more than others.
#[derive(clap::Args)]
pub(crate) struct LevelArgs {
    /// Refuse what has this advisory: the exit code is 1; all stands for every code
    #[arg(long, value_name = "CODE", value_parser = code(), hide_possible_values = true)]
    deny: Vec<Codes>,
    /// Report this advisory as a warning, also where --deny all would refuse it; all stands for every code
    #[arg(long, value_name = "CODE", value_parser = code(), hide_possible_values = true)]
    warn: Vec<Codes>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Codes {
    All,
    One(AdvisoryCode),
}

/// As SARIF has them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Level {
    Note,
    Warning,
    /// A violation, or an advisory that is denied.
    Error,
}

impl Level {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

impl LevelArgs {
    /// A code that is named outranks `all`, and `--deny` outranks `--warn`.
    pub(crate) fn of(&self, code: AdvisoryCode) -> Level {
        let ranks = [
            (&self.deny, Codes::One(code), Level::Error),
            (&self.warn, Codes::One(code), Level::Warning),
            (&self.deny, Codes::All, Level::Error),
            (&self.warn, Codes::All, Level::Warning),
        ];
        let level = ranks.into_iter().find(|(codes, wanted, _)| codes.contains(wanted));
        level.map_or(Level::Note, |(_, _, level)| level)
    }
}

fn code() -> impl TypedValueParser<Value = Codes> {
    let names = AdvisoryCode::ALL.iter().map(|code| code.name()).chain(["all"]);
    PossibleValuesParser::new(names.collect::<Vec<_>>()).try_map(|name| match name.as_str() {
        "all" => Ok(Codes::All),
        name => AdvisoryCode::from_name(name).map(Codes::One).ok_or("not the code of an advisory"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_code_outranks_all_and_deny_outranks_warn() {
        let http = AdvisoryCode::PlainHttp;
        let (all, one) = (vec![Codes::All], vec![Codes::One(http)]);
        for (deny, warn, of_http, of_another) in [
            (vec![], vec![], Level::Note, Level::Note),
            (one.clone(), vec![], Level::Error, Level::Note),
            (all.clone(), one.clone(), Level::Warning, Level::Error),
            (one.clone(), all.clone(), Level::Error, Level::Warning),
            (one.clone(), one.clone(), Level::Error, Level::Note),
            (all.clone(), all.clone(), Level::Error, Level::Error),
        ] {
            let levels = LevelArgs { deny, warn };
            assert_eq!((levels.of(http), levels.of(AdvisoryCode::UrlFragment)), (of_http, of_another));
        }
    }
}
