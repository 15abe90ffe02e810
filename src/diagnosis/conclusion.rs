//! From what the search found to what is said.

use zeroize::Zeroizing;

use super::cause::{Cause, Grade};
use super::evidence::{PROVING_BYTES, examine, is_expected, text_of};
use super::finding::{Diagnosis, Finding};
use super::guess::Settled;
use super::look::look;
use super::options::{DiagnoseOptions, MAX_PROFILES, MAX_TEXT_LEN, MAX_TEXTS};
use super::probability::Probability;
use super::search::{Explanation, HIGHEST_CHANCE, NOT_EXPECTED, Question, Search};
use super::value::odd;
use crate::profile::{Encryption, Profile};

/// So many likely findings are listed.
const MOST_LIKELY: usize = 3;

/// Who asks, and what is known beside the texts.
#[derive(Clone, Copy)]
struct Case<'c> {
    profile: &'c Profile,
    enc: &'c Encryption,
    options: &'c DiagnoseOptions<'c>,
}

pub(super) fn of_texts(profile: &Profile, texts: &[&str], options: &DiagnoseOptions<'_>) -> Diagnosis {
    let Some(enc) = profile.encryption() else { return unknown("The profile encrypts nothing.", Vec::new()) };
    let case = Case { profile, enc, options };
    if texts.is_empty() {
        return unknown("There is no text.", Vec::new());
    }
    if texts.iter().any(|text| text.len() > MAX_TEXT_LEN) {
        return unknown("A text is longer than 4,096 bytes.", Vec::new());
    }
    let wrong = wrong_ones(enc, texts, options.expected);
    if wrong.is_empty() || wrong.len() == texts.len() {
        return of_first(case, texts, options.expected);
    }
    let (rest, expected): (Vec<&str>, Vec<Option<&str>>) = wrong.iter().copied().unzip();
    let expected: Vec<&str> = expected.into_iter().flatten().collect();
    let mut diagnosis = of_first(case, &rest, &expected);
    let right = texts.len().saturating_sub(rest.len());
    if let Some(first) = diagnosis.findings.first_mut() {
        first.detail = format!(
            "Of {} texts {right} open as they are; this is about the others. {}",
            texts.len(),
            first.detail
        );
    }
    diagnosis
}

/// The texts that are not known to be right, with their expected values. Right is one whose tag verifies, or whose value
/// is the expected one and long enough to prove it.
fn wrong_ones<'t>(
    enc: &Encryption,
    texts: &[&'t str],
    expected: &[&'t str],
) -> Vec<(&'t str, Option<&'t str>)> {
    let is_right = |text: &str, expected: Option<&str>| {
        let plaintext = enc.cipher().decrypt(text).map(Zeroizing::new);
        plaintext.is_ok_and(|plaintext| {
            let is_proof = plaintext.len() >= PROVING_BYTES
                && expected.is_some_and(|expected| expected.as_bytes() == plaintext.as_slice());
            enc.algorithm().is_gcm() || is_proof
        })
    };
    let expected = expected.iter().copied().map(Some).chain(std::iter::repeat(None));
    texts.iter().copied().zip(expected).filter(|(text, expected)| !is_right(text, *expected)).collect()
}

/// One cause for all of these texts, of which the first ones are examined.
fn of_first(case: Case<'_>, texts: &[&str], expected: &[&str]) -> Diagnosis {
    let texts = texts.get(..MAX_TEXTS).unwrap_or(texts);
    let diagnosis = with_expected(case, texts, expected);
    if diagnosis.is_found() || expected.is_empty() {
        return diagnosis;
    }
    // Perhaps the expected value is not the right one.
    let mut without = with_expected(case, texts, &[]);
    for finding in &mut without.findings {
        finding.detail.push_str(" It is not the expected value.");
    }
    if without.is_found() { without } else { diagnosis }
}

fn settled(enc: &Encryption) -> Settled<'_> {
    let (key, iv) = enc.key_and_iv();
    Settled { algorithm: enc.algorithm(), key, iv }
}

fn with_expected(case: Case<'_>, texts: &[&str], expected: &[&str]) -> Diagnosis {
    let Case { profile, enc, options } = case;
    let of_text = |index: usize| match texts {
        [_] => expected.to_vec(),
        _ => expected.get(index).copied().into_iter().collect(),
    };
    let own = settled(enc);
    let associated_data =
        [Some(own.iv), Some(own.key), options.parameter, Some(profile.title()), Some(profile.url())];
    let others = options.also.iter().enumerate().take(MAX_PROFILES);
    let question = Question {
        others: others.filter_map(|(index, other)| Some((index, settled(other.encryption()?)))).collect(),
        wire_format: *enc.cipher().wire_format(),
        texts,
        expected: (0..texts.len()).map(of_text).collect(),
        associated_data: associated_data.into_iter().flatten().map(str::as_bytes).collect(),
        own,
    };
    if let Some(diagnosis) = in_clear(&question) {
        return diagnosis;
    }
    let mut search = Search::new(&question);
    let own = opens(&question, enc, search.own(), options);
    if let Some(diagnosis) = own.as_ref().filter(|own| own.is_sure) {
        return diagnosis.diagnosis.clone();
    }
    let found = search.run();
    if let Some(proved) = found.proved {
        let examined_bytes = proved.evidence.examined;
        let value = shown(&proved, options);
        let mut finding = finding(proved, None);
        finding.value = value;
        return Diagnosis { findings: vec![finding], excluded: found.excluded, examined_bytes };
    }
    let best = found.likely.first().map_or(1.0, |(_, chance)| *chance);
    if let Some(own) = own.filter(|own| !own.is_likely || own.chance <= best) {
        return own.diagnosis;
    }
    let examined_bytes = found.likely.first().map_or(0, |(explanation, _)| explanation.evidence.examined);
    let look = by_look(&question);
    // The text of a container may well be text once it is decoded.
    let is_container = look.as_ref().is_some_and(|look| look.cause() == Cause::ForeignContainer);
    let mut findings: Vec<Finding> =
        look.into_iter().filter(|_| is_container || found.likely.is_empty()).collect();
    for (explanation, chance) in found.likely {
        let is_new = findings.iter().all(|known| known.cause() != explanation.cause);
        if !is_container && is_new && findings.len() < MOST_LIKELY {
            findings.push(finding(explanation, Some(chance)));
        }
    }
    if findings.is_empty() {
        let detail = match texts {
            [_] => {
                "None of the causes in the catalogue explains this. A value below about 12 bytes is too short to tell without a tag: give a longer value, several texts, or the expected value."
            }
            _ => {
                "None of the causes in the catalogue explains all of these texts. Give one of them alone, with its expected value."
            }
        };
        return unknown(detail, found.excluded);
    }
    // What the look shows may have been tried in vain: a text that is cut too short to be examined.
    let mut excluded = found.excluded;
    excluded.retain(|cause| findings.iter().all(|finding| finding.cause != *cause));
    Diagnosis { findings, excluded, examined_bytes }
}

/// The texts are the expected values, or empty where nothing encrypted is empty.
fn in_clear(question: &Question<'_>) -> Option<Diagnosis> {
    let all = |is_so: &dyn Fn(&str, &[&str]) -> bool| {
        question.texts.iter().zip(&question.expected).all(|(text, expected)| is_so(text, expected))
    };
    let said = |cause, detail: &str| {
        let findings = vec![Finding::new(cause, Grade::Proved, detail.to_owned())];
        let examined_bytes = question.texts.iter().map(|text| text.len()).sum();
        Some(Diagnosis { findings, excluded: Vec::new(), examined_bytes })
    };
    if question.own.algorithm.is_gcm() && all(&|text, _| text.is_empty()) {
        return said(Cause::EmptyNotEncrypted, "The text is empty; under GCM the empty value has a tag.");
    }
    let is_expected = |text: &str, expected: &[&str]| {
        !text.is_empty() && expected.iter().any(|value| *value == text || *value == text.trim())
    };
    if all(&is_expected) {
        return said(Cause::NotEncrypted, "The text is the expected value itself.");
    }
    None
}

/// What is said where the profile's own reading opens the texts.
struct Own {
    diagnosis: Diagnosis,
    /// Whether nothing else could be better.
    is_sure: bool,
    /// Whether it is likely, and no more.
    is_likely: bool,
    chance: f64,
}

fn opens(
    question: &Question<'_>,
    enc: &Encryption,
    own: Option<Explanation>,
    options: &DiagnoseOptions<'_>,
) -> Option<Own> {
    let decrypt = |text: &&str| enc.cipher().decrypt(text).ok().map(Zeroizing::new);
    let plaintexts: Vec<Zeroizing<Vec<u8>>> = question.texts.iter().map(decrypt).collect::<Option<_>>()?;
    let is_text = plaintexts.iter().all(|plaintext| std::str::from_utf8(plaintext).is_ok());
    let examined_bytes = plaintexts.iter().map(|plaintext| plaintext.len()).sum();
    let mut findings: Vec<Finding> =
        encrypted_twice(question, enc, &plaintexts, options).into_iter().collect();
    let is_twice = !findings.is_empty();
    let mut explanation = match own {
        Some(own) => own,
        // Under CFB any bytes come out: that they are UTF-8 says little where they are few or hold controls.
        None if is_text && question.expected.iter().all(Vec::is_empty) => {
            let of_each = plaintexts.iter().map(|plaintext| Probability::of_utf8(plaintext.len()));
            Explanation::opens(of_each.fold(Probability::CERTAIN, Probability::and), examined_bytes)
        }
        None if is_twice => {
            let diagnosis = Diagnosis { findings, excluded: Vec::new(), examined_bytes };
            return Some(Own { diagnosis, is_sure: true, is_likely: false, chance: 0.0 });
        }
        None => return None,
    };
    let value = shown(&explanation, options);
    let chance = explanation.chance(1);
    let grade = match (explanation.is_proof(), chance <= HIGHEST_CHANCE) {
        (true, _) => Grade::Proved,
        (false, true) => Grade::Likely,
        (false, false) => Grade::None,
    };
    if grade == Grade::None && !is_text {
        return None;
    }
    // Bytes in a character set of one byte are weak evidence: under CFB with another IV they may be but the first block.
    let is_sure = grade == Grade::Proved || (grade == Grade::Likely && is_text);
    let is_likely = grade == Grade::Likely;
    let chance = (!explanation.is_proof()).then_some(chance.min(1.0));
    let first = findings.len();
    if let Some(odd) = explanation.evidence.odd.take().filter(|_| !is_twice) {
        let detail = format!("It opens: {}.", odd.detail);
        findings.push(Finding::new(odd.cause, grade, detail));
    }
    // That the value once opened is not the expected one says nothing where it is encrypted again.
    explanation.details.retain(|detail| !is_twice || detail != NOT_EXPECTED);
    if is_text {
        explanation.details.insert(0, "the profile opens this text".to_owned());
        if grade == Grade::None {
            explanation.details.push(
                "it is too short to tell; give a longer value, several texts, or the expected value"
                    .to_owned(),
            );
        }
        findings.push(Finding::new(Cause::Opens, grade, sentence(&explanation.details)));
    }
    if findings.is_empty() {
        findings.push(Finding::new(
            Cause::OtherCharset,
            grade,
            "It opens: the value is in a character set other than UTF-8.".to_owned(),
        ));
    }
    let own = findings.get_mut(first..).unwrap_or_default();
    own.iter_mut().for_each(|finding| finding.chance = chance);
    if let Some(first) = own.first_mut() {
        first.value = value;
    }
    let diagnosis = Diagnosis { findings, excluded: Vec::new(), examined_bytes };
    Some(Own { diagnosis, is_sure, is_likely, chance: chance.unwrap_or(0.0) })
}

/// Whether every value opens once more.
fn encrypted_twice(
    question: &Question<'_>,
    enc: &Encryption,
    plaintexts: &[Zeroizing<Vec<u8>>],
    options: &DiagnoseOptions<'_>,
) -> Option<Finding> {
    let decrypt = |outer: &Zeroizing<Vec<u8>>| enc.cipher().decrypt(outer.as_slice()).map(Zeroizing::new);
    let inner: Vec<Zeroizing<Vec<u8>>> = plaintexts.iter().map(decrypt).collect::<Result<_, _>>().ok()?;
    let mut detail = "What comes out is encrypted once more, and opens again.".to_owned();
    let mut finding = if question.own.algorithm.is_gcm() {
        let is_right = |(inner, expected): (&Zeroizing<Vec<u8>>, &Vec<&str>)| {
            expected.is_empty() || is_expected(inner, odd(inner, true).as_ref(), expected)
        };
        if !inner.iter().zip(&question.expected).all(is_right) {
            detail.push_str(" The value is not the expected one.");
        }
        Finding::new(Cause::EncryptedTwice, Grade::Proved, detail)
    } else {
        let examined = inner
            .iter()
            .zip(&question.expected)
            .map(|(inner, expected)| examine(inner, expected, true).filter(|evidence| evidence.examined > 0));
        let evidence = examined.reduce(|all, one| all?.and(one?))??;
        let chance = evidence.probability.value();
        if chance > HIGHEST_CHANCE {
            return None;
        }
        let grade = if evidence.is_proof() { Grade::Proved } else { Grade::Likely };
        let mut finding = Finding::new(Cause::EncryptedTwice, grade, detail);
        finding.chance = (!evidence.is_proof()).then_some(chance);
        finding
    };
    finding.value = match inner.as_slice() {
        [inner] if options.show && finding.grade == Grade::Proved => text_of(inner),
        _ => None,
    };
    Some(finding)
}

fn finding(explanation: Explanation, chance: Option<f64>) -> Finding {
    let grade = if explanation.is_proof() { Grade::Proved } else { Grade::Likely };
    let mut details = explanation.details;
    details.extend(explanation.evidence.odd.iter().map(|odd| odd.detail.to_owned()));
    // Of a value in another character set the bytes are no UTF-8, and it does not open as text.
    let is_utf8 = explanation.evidence.odd.as_ref().is_none_or(|odd| odd.cause != Cause::OtherCharset);
    let opens = explanation.plaintexts.iter().all(|plaintext| std::str::from_utf8(plaintext).is_ok())
        && (is_utf8 || explanation.is_verified);
    Finding {
        cause: explanation.cause,
        grade,
        chance: chance.filter(|_| grade == Grade::Likely),
        detail: sentence(&details),
        settings: explanation.settings.filter(|_| opens),
        value: None,
    }
}

fn by_look(question: &Question<'_>) -> Option<Finding> {
    let looks = question.texts.iter().map(|text| look(text, question.own.algorithm, question.wire_format));
    let looks: Vec<_> = looks.collect::<Option<_>>()?;
    let (cause, detail) = *looks.first()?;
    let is_one = looks.iter().all(|(other, _)| *other == cause);
    is_one.then(|| Finding::new(cause, Grade::Spelling, sentence(&[detail.to_owned()])))
}

/// The one proved value, where it was asked for.
fn shown(explanation: &Explanation, options: &DiagnoseOptions<'_>) -> Option<Zeroizing<String>> {
    let [plaintext] = explanation.plaintexts.as_slice() else { return None };
    if !options.show || !explanation.is_proof() {
        return None;
    }
    match odd(plaintext, true).and_then(|odd| odd.inner) {
        Some(inner) => Some(inner),
        None => text_of(plaintext),
    }
}

pub(super) fn unknown(detail: &str, excluded: Vec<Cause>) -> Diagnosis {
    let findings = vec![Finding::new(Cause::Unknown, Grade::None, detail.to_owned())];
    Diagnosis { findings, excluded, examined_bytes: 0 }
}

/// The parts as one sentence.
pub(super) fn sentence(parts: &[String]) -> String {
    let joined = parts.join("; ");
    let mut characters = joined.chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str()),
        None => joined,
    }
}
