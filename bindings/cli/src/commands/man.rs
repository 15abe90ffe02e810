//! `cbp man`: man pages.

use std::io;

use callback_profile::VERSION;
use clap_mangen::Man;

use crate::failure::Failure;
use crate::output::{self, End};

/// The day of the pages. It changes with them, so that the same sources make the same bytes.
const DATE: &str = "2026-11-26";

/// Prints a man page: that of cbp, or of one of its commands
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp man > cbp.1
  cbp man validate > cbp-validate.1")]
pub(crate) struct Args {
    /// The command
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

const EXIT_STATUS: [(&str, &str); 4] = [
    ("0", "Done; of diagnose, that a cause was found."),
    ("1", "Refused by the rules: an invalid or denied profile, a failed authentication, a line that failed."),
    ("2", "A wrong command line, or a file that cannot be read or written."),
    ("130", "Interrupted by Ctrl-C, while many lines were worked on."),
];

const ENVIRONMENT: [(&str, &str); 4] = [
    ("NO_COLOR", "If it is set and not empty, output has no colour, unless --color asks for it."),
    (
        "CLICOLOR_FORCE",
        "If it is set and not 0, output has colour, even into a file or a pipe. NO_COLOR outranks it.",
    ),
    ("CLICOLOR", "If it is 0, output has no colour."),
    ("COLUMNS", "How wide help texts are where the terminal does not say."),
];

const FILES: [(&str, &str); 1] = [(
    "PREFIX/share",
    "Where make install-cli lays down these pages (man/man1) and the completions for bash (bash-completion/completions/cbp), \
     zsh (zsh/site-functions/_cbp) and fish (fish/vendor_completions.d/cbp.fish). The command itself reads and writes \
     no file but those that its arguments name, and has no configuration.",
)];

pub(crate) fn run(args: &Args, mut definition: clap::Command) -> Result<(), Failure> {
    definition = definition.disable_help_subcommand(true);
    definition.build();
    let names: Vec<String> =
        definition.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let command = match &args.command {
        None => definition,
        Some(name) => match definition.find_subcommand(name) {
            Some(found) => found.clone(),
            None => return Err(Failure::Usage("there is no such command: see cbp --help".to_owned())),
        },
    };
    let page = page(command, &names)
        .map_err(|error| Failure::Usage(format!("cannot make the man page: {error}")))?;
    Ok(output::result(page, End::Exact)?)
}

/// The page of a command; `names` are those of all commands.
fn page(command: clap::Command, names: &[String]) -> io::Result<Vec<u8>> {
    let is_whole = command.get_name() == "cbp";
    let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let own = command.get_name().to_owned();
    let man = Man::new(command).date(DATE).source(format!("cbp {VERSION}")).manual("Callback profiles");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if is_whole {
        man.render_subcommands_section(&mut page)?;
    }
    let mut text = String::new();
    if let Some((_, examples)) = examples.split_once("Examples:\n") {
        push_examples(&mut text, examples);
    }
    push_list(&mut text, "EXIT STATUS", &EXIT_STATUS);
    push_list(&mut text, "ENVIRONMENT", &ENVIRONMENT);
    push_list(&mut text, "FILES", &FILES);
    text.push_str(".SH \"SEE ALSO\"\n");
    let others = names.iter().filter(|name| !own.ends_with(name.as_str())).map(|name| format!("cbp-{name}"));
    let all: Vec<String> = Some("cbp".to_owned()).into_iter().filter(|_| !is_whole).chain(others).collect();
    let all = all.iter().map(|name| format!("\\fB{}\\fR(1)", escaped(name)));
    text.push_str(
        &all.chain(["\\fBopenssl\\fR(1)".to_owned(), "\\fBjq\\fR(1)".to_owned()])
            .collect::<Vec<_>>()
            .join(", "),
    );
    text.push('\n');
    page.extend_from_slice(text.as_bytes());
    Ok(page)
}

/// Text without filling, indented, as it can be copied.
fn push_examples(out: &mut String, examples: &str) {
    out.push_str(".SH EXAMPLES\n.nf\n");
    for line in examples.lines() {
        out.push_str(&format!("{}\n", line_of(line.strip_prefix("  ").unwrap_or(line))));
    }
    out.push_str(".fi\n");
}

fn push_list(out: &mut String, title: &str, items: &[(&str, &str)]) {
    out.push_str(&format!(".SH \"{title}\"\n"));
    for (name, text) in items {
        out.push_str(&format!(".TP\n\\fB{}\\fR\n{}\n", escaped(name), line_of(text)));
    }
}

/// A line of text: one that begins with a dot or a quote would be a request.
fn line_of(text: &str) -> String {
    let guard = if text.starts_with(['.', '\'']) { "\\&" } else { "" };
    format!("{guard}{}", escaped(text))
}

/// A hyphen is to stay one, and quotes are to stay straight, where they can be copied.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\'', "\\(aq")
        .replace('`', "\\(ga")
        .replace('^', "\\(ha")
        .replace('~', "\\(ti")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_example_is_a_request_or_changes() {
        assert_eq!(line_of("cbp a-b 'c' \\"), "cbp a\\-b \\(aqc\\(aq \\e");
        assert_eq!(line_of(".x"), "\\&.x");
        assert_eq!(line_of("'x'"), "\\&\\(aqx\\(aq");
    }
}
