//! A text split into literal parts and replacers, once, when the profile is parsed.

use std::borrow::Cow;

use super::Path;
use super::grammar::{Grammar, Replacer, Scanner, push_literal};
use super::pair::PairText;

/// A text split into literal parts and replacers.
#[derive(Debug)]
pub(crate) struct Template {
    segments: Box<[Segment]>,
}

/// A part of a template.
#[derive(Debug)]
pub(super) enum Segment {
    /// Literal text; never empty, and never followed by another one.
    Text(Box<str>),
    /// `<name>`.
    Name(Path),
    /// `{"label": "field"}`; boxed, for it is larger than the others.
    Pair(Box<Pair>),
}

/// The second grammar's replacer.
#[derive(Debug)]
pub(super) struct Pair {
    /// The member's name, unescaped.
    pub(super) label: Box<str>,
    /// The member's value: what to look up.
    pub(super) field: Path,
    /// The pair as it was written, up to its value and after it.
    pub(super) before_value: Box<str>,
    pub(super) value: Box<str>,
    pub(super) after_value: Box<str>,
}

impl Template {
    /// Splits a text at its replacers; escaped ones are unescaped, and literal text.
    pub(crate) fn compile(text: &str, grammar: Grammar) -> Template {
        let mut segments = Vec::new();
        let mut literal = Cow::Borrowed("");
        for found in Scanner::new(text, grammar) {
            push_literal(&mut literal, found.literal);
            let Some(replacer) = found.replacer else { continue };
            push_text(&mut segments, std::mem::take(&mut literal));
            segments.push(match replacer {
                Replacer::Name(name) => Segment::Name(Path::of(name)),
                Replacer::Pair(pair) => Segment::Pair(Box::new(Pair::of(pair))),
            });
        }
        push_text(&mut segments, literal);
        Template { segments: segments.into() }
    }

    pub(super) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The literal parts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Text(text) => Some(&**text),
            _ => None,
        })
    }

    /// The literal parts around the replacers, one more than there are replacers; empty where there is none.
    pub(crate) fn pieces(&self) -> Vec<&str> {
        let mut pieces = vec![""];
        for segment in &self.segments {
            match (segment, pieces.last_mut()) {
                (Segment::Text(text), Some(last)) => *last = text,
                _ => pieces.push(""),
            }
        }
        pieces
    }

    /// The text, if there is no replacer in it.
    pub(crate) fn constant(&self) -> Option<&str> {
        match &*self.segments {
            [] => Some(""),
            [Segment::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The same replacers with every literal part rewritten, for its context.
    pub(crate) fn map_text(mut self, rewrite: impl Fn(&str) -> String) -> Template {
        for segment in &mut self.segments {
            if let Segment::Text(text) = segment {
                *text = rewrite(text).into();
            }
        }
        self
    }

    /// What is looked up, in the order of the text: the names and the fields of the pairs.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Text(_) => None,
            Segment::Name(path) => Some(path.whole()),
            Segment::Pair(pair) => Some(pair.field.whole()),
        })
    }

    /// The pairs: label and field, in the order of the text.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Pair(pair) => Some((&*pair.label, pair.field.whole())),
            Segment::Text(_) | Segment::Name(_) => None,
        })
    }
}

impl Pair {
    fn of(text: PairText<'_>) -> Pair {
        Pair {
            field: Path::of(&text.field),
            label: text.label.into(),
            before_value: text.before_value.into(),
            value: text.value.into(),
            after_value: text.after_value.into(),
        }
    }
}

fn push_text(segments: &mut Vec<Segment>, text: Cow<'_, str>) {
    if !text.is_empty() {
        segments.push(Segment::Text(text.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<String> {
        let template = Template::compile(text, Grammar::NamesAndPairs);
        let shown = |segment: &Segment| match segment {
            Segment::Text(text) => format!("text {text}"),
            Segment::Name(path) => format!("name {}", path.whole()),
            Segment::Pair(pair) => format!("pair {} {}", pair.label, pair.field.whole()),
        };
        template.segments.iter().map(shown).collect()
    }

    #[test]
    fn literal_text_is_one_part_and_never_empty() {
        assert_eq!(shape("<a><b.c>!"), ["name a", "name b.c", "text !"]);
        assert_eq!(shape(r#"x\<a>\\\<b>{"l": "f"}"#), [r"text x<a>\<b>", "pair l f"]);
        assert_eq!(shape(r"\<a><b>\<c>"), ["text <a>", "name b", "text <c>"]);
        assert_eq!(shape(r"\\<a>"), [r"text \", "name a"]);
        assert!(shape("").is_empty());
    }

    #[test]
    fn a_constant_is_unescaped() {
        let constant = |text| Template::compile(text, Grammar::NamesAndPairs).constant().map(str::to_owned);
        assert_eq!(constant(r"\<name>"), Some("<name>".to_owned()));
        assert_eq!(constant(r#"\{"l": "<f>"}\\"#), Some(r#"{"l": "<f>"}\\"#.to_owned()));
        assert_eq!(constant(""), Some(String::new()));
        assert_eq!(constant("x<a>"), None);
        assert_eq!(constant(r"\\<a>"), None);
    }

    #[test]
    fn fields_and_pairs_are_in_the_order_of_the_text() {
        let template = Template::compile(r#"<b> {"l": "a.b"} <a> \<c> <b>"#, Grammar::NamesAndPairs);
        assert_eq!(template.fields().collect::<Vec<_>>(), ["b", "a.b", "a", "b"]);
        assert_eq!(template.pairs().collect::<Vec<_>>(), [("l", "a.b")]);
        assert_eq!(Template::compile("{\"a\": \"b\"} <c>", Grammar::Names).pairs().count(), 0);
    }

    #[test]
    fn only_literal_text_is_rewritten() {
        let template = Template::compile("a<a>b", Grammar::Names).map_text(str::to_uppercase);
        assert!(matches!(template.segments(), [Segment::Text(a), Segment::Name(path), Segment::Text(b)]
            if (&**a, path.whole(), &**b) == ("A", "a", "B")));
    }
}
