//! What is asked about a template without filling it.

use super::program::{Instruction, Instructions};

impl<'p> Instructions<'p> {
    /// The literal parts.
    pub(crate) fn texts(self) -> impl Iterator<Item = &'p str> {
        self.filter_map(|instruction| match instruction {
            Instruction::Text(text) => Some(text),
            _ => None,
        })
    }

    /// The literal parts around the replacers, one more than there are replacers; empty where there is none.
    pub(crate) fn pieces(self) -> Vec<&'p str> {
        let mut pieces = vec![""];
        for instruction in self {
            match (instruction, pieces.last_mut()) {
                (Instruction::Text(text), Some(last)) => *last = text,
                _ => pieces.push(""),
            }
        }
        pieces
    }

    /// The text, if there is no replacer in it.
    pub(crate) fn constant(mut self) -> Option<&'p str> {
        match self.next() {
            None => Some(""),
            Some(Instruction::Text(text)) => self.next().is_none().then_some(text),
            Some(_) => None,
        }
    }

    /// What is looked up, in the order of the text: the names and the fields of the pairs.
    pub(crate) fn fields(self) -> impl Iterator<Item = &'p str> {
        self.filter_map(|instruction| match instruction {
            Instruction::Name(name) | Instruction::Whole(name, _) => Some(name.text()),
            Instruction::Pair(pieces) => Some(pieces.pair().field.text()),
            Instruction::Text(_) | Instruction::Sealed | Instruction::Unknown => None,
        })
    }

    /// The pairs: label and field, in the order of the text.
    pub(crate) fn pairs(self) -> impl Iterator<Item = (&'p str, &'p str)> {
        self.filter_map(|instruction| match instruction {
            Instruction::Pair(pieces) => {
                let pair = pieces.pair();
                Some((pair.label, pair.field.text()))
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::grammar::Grammar;
    use super::super::writer::with_template;

    #[test]
    fn a_constant_is_unescaped() {
        let constant = |text| {
            with_template(text, Grammar::NamesAndPairs, |template| template.constant().map(str::to_owned))
        };
        assert_eq!(constant(r"\<name>"), Some("<name>".to_owned()));
        assert_eq!(constant(r#"\{"l": "<f>"}\\"#), Some(r#"{"l": "<f>"}\\"#.to_owned()));
        assert_eq!(constant(""), Some(String::new()));
        assert_eq!(constant("x<a>"), None);
        assert_eq!(constant(r"\\<a>"), None);
    }

    #[test]
    fn fields_and_pairs_are_in_the_order_of_the_text() {
        with_template(r#"<b> {"l": "a.b"} <a> \<c> <b>"#, Grammar::NamesAndPairs, |template| {
            assert_eq!(template.clone().fields().collect::<Vec<_>>(), ["b", "a.b", "a", "b"]);
            assert_eq!(template.pairs().collect::<Vec<_>>(), [("l", "a.b")]);
        });
        with_template("{\"a\": \"b\"} <c>", Grammar::Names, |template| {
            assert_eq!(template.pairs().count(), 0);
        });
    }

    #[test]
    fn pieces_are_around_the_replacers() {
        for (text, pieces) in
            [("", &[""][..]), ("a", &["a"]), ("<a>", &["", ""]), ("a<b><c>d", &["a", "", "d"])]
        {
            with_template(text, Grammar::Names, |template| assert_eq!(template.pieces(), pieces, "{text}"));
        }
    }
}
