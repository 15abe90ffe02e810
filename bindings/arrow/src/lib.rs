//! Columns of received callbacks, and of records, through the Arrow C Data Interface
//! (<https://arrow.apache.org/docs/format/CDataInterface.html>).
//!
//! A column of texts comes in without a copy; out goes a struct array of the same length and order. What a row means is
//! decided by the core; this crate reads and writes Arrow's memory, and divides the rows among threads. [`abi`] has the
//! structures of the interface, [`column`] an input that was validated, [`output`] what is handed out, [`run`] the loop over
//! rows, [`threads`] its division, [`open`] and [`callback`] what is done with a row, [`stream`] columns in several parts,
//! [`error`] why a call failed.

pub mod abi;
pub mod callback;
pub mod column;
pub mod error;
pub mod open;
pub mod output;
pub mod run;
pub mod stream;
pub mod threads;

pub use abi::{ArrowArray, ArrowArrayStream, ArrowSchema};
pub use column::Column;
pub use error::{ArrowError, ArrowProblem};
pub use output::Table;
pub use run::{Run, RunSettings};
