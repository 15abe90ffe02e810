//! Help texts and man pages: their width, their sections, and their examples, which are run.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use common::{Folder, IV, cbp, command, finish, root};

/// The names of all commands.
fn names() -> Vec<String> {
    let definition = callback_profile_cli::definition();
    let names: Vec<String> =
        definition.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    assert!(names.len() >= 17, "{names:?}");
    names
}

/// The commands of a text; one that ends in a backslash or a pipe goes on in the next line.
fn commands_of(text: &str) -> Vec<String> {
    let mut commands = Vec::new();
    let mut command = String::new();
    for line in text.lines().map(str::trim) {
        command.push_str(line);
        if line.ends_with(['\\', '|']) {
            command.push('\n');
        } else {
            commands.push(std::mem::take(&mut command));
        }
    }
    commands
}

/// The EXAMPLES of a man page, as a terminal shows them.
fn examples_of(page: &str) -> String {
    let examples =
        page.split_once(".SH EXAMPLES\n.nf\n").expect("examples").1.split_once(".fi\n").expect("an end").0;
    let shown = [
        ("\\&", ""),
        ("\\-", "-"),
        ("\\(aq", "'"),
        ("\\(ga", "`"),
        ("\\(ha", "^"),
        ("\\(ti", "~"),
        ("\\e", "\\"),
    ];
    shown.iter().fold(examples.to_owned(), |text, (escape, character)| text.replace(escape, character))
}

/// Every example of every man page, and so of every `--help`, run by a shell in a folder that has `examples/`.
#[test]
#[cfg(unix)]
fn the_examples_can_be_copied_and_work() {
    let folder = Folder::new("examples");
    for kind in ["profiles", "records", "received", "patches"] {
        for entry in std::fs::read_dir(root().join("examples").join(kind)).expect("a folder") {
            let path = entry.expect("a file").path();
            let name = path.file_name().and_then(|name| name.to_str()).expect("UTF-8");
            folder.file(&format!("examples/{kind}/{name}"), std::fs::read(&path).expect("a file"));
        }
    }
    let bin = std::path::Path::new(common::CBP).parent().expect("a folder").to_str().expect("UTF-8");
    let path = format!("{bin}:{}", std::env::var("PATH").expect("PATH"));
    let pages = names().into_iter().map(|name| vec![name]).chain([vec![]]);
    let mut count = 0;
    for name in pages {
        let page = cbp(&[vec!["man".to_owned()], name.clone()].concat(), b"");
        let help = cbp(&[name.clone(), vec!["--help".to_owned()]].concat(), b"");
        let text = examples_of(page.text());
        let in_help =
            help.text().split_once("\nExamples:\n").unwrap_or_else(|| panic!("{name:?} has no example")).1;
        assert_eq!(commands_of(&text), commands_of(in_help), "{name:?}");
        // With its indentation a page of 80 columns shows the line whole.
        assert!(text.lines().all(|line| line.len() <= 73), "{text}");
        for example in commands_of(&text) {
            let mut shell = std::process::Command::new("sh");
            shell.arg("-c").arg(&example).current_dir(folder.path()).env("PATH", &path);
            let run = finish(shell, b"");
            assert_eq!(
                (run.code, run.stderr.to_lowercase().contains("error")),
                (Some(0), false),
                "{example}\n{}",
                run.stderr
            );
            assert!(example.contains(" > ") || !run.stdout.is_empty(), "{example}");
            assert!(!run.text().contains(IV) || example.contains("--show-secrets"), "{example}");
            count += 1;
        }
    }
    assert!(count >= 35, "{count}");
}

#[test]
fn man_pages_have_their_sections_and_completions_are_made() {
    for name in names() {
        let page = cbp(&["man", &name], b"");
        let version = env!("CARGO_PKG_VERSION");
        let title = format!(".TH cbp-{name} 1 2026-11-26 \"cbp {version}\" \"Callback profiles\"");
        assert!(page.text().contains(&title), "{}", page.text());
        let mut rest = page.text();
        for section in [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "EXAMPLES",
            "\"EXIT STATUS\"",
            "\"ENVIRONMENT\"",
            "\"FILES\"",
            "\"SEE ALSO\"",
        ] {
            rest =
                rest.split_once(&format!(".SH {section}\n")).unwrap_or_else(|| panic!("{name}: {section}")).1;
        }
        assert!(
            rest.contains("\\fBcbp\\fR(1)") && !rest.contains(&format!("cbp\\-{name}\\fR")),
            "{name}: {rest}"
        );
        for variable in ["NO_COLOR", "CLICOLOR_FORCE"] {
            assert!(page.text().contains(variable), "{name}");
        }
    }
    assert!(cbp(&["man"], b"").text().contains(".SH SUBCOMMANDS\n"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = cbp(&["completions", shell], b"");
        assert_eq!(run.code, Some(0), "{shell}");
        assert!(run.text().contains("validate") && run.text().contains("show-secrets"), "{shell}");
    }
}

/// No line is wider than the terminal, but for a word that is.
#[test]
fn help_is_never_wider_than_the_terminal() {
    let mut count = 0;
    for width in [60, 80, 120] {
        for name in names().into_iter().map(Some).chain([None]) {
            for option in ["--help", "-h"] {
                let mut command = command();
                command.args(name.iter()).arg(option).env("COLUMNS", width.to_string());
                let run = finish(command, b"");
                assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
                for line in run.text().lines() {
                    let words = line.trim_start();
                    let fits = line.chars().count() <= width || (width < 80 && !words.contains(' '));
                    assert!(fits, "{name:?} at {width}: {line}");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 2_000, "{count}");
}

#[test]
fn color_outranks_the_environment() {
    for (args, variables, coloured) in [
        (&["--help"][..], &[][..], false),
        (&["--color=always", "--help"], &[], true),
        (&["--color", "always", "--help"], &[("NO_COLOR", "1")], true),
        (&["validate", "--color=always", "-"], &[], true),
        (&["validate", "--color=never", "-"], &[("CLICOLOR_FORCE", "1")], false),
        (&["--color=never", "validate", "--nonsense"], &[("CLICOLOR_FORCE", "1")], false),
        (&["--color=always", "validate", "--nonsense"], &[], true),
        (&["validate", "--color=auto", "-"], &[("CLICOLOR_FORCE", "1")], true),
        (&["validate", "-"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
    ] {
        let mut command = command();
        command.args(args).envs(variables.iter().copied());
        let run = finish(command, b"{}");
        let all = format!("{}{}", run.text(), run.stderr);
        assert_eq!(all.contains('\u{1b}'), coloured, "{args:?} {variables:?} {all:?}");
    }
    assert_eq!(cbp(&["--color=sometimes", "schema"], b"").code, Some(2));
}
