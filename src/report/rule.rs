//! A broken rule in the platform's words: those of Ajv for its own keywords, ours in the same style for the others.

use crate::json::{ArrayWriter, ObjectWriter, Output, push_string};

/// What a rule allows, for programs: the `params` of Ajv's errors.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleParams {
    /// The rule has none.
    None,
    /// `{"missingProperty": name}`
    MissingProperty(String),
    /// `{"limit": number}`
    Limit(usize),
    /// `{"allowedValues": [value, …]}`
    AllowedValues(&'static [&'static str]),
    /// `{"allowedValues": [number, …]}`; the numbers as JSON has them.
    AllowedNumbers(&'static [&'static str]),
    /// `{"pattern": pattern}`
    Pattern(&'static str),
    /// `{"type": name}`; several names are separated by commas.
    Type(&'static str),
}

impl RuleParams {
    /// The params as compact JSON, with Ajv's names.
    ///
    /// ```
    /// use callback_profile::Profile;
    /// let report = Profile::parse(r#"{"title": "bot", "http_method": "PATCH", "url": "https://example.com/"}"#).unwrap_err();
    /// let params = report.violations()[0].params.to_json();
    /// assert_eq!(params, r#"{"allowedValues":["GET","POST","PUT","DELETE"]}"#);
    /// ```
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        let mut object = ObjectWriter::new(&mut out);
        match self {
            RuleParams::None => {}
            RuleParams::MissingProperty(name) => push_string(object.member("missingProperty"), name),
            RuleParams::Limit(limit) => object.member("limit").append(&limit.to_string()),
            RuleParams::AllowedValues(values) => {
                let mut array = ArrayWriter::new(object.member("allowedValues"));
                values.iter().for_each(|value| push_string(array.element(), value));
                array.finish();
            }
            RuleParams::AllowedNumbers(numbers) => {
                let mut array = ArrayWriter::new(object.member("allowedValues"));
                numbers.iter().for_each(|number| array.element().append(number));
                array.finish();
            }
            RuleParams::Pattern(pattern) => push_string(object.member("pattern"), pattern),
            RuleParams::Type(name) => push_string(object.member("type"), name),
        }
        object.finish();
        out
    }
}

/// A broken rule: its keyword, the sentence without its subject, and what it allows.
pub(crate) struct Rule {
    pub(super) keyword: &'static str,
    pub(super) text: String,
    pub(super) params: RuleParams,
}

impl Rule {
    /// A rule that Ajv does not have.
    pub(crate) fn new(keyword: &'static str, text: impl Into<String>) -> Rule {
        Rule { keyword, text: text.into(), params: RuleParams::None }
    }

    fn with(self, params: RuleParams) -> Rule {
        Rule { params, ..self }
    }

    pub(crate) fn required(name: &str) -> Rule {
        Rule::new("required", format!("must have required property '{name}'"))
            .with(RuleParams::MissingProperty(name.to_owned()))
    }

    pub(crate) fn type_is(name: &'static str) -> Rule {
        Rule::new("type", format!("must be {name}")).with(RuleParams::Type(name))
    }

    pub(crate) fn one_of(allowed: &'static [&'static str]) -> Rule {
        Rule::new("enum", "must be equal to one of the allowed values")
            .with(RuleParams::AllowedValues(allowed))
    }

    pub(crate) fn one_of_numbers(allowed: &'static [&'static str]) -> Rule {
        Rule::new("enum", "must be equal to one of the allowed values")
            .with(RuleParams::AllowedNumbers(allowed))
    }

    pub(crate) fn at_most_characters(limit: usize) -> Rule {
        Rule::new("maxLength", format!("must NOT have more than {limit} characters"))
            .with(RuleParams::Limit(limit))
    }

    pub(crate) fn at_least_characters(limit: usize) -> Rule {
        Rule::new("minLength", format!("must NOT have fewer than {limit} characters"))
            .with(RuleParams::Limit(limit))
    }

    pub(crate) fn pattern(pattern: &'static str) -> Rule {
        Rule::new("pattern", format!("must match pattern \"{pattern}\"")).with(RuleParams::Pattern(pattern))
    }

    pub(crate) fn at_most_items(limit: usize) -> Rule {
        Rule::new("maxItems", format!("must NOT have more than {limit} items")).with(RuleParams::Limit(limit))
    }

    pub(crate) fn at_least_items(limit: usize) -> Rule {
        Rule::new("minItems", format!("must NOT have fewer than {limit} items"))
            .with(RuleParams::Limit(limit))
    }

    pub(crate) fn at_most_properties(limit: usize) -> Rule {
        Rule::new("maxProperties", format!("must NOT have more than {limit} properties"))
            .with(RuleParams::Limit(limit))
    }

    pub(crate) fn at_least_properties(limit: usize) -> Rule {
        Rule::new("minProperties", format!("must NOT have fewer than {limit} properties"))
            .with(RuleParams::Limit(limit))
    }

    pub(crate) fn no_additional_properties() -> Rule {
        Rule::new("additionalProperties", "must NOT have additional properties")
    }
}
