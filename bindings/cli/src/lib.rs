//! `cbp`: callback profiles on the command line, as a library, so that `python -m callback_profile` is the same command.
//!
//! Standard output carries the result and nothing else; refusals, notes and hints go to standard error. The exit code
//! is 0 for done, 1 for refused by the rules, 2 for a command line that makes no sense or a file that cannot be read.
//! Every decision is the library's: the files here read, call and print. [`settings`] has the options that several
//! commands share, [`input`] reads, [`output`] writes, [`failure`] explains, and every command has a file of its own.
#![forbid(unsafe_code)]

mod callback;
mod failure;
mod input;
mod mask;
mod message;
mod open;
mod output;
mod patch;
mod settings;
mod tools;
mod validate;
mod value;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Checks callback profiles and renders, encrypts and opens their callbacks.
///
/// Wherever a file is asked for, - is standard input. The result goes to standard output, everything else to standard
/// error. Colour obeys NO_COLOR.
#[derive(Parser)]
#[command(name = "cbp", version = callback_profile::VERSION, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit codes:
  0  done
  1  refused by the rules: an invalid profile, a failed authentication
  2  a command line that makes no sense, or a file that cannot be read or written

Examples:
  cbp validate examples/profiles/sms-status.json
  cbp callback examples/profiles/sms-status.json examples/records/sms-status.json";

#[derive(Subcommand)]
enum Command {
    Validate(validate::Args),
    Patch(patch::Args),
    Message(message::Args),
    Callback(callback::Args),
    Open(open::Args),
    Encrypt(value::EncryptArgs),
    Decrypt(value::DecryptArgs),
    Schema(tools::SchemaArgs),
    Catalogue(tools::CatalogueArgs),
    Completions(tools::CompletionsArgs),
    Man(tools::ManArgs),
}

/// Runs the command with these arguments, the program's name first, on the process's standard streams.
///
/// Returns the exit code: 0 for done, 1 for refused by the rules, 2 for a command line that makes no sense or a file
/// that cannot be read or written.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are such "errors" too. A closed pipe is nobody's concern.
            let _ = error.print();
            return if error.use_stderr() { failure::USAGE } else { 0 };
        }
    };
    let done: Result<(), Failure> = match &cli.command {
        Command::Validate(args) => validate::run(args),
        Command::Patch(args) => patch::run(args),
        Command::Message(args) => message::run(args),
        Command::Callback(args) => callback::run(args),
        Command::Open(args) => open::run(args),
        Command::Encrypt(args) => value::encrypt(args),
        Command::Decrypt(args) => value::decrypt(args),
        Command::Schema(_) => tools::schema(),
        Command::Catalogue(_) => tools::catalogue(),
        Command::Completions(args) => tools::completions(args),
        Command::Man(args) => tools::man(args),
    };
    match done {
        Ok(()) => 0,
        Err(failure) => {
            failure.tell();
            failure.exit_code()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent_and_every_command_has_an_example() {
        let mut command = super::Cli::command();
        command.build();
        command.clone().debug_assert();
        for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("\n  cbp ") || help.contains("| cbp "), "{}", command.get_name());
        }
    }
}
