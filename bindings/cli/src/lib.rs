//! `cbp`: callback profiles on the command line, as a library, so that `python -m callback_profile` is the same command.
//!
//! Standard output carries the result and nothing else; errors, notes and hints go to standard error. The exit code is
//! 0 for done, 1 for refused by the rules, 2 for a wrong command line or a file that cannot be read or written.
//! Every decision about a profile is the library's: the files here read, call and print. They use each other in one
//! direction:
//!
//! - `commands`: a file for each command, with its arguments and its help text,
//! - `args`: arguments that several commands share, and reading what they name,
//! - `verdicts`: what `cbp validate` says, in each of its formats,
//! - `explain`: a diagnosis as text,
//! - `failure`: why a command failed, as text and as exit code,
//! - `received`: a received request in each of its forms,
//! - `stream`: many inputs, a line each; `interrupt`: Ctrl-C while they are worked on,
//! - `usage`: what a wrong command line is answered with,
//! - `input`: reading, `output`: writing, `memory`: memory that is wiped,
//! - `system`: the operating system's clock and random bytes.
#![deny(unsafe_code)] // but for two calls in `interrupt`

mod args;
mod commands;
mod explain;
mod failure;
mod input;
mod interrupt;
mod memory;
mod output;
mod received;
mod stream;
mod system;
mod usage;
mod verdicts;

use std::ffi::OsString;

use clap::{ColorChoice, CommandFactory, Parser, Subcommand};

use commands::{
    address, callback, catalogue, completions, decrypt, diagnose, diff, encrypt, fields, keygen, man,
    message, open, patch, request, schema, sign, validate, verify,
};
use failure::Failure;

/// Validates callback profiles, and fills, encrypts, signs, verifies and opens their callbacks.
///
/// Wherever a file is asked for, - is standard input. The result goes to standard output, everything else to standard
/// error. On a terminal output has colour, unless NO_COLOR is set; CLICOLOR_FORCE asks for it everywhere.
#[derive(Parser)]
#[command(name = "cbp", version = callback_profile::VERSION, after_help = AFTER_HELP)]
struct Cli {
    /// When output has colour: auto is on a terminal, as NO_COLOR and CLICOLOR_FORCE say
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit codes:
  0    done
  1    refused by the rules: an invalid profile, a failed authentication
  2    a wrong command line, or a file that cannot be read or written
  130  interrupted by Ctrl-C, while many lines were worked on

Examples:
  cbp validate examples/profiles/sms-status.json
  cbp callback examples/profiles/sms-status.json \\
    examples/records/sms-status.json";

#[derive(Subcommand)]
enum Command {
    Validate(validate::Args),
    Request(request::Args),
    Patch(patch::Args),
    Diff(diff::Args),
    Message(message::Args),
    Callback(callback::Args),
    Open(Box<open::Args>),
    Diagnose(diagnose::Args),
    Sign(sign::Args),
    Verify(verify::Args),
    Fields(fields::Args),
    Encrypt(encrypt::Args),
    Decrypt(decrypt::Args),
    Keygen(keygen::Args),
    Address(address::Args),
    Schema(schema::Args),
    Catalogue(catalogue::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs the command with these arguments, the program's name first, on the process's standard streams.
///
/// Returns the exit code: 0 for done, 1 for refused by the rules, 2 for a wrong command line or a file that cannot be
/// read or written.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    usage::choose_color(&arguments);
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => return usage::print(error, &arguments),
    };
    output::set_color(cli.color);
    let done: Result<(), Failure> = match &cli.command {
        Command::Validate(args) => validate::run(args),
        Command::Request(args) => request::run(args),
        Command::Patch(args) => patch::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Message(args) => message::run(args),
        Command::Callback(args) => callback::run(args),
        Command::Open(args) => open::run(args),
        Command::Diagnose(args) => diagnose::run(args),
        Command::Sign(args) => sign::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Fields(args) => fields::run(args),
        Command::Encrypt(args) => encrypt::run(args),
        Command::Decrypt(args) => decrypt::run(args),
        Command::Keygen(args) => keygen::run(args),
        Command::Address(args) => address::run(args),
        Command::Schema(_) => schema::run(),
        Command::Catalogue(_) => catalogue::run(),
        Command::Completions(args) => completions::run(args, definition()),
        Command::Man(args) => man::run(args, definition()),
    };
    match done {
        Ok(()) => 0,
        Err(failure) => {
            failure.print(cli.command.prints_json());
            failure.exit_code()
        }
    }
}

impl Command {
    /// Whether failures are to be printed as JSON.
    fn prints_json(&self) -> bool {
        match self {
            Command::Validate(args) => args.json,
            Command::Request(args) => args.json,
            Command::Patch(args) => args.json,
            Command::Diff(args) => args.json,
            Command::Message(args) => args.json,
            Command::Callback(args) => args.json,
            Command::Open(args) => args.json,
            Command::Diagnose(args) => args.json,
            Command::Sign(args) => args.json,
            Command::Verify(args) => args.json,
            Command::Fields(args) => args.json,
            Command::Encrypt(args) => args.json,
            Command::Decrypt(args) => args.json,
            Command::Keygen(args) => args.json,
            Command::Address(args) => args.json,
            Command::Schema(_) | Command::Catalogue(_) | Command::Completions(_) | Command::Man(_) => false,
        }
    }
}

/// The definition of the command line: every command with its arguments and help texts.
pub fn definition() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent_and_every_command_has_an_example() {
        let mut command = super::definition();
        command.build();
        command.clone().debug_assert();
        for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("\n  cbp ") || help.contains("| cbp "), "{}", command.get_name());
        }
    }
}
