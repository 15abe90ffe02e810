//! The program of a profile: all that its callbacks and messages write, literal text and holes, one behind the other.
//!
//! It is two pieces of memory that are read from the start to the end, so a profile is a few neighbouring lines of the
//! processor's cache, and not a block of memory for each text and name. `text` has the literal texts and the names, one
//! directly behind the other. `steps` has eight bytes for each: what it is, how long it is, and a name's fingerprint.
//!
//! - A part, which is one template (a JSON body, a header's value, the URL's path), is its steps up to [`Kind::End`].
//! - [`Kind::Sealed`] has no text: the steps up to the next end are encrypted as one value.
//! - What does not fit into a step is in a list: the lengths of a pair's pieces, and what is selected in a whole `<name>`
//!   where it is neither nothing nor everything. A step of [`Kind::Index`] follows, whose length is the index.

use crate::json::Name;
use crate::selection::Selection;

/// What is written. There is no `Debug`: header values are credentials.
#[derive(Default)]
pub(crate) struct Program {
    pub(super) text: Box<str>,
    pub(super) steps: Box<[Step]>,
    pub(super) pairs: Box<[PairLengths]>,
    pub(super) selections: Box<[Selection]>,
}

/// Eight bytes of a program.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) kind: Kind,
    /// Of a name, or of a pair's field; 0 for all others.
    pub(super) fingerprint: u16,
    /// Bytes of the text.
    pub(super) len: u32,
}

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Name,
    Whole,
    WholeEncrypted,
    WholeSelected,
    Pair,
    Index,
    Sealed,
    End,
}

/// Bytes of a pair's pieces, in the order of the fields of [`Pair`].
pub(super) type PairLengths = [u32; 5];

/// Where a part of a program begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub(super) step: u32,
    pub(super) text: u32,
}

/// The instructions of a part that were not read yet. After the end of an encrypted value those behind it are read.
#[derive(Clone)]
pub(crate) struct Instructions<'p> {
    program: &'p Program,
    steps: &'p [Step],
    text: &'p str,
}

/// What is written next.
#[derive(Clone, Copy)]
pub(crate) enum Instruction<'p> {
    /// Literal text; never empty, and never followed by another one.
    Text(&'p str),
    /// The value of `<name>` as text.
    Name(Name<'p>),
    /// A string that is one whole `<name>`: the typed value, in which this is selected.
    Whole(Name<'p>, &'p Selection),
    /// `{"label": "field"}`.
    Pair(Pieces<'p>),
    /// What follows, up to the next end, is encrypted as one value.
    Sealed,
    /// None that there is: a defect, and the last one of its part.
    Unknown,
}

/// The pieces of a pair, one behind the other.
#[derive(Clone, Copy)]
pub(crate) struct Pieces<'p> {
    text: &'p str,
    lengths: &'p PairLengths,
    fingerprint: u16,
}

/// The second grammar's replacer. The first three in a row are its text.
pub(crate) struct Pair<'p> {
    pub(super) before_value: &'p str,
    /// The member's value as it is written in the text.
    pub(super) value: &'p str,
    pub(super) after_value: &'p str,
    /// The member's name, unescaped.
    pub(super) label: &'p str,
    /// The member's value, unescaped: what to look up.
    pub(super) field: Name<'p>,
}

impl Program {
    /// The instructions of a part.
    #[inline]
    pub(crate) fn part(&self, part: Part) -> Instructions<'_> {
        let (steps, text) = (self.steps.get(part.step as usize..), self.text.get(part.text as usize..));
        debug_assert!(steps.is_some() && text.is_some(), "a part belongs to its program");
        // No steps at all are no end, so in a release it is noticed as well.
        Instructions { program: self, steps: steps.unwrap_or(&[]), text: text.unwrap_or("") }
    }
}

impl<'p> Iterator for Instructions<'p> {
    type Item = Instruction<'p>;

    #[inline]
    fn next(&mut self) -> Option<Instruction<'p>> {
        let Some((step, steps)) = self.steps.split_first() else { return Some(self.unknown()) };
        let Some((text, behind)) = self.text.split_at_checked(step.len as usize) else {
            return Some(self.unknown());
        };
        (self.steps, self.text) = (steps, behind);
        let name = || Name::new(text, step.fingerprint);
        Some(match step.kind {
            Kind::Text => Instruction::Text(text),
            Kind::Name => Instruction::Name(name()),
            Kind::Whole => Instruction::Whole(name(), &Selection::Nothing),
            Kind::WholeEncrypted => Instruction::Whole(name(), &Selection::All),
            Kind::End => return None,
            Kind::Sealed => Instruction::Sealed,
            Kind::WholeSelected | Kind::Pair | Kind::Index => self.indexed(*step, text),
        })
    }
}

impl<'p> Instructions<'p> {
    /// What the step and the index behind it are.
    fn indexed(&mut self, step: Step, text: &'p str) -> Instruction<'p> {
        let Some((Step { kind: Kind::Index, len: index, .. }, steps)) = self.steps.split_first() else {
            return self.unknown();
        };
        self.steps = steps;
        let index = *index as usize;
        let found = match step.kind {
            Kind::Pair => {
                let lengths = self.program.pairs.get(index);
                lengths
                    .map(|lengths| Instruction::Pair(Pieces { text, lengths, fingerprint: step.fingerprint }))
            }
            _ => {
                let selection = self.program.selections.get(index);
                selection.map(|selection| Instruction::Whole(Name::new(text, step.fingerprint), selection))
            }
        };
        found.unwrap_or_else(|| self.unknown())
    }

    /// Ends the part, so that whoever reads on comes to an end.
    #[cold]
    fn unknown(&mut self) -> Instruction<'p> {
        debug_assert!(false, "a program has the steps that were written");
        self.steps = &[Step { kind: Kind::End, fingerprint: 0, len: 0 }];
        Instruction::Unknown
    }
}

impl<'p> Pieces<'p> {
    /// The pieces apart.
    pub(crate) fn pair(self) -> Pair<'p> {
        let mut text = self.text;
        let [before_value, value, after_value, label, field] = self.lengths.map(|len| {
            let pieces = text.split_at_checked(len as usize);
            debug_assert!(pieces.is_some(), "a pair has the pieces that were written");
            let (piece, behind) = pieces.unwrap_or((text, ""));
            text = behind;
            piece
        });
        Pair { before_value, value, after_value, label, field: Name::new(field, self.fingerprint) }
    }
}

/// A part for people and tests: an instruction a line, those of an encrypted value behind a bar.
#[cfg(test)]
pub(crate) fn print(mut instructions: Instructions<'_>) -> String {
    fn lines(instructions: &mut Instructions<'_>, bar: &str, out: &mut String) {
        while let Some(instruction) = instructions.next() {
            let line = match instruction {
                Instruction::Text(text) => format!("text {text}"),
                Instruction::Name(name) => format!("name {}", name.text()),
                Instruction::Whole(name, Selection::Nothing) => format!("whole {}", name.text()),
                Instruction::Whole(name, Selection::All) => format!("whole {} encrypted", name.text()),
                Instruction::Whole(name, Selection::Names(names)) => {
                    let names: Vec<&str> = names.rests().collect();
                    format!("whole {} encrypted {}", name.text(), names.join(" "))
                }
                Instruction::Pair(pieces) => {
                    let Pair { before_value, value, after_value, label, field } = pieces.pair();
                    format!("pair {before_value}{value}{after_value} {label} {}", field.text())
                }
                Instruction::Sealed => {
                    lines(instructions, "| ", out);
                    continue;
                }
                Instruction::Unknown => "unknown".to_owned(),
            };
            out.extend([bar, &line, "\n"]);
        }
    }
    let mut out = String::new();
    lines(&mut instructions, "", &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_eight_bytes() {
        assert_eq!(size_of::<Step>(), 8);
    }

    /// By a panic where assertions are on; else by one [`Instruction::Unknown`], after which the part has ended.
    #[test]
    fn what_is_no_program_is_noticed() {
        let step = |kind, len| Step { kind, fingerprint: 0, len };
        let cases = [
            vec![],
            vec![step(Kind::Text, 2)],
            vec![step(Kind::Text, 1), step(Kind::End, 0)],
            vec![step(Kind::Name, 3), step(Kind::End, 0)],
            vec![step(Kind::Index, 0)],
            vec![step(Kind::Pair, 0), step(Kind::End, 0)],
            vec![step(Kind::Pair, 0), step(Kind::Index, 0), step(Kind::End, 0)],
            vec![step(Kind::WholeSelected, 1), step(Kind::Index, 0)],
        ];
        for steps in cases {
            let shown = format!("{:?}", steps.iter().map(|step| (step.kind, step.len)).collect::<Vec<_>>());
            let program = Program { text: "é".into(), steps: steps.into(), ..Program::default() };
            let unknown = std::panic::catch_unwind(|| {
                let instructions = program.part(Part { step: 0, text: 0 });
                instructions.filter(|instruction| matches!(instruction, Instruction::Unknown)).count()
            });
            let expected = if cfg!(debug_assertions) { None } else { Some(1) };
            assert_eq!(unknown.ok(), expected, "{shown}");
        }
    }
}
