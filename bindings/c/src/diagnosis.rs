//! Diagnosis: why a text or a received callback does not open.

use cbp::diagnosis::{Diagnosis, Finding};

use crate::bytes::cbp_bytes;
use crate::convert::{object, out};
use crate::diagnose_options::cbp_diagnose_options;
use crate::error::{cbp_error, cbp_status};
use crate::guard;
use crate::profile::cbp_profile;
use crate::text::{cbp_str, texts as text_list};

/// Why texts do not open: the findings, best first, and what was excluded. The caller frees it with cbp_diagnosis_free(), which
/// overwrites a shown value. It never changes, so threads may share it.
pub struct cbp_diagnosis {
    diagnosis: Diagnosis,
    /// Of each finding.
    settings: Vec<Option<String>>,
}

/// Explains why texts that should be this profile's do not open, or that they do: the encrypted texts of one or several
/// parameters, or a whole callback if `options` have a body. One cause must explain all texts; at most 16 of them are examined,
/// of at most 4,096 bytes each. `options` may be NULL.
///
/// **This is an oracle, for the owner of the key**: it says how a text could be decrypted, so no answer to a request may depend
/// on it or contain it. cbp_profile_open() never uses it. It holds no key and no IV, and a value only if
/// cbp_diagnose_options_set_show() asks for it.
///
/// What cannot be explained is a success too, with the one finding `unknown`. Error: CBP_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnose(
    profile: *const cbp_profile,
    texts: *const cbp_str,
    text_count: usize,
    options: *const cbp_diagnose_options,
    diagnosis: *mut *mut cbp_diagnosis,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, texts, result) =
            unsafe { (object(profile)?, text_list(texts, text_count)?, out(diagnosis)?) };
        // SAFETY: NULL or live, by the contract of the header.
        let diagnosis = match unsafe { options.as_ref() } {
            Some(options) => options.with(|options| profile.0.diagnose(&texts, options)),
            None => cbp_diagnose_options::default().with(|options| profile.0.diagnose(&texts, options)),
        };
        let settings = diagnosis.findings().iter();
        let settings = settings.map(|finding| Some(finding.settings()?.to_json())).collect();
        result.give(cbp_diagnosis { diagnosis, settings });
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Whether a cause was found, `opens` among them: false if `unknown` is the one finding.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_is_found(diagnosis: *const cbp_diagnosis) -> bool {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(diagnosis, false, |diagnosis| Some(diagnosis.diagnosis.is_found())) }
}

/// The number of findings: at least 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_finding_count(diagnosis: *const cbp_diagnosis) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(diagnosis, 0, |diagnosis| Some(diagnosis.diagnosis.findings().len())) }
}

/// The cause of the finding at `index`, from 0, by its name in the catalogue: `tag_first`, `opens`, `unknown`. Static text;
/// later versions may add some. Its `data` is NULL if there is no such finding.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_finding_cause(
    diagnosis: *const cbp_diagnosis,
    index: usize,
) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(diagnosis, cbp_str::NONE, |diagnosis| {
            diagnosis.finding(index).map(|finding| cbp_str::of(finding.cause().name()))
        })
    }
}

/// How sure the finding at `index` is; static text:
///
/// - `proved`: a tag verifies under the changed assumption, or at least 8 bytes of the expected value match.
/// - `likely`: it decrypts to text, which random bytes would do with the chance of cbp_diagnosis_finding_chance() only.
/// - `spelling`: told from the look of the text alone.
/// - `none`: not sure at all; nothing was found, or the text is too short to tell.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_finding_grade(
    diagnosis: *const cbp_diagnosis,
    index: usize,
) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(diagnosis, cbp_str::NONE, |diagnosis| {
            diagnosis.finding(index).map(|finding| cbp_str::of(finding.grade().name()))
        })
    }
}

/// How probable it is, from 0 to 1, that random bytes would have led to the finding at `index`. Not a number (NaN, which
/// compares as false with everything) unless decrypted text is the evidence, or if there is no such finding.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_finding_chance(diagnosis: *const cbp_diagnosis, index: usize) -> f64 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(diagnosis, f64::NAN, |diagnosis| diagnosis.finding(index)?.chance()) }
}

/// What was found, in a sentence.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_finding_detail(
    diagnosis: *const cbp_diagnosis,
    index: usize,
) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(diagnosis, cbp_str::NONE, |diagnosis| {
            diagnosis.finding(index).map(|finding| cbp_str::of(finding.detail()))
        })
    }
}

/// What the sender's program probably does, and what it should do. Static text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_finding_at_sender(
    diagnosis: *const cbp_diagnosis,
    index: usize,
) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(diagnosis, cbp_str::NONE, |diagnosis| {
            diagnosis.finding(index).map(|finding| cbp_str::of(finding.at_sender()))
        })
    }
}

/// What the receiver can do. Static text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_finding_at_receiver(
    diagnosis: *const cbp_diagnosis,
    index: usize,
) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(diagnosis, cbp_str::NONE, |diagnosis| {
            diagnosis.finding(index).map(|finding| cbp_str::of(finding.at_receiver()))
        })
    }
}

/// The change of wire format or profile under which the text opens, as a JSON object: those of the members `encoding`, `tag`,
/// `reading`, `algo`, `key` and `IV` (what has to be done to them, in words) and `profile` (an index into those of
/// cbp_diagnose_options_set_also()) that apply. Its `data` is NULL if no such change is known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_finding_settings(
    diagnosis: *const cbp_diagnosis,
    index: usize,
) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(diagnosis, cbp_str::NONE, |diagnosis| {
            diagnosis.settings.get(index).map(|settings| cbp_str::of_option(settings.as_deref()))
        })
    }
}

/// The decrypted value, if it is proved and cbp_diagnose_options_set_show() asked for it; otherwise its `data` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_finding_value(
    diagnosis: *const cbp_diagnosis,
    index: usize,
) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(diagnosis, cbp_str::NONE, |diagnosis| {
            diagnosis.finding(index).map(|finding| cbp_str::of_option(finding.value()))
        })
    }
}

/// The number of causes that were tried and do not explain the texts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_excluded_count(diagnosis: *const cbp_diagnosis) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(diagnosis, 0, |diagnosis| Some(diagnosis.diagnosis.excluded().len())) }
}

/// The excluded cause at `index`, from 0 and in the order of the catalogue, by its name. Static text; its `data` is NULL if
/// there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_excluded(diagnosis: *const cbp_diagnosis, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(diagnosis, cbp_str::NONE, |diagnosis| {
            diagnosis.diagnosis.excluded().get(index).map(|cause| cbp_str::of(cause.name()))
        })
    }
}

/// How many decrypted bytes were examined, IV and tag not counted. Below about 12, little can be concluded without a tag.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_judged_bytes(diagnosis: *const cbp_diagnosis) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(diagnosis, 0, |diagnosis| Some(diagnosis.diagnosis.judged_bytes())) }
}

/// The diagnosis as compact JSON: `{"findings": [{"cause", "grade", "chance", "detail", "at_sender", "at_receiver",
/// "settings"}], "excluded": [cause, …], "judged_bytes": n}`, with a `value` where one is shown. The caller frees `*json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_to_json(
    diagnosis: *const cbp_diagnosis,
    json: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL, or live and valid for a write, by the contract of the header.
        let (diagnosis, json) = unsafe { (object(diagnosis)?, out(json)?) };
        json.give(cbp_bytes::of_text(diagnosis.diagnosis.to_json()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Overwrites a shown value and frees a diagnosis. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnosis_free(diagnosis: *mut cbp_diagnosis) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(diagnosis) }
}

impl cbp_diagnosis {
    fn finding(&self, index: usize) -> Option<&Finding> {
        self.diagnosis.findings().get(index)
    }
}

#[cfg(test)]
mod tests {
    use cbp::Profile;
    use cbp::diagnosis::DiagnoseOptions;

    use super::*;
    use crate::bytes::{cbp_bytes_data, cbp_bytes_free, cbp_bytes_len};

    /// The JSON of C is that of the core, byte for byte.
    #[test]
    fn json_is_that_of_the_core() {
        let payload = |algorithm: &str| {
            format!(
                r#"{{"title":"sms","http_method":"POST","url":"https://example.com/","body":{{"to":"<to>"}},"enc":{{"algo":"{algorithm}","key":"K1abcdefghijkl2P","IV":"POabcdefghijklLY"}}}}"#
            )
        };
        for (algorithm, text) in [
            ("AES-128-GCM", "QPVsjp1IZmbfEkloi3T+9gL8sDxcGK2790HNkj8="),
            ("AES-128-CFB", "hI0izbdzQmxjgF/+gQ=="),
            ("AES-128-CFB", "\u{fffd}\"\n"),
            ("AES-128-GCM", ""),
        ] {
            let profile = cbp_profile(Profile::parse(payload(algorithm)).unwrap());
            let expected = profile.0.diagnose(&[text], &DiagnoseOptions::default()).to_json();
            let (mut diagnosis, mut json) = (std::ptr::null_mut(), std::ptr::null_mut());
            let texts = [cbp_str::of(text)];
            let (none, error) = (std::ptr::null(), std::ptr::null_mut());
            // SAFETY: all pointers are live, or NULL where that is allowed.
            let got = unsafe {
                assert_eq!(cbp_diagnose(&profile, texts.as_ptr(), 1, none, &mut diagnosis, error), 0);
                assert_eq!(cbp_diagnosis_to_json(diagnosis, &mut json, error), 0);
                let bytes = std::slice::from_raw_parts(cbp_bytes_data(json).cast(), cbp_bytes_len(json));
                let copy = String::from_utf8(bytes.to_vec()).unwrap();
                cbp_bytes_free(json);
                cbp_diagnosis_free(diagnosis);
                copy
            };
            assert_eq!(got, expected);
        }
    }
}
