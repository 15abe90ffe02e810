//! `cbp completions`: a shell's completions of the command line.

use clap_complete::Shell;

use crate::failure::Failure;
use crate::output::{self, End};

/// Prints the completions for a shell
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp completions bash > cbp.bash")]
pub(crate) struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(crate) fn run(args: &Args, mut definition: clap::Command) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut definition, "cbp", &mut script);
    Ok(output::result(script, End::Exact)?)
}
