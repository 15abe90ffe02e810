//! From text to segments: SPEC §4.
//!
//! `<name>`: names are `[A-Za-z_][A-Za-z0-9_-]*`, joined by dots, with at most one subscript (`[0]` or `[n]`) in
//! the whole path. `{"label": "field"}`: a JSON object of one member whose value is a non-empty string, with any
//! JSON whitespace. Whatever is not exactly one of these is literal text. Scanning is linear: no byte is looked
//! at more than a few times, whatever the text.

use crate::json::{Kind, Value};
use crate::limits::Limits;

/// Which replacers a text may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// `<name>`: body, url, header values.
    Names,
    /// `<name>` and `{"label": "field"}`: response_message.
    NamesAndPairs,
}

/// A text cut into literal parts and replacers.
#[derive(Debug)]
pub(crate) struct Template {
    segments: Vec<Segment>,
}

/// A part of a template.
#[derive(Debug)]
pub(crate) enum Segment {
    /// Stands for itself; never empty.
    Text(String),
    /// `<name>`.
    Name(Path),
    /// `{"label": "field"}`.
    Pair(Pair),
}

/// The second grammar's replacer.
#[derive(Debug)]
pub(crate) struct Pair {
    /// The member's name, unescaped.
    pub(crate) label: String,
    /// The member's value: what to look up.
    pub(crate) field: Path,
    /// The pair as it was written, up to its value and after it.
    pub(crate) before_value: String,
    pub(crate) value: String,
    pub(crate) after_value: String,
}

/// A name to look up.
#[derive(Debug)]
pub(crate) struct Path {
    whole: String,
    /// The path reading; empty when it is no different from the whole name.
    steps: Vec<Step>,
}

/// One step of the path reading.
#[derive(Debug)]
pub(crate) struct Step {
    key: String,
    index: Option<usize>,
}

impl Template {
    pub(crate) fn compile(text: &str, grammar: Grammar) -> Template {
        let mut segments = Vec::new();
        let mut literal_from = 0;
        let mut at = 0;
        while let Some(rest) = text.get(at..) {
            let is_start = |byte: &u8| *byte == b'<' || (*byte == b'{' && grammar == Grammar::NamesAndPairs);
            let Some(skip) = rest.as_bytes().iter().position(is_start) else { break };
            at = at.saturating_add(skip);
            let rest = text.get(at..).unwrap_or_default();
            let found = if rest.starts_with('<') { name_at(rest) } else { pair_at(rest) };
            let Some((segment, len)) = found else {
                at = at.saturating_add(1);
                continue;
            };
            push_text(&mut segments, text.get(literal_from..at));
            segments.push(segment);
            at = at.saturating_add(len);
            literal_from = at;
        }
        push_text(&mut segments, text.get(literal_from..));
        Template { segments }
    }

    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The text, if there is no replacer in it.
    pub(crate) fn constant(&self) -> Option<&str> {
        match self.segments.as_slice() {
            [] => Some(""),
            [Segment::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The path, if the text is one whole `<name>`; else the template back.
    pub(crate) fn into_whole_name(mut self) -> Result<Path, Template> {
        match self.segments.pop() {
            Some(Segment::Name(path)) if self.segments.is_empty() => Ok(path),
            last => {
                self.segments.extend(last);
                Err(self)
            }
        }
    }

    /// The same replacers with every literal part rewritten, for its context.
    pub(crate) fn map_text(mut self, rewrite: impl Fn(&str) -> String) -> Template {
        for segment in &mut self.segments {
            if let Segment::Text(text) = segment {
                *text = rewrite(text);
            }
        }
        self
    }

    /// How many replacers there are.
    pub(crate) fn replacers(&self) -> usize {
        self.segments.iter().filter(|segment| !matches!(segment, Segment::Text(_))).count()
    }

    /// The pairs: label and field, in the order of the text.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Pair(pair) => Some((pair.label.as_str(), pair.field.whole())),
            _ => None,
        })
    }
}

impl Path {
    /// Any text as a name: what does not follow the grammar of names has no path reading.
    fn any(text: &str) -> Path {
        Path { whole: text.to_owned(), steps: steps_of(text).unwrap_or_default() }
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
            Some(index) if member.kind() == Kind::Array => member.element(index),
            Some(_) => None,
            None => Some(member),
        }
    }
}

fn push_text(segments: &mut Vec<Segment>, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        segments.push(Segment::Text(text.to_owned()));
    }
}

/// The `<name>` at the start of `text` and its length.
fn name_at(text: &str) -> Option<(Segment, usize)> {
    let inside = text.strip_prefix('<')?;
    let len = inside.bytes().take_while(|byte| is_path_byte(*byte)).count();
    let (name, rest) = inside.split_at_checked(len)?;
    if !rest.starts_with('>') {
        return None;
    }
    let steps = steps_of(name)?;
    Some((Segment::Name(Path { whole: name.to_owned(), steps }), len.saturating_add(2)))
}

fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'[' | b']')
}

/// The path reading of a well-formed name, empty for a single step; `None` if the name is not well formed.
fn steps_of(name: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut subscripts = 0usize;
    let mut readable = true;
    for part in name.split('.') {
        let (key, index) = match part.split_once('[') {
            None => (part, None),
            Some((key, subscript)) => {
                let subscript = subscript.strip_suffix(']')?;
                subscripts = subscripts.saturating_add(1);
                if subscript.bytes().all(|byte| byte.is_ascii_digit()) {
                    (key, Some(subscript.parse().ok()?))
                } else if is_simple_name(subscript) {
                    // `parts[n]`, as the documents spell it: only a key of exactly this name can match.
                    readable = false;
                    (key, None)
                } else {
                    return None;
                }
            }
        };
        if !is_simple_name(key) {
            return None;
        }
        steps.push(Step { key: key.to_owned(), index });
    }
    if subscripts > 1 {
        return None;
    }
    let is_path = readable && !matches!(steps.as_slice(), [Step { index: None, .. }]);
    Some(if is_path { steps } else { Vec::new() })
}

fn is_simple_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// The `{"label": "field"}` at the start of `text` and its length.
fn pair_at(text: &str) -> Option<(Segment, usize)> {
    let rest = after_blanks(text.strip_prefix('{')?);
    let rest = after_blanks(rest.get(json_string_len(rest)?..)?);
    let value_and_rest = after_blanks(rest.strip_prefix(':')?);
    let after = value_and_rest.get(json_string_len(value_and_rest)?..)?;
    let end = after_blanks(after).strip_prefix('}')?;

    let before_value = text.strip_suffix(value_and_rest)?;
    let value = value_and_rest.strip_suffix(after)?;
    let whole = text.strip_suffix(end)?;
    // The strings are read by the one JSON reader, which also refuses what is no JSON in them.
    let limits = Limits { payload_bytes: usize::MAX, ..Limits::default() };
    let document = crate::json::Document::read(whole.as_bytes(), &limits).ok()?;
    let (label, field) = document.root().members().next()?;
    let field = field.as_str().filter(|field| !field.is_empty())?;
    let pair = Pair {
        label: label.to_owned(),
        field: Path::any(field),
        before_value: before_value.to_owned(),
        value: value.to_owned(),
        after_value: after.strip_suffix(end)?.to_owned(),
    };
    Some((Segment::Pair(pair), whole.len()))
}

fn after_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\n', '\r'])
}

/// The length of the quoted string at the start of `text`, with its quotes.
fn json_string_len(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    let len = inside.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    len.checked_add(2)
}

#[cfg(test)]
mod tests {
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
    fn pairs_are_text_where_only_names_count() {
        let template = Template::compile("{\"a\": \"b\"} <c>", Grammar::Names);
        assert_eq!(template.replacers(), 1);
        assert_eq!(template.pairs().count(), 0);
    }
}
