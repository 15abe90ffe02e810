//! The search: hypotheses of few deviations before those of many, proofs before probabilities.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::cause::Cause;
use super::evidence::{Evidence, is_expected};
use super::guess::{IvGuess, KeyGuess, Settled, ivs, keys};
use super::layout::{Attempt, Layout, Outcome, in_clear};
use super::modes::{Mode, Prepared};
use super::probability::Probability;
use super::reading::{Reading, Sealed, readings};
use super::settings::{Changed, Settings};
use super::value::odd;
use crate::cipher::{Algorithm, IV_LEN, TAG_LEN, TagPlacement, WireFormat};

/// So many deviations may explain a text that is likely only.
const MOST_DEVIATIONS: usize = 2;
/// So many may be proved by a tag.
const MOST_PROVED_DEVIATIONS: usize = 3;

/// What is said of a verified value that is not the expected one.
pub(super) const NOT_EXPECTED: &str = "the value is not the expected one";

/// Not said above this chance.
pub(super) const HIGHEST_CHANCE: f64 = 1e-3;

/// What is diagnosed.
pub(super) struct Question<'a> {
    pub(super) own: Settled<'a>,
    /// Further profiles that encrypt, with their places in the caller's list.
    pub(super) others: Vec<(usize, Settled<'a>)>,
    pub(super) wire_format: WireFormat,
    pub(super) texts: &'a [&'a str],
    /// The values that each text may have; none if nothing is expected.
    pub(super) expected: Vec<Vec<&'a str>>,
    pub(super) associated_data: Vec<&'a [u8]>,
}

/// A hypothesis that something speaks for.
pub(super) struct Explanation {
    pub(super) cause: Cause,
    /// What deviates beside the cause.
    pub(super) others: Vec<Cause>,
    pub(super) details: Vec<String>,
    pub(super) evidence: Evidence,
    /// A tag verifies for every text.
    pub(super) is_verified: bool,
    /// Of a verified hypothesis.
    pub(super) plaintexts: Vec<Zeroizing<Vec<u8>>>,
    pub(super) settings: Option<Settings>,
}

impl Explanation {
    /// The profile's own reading, for which only this probability speaks.
    pub(super) fn opens(probability: Probability, examined: usize) -> Explanation {
        Explanation {
            cause: Cause::Opens,
            others: Vec::new(),
            details: Vec::new(),
            evidence: Evidence { probability, examined, ..Evidence::none() },
            is_verified: false,
            plaintexts: Vec::new(),
            settings: None,
        }
    }

    pub(super) fn is_proof(&self) -> bool {
        self.is_verified || self.evidence.is_proof()
    }

    /// How probable it is that one of so many hypotheses looks like this by chance.
    pub(super) fn chance(&self, tried: usize) -> f64 {
        self.evidence.probability.times(tried).value()
    }
}

/// What the search found.
pub(super) struct Found {
    pub(super) proved: Option<Explanation>,
    /// Those of the fewest deviations, best first, with their chances.
    pub(super) likely: Vec<(Explanation, f64)>,
    pub(super) excluded: Vec<Cause>,
}

pub(super) struct Search<'a> {
    question: &'a Question<'a>,
    readings: Vec<Reading>,
    keys: Vec<KeyGuess>,
    ivs: Vec<IvGuess>,
    tried: usize,
    /// Whether anything spoke for each cause that was tried alone.
    supported: BTreeMap<Cause, bool>,
}

/// One way in which the texts may have been made.
#[derive(Clone, Copy)]
struct Hypothesis<'h> {
    key: &'h KeyGuess,
    iv: &'h IvGuess,
    mode: Mode,
    /// Whether the mode is neither the profile's nor that of the key's profile.
    is_other_mode: bool,
    layout: Layout,
    reading: &'h Reading,
}

impl<'a> Search<'a> {
    pub(super) fn new(question: &'a Question<'a>) -> Search<'a> {
        Search {
            question,
            readings: readings(
                question.texts,
                question.wire_format,
                question.expected.iter().any(|expected| !expected.is_empty()),
            ),
            keys: keys(&question.own, &question.others),
            ivs: ivs(&question.own),
            tried: 0,
            supported: BTreeMap::new(),
        }
    }

    /// The profile's own reading, if the texts can be read so at all.
    pub(super) fn own(&mut self) -> Option<Explanation> {
        let mut explanations = self.level(0);
        explanations.pop()
    }

    /// All hypotheses, those of one deviation first. Ends at the first proof.
    pub(super) fn run(mut self) -> Found {
        let (mut proved, mut likely) = (None, Vec::new());
        for deviations in 1..=MOST_PROVED_DEVIATIONS {
            let explanations = self.level(deviations);
            let (proofs, others): (Vec<_>, Vec<_>) =
                explanations.into_iter().partition(Explanation::is_proof);
            if let Some(proof) = proofs.into_iter().next() {
                proved = Some(proof);
                break;
            }
            if likely.is_empty() {
                let with_chance = |explanation: Explanation| {
                    let chance = explanation.chance(self.tried);
                    (explanation, chance)
                };
                likely = others.into_iter().map(with_chance).collect();
                likely.retain(|(_, chance)| *chance <= HIGHEST_CHANCE);
            }
        }
        likely.sort_by(|(_, one), (_, other)| one.total_cmp(other));
        // A cause that alone explains nothing may still be one of several.
        let found = proved.iter().chain(likely.iter().map(|(explanation, _)| explanation));
        for explanation in found {
            for cause in explanation.others.iter().chain([&explanation.cause]) {
                self.supported.remove(cause);
            }
        }
        let is_excluded = |(cause, supported): (Cause, bool)| (!supported).then_some(cause);
        let excluded = self.supported.into_iter().filter_map(is_excluded).collect();
        Found { proved, likely, excluded }
    }

    /// What speaks for the hypotheses of exactly so many deviations; a proof is the last of them.
    fn level(&mut self, deviations: usize) -> Vec<Explanation> {
        let mut explanations = Vec::new();
        if deviations > 0 {
            self.in_clear(deviations, &mut explanations);
        }
        // An IV that can be derived is a better explanation than one that nobody knows.
        for is_iv_unknown in [false, true] {
            self.keys_and_ivs(deviations, is_iv_unknown, &mut explanations);
            if explanations.last().is_some_and(Explanation::is_proof) {
                return explanations.split_off(explanations.len().saturating_sub(1));
            }
        }
        explanations
    }

    /// The hypotheses of so many deviations under each key, IV and mode, up to the first proof.
    fn keys_and_ivs(&mut self, deviations: usize, is_iv_unknown: bool, explanations: &mut Vec<Explanation>) {
        let own_mode = self.question.own.mode();
        for key in 0..self.keys.len() {
            for iv in 0..self.ivs.len() {
                for mode in Mode::ALL {
                    if explanations.last().is_some_and(Explanation::is_proof) {
                        return;
                    }
                    let (Some(key), Some(iv)) = (self.keys.get(key), self.ivs.get(iv)) else { continue };
                    let is_other_mode = mode != key.mode.unwrap_or(own_mode);
                    let fixed = [key.cause.is_some(), iv.cause.is_some(), is_other_mode];
                    let fixed = fixed.iter().filter(|deviates| **deviates).count();
                    let Some(rest) = deviations.checked_sub(fixed) else { continue };
                    // Another profile has its own mode, and a swapped key its IV.
                    let is_settled = (key.mode.is_some() && is_other_mode)
                        || (key.iv.is_some() && iv.cause.is_some())
                        || (mode == Mode::Ecb && iv.cause.is_some())
                        || (is_iv_unknown && (iv.cause.is_some() || key.iv.is_some()));
                    let is_worthwhile = deviations <= MOST_DEVIATIONS || mode == Mode::Gcm;
                    if is_settled || !is_worthwhile {
                        continue;
                    }
                    let first = self.readings.first();
                    let Some(reading) = first else { return };
                    let hypothesis =
                        Hypothesis { key, iv, mode, is_other_mode, layout: Layout::Own, reading };
                    let (tried, found) = self.under(hypothesis, deviations, rest, is_iv_unknown);
                    for (cause, is_supported) in tried {
                        self.tried = self.tried.saturating_add(1);
                        if let Some(cause) = cause {
                            *self.supported.entry(cause).or_default() |= is_supported;
                        }
                    }
                    explanations.extend(found);
                }
            }
        }
    }

    /// All layouts and readings of `rest` deviations under one key, IV and mode: what was tried, and what it gave.
    fn under(
        &self,
        base: Hypothesis<'_>,
        deviations: usize,
        rest: usize,
        is_iv_unknown: bool,
    ) -> (Vec<(Option<Cause>, bool)>, Vec<Explanation>) {
        let (mut tried, mut found) = (Vec::new(), Vec::new());
        let iv = base.key.iv.as_ref().unwrap_or(&base.iv.iv);
        let Some(prepared) = Prepared::new(base.mode, &base.key.key, iv) else { return (tried, found) };
        let attempt = Attempt {
            mode: base.mode,
            key: &base.key.key,
            iv,
            prepared: &prepared,
            tag: self.question.wire_format.tag,
            associated_data: &self.question.associated_data,
            is_whole: true,
        };
        for layout in Layout::of(base.mode) {
            if (layout == Layout::IvUnknown) != is_iv_unknown {
                continue;
            }
            let is_other_iv = base.iv.cause.is_some() || base.key.iv.is_some();
            if (layout.has_iv() && is_other_iv) || (deviations > MOST_DEVIATIONS && !layout.is_verified()) {
                continue;
            }
            let Some(of_reading) = rest.checked_sub(usize::from(layout != Layout::Own)) else { continue };
            for reading in self.readings.iter().filter(|reading| reading.deviations == of_reading) {
                let hypothesis = Hypothesis { layout, reading, ..base };
                let attempt = Attempt { is_whole: reading.is_whole, ..attempt };
                let Some(outcome) = self.tested(&attempt, hypothesis) else { continue };
                let alone =
                    if deviations == 1 { hypothesis.causes().next().map(|(cause, _)| cause) } else { None };
                tried.push((alone, outcome.is_some()));
                let is_proof = outcome.as_ref().is_some_and(Explanation::is_proof);
                found.extend(outcome);
                if is_proof {
                    return (tried, found);
                }
            }
        }
        (tried, found)
    }

    /// One hypothesis on all texts: `None` if it cannot be tried, `Some(None)` if it is refuted.
    fn tested(&self, attempt: &Attempt<'_>, hypothesis: Hypothesis<'_>) -> Option<Option<Explanation>> {
        let mut evidence = Evidence::none();
        let (mut plaintexts, mut remarks, mut is_verified) = (Vec::new(), Vec::new(), true);
        for (sealed, expected) in hypothesis.reading.texts.iter().zip(&self.question.expected) {
            let of_text = match attempt.on(hypothesis.layout, sealed, expected) {
                Outcome::NotApplicable => return None,
                Outcome::Refuted => return Some(None),
                Outcome::Supported(of_text) => {
                    is_verified = false;
                    of_text
                }
                Outcome::Verified { plaintext, remark } => {
                    let odd = odd(&plaintext, true);
                    if !expected.is_empty() && !is_expected(&plaintext, odd.as_ref(), expected) {
                        remarks.push(NOT_EXPECTED);
                    }
                    remarks.push(remark);
                    let examined = plaintext.len();
                    plaintexts.push(plaintext);
                    Evidence { probability: Probability::of_bytes(TAG_LEN), matched: 0, examined, odd }
                }
            };
            match evidence.and(of_text) {
                Some(all) => evidence = all,
                None => return Some(None),
            }
        }
        let (causes, mut details): (Vec<Cause>, Vec<String>) = hypothesis.causes().unzip();
        let (cause, others) = match causes.split_first() {
            Some((cause, others)) => (*cause, others.to_vec()),
            None => (Cause::Opens, Vec::new()),
        };
        if hypothesis.mode.begins_like_cfb()
            && evidence.examined <= IV_LEN
            && !hypothesis.layout.has_tag(hypothesis.mode)
        {
            details.push("CFB, OFB and CTR look the same up to 16 bytes".to_owned());
        }
        for remark in remarks.into_iter().filter(|remark| !remark.is_empty()).map(str::to_owned) {
            if !details.contains(&remark) {
                details.push(remark);
            }
        }
        let settings = self.settings(hypothesis);
        Some(Some(Explanation { cause, others, details, evidence, is_verified, plaintexts, settings }))
    }

    /// The values themselves, encoded and not encrypted.
    fn in_clear(&mut self, deviations: usize, explanations: &mut Vec<Explanation>) {
        let encoded = deviations.saturating_sub(1);
        for reading in self.readings.iter().filter(|reading| reading.deviations == encoded) {
            let mut all = Some(Evidence::none());
            for (sealed, expected) in reading.texts.iter().zip(&self.question.expected) {
                let Sealed::Whole(bytes) = sealed else {
                    all = None;
                    break;
                };
                all = match in_clear(bytes, expected) {
                    Outcome::Supported(evidence) => all.and_then(|all| all.and(evidence)),
                    _ => None,
                };
            }
            self.tried = self.tried.saturating_add(1);
            *self.supported.entry(Cause::OnlyBase64).or_default() |= all.is_some();
            let Some(evidence) = all else { continue };
            let mut details = vec!["it is encoded and not encrypted".to_owned()];
            details.extend(reading.details.iter().map(|detail| (*detail).to_owned()));
            explanations.push(Explanation {
                cause: Cause::OnlyBase64,
                others: reading.cause.into_iter().collect(),
                details,
                evidence,
                is_verified: false,
                plaintexts: Vec::new(),
                settings: None,
            });
        }
    }

    /// What the receiver has to change for this hypothesis, if that is all.
    fn settings(&self, hypothesis: Hypothesis<'_>) -> Option<Settings> {
        let own = &self.question.own;
        let mut format = hypothesis.reading.wire_format?;
        match hypothesis.layout {
            Layout::Own => {}
            Layout::TagFirst => {
                format.tag = match format.tag {
                    TagPlacement::Appended => TagPlacement::Prepended,
                    TagPlacement::Prepended => TagPlacement::Appended,
                }
            }
            _ => return None,
        }
        let text = |bytes: &[u8]| {
            let text = std::str::from_utf8(bytes).ok()?;
            let is_allowed = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            is_allowed.then(|| Zeroizing::new(text.to_owned()))
        };
        let iv = hypothesis.key.iv.as_ref().unwrap_or(&hypothesis.iv.iv);
        let (key, iv) = (text(&hypothesis.key.key)?, text(iv).filter(|iv| iv.len() == IV_LEN)?);
        let algorithm = Algorithm::ALL.iter().copied().find(|algorithm| {
            algorithm.is_gcm() == (hypothesis.mode == Mode::Gcm) && algorithm.key_len() == key.len()
        })?;
        if !matches!(hypothesis.mode, Mode::Gcm | Mode::Cfb) || hypothesis.deviations() == 0 {
            return None;
        }
        let detail = |detail: &'static str| if detail.is_empty() { hypothesis.key.detail } else { detail };
        Some(Settings {
            wire_format: (format != self.question.wire_format).then_some(format),
            algorithm: (algorithm != own.algorithm).then_some(algorithm),
            key: (key.as_str() != own.key).then(|| Changed { text: key, detail: hypothesis.key.detail }),
            iv: (iv.as_str() != own.iv).then(|| Changed { text: iv, detail: detail(hypothesis.iv.detail) }),
            profile: hypothesis.key.profile,
        })
    }
}

impl Hypothesis<'_> {
    /// What deviates, the deepest first: that is the cause, the others are told beside it.
    fn causes(&self) -> impl Iterator<Item = (Cause, String)> {
        let mode = self.is_other_mode.then(|| (self.mode.cause(), self.mode.detail().to_owned()));
        let of_reading = |cause| (cause, self.reading.details.join("; "));
        [
            self.key.cause.map(|cause| (cause, self.key.detail.to_owned())),
            mode,
            self.iv.cause.map(|cause| (cause, self.iv.detail.to_owned())),
            // The tag is lost with the end of the text.
            self.layout
                .cause()
                .filter(|cause| self.reading.is_whole || *cause != Cause::TagMissing)
                .map(|cause| (cause, self.layout.detail())),
            self.reading.cause.map(of_reading),
        ]
        .into_iter()
        .flatten()
    }

    fn deviations(&self) -> usize {
        let others = [
            self.key.cause.is_some(),
            self.is_other_mode,
            self.iv.cause.is_some(),
            self.layout != Layout::Own,
        ];
        self.reading.deviations.saturating_add(others.iter().filter(|deviates| **deviates).count())
    }
}
