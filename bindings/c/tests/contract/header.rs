//! `include/callback_profile.h` is written from the source, group by group, and committed.
//!
//! `make c-header` writes it (`CBP_WRITE_HEADER=1`), `make c-header-check` compares.

use cbindgen::{Builder, Config, DocumentationStyle, Language, Layout, Style};

use crate::{GROUPS, read, repository};

#[test]
fn the_committed_header_is_fresh() {
    let path = repository("include/callback_profile.h");
    let header = header();
    if std::env::var_os("CBP_WRITE_HEADER").is_some() {
        std::fs::write(&path, header).unwrap();
    } else {
        assert!(read(&path) == header, "run `make c-header`");
    }
}

#[test]
fn the_header_is_written_for_c() {
    let header = header();
    for word in [
        "Option<", "None", "Result<", "Vec<", "&str", "panic", "crate::", "# Safety", "[`", "`]", "usize",
        "unwrap",
    ] {
        assert!(!header.contains(word), "{word:?} means nothing to C readers");
    }
    // Every function has a sentence above it.
    let lines: Vec<&str> = header.lines().collect();
    for pair in lines.windows(2) {
        let starts =
            pair[1].contains("cbp_") && pair[1].contains('(') && !pair[1].starts_with([' ', '#', '/']);
        assert!(!starts || pair[0].ends_with("*/") || pair[0] == "CBP_MUST_USE", "undocumented: {}", pair[1]);
    }
    let longest = lines.iter().max_by_key(|line| line.chars().count()).unwrap();
    assert!(longest.chars().count() <= 130, "too long a line: {longest}");
}

/// The table of jobs names functions that exist.
#[test]
fn the_table_of_jobs_names_exports() {
    let exports = read(&repository("bindings/c/exports.txt"));
    let exports: Vec<&str> = exports.lines().collect();
    let preamble = preamble();
    let table = preamble.split(" * Job ").nth(1).unwrap().split(" * An example").next().unwrap();
    let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let mut count = 0;
    for word in table.split(|character| !is_word(character)).filter(|word| word.starts_with("cbp_")) {
        assert!(exports.contains(&word), "{word} is no function");
        count += 1;
    }
    assert!(count >= 50, "only {count} names in the table of jobs");
}

/// The whole header.
fn header() -> String {
    let mut header = preamble();
    for group in GROUPS {
        let path = repository("bindings/c/src").join(format!("{group}.rs"));
        let heading = heading(&read(&path));
        let mut text = Vec::new();
        Builder::new().with_src(&path).with_config(config()).generate().unwrap().write(&mut text);
        let text = tidy(&String::from_utf8(text).unwrap());
        // What only a library with the feature has is only declared on request.
        let (open, close) = match group {
            "hazmat" => ("#ifdef CBP_HAZMAT\n\n", "#endif /* CBP_HAZMAT */\n\n"),
            _ => ("", ""),
        };
        header.push_str(&format!("{heading}\n{open}{}\n\n{close}", text.trim()));
    }
    header.push_str("#ifdef __cplusplus\n} /* extern \"C\" */\n#endif\n\n#endif /* CALLBACK_PROFILE_H */\n");
    header
}

fn config() -> Config {
    let mut config = Config {
        language: Language::C,
        style: Style::Type,
        no_includes: true,
        usize_is_size_t: true,
        ..Config::default()
    };
    config.documentation_style = DocumentationStyle::Doxy;
    config.function.args = Layout::Horizontal;
    for name in ["ArrowSchema", "ArrowArray", "ArrowArrayStream"] {
        config.export.rename.insert(name.to_owned(), format!("struct {name}"));
    }
    config.export.include = ["cbp_str", "cbp_header", "cbp_status", "cbp_error"].map(String::from).to_vec();
    config
}

/// cbindgen's text as a person would lay it out.
fn tidy(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line, out.as_slice()) {
            // A comment of one line.
            (" */" | "   */", [.., first, only]) if first.trim() == "/**" => {
                let indent = &first[..first.len() - 3];
                let only = format!("{indent}/** {} */", only.trim_start_matches([' ', '*']));
                out.truncate(out.len() - 2);
                out.push(only);
                // The constants of a set follow each other without a blank line.
                if let [.., define, blank, _] = out.as_slice()
                    && define.starts_with("#define")
                    && blank.is_empty()
                {
                    out.remove(out.len() - 2);
                }
            }
            // A blank line separates sets.
            _ if line.starts_with("#define") => {
                if let [.., define, _] = out.as_slice()
                    && define.starts_with("#define")
                    && set(define) != set(line)
                {
                    out.insert(out.len() - 1, String::new());
                }
                out.push(line.to_owned());
            }
            // A handle that borrows has the layout of what it borrows, which is nothing to C.
            _ if line.starts_with("typedef ") && line[8..].starts_with(char::is_uppercase) => {
                let name = line.rsplit(' ').next().unwrap().trim_end_matches(';');
                out.push(format!("typedef struct {name} {name};"));
            }
            _ if line.ends_with(");") && !line.starts_with([' ', '#', '/']) => {
                if line.starts_with("cbp_status ") && line.contains("cbp_error **") {
                    out.push("CBP_MUST_USE".to_owned());
                }
                out.push(wrapped(line));
            }
            _ => out.push(line.to_owned()),
        }
    }
    out.join("\n")
}

/// The set of a constant: `CBP_POLICY` of `#define CBP_POLICY_STRICT 1`.
fn set(define: &str) -> Vec<&str> {
    define.split('_').take(2).collect()
}

/// A declaration, its arguments on further lines if they are many.
fn wrapped(declaration: &str) -> String {
    let mut lines = vec![String::new()];
    for word in declaration.split_inclusive(", ") {
        if lines.last().unwrap().len() + word.trim_end().len() > 112 {
            lines.push("    ".to_owned());
        }
        lines.last_mut().unwrap().push_str(word);
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n")
}

/// The first lines of a module's documentation as a heading.
fn heading(source: &str) -> String {
    let rule = "-".repeat(100);
    let lines = source.lines().map_while(|line| line.strip_prefix("//! "));
    let text: String = lines.map(|line| format!(" * {line}\n")).collect();
    format!("/* {rule}\n{text} * {rule} */\n")
}

/// Everything above the first group: the contract, the table of jobs, an example, and the macros.
fn preamble() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let parts: Vec<&str> = version.split(['.', '-']).take(3).collect();
    let [major, minor, patch] = parts[..] else { panic!("{version}") };
    let values = [("@VERSION@", version), ("@MAJOR@", major), ("@MINOR@", minor), ("@PATCH@", patch)];
    let text = include_str!("preamble.h").to_owned();
    values.iter().fold(text, |text, (name, value)| text.replace(name, value))
}
