//! The options of `--ndjson`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Many inputs, a line each.
#[derive(clap::Args)]
#[command(next_help_heading = "Many lines")]
pub(crate) struct StreamArgs {
    /// Take each line of the input for one, and print a line for each, null where it failed
    #[arg(long)]
    pub(crate) ndjson: bool,
    /// How many threads work; as many as the machine has, if not given
    #[arg(long, value_name = "N", requires = "ndjson")]
    jobs: Option<NonZeroUsize>,
    /// Pass over the first N lines, to go on after an interruption
    #[arg(long, value_name = "N", requires = "ndjson", default_value_t = 0, hide_default_value = true)]
    pub(super) skip: u64,
    /// Where failures are written, {"line","code","parameter","class"} each; standard error, if not given. With --skip
    /// they are added
    #[arg(long, value_name = "FILE", requires = "ndjson")]
    pub(super) errors: Option<PathBuf>,
}

impl StreamArgs {
    pub(super) fn jobs(&self) -> usize {
        let most = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.jobs.map_or(most, NonZeroUsize::get).min(256)
    }
}
