//! A text cut into literal parts and replacers, once, when the profile is parsed.

use super::grammar::{Grammar, PairText, Replacer, Scanner, is_simple_name, is_whole_name, read_path};
use crate::json::{Name, Value, fingerprint};

/// A text cut into literal parts and replacers.
#[derive(Debug)]
pub(crate) struct Template {
    segments: Box<[Segment]>,
}

/// A part of a template.
#[derive(Debug)]
pub(crate) enum Segment {
    /// Stands for itself; never empty.
    Text(Box<str>),
    /// `<name>`.
    Name(Path),
    /// `{"label": "field"}`; boxed, for it is larger than the others.
    Pair(Box<Pair>),
}

/// The second grammar's replacer.
#[derive(Debug)]
pub(crate) struct Pair {
    /// The member's name, unescaped.
    pub(crate) label: Box<str>,
    /// The member's value: what to look up.
    pub(crate) field: Path,
    /// The pair as it was written, up to its value and after it.
    pub(crate) before_value: Box<str>,
    pub(crate) value: Box<str>,
    pub(crate) after_value: Box<str>,
}

/// A name to look up.
#[derive(Debug)]
pub(crate) struct Path {
    whole: Box<str>,
    fingerprint: u16,
    /// The path reading; empty when it is no different from the whole name.
    steps: Box<[Step]>,
}

/// One step of the path reading.
#[derive(Debug)]
pub(crate) struct Step {
    key: Box<str>,
    index: Option<usize>,
}

impl Template {
    pub(crate) fn compile(text: &str, grammar: Grammar) -> Template {
        let mut segments = Vec::new();
        let mut scanner = Scanner::new(text, grammar);
        for found in &mut scanner {
            push_text(&mut segments, found.literal);
            segments.push(match found.replacer {
                Replacer::Name(name) => Segment::Name(Path::of(name)),
                Replacer::Pair(pair) => Segment::Pair(Box::new(Pair::of(pair))),
            });
        }
        push_text(&mut segments, scanner.rest());
        Template { segments: segments.into() }
    }

    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
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

    /// The pairs: label and field, in the order of the text.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Pair(pair) => Some((&*pair.label, pair.field.whole())),
            _ => None,
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

impl Path {
    /// The path, if the text is one whole `<name>`.
    pub(crate) fn of_whole_name(text: &str) -> Option<Path> {
        let name = text.strip_prefix('<')?.strip_suffix('>')?;
        is_whole_name(text).then(|| Path::of(name))
    }

    /// Any text as a name: what does not follow the grammar of names has no path reading.
    fn of(name: &str) -> Path {
        let mut steps = Vec::new();
        if !is_simple_name(name) {
            steps.reserve_exact(memchr::memchr_iter(b'.', name.as_bytes()).count().saturating_add(1));
            let step = |key: &str, index| steps.push(Step { key: key.into(), index });
            if read_path(name, step) != Some(true) {
                steps = Vec::new();
            }
        }
        Path { whole: name.into(), fingerprint: fingerprint(name.as_bytes()), steps: steps.into() }
    }

    /// The whole name, ready to be looked up.
    pub(crate) fn name(&self) -> Name<'_> {
        Name::new(&self.whole, self.fingerprint)
    }

    pub(crate) fn whole(&self) -> &str {
        &self.whole
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }
}

impl Step {
    /// The value that this step leads to.
    pub(crate) fn follow<'d>(&self, value: Value<'d>) -> Option<Value<'d>> {
        let member = value.get(&self.key)?;
        match self.index {
            Some(index) => member.element(index),
            None => Some(member),
        }
    }
}

fn push_text(segments: &mut Vec<Segment>, text: &str) {
    if !text.is_empty() {
        segments.push(Segment::Text(text.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::grammar::{count, has_names};
    use super::*;

    fn shape(text: &str) -> Vec<String> {
        Template::compile(text, Grammar::NamesAndPairs)
            .segments
            .iter()
            .map(|segment| match segment {
                Segment::Text(text) => format!("text {text}"),
                Segment::Name(path) => format!("name {}", path.whole),
                Segment::Pair(pair) => format!("pair {} {}", pair.label, pair.field.whole),
            })
            .collect()
    }

    #[test]
    fn cuts_names_and_pairs_out_of_text() {
        assert_eq!(
            shape("Thank you, {\"name\": \"first_name\"}"),
            ["text Thank you, ", "pair name first_name"]
        );
        assert_eq!(shape("<a><b.c>!"), ["name a", "name b.c", "text !"]);
        assert_eq!(shape("{ \"a\"\n:\t\"b\" }x"), ["pair a b", "text x"]);
        assert_eq!(shape("<parts[0]> <parts[n]>"), ["name parts[0]", "text  ", "name parts[n]"]);
        assert_eq!(shape("{\"x\": {\"name\": \"f\"}}"), ["text {\"x\": ", "pair name f", "text }"]);
        assert_eq!(shape("{\"\\u0061\": \"\\u0062\"}"), ["pair a b"]);
        assert_eq!(shape(r#"{"a\"b": "c\\"}."#), [r#"pair a"b c\"#, "text ."]);
        assert_eq!(shape(r#"{"a\\": "\\\"b"}"#), [r#"pair a\ \"b"#]);
    }

    #[test]
    fn leaves_everything_else_alone() {
        for text in [
            "a < b",
            "<b >",
            "< b>",
            "<>",
            "<1>",
            "<a..b>",
            "<.a>",
            "<a.>",
            "<a[0][1]>",
            "<a[0].b[1]>",
            "<a[]>",
            "<a[-1]>",
            "<a]>",
            "<[0]>",
            "<a",
            "{\"a\": 1}",
            "{URL}",
            "{#var#}",
            "{\"a\": \"b\", \"c\": \"d\"}",
            "{\"a\": \"\"}",
            "{}",
            "{\"a\" \"b\"}",
            "{\"a\": \"b\"",
            "{\"\\x\": \"b\"}",
            "{\"a\": \"\\ud800\"}",
            "{'a': 'b'}",
            "<ä>",
            "<a b>",
        ] {
            assert_eq!(shape(text), [format!("text {text}")], "{text}");
        }
        assert!(shape("").is_empty());
    }

    #[test]
    fn the_limit_of_payloads_is_none_of_pairs() {
        let label = "a".repeat(crate::Limits::default().payload_bytes);
        let template = Template::compile(&format!("{{\"{label}\\n\": \"b\"}}"), Grammar::NamesAndPairs);
        assert_eq!(template.pairs().collect::<Vec<_>>(), [(format!("{label}\n").as_str(), "b")]);
    }

    #[test]
    fn pairs_are_text_where_only_names_count() {
        let template = Template::compile("{\"a\": \"b\"} <c>", Grammar::Names);
        assert_eq!(count("{\"a\": \"b\"} <c>", Grammar::Names), 1);
        assert_eq!(template.pairs().count(), 0);
    }

    #[test]
    fn counting_and_cutting_agree() {
        for text in ["", "<a>", "<a", "a<b>", "<a>b", "<a><b>", "<a.b[1]>", "<<a>>", "{\"a\": \"<b>\"}"] {
            for grammar in [Grammar::Names, Grammar::NamesAndPairs] {
                let template = Template::compile(text, grammar);
                let is_text = |segment: &&Segment| matches!(segment, Segment::Text(_));
                let literal = template.segments.iter().filter(is_text).count();
                assert_eq!(count(text, grammar), template.segments.len() - literal, "{text}");
            }
            let template = Template::compile(text, Grammar::Names);
            assert_eq!(has_names(text), template.constant().is_none(), "{text}");
            let is_whole = matches!(template.segments(), [Segment::Name(_)]);
            assert_eq!(is_whole_name(text), is_whole, "{text}");
            assert_eq!(Path::of_whole_name(text).is_some(), is_whole, "{text}");
        }
    }
}
