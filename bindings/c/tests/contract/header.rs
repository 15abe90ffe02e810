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

fn preamble() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let parts: Vec<u32> = version.split(['.', '-']).take(3).map(|part| part.parse().unwrap()).collect();
    let [major, minor, patch] = parts[..] else { panic!("{version}") };
    format!(
        r##"/*
 * callback_profile.h - validates callback profiles, renders their replacers, and builds, encrypts and opens their
 * callbacks. The library opens no file and no socket, and reads no clock and no random number: the same input gives
 * the same bytes.
 *
 * Generated from bindings/c/src by `make c-header`; do not edit.
 *
 * What holds for every function
 *
 * - Status. A function that can fail returns a cbp_status: CBP_OK (0) or a CBP_ERROR number. Its last argument is the
 *   address of a cbp_error pointer, or NULL if no details are wanted. Set that pointer to NULL before the call: it is
 *   written on failure only, and then the caller owns the error object and frees it with cbp_error_free().
 * - Inputs are a pointer and a length in bytes; (NULL, 0) is an empty input. No zero byte is needed at the end. Text must
 *   be UTF-8. Inputs are copied if they are needed longer than the call. A NULL pointer with another length, a NULL
 *   handle, and a length above PTRDIFF_MAX are CBP_ERROR_INVALID_ARGUMENT.
 * - Overlap. An input must not lie in memory that the call writes to: a buffer, or an object that is filled again. That
 *   is CBP_ERROR_INVALID_ARGUMENT.
 * - Outputs are written on success only (cbp_cipher_encrypt() and cbp_cipher_decrypt() document their one exception).
 * - Ownership. Objects are opaque. The caller owns what a `cbp_..._new` returns and what is written to a `cbp_...**`
 *   argument, and frees it once with the cbp_..._free() of its type; NULL does nothing. A `const` object that a function
 *   returns is owned by another object and is not freed.
 * - Views (cbp_str) that a function returns are valid until the object that it was called for is freed or filled again.
 *   For a NULL object, or an index that is too large, such functions return NULL, 0, NaN or false.
 * - Numbers of a set (CBP_POLICY_..., CBP_ENCODING_...) are passed as uint32_t; a number that is not in the set is
 *   CBP_ERROR_INVALID_ARGUMENT.
 * - Threads. Functions that take an object by a `const` pointer may run in many threads at once, without locks.
 *   Functions that take it by a plain pointer (set, fill, free) need it for themselves.
 * - Defects of the library never end the process: they become CBP_ERROR_INTERNAL, or the result for a NULL object.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0
 */
#ifndef CALLBACK_PROFILE_H
#define CALLBACK_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The version of this header; cbp_version() at run time. */
#define CBP_VERSION "{version}"
#define CBP_VERSION_MAJOR {major}
#define CBP_VERSION_MINOR {minor}
#define CBP_VERSION_PATCH {patch}
/** As one number that grows with every version. */
#define CBP_VERSION_NUMBER (CBP_VERSION_MAJOR * 1000000 + CBP_VERSION_MINOR * 1000 + CBP_VERSION_PATCH)

/** The longest text of a value of `plaintext_len` bytes, in bytes, for any algorithm and encoding. */
#define CBP_ENCRYPTED_LEN_MAX(plaintext_len) (2 * ((size_t)(plaintext_len) + 16))

/** The two arguments that "%.*s" takes for a cbp_str. */
#define CBP_STR_ARG(str) (int)(str).len, (str).data

#if defined(__GNUC__) || defined(__clang__)
#define CBP_MUST_USE __attribute__((warn_unused_result))
#else
#define CBP_MUST_USE
#endif

#ifdef __cplusplus
extern "C" {{
#endif

"##
    )
}
