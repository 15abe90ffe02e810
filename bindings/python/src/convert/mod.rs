//! Python's values to what the core takes, and the core's JSON text to Python's values.

pub(crate) mod defaults;
pub(crate) mod expected;
pub(crate) mod input;
pub(crate) mod json_text;
pub(crate) mod limits;
mod models;
pub(crate) mod options;
pub(crate) mod output;
pub(crate) mod received;
pub(crate) mod seconds;
mod surrogates;
pub(crate) mod wiped;
