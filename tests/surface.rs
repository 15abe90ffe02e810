//! The surface table in the catalogue has every public name of this crate, and no other; each name once.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::arithmetic_side_effects)] // a test may panic

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const COLUMNS: [&str; 6] = ["rust", "c", "cpp", "python", "node", "command"];

fn column(name: &str) -> Vec<String> {
    let catalogue: serde_json::Value = serde_json::from_str(&callback_profile::catalogue()).unwrap();
    let rows = catalogue["surface"].as_array().unwrap().clone();
    assert!(rows.iter().all(|row| row.as_object().unwrap().len() == 1 + COLUMNS.len()));
    let names = rows.iter().flat_map(|row| row[name].as_array().unwrap().clone());
    names.map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn no_name_is_there_twice() {
    for name in COLUMNS {
        let mut names = column(name);
        let count = names.len();
        assert!(count >= 10, "{name}: {count} names");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "a name of {name} has two jobs");
    }
}

#[test]
fn the_rust_names_are_those_of_the_sources() {
    let table = BTreeSet::from_iter(column("rust"));
    let sources = Names::of_sources();
    assert!(sources.len() > 200, "the sources are not read rightly: {}", sources.len());
    let missing: Vec<_> = sources.difference(&table).collect();
    let unknown: Vec<_> = table.difference(&sources).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "not in the table: {missing:#?}\nnot in src: {unknown:#?}"
    );
}

/// The public names in formatted Rust: what `lib.rs` and its public modules export, and the functions, constants and
/// fields of those types. The compiler denies `pub` for what cannot be reached, so each `pub` is one.
struct Names {
    /// Types, traits, functions and constants, each with the public module that it is in: `cipher::`.
    exported: Vec<(String, String)>,
    found: BTreeSet<String>,
}

impl Names {
    fn of_sources() -> BTreeSet<String> {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut names = Names { exported: Vec::new(), found: BTreeSet::new() };
        names.export(&src.join("lib.rs"), "");
        for file in rust_files(&src) {
            names.members(&std::fs::read_to_string(file).unwrap());
        }
        let types = names.exported.into_iter().map(|(module, name)| module + &name);
        types.chain(names.found).collect()
    }

    /// What a module file defines or hands on, and its public modules.
    fn export(&mut self, file: &Path, module: &str) {
        let text = std::fs::read_to_string(file).unwrap();
        for item in text.split("\npub ").skip(1) {
            let (keyword, rest) = item.split_once(' ').unwrap();
            let word = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            match keyword {
                "mod" => {
                    let folder = file.parent().unwrap();
                    let candidates =
                        [folder.join(word).join("mod.rs"), folder.join(word).with_extension("rs")];
                    let inner = candidates.iter().find(|file| file.exists()).unwrap();
                    self.export(inner, &format!("{module}{word}::"));
                }
                "use" => {
                    let (_, names) = rest.split_once(';').unwrap().0.rsplit_once("::").unwrap();
                    for name in names.trim_matches(['{', '}']).split(',').map(str::trim) {
                        self.exported
                            .extend(Some((module.to_owned(), name.to_owned())).filter(|_| !name.is_empty()));
                    }
                }
                "const" | "fn" | "struct" | "enum" | "trait" => {
                    self.exported.push((module.to_owned(), word.to_owned()));
                }
                _ => panic!("{}: pub {keyword}", file.display()),
            }
        }
    }

    /// The public functions, constants and fields of exported types, and what the macros make.
    fn members(&mut self, text: &str) {
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let mut block = String::new();
        for line in code.lines().filter(|line| !line.is_empty()) {
            if let Some(head) = line.strip_prefix("named_values!(") {
                let set = head.split(' ').next().unwrap();
                ["ALL", "name", "from_name"].iter().for_each(|name| self.add(set, "::", name));
            } else if let Some(head) = line.strip_prefix("setters! { ") {
                block = format!("setters! {}", words(head)[0]);
            } else if let (Some(set), true) = (block.strip_prefix("setters! "), line.starts_with("    with_"))
            {
                let name = words(line.trim())[0].clone();
                let set = set.to_owned();
                self.add(&set, "::", &name);
            } else if !line.starts_with([' ', '}']) {
                block = type_of_block(line);
            } else if let Some(member) = line.strip_prefix("    pub ") {
                let is_field = !member.starts_with("fn ") && !member.starts_with("const ");
                let name = member.trim_start_matches("const ").trim_start_matches("fn ");
                let name = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                self.add(&block, if is_field { "." } else { "::" }, name);
            } else if block == "limits!" && line.ends_with(';') {
                let words = words(line.trim());
                self.add("Limits", ".", &words[0]);
                assert_eq!(words[2], format!("with_{}", words[0]));
                self.add("Limits", "::", &words[2]);
            } else if let Some(name) = line.strip_prefix("            pub const FIELDS") {
                assert!(name.starts_with(": "));
                self.add("Limits", "::", "FIELDS");
            }
        }
    }

    fn add(&mut self, block: &str, separator: &str, member: &str) {
        if let Some((module, _)) = self.exported.iter().find(|(_, name)| name == block) {
            self.found.insert(format!("{module}{block}{separator}{member}"));
        }
    }
}

/// The type whose inherent `impl` or definition begins on this line.
fn type_of_block(line: &str) -> String {
    if line.starts_with("limits! {") {
        return "limits!".to_owned();
    }
    if let Some(head) = line.strip_prefix("pub struct ") {
        return words(head)[0].clone();
    }
    match line.strip_prefix("impl").filter(|_| !line.contains(" for ")) {
        Some(head) => {
            let head = head.split_once("> ").filter(|_| head.starts_with('<')).map_or(head, |(_, head)| head);
            words(head.trim())[0].clone()
        }
        None => String::new(),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned).collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let inner = folders.iter().flat_map(|folder| rust_files(folder));
    files.into_iter().filter(|file| file.extension().is_some_and(|end| end == "rs")).chain(inner).collect()
}
