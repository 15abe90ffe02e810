//! Threads may share every object: the compiler checks those that `src/lib.rs` lists, and this that it lists all.

use syn::Item;

use crate::{read, repository, sources};

#[test]
fn every_object_is_checked_by_the_compiler() {
    let library = read(&repository("bindings/c/src/lib.rs"));
    let mut count = 0;
    for (file, syntax) in sources() {
        for item in &syntax.items {
            let Item::Struct(object) = item else { continue };
            let name = object.ident.to_string();
            if !name.starts_with("cbp_") || is_view(object) {
                continue;
            }
            let check = format!("shared::<{file}::{name}>();");
            assert!(library.contains(&check), "src/lib.rs lacks {check}");
            count += 1;
        }
    }
    assert_eq!(count, library.matches("shared::<").count(), "what src/lib.rs checks");
    assert!(count >= 13, "only {count} objects found: does the test read the right files?");
}

/// A structure of the caller's own memory, which only calls read.
fn is_view(structure: &syn::ItemStruct) -> bool {
    let is_c = |attribute: &syn::Attribute| {
        attribute.path().is_ident("repr")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|layout| layout == "C")
    };
    structure.attrs.iter().any(is_c)
}
