//! The surface table: the names under which each language has each job. The catalogue prints it, and each binding has a
//! test that compares its column with what it really exports, both ways.
//!
//! A name is in one row, an accessor in the row of its object. Of Rust and C++, types are listed with their functions, constants
//! and fields, and not the variants of enums, whose names have lists of their own in the catalogue.

mod answers;
mod callbacks;
mod encryption;
mod profiles;
mod row;
mod sealing;
mod tools;

pub(crate) use row::Row;

/// Every row.
pub(crate) fn rows() -> impl Iterator<Item = &'static Row> {
    let tables = [
        profiles::PROFILES,
        callbacks::CALLBACKS,
        sealing::SEALING,
        encryption::ENCRYPTION,
        answers::ANSWERS,
        tools::TOOLS,
    ];
    tables.into_iter().flatten()
}
