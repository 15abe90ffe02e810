//! What a check carries: the settings, what was found so far, and what every member's rules need.

use crate::body::ContentKind;
use crate::json::{Document, Kind, Value};
use crate::profile::channel::Channel;
use crate::profile::options::ParseOptions;
use crate::replacer::{Grammar, TextOf, is_html_like, is_suspicious};
use crate::report::{Advisory, AdvisoryCode, Context, Pointer, Refused, Rule, Violations};

/// What kind of payload is checked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A create payload.
    Create,
    /// A profile with a patch applied; its channel is fixed.
    Patched(Channel),
    /// What the platform returned: a null member is an absent one, and more members are known.
    Stored,
}

/// A check in progress: the settings and what was found so far.
pub(super) struct Check<'c> {
    pub(super) options: &'c ParseOptions,
    pub(super) violations: Violations,
    /// Whether the method sends a body; set when the method is known.
    pub(super) sends_body: bool,
    /// The kind of the body that the headers choose.
    pub(super) content_kind: ContentKind,
    shape: Shape,
    /// `None` if advisories are not wanted.
    advisories: Option<Vec<Advisory>>,
    replacers: usize,
}

/// A member's object, wherever it was written.
pub(crate) enum Source<'d> {
    /// As a JSON object.
    Inline(Value<'d>),
    /// As a string that holds one.
    Text(Box<Document<'d>>),
}

impl Source<'_> {
    pub(crate) fn object(&self) -> Value<'_> {
        match self {
            Source::Inline(value) => *value,
            Source::Text(document) => document.root(),
        }
    }
}

impl<'c> Check<'c> {
    /// A check that has found nothing yet, with or without noting advisories.
    pub(super) fn new(shape: Shape, options: &'c ParseOptions, notes: bool) -> Check<'c> {
        Check {
            options,
            violations: Violations::new(options.limits.violations),
            sends_body: true,
            content_kind: ContentKind::Json,
            shape,
            advisories: notes.then(Vec::new),
            replacers: 0,
        }
    }

    /// The advisories that were noted; none if they are not wanted.
    pub(super) fn take_advisories(&mut self) -> Vec<Advisory> {
        self.advisories.take().unwrap_or_default()
    }

    /// Whether a stored profile is checked, which is read more leniently than a create payload.
    pub(super) fn is_stored(&self) -> bool {
        self.shape == Shape::Stored
    }

    /// The channel that must stay, in a patched profile.
    pub(super) fn fixed_channel(&self) -> Option<Channel> {
        match self.shape {
            Shape::Patched(channel) => Some(channel),
            Shape::Create | Shape::Stored => None,
        }
    }

    /// The string, or a violation.
    pub(super) fn string<'d>(&mut self, value: Value<'d>, pointer: Pointer<'_>) -> Result<&'d str, Refused> {
        value.as_str().ok_or_else(|| self.violations.add(pointer, Rule::type_is("string")))
    }

    /// The object, or the object that a string holds, or a violation. \[D\]
    pub(super) fn object_or_text<'d>(
        &mut self,
        value: Value<'d>,
        pointer: Pointer<'_>,
    ) -> Result<Source<'d>, Refused> {
        let source = match value.as_str() {
            None => Source::Inline(value),
            Some(text) => {
                let document = Document::read(text.as_bytes(), &self.options.limits).map_err(|error| {
                    let text = format!("must be a string that holds a JSON object: {error}");
                    self.violations.add(pointer, Rule::new("json", text))
                })?;
                Source::Text(Box::new(document))
            }
        };
        if source.object().kind() != Kind::Object {
            return Err(self.violations.add(pointer, Rule::type_is("object")));
        }
        Ok(source)
    }

    /// Advisories on members that the documents do not know; violations in the strict policy. One whose name differs
    /// from a known one in case only is worse: some parsers read it as the known one.
    pub(super) fn unknown_members(&mut self, names: &[&str], known: &[&str], object: Pointer<'_>) {
        for name in names {
            let pointer = object.member(name);
            let code = match known.iter().any(|known| equal_without_case(known, name)) {
                true => AdvisoryCode::AmbiguousMember,
                false => AdvisoryCode::UnknownMember,
            };
            if self.options.policy.refuses(code) {
                let rule = Rule::no_additional_properties();
                self.violations.add_at(Context::Body, pointer, object, rule);
            } else {
                self.note(code, pointer);
            }
        }
    }

    /// An advisory, or `rule` broken if the policy refuses it.
    pub(super) fn advise(&mut self, code: AdvisoryCode, pointer: Pointer<'_>, rule: Rule) {
        if self.options.policy.refuses(code) {
            self.violations.add(pointer, rule);
        } else {
            self.note(code, pointer);
        }
    }

    /// Whether advisories are wanted; what only serves them can be left out otherwise.
    pub(super) fn notes(&self) -> bool {
        self.advisories.is_some()
    }

    /// An advisory in every policy.
    pub(super) fn note(&mut self, code: AdvisoryCode, pointer: Pointer<'_>) {
        if let Some(advisories) = &mut self.advisories {
            advisories.push(Advisory { code, pointer: pointer.to_string() });
        }
    }

    /// Advises on what looks like a replacer and is none, and on replacers that look like HTML.
    pub(super) fn note_suspicious(&mut self, text: &str, of: TextOf, pointer: Pointer<'_>) {
        if !self.notes() {
            return;
        }
        if is_suspicious(text, of) {
            self.note(AdvisoryCode::SuspiciousReplacer, pointer);
        }
        let grammar = match of {
            TextOf::Message => Grammar::NamesAndPairs,
            TextOf::Url | TextOf::MemberName => return,
            _ => Grammar::Names,
        };
        if is_html_like(text, grammar) {
            self.note(AdvisoryCode::HtmlLikeReplacer, pointer);
        }
    }

    /// Counts replacers against the limit of the whole profile; the member that passes it is refused.
    pub(crate) fn count_replacers(&mut self, count: usize, pointer: Pointer<'_>) {
        let limit = self.options.limits.replacers;
        let was_within = self.replacers <= limit;
        self.replacers = self.replacers.saturating_add(count);
        if was_within && self.replacers > limit {
            let text = format!("must NOT bring the profile's replacers to more than {limit}");
            self.violations.add(pointer, Rule::new("replacers", text));
        }
    }
}

/// Whether a name is an ASCII one in whatever case. Readers that fold case by Unicode, Go's encoding/json for one, take
/// two more characters for ASCII letters.
fn equal_without_case(known: &str, name: &str) -> bool {
    let folded = name.chars().map(|character| match character {
        '\u{17F}' => 's',
        '\u{212A}' => 'k',
        other => other.to_ascii_lowercase(),
    });
    folded.eq(known.chars().map(|character| character.to_ascii_lowercase()))
}
