//! `cbp schema`, `catalogue`, `completions` and `man`: what other programs read.

use std::io;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::Cli;
use crate::failure::Failure;
use crate::output::{self, End};

/// Prints the JSON Schema of a create payload
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp schema > schema.json")]
pub(crate) struct SchemaArgs {}

/// Prints every code of errors, advisories and address verdicts as JSON
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp catalogue > catalogue.json")]
pub(crate) struct CatalogueArgs {}

/// Prints the completions for a shell
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp completions bash > cbp.bash")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Prints a man page: that of cbp, or of one of its commands
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp man > cbp.1
  cbp man validate > cbp-validate.1")]
pub(crate) struct ManArgs {
    /// The command
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub(crate) fn schema() -> Result<(), Failure> {
    output::result(callback_profile::schema().trim_end(), End::LineBreak)
}

pub(crate) fn catalogue() -> Result<(), Failure> {
    output::result(callback_profile::catalogue().trim_end(), End::LineBreak)
}

pub(crate) fn completions(args: &CompletionsArgs) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "cbp", &mut script);
    output::result(script, End::Exact)
}

pub(crate) fn man(args: &ManArgs) -> Result<(), Failure> {
    let mut command = Cli::command();
    command.build();
    let command = match &args.command {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone(),
            None => return Err(Failure::Usage("there is no such command: see cbp --help".to_owned())),
        },
    };
    let mut page = Vec::new();
    let rendered: io::Result<()> = clap_mangen::Man::new(command).render(&mut page);
    rendered.map_err(|error| Failure::Usage(format!("cannot make the man page: {error}")))?;
    output::result(page, End::Exact)
}
