//! Ctrl-C while many lines are worked on: the run ends after the lines that it has begun, and says how to go on.

use std::sync::atomic::{AtomicBool, Ordering};

static HAPPENED: AtomicBool = AtomicBool::new(false);

/// Whether the process was asked to stop.
pub(crate) fn happened() -> bool {
    HAPPENED.load(Ordering::Relaxed)
}

/// From now on the first SIGINT only sets a flag; the second one ends the process, as without this.
pub(crate) fn watch() {
    #[cfg(unix)]
    unix::watch();
}

#[cfg(unix)]
#[allow(unsafe_code, reason = "the standard library cannot catch a signal")]
mod unix {
    use super::{HAPPENED, Ordering};

    /// POSIX: the same on Linux, the BSDs and macOS.
    const SIGINT: i32 = 2;
    const DEFAULT: usize = 0;

    unsafe extern "C" {
        fn signal(number: i32, handler: usize) -> usize;
    }

    extern "C" fn on_interrupt(_: i32) {
        HAPPENED.store(true, Ordering::Relaxed);
        // SAFETY: `signal` may be called in a handler (POSIX, async-signal-safe), and the default action is a handler.
        unsafe { signal(SIGINT, DEFAULT) };
    }

    pub(super) fn watch() {
        let handler: extern "C" fn(i32) = on_interrupt;
        // SAFETY: the handler has the signature that C expects, lives as long as the program, and does nothing but what is
        // allowed in one: it stores to an atomic and calls `signal`.
        unsafe { signal(SIGINT, handler as usize) };
    }
}
