//! How far a long run is, on standard error when that is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over the bytes of a file, a counter for standard input; nothing where nobody watches.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// `len` is the size of the input, if it is known.
    pub(super) fn new(len: Option<u64>) -> Progress {
        let (bar, template) = match len {
            Some(len) => (ProgressBar::new(len), "{bar:30} {percent:>3} %  {eta} left  {msg}"),
            None => (ProgressBar::new_spinner(), "{spinner} {elapsed}  {msg}"),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        Progress(bar)
    }

    pub(super) fn at(&mut self, read: u64, lines: u64, failed: u64) {
        self.0.set_position(read);
        self.0.set_message(format!("{lines} lines, {failed} failed"));
    }

    /// Does something that writes to the terminal.
    pub(super) fn suspend<T>(&mut self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }

    pub(super) fn finish(&mut self) {
        self.0.finish_and_clear();
    }
}
