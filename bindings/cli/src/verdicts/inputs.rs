//! The texts to validate: files, folders with all that is below them, standard input; several profiles in one file too.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use callback_profile::json::{Document, Kind, Value};
use callback_profile::{Limits, ParseOptions};
use zeroize::Zeroizing;

use super::position::Whole;
use crate::args::data_of_envelope;
use crate::failure::Failure;
use crate::input::{Input, InputError};
use crate::output::{Unwritable, printable};
use crate::stream::Lines;

/// The longest file that may list profiles. A single profile has the library's limit.
const LONGEST_LIST: usize = 64 * 1024 * 1024;

/// What a profile is called, without control characters.
#[derive(Clone, Default)]
pub(super) struct Name {
    pub(super) file: String,
    /// Of one of several in the file: `:17` or `#/data/3`.
    at: String,
}

impl Name {
    pub(super) fn of_file(file: impl Into<String>) -> Name {
        Name { file: file.into(), at: String::new() }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.file, self.at)
    }
}

/// One profile, and where it is.
#[derive(Clone)]
pub(super) struct Text<'t> {
    pub(super) name: Name,
    pub(super) bytes: &'t [u8],
    /// The file's text, or the line's.
    pub(super) whole: &'t Whole<'t>,
    /// The profile in it; `None` where it is no JSON.
    pub(super) root: Option<Value<'t>>,
    /// The line of the file that `whole` begins in.
    pub(super) line: usize,
}

pub(super) enum Texts<'t> {
    One(Text<'t>),
    Unreadable { name: Name, why: String },
}

/// Calls `validate` for each profile. In a folder these are the files that end in `.json`, `.ndjson` and `.jsonl`, in the order
/// of their names; links to folders are not followed.
pub(super) fn each(
    paths: &[PathBuf],
    are_lines: bool,
    options: &ParseOptions,
    mut validate: impl FnMut(Texts<'_>) -> Result<(), Unwritable>,
) -> Result<(), Failure> {
    for path in paths {
        if path.as_os_str() != "-" && path.is_dir() {
            let mut found = Vec::new();
            match files_below(path, &mut found) {
                Ok(()) if found.is_empty() => {
                    let why = "no file in it ends in .json, .ndjson or .jsonl".to_owned();
                    validate(Texts::Unreadable { name: Name::of_file(shown(path)), why })?;
                }
                Ok(()) => {}
                Err(error) => {
                    validate(Texts::Unreadable { name: Name::of_file(shown(path)), why: error.to_string() })?
                }
            }
            for file in found {
                validate_file(&file, are_lines, options, &mut validate)?;
            }
        } else {
            validate_file(path, are_lines, options, &mut validate)?;
        }
    }
    Ok(())
}

fn validate_file(
    path: &Path,
    are_lines: bool,
    options: &ParseOptions,
    validate: &mut impl FnMut(Texts<'_>) -> Result<(), Unwritable>,
) -> Result<(), Failure> {
    let has_lines = path.extension().is_some_and(|extension| extension == "ndjson" || extension == "jsonl");
    if are_lines || has_lines {
        return match validate_lines(path, options.limits.payload_bytes, validate) {
            Ok(written) => Ok(written?),
            Err(error) => {
                Ok(validate(Texts::Unreadable { name: Name::of_file(shown(path)), why: error.to_string() })?)
            }
        };
    }
    let is_file = path.metadata().is_ok_and(|metadata| metadata.is_file());
    let limit = if is_file { LONGEST_LIST } else { options.limits.payload_bytes };
    match Input::read(path, limit) {
        Ok(input) => Ok(validate_text(&input, validate)?),
        Err(InputError::Unreadable { name, error }) => {
            Ok(validate(Texts::Unreadable { name: Name::of_file(name), why: error.to_string() })?)
        }
        Err(error @ InputError::StdinTwice) => Err(error.into()),
    }
}

/// A text is one profile, unless it is an envelope that lists several.
fn validate_text(
    input: &Input,
    validate: &mut impl FnMut(Texts<'_>) -> Result<(), Unwritable>,
) -> Result<(), Unwritable> {
    let bytes = input.bytes.as_slice();
    let whole = &Whole::new(bytes);
    let document = readable(bytes);
    let root = document.as_ref().map(Document::root);
    let list = root.and_then(data_of_envelope).filter(|data| data.kind() == Kind::Array);
    let Some(list) = list else {
        let name = Name::of_file(&input.name);
        return validate(Texts::One(Text { name, bytes, whole, root: root.map(profile_in), line: 1 }));
    };
    for (index, element) in list.elements().enumerate() {
        let text = Zeroizing::new(element.to_compact());
        let name = Name { file: input.name.clone(), at: format!("#/data/{index}") };
        validate(Texts::One(Text { name, bytes: text.as_bytes(), whole, root: Some(element), line: 1 }))?;
    }
    Ok(())
}

/// The document, whatever its size; the library's limits are asked when the profile is read.
fn readable(text: &[u8]) -> Option<Document<'_>> {
    let mut limits = Limits::default();
    (limits.payload_bytes, limits.nodes) = (usize::MAX, usize::MAX);
    Document::read(text, &limits).ok()
}

/// The profile in a text: of an envelope, its data.
fn profile_in(root: Value<'_>) -> Value<'_> {
    data_of_envelope(root).filter(|data| data.kind() == Kind::Object).unwrap_or(root)
}

/// One profile a line; empty lines are passed over.
fn validate_lines(
    path: &Path,
    limit: usize,
    validate: &mut impl FnMut(Texts<'_>) -> Result<(), Unwritable>,
) -> io::Result<Result<(), Unwritable>> {
    let source: Box<dyn BufRead> = match path.as_os_str() == "-" {
        true => Box::new(BufReader::new(io::stdin())),
        false => Box::new(BufReader::new(File::open(path)?)),
    };
    let mut lines = Lines::new(source, limit);
    loop {
        let batch = lines.batch(|| false)?;
        if batch.len() == 0 {
            return Ok(Ok(()));
        }
        for (line, number) in batch.lines().zip(batch.first..) {
            let name = Name { file: shown(path), at: format!(":{number}") };
            let validated = match line {
                Some(line) if line.trim_ascii().is_empty() => continue,
                Some(line) => {
                    let number = usize::try_from(number).unwrap_or(usize::MAX);
                    let (whole, document) = (Whole::new(line), readable(line));
                    let root = document.as_ref().map(|document| profile_in(document.root()));
                    validate(Texts::One(Text { name, bytes: line, whole: &whole, root, line: number }))
                }
                None => validate(Texts::Unreadable {
                    name,
                    why: format!("the line is longer than {limit} bytes"),
                }),
            };
            if validated.is_err() {
                return Ok(validated);
            }
        }
    }
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let is_ours = |extension| extension == "json" || extension == "ndjson" || extension == "jsonl";
        if entry.file_type()?.is_dir() {
            files_below(&path, found)?;
        } else if path.extension().and_then(std::ffi::OsStr::to_str).is_some_and(is_ours) {
            found.push(path);
        }
    }
    Ok(())
}

fn shown(path: &Path) -> String {
    if path.as_os_str() == "-" {
        "standard input".to_owned()
    } else {
        printable(&path.to_string_lossy()).into_owned()
    }
}
