//! Writing a program, once, when the profile is parsed.

use std::borrow::Cow;

use super::grammar::{Grammar, Replacer, Scanner, push_literal};
use super::pair::PairText;
use super::program::{Instructions, Kind, PairLengths, Part, Program, Step};
use crate::Error;
use crate::bug::bug;
use crate::json::{Output, fingerprint};
use crate::selection::Selection;

/// A program that is being written: literal text is appended to it as to any output.
#[derive(Default)]
pub(crate) struct ProgramWriter {
    text: String,
    /// Where the literal text begins that has no step yet, since more of it may follow.
    literal: usize,
    steps: Vec<Step>,
    pairs: Vec<PairLengths>,
    selections: Vec<Selection>,
}

impl ProgramWriter {
    /// Writes what follows as a part, which `write` has to write as a whole.
    pub(crate) fn part<E>(
        &mut self,
        write: impl FnOnce(&mut ProgramWriter) -> Result<(), E>,
    ) -> Result<Part, E> {
        debug_assert_eq!(self.literal, self.text.len(), "a part is not within another");
        let part = Part { step: number(self.steps.len()), text: number(self.text.len()) };
        write(self)?;
        self.end();
        Ok(part)
    }

    /// Writes a text split at its replacers as a part; literal text as `rewrite` appends it.
    pub(crate) fn template_part(
        &mut self,
        text: &str,
        grammar: Grammar,
        rewrite: impl Fn(&str, &mut String),
    ) -> Part {
        let part = self.part::<std::convert::Infallible>(|program| {
            program.template(text, grammar, rewrite);
            Ok(())
        });
        let Ok(part) = part;
        part
    }

    /// Writes a text split at its replacers; escaped ones are unescaped, and literal text. Literal text is written as
    /// `rewrite` appends it, for its context.
    pub(crate) fn template(&mut self, text: &str, grammar: Grammar, rewrite: impl Fn(&str, &mut String)) {
        let mut literal = Cow::Borrowed("");
        for found in Scanner::new(text, grammar) {
            push_literal(&mut literal, found.literal);
            let Some(replacer) = found.replacer else { continue };
            rewrite(&std::mem::take(&mut literal), &mut self.text);
            match replacer {
                Replacer::Name(name) => self.name(Kind::Name, name),
                Replacer::Pair(pair) => self.pair(&pair),
            }
        }
        rewrite(&literal, &mut self.text);
    }

    /// Writes an encrypted value: the text of what `write` writes.
    pub(crate) fn sealed(&mut self, write: impl FnOnce(&mut ProgramWriter)) {
        self.end_of_text();
        self.step(Kind::Sealed, 0);
        write(self);
        self.end();
    }

    /// Writes the typed value of `<name>`, in which this is selected.
    pub(crate) fn whole(&mut self, name: &str, selection: Selection) {
        match selection {
            Selection::Nothing => self.name(Kind::Whole, name),
            Selection::All => self.name(Kind::WholeEncrypted, name),
            Selection::Names(_) => {
                self.name(Kind::WholeSelected, name);
                self.step(Kind::Index, self.selections.len());
                self.selections.push(selection);
            }
        }
    }

    /// The program, in exactly the memory that it needs.
    pub(crate) fn finish(self) -> Result<Program, Error> {
        debug_assert_eq!(self.literal, self.text.len(), "every part was ended");
        // Then no number that was written is larger either.
        if self.text.len().max(self.steps.len()) >= u32::MAX as usize {
            return Err(bug("a program has 4 GiB"));
        }
        Ok(self.into_program())
    }

    fn into_program(self) -> Program {
        Program {
            text: self.text.into(),
            steps: self.steps.into(),
            pairs: self.pairs.into(),
            selections: self.selections.into(),
        }
    }

    fn name(&mut self, kind: Kind, name: &str) {
        self.end_of_text();
        self.text.push_str(name);
        let fingerprint = fingerprint(name.as_bytes());
        self.steps.push(Step { kind, fingerprint, len: number(name.len()) });
        self.literal = self.text.len();
    }

    fn pair(&mut self, pair: &PairText<'_>) {
        self.end_of_text();
        let PairText { before_value, value, after_value, label, field } = pair;
        let pieces = [*before_value, *value, *after_value, &**label, &**field];
        pieces.iter().for_each(|piece| self.text.push_str(piece));
        let len = number(self.text.len().saturating_sub(self.literal));
        self.steps.push(Step { kind: Kind::Pair, fingerprint: fingerprint(field.as_bytes()), len });
        self.literal = self.text.len();
        self.step(Kind::Index, self.pairs.len());
        self.pairs.push(pieces.map(|piece| number(piece.len())));
    }

    fn end(&mut self) {
        self.end_of_text();
        self.step(Kind::End, 0);
    }

    fn end_of_text(&mut self) {
        let len = self.text.len().saturating_sub(self.literal);
        if len > 0 {
            self.step(Kind::Text, len);
            self.literal = self.text.len();
        }
    }

    fn step(&mut self, kind: Kind, len: usize) {
        self.steps.push(Step { kind, fingerprint: 0, len: number(len) });
    }
}

/// A number of a program. One that is too large is noticed at the end.
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Literal text is appended to a program.
impl Output for ProgramWriter {
    fn size(&self) -> usize {
        self.text.len()
    }

    fn append(&mut self, text: &str) {
        self.text.push_str(text);
    }
}

/// Calls `read` with the instructions of a text that is split at its replacers. Text as it is has less than 4 GiB.
pub(crate) fn with_template<T>(text: &str, grammar: Grammar, read: impl FnOnce(Instructions<'_>) -> T) -> T {
    let mut program = ProgramWriter::default();
    let part = program.template_part(text, grammar, as_it_is);
    read(program.into_program().part(part))
}

/// Literal text that needs no escaping in its context.
pub(crate) fn as_it_is(text: &str, out: &mut String) {
    out.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::super::program::print;
    use super::*;

    fn shape(text: &str) -> String {
        with_template(text, Grammar::NamesAndPairs, print)
    }

    #[test]
    fn literal_text_is_one_part_and_never_empty() {
        assert_eq!(shape("<a><b.c>!"), "name a\nname b.c\ntext !\n");
        assert_eq!(shape(r#"x\<a>\\\<b>{"l": "f"}"#), "text x<a>\\<b>\npair {\"l\": \"f\"} l f\n");
        assert_eq!(shape(r"\<a><b>\<c>"), "text <a>\nname b\ntext <c>\n");
        assert_eq!(shape(r"\\<a>"), "text \\\nname a\n");
        assert_eq!(shape(""), "");
    }

    #[test]
    fn only_literal_text_is_rewritten() {
        let mut program = ProgramWriter::default();
        let rewrite = |text: &str, out: &mut String| out.push_str(&text.to_uppercase());
        let part = program.template_part("a<a>b", Grammar::Names, rewrite);
        assert_eq!(print(program.finish().unwrap().part(part)), "text A\nname a\ntext B\n");
    }

    #[test]
    fn parts_follow_each_other() {
        let mut program = ProgramWriter::default();
        let params = Selection::of_params(Some(&["b.c".to_owned(), "b.d".to_owned()]));
        let long = "é".repeat(100);
        let first = program.template_part("a<a>", Grammar::Names, as_it_is);
        let second = program.part::<()>(|program| {
            program.append("{");
            program.append("x");
            program.sealed(|program| program.template("k<k>", Grammar::Names, as_it_is));
            program.whole("a", Selection::Nothing);
            program.whole("b", params.within("b"));
            program.whole(&long, Selection::All);
            Ok(())
        });
        let third = program.template_part("", Grammar::Names, as_it_is);
        let program = program.finish().unwrap();
        assert_eq!(print(program.part(first)), "text a\nname a\n");
        assert_eq!(
            print(program.part(second.unwrap())),
            format!("text {{x\n| text k\n| name k\nwhole a\nwhole b encrypted c d\nwhole {long} encrypted\n")
        );
        assert_eq!(print(program.part(third)), "");
    }
}
