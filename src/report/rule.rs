//! A broken rule in the platform's words: those of Ajv for its own keywords, ours in the same style for the others.

/// A broken rule: its keyword, and the sentence without its subject.
pub(crate) struct Rule {
    pub(super) keyword: &'static str,
    pub(super) text: String,
}

impl Rule {
    /// A rule that Ajv does not have.
    pub(crate) fn new(keyword: &'static str, text: impl Into<String>) -> Rule {
        Rule { keyword, text: text.into() }
    }

    pub(crate) fn required(name: &str) -> Rule {
        Rule::new("required", format!("must have required property '{name}'"))
    }

    pub(crate) fn type_is(name: &str) -> Rule {
        Rule::new("type", format!("must be {name}"))
    }

    pub(crate) fn one_of_the_allowed_values() -> Rule {
        Rule::new("enum", "must be equal to one of the allowed values")
    }

    pub(crate) fn at_most_characters(limit: usize) -> Rule {
        Rule::new("maxLength", format!("must NOT have more than {limit} characters"))
    }

    pub(crate) fn at_least_characters(limit: usize) -> Rule {
        Rule::new("minLength", format!("must NOT have fewer than {limit} characters"))
    }

    pub(crate) fn pattern(pattern: &str) -> Rule {
        Rule::new("pattern", format!("must match pattern \"{pattern}\""))
    }

    pub(crate) fn at_most_items(limit: usize) -> Rule {
        Rule::new("maxItems", format!("must NOT have more than {limit} items"))
    }

    pub(crate) fn at_least_items(limit: usize) -> Rule {
        Rule::new("minItems", format!("must NOT have fewer than {limit} items"))
    }

    pub(crate) fn at_most_properties(limit: usize) -> Rule {
        Rule::new("maxProperties", format!("must NOT have more than {limit} properties"))
    }

    pub(crate) fn at_least_properties(limit: usize) -> Rule {
        Rule::new("minProperties", format!("must NOT have fewer than {limit} properties"))
    }

    pub(crate) fn no_additional_properties() -> Rule {
        Rule::new("additionalProperties", "must NOT have additional properties")
    }
}
