//! What a diagnosis says.

use zeroize::Zeroizing;

use super::cause::{Cause, Grade};
use super::settings::Settings;
use crate::json::{ArrayWriter, ObjectWriter, Output, push_string};
use crate::wiped::WipedText;

/// One explanation. `Debug` and JSON hold no key, no IV and, unless it was asked for, no value.
#[derive(Clone)]
pub struct Finding {
    pub(super) cause: Cause,
    pub(super) grade: Grade,
    pub(super) chance: Option<f64>,
    pub(super) detail: String,
    pub(super) settings: Option<Settings>,
    pub(super) value: Option<Zeroizing<String>>,
}

impl Finding {
    pub(super) fn new(cause: Cause, grade: Grade, detail: String) -> Finding {
        Finding { cause, grade, chance: None, detail, settings: None, value: None }
    }

    /// The row of the catalogue.
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// How sure it is.
    pub fn grade(&self) -> Grade {
        self.grade
    }

    /// How probable it is that random bytes would have led to this finding: the hypotheses that were tried times the
    /// probability that random bytes of the examined length are text. `None` unless decrypted text is the evidence.
    pub fn chance(&self) -> Option<f64> {
        self.chance
    }

    /// What was found, in a sentence.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// What the sender's program probably does, and what it should do.
    pub fn at_sender(&self) -> &'static str {
        self.cause.at_sender()
    }

    /// What the receiver can do.
    pub fn at_receiver(&self) -> &'static str {
        self.cause.at_receiver()
    }

    /// The change of wire format or profile under which the text opens, if there is one.
    pub fn settings(&self) -> Option<&Settings> {
        self.settings.as_ref()
    }

    /// The value, if it is proved and was [asked for](super::DiagnoseOptions::show).
    pub fn value(&self) -> Option<&str> {
        self.value.as_ref().map(|value| value.as_str())
    }

    fn write(&self, out: &mut WipedText) {
        let mut object = ObjectWriter::new(out);
        push_string(object.member("cause"), self.cause.name());
        push_string(object.member("grade"), self.grade.name());
        match self.chance {
            Some(chance) => object.member("chance").append(&format!("{chance:.1e}")),
            None => object.member("chance").append("null"),
        }
        push_string(object.member("detail"), &self.detail);
        push_string(object.member("at_sender"), self.at_sender());
        push_string(object.member("at_receiver"), self.at_receiver());
        match &self.settings {
            Some(settings) => settings.write(object.member("settings")),
            None => object.member("settings").append("null"),
        }
        if let Some(value) = self.value() {
            push_string(object.member("value"), value);
        }
        object.finish();
    }
}

impl std::fmt::Debug for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Finding")
            .field("cause", &self.cause)
            .field("grade", &self.grade)
            .field("chance", &self.chance)
            .field("detail", &self.detail)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// Why texts do not open: the findings, best first, and what was excluded.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    pub(super) findings: Vec<Finding>,
    pub(super) excluded: Vec<Cause>,
    pub(super) judged_bytes: usize,
}

impl Diagnosis {
    /// The findings, best first. Never empty: where nothing was found, [`Cause::Unknown`] is the one finding.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The causes that were tried and do not explain the texts, in the order of the catalogue.
    pub fn excluded(&self) -> &[Cause] {
        &self.excluded
    }

    /// How many decrypted bytes were examined, IV and tag not counted. Below about 12 nothing can be concluded without a tag.
    pub fn judged_bytes(&self) -> usize {
        self.judged_bytes
    }

    /// Whether a cause was found, [`Cause::Opens`] among them.
    pub fn is_found(&self) -> bool {
        self.findings.iter().any(|finding| finding.cause != Cause::Unknown)
    }

    /// The diagnosis as compact JSON: `{"findings": [{"cause", "grade", "chance", "detail", "at_sender", "at_receiver",
    /// "settings"}], "excluded": [cause, …], "judged_bytes": n}`; a finding has `value` too if it was asked for and is
    /// proved.
    pub fn to_json(&self) -> String {
        let mut out = WipedText::default();
        let mut object = ObjectWriter::new(&mut out);
        let mut findings = ArrayWriter::new(object.member("findings"));
        self.findings.iter().for_each(|finding| finding.write(findings.element()));
        findings.finish();
        let mut excluded = ArrayWriter::new(object.member("excluded"));
        self.excluded.iter().for_each(|cause| push_string(excluded.element(), cause.name()));
        excluded.finish();
        object.member("judged_bytes").append(&self.judged_bytes.to_string());
        object.finish();
        out.into_string()
    }
}
