//! `cbp man`: man pages.

use std::io;

use crate::failure::Failure;
use crate::output::{self, End};

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

pub(crate) fn run(args: &Args, mut definition: clap::Command) -> Result<(), Failure> {
    definition.build();
    let command = match &args.command {
        None => definition,
        Some(name) => match definition.find_subcommand(name) {
            Some(found) => found.clone(),
            None => return Err(Failure::Usage("there is no such command: see cbp --help".to_owned())),
        },
    };
    let mut page = Vec::new();
    let rendered: io::Result<()> = clap_mangen::Man::new(command).render(&mut page);
    rendered.map_err(|error| Failure::Usage(format!("cannot make the man page: {error}")))?;
    Ok(output::result(page, End::Exact)?)
}
