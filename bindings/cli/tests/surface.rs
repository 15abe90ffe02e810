//! The table of names that all surfaces share, in `testdata/catalogue.json`, against the command's definition: every
//! subcommand of the table exists, and every subcommand is in the table.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod common;

use std::collections::BTreeSet;

use serde_json::Value;

#[test]
fn the_table_has_every_subcommand_and_no_other() {
    let path = common::root().join("testdata/catalogue.json");
    let catalogue: Value =
        serde_json::from_slice(&std::fs::read(path).expect("the catalogue")).expect("JSON");
    let rows = catalogue["surface"].as_array().expect("catalogue.json has the table of names, `surface`");
    let in_table: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| row["command"].as_array().unwrap_or_else(|| panic!("{row} has no list `command`")))
        .map(|name| name.as_str().expect("a name"))
        .collect();

    let definition = callback_profile_cli::definition();
    let defined: Vec<String> =
        definition.get_subcommands().map(|command| format!("cbp {}", command.get_name())).collect();
    assert!(!defined.is_empty());
    assert_eq!(in_table, defined.iter().map(String::as_str).collect::<BTreeSet<_>>());
}
