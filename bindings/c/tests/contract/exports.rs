//! The list of exported symbols is committed: `bindings/c/exports.txt`, without those of features.

use std::collections::BTreeSet;

use crate::{GROUPS, exported, read, repository, sources};

#[test]
fn source_list_and_header_have_the_same_functions() {
    let is_public = |file: &str| GROUPS.contains(&file) && file != "hazmat";
    let source: BTreeSet<String> = sources()
        .iter()
        .filter(|(file, _)| is_public(file))
        .flat_map(|(_, syntax)| {
            exported(syntax).map(|function| function.sig.ident.to_string()).collect::<Vec<_>>()
        })
        .collect();
    let list = read(&repository("bindings/c/exports.txt"));
    let listed: BTreeSet<String> = list.lines().map(str::to_owned).collect();
    assert_eq!(source, listed, "update bindings/c/exports.txt: a symbol that disappears breaks programs");
    assert!(list.lines().is_sorted(), "exports.txt is sorted as `LC_ALL=C sort` does");
    let header = read(&repository("include/callback_profile.h"));
    for name in &listed {
        assert!(header.contains(&format!("{name}(")), "{name} is not in the header");
    }
}

#[test]
fn every_code_of_the_catalogue_is_in_the_header() {
    let header = read(&repository("include/callback_profile.h"));
    let mut count = 0;
    for code in cbp::ErrorCode::ALL {
        let line = format!("#define CBP_ERROR_{} {}\n", code.name().to_uppercase(), code.number());
        assert!(header.contains(&line), "{line}");
        count += 1;
    }
    assert_eq!(header.matches("#define CBP_ERROR_").count(), count, "a number that no code has");
    for verdict in cbp::AddressVerdict::ALL {
        assert!(header.contains(&format!("#define CBP_ADDRESS_{} ", verdict.name().to_uppercase())));
    }
}
