//! Explaining why texts or a received callback of a profile do not open.

use callback_profile::diagnosis::{DiagnoseOptions, Diagnosis};
use pyo3::prelude::*;
use zeroize::Zeroizing;

use super::held::Profile;
use crate::convert::expected::HeldExpected;
use crate::convert::input::{Flag, Str, Text, one_or_many, strs_of};
use crate::convert::{options, output};
use crate::error;
use crate::guard::guarded;

#[pymethods]
impl Profile {
    /// Explains why texts that should be this profile's do not open, or that they do.
    ///
    /// texts is one encrypted text or several that one cause must explain; in their place, body is a whole callback as it
    /// was received (for a GET or DELETE the URL or its query), and content_type the received one. expect has the values
    /// that the texts should have: of several texts in their order, of one text any of them. also has further profiles
    /// whose key may have been used, such as one with an older key. parameter is the name of the texts' parameter.
    ///
    /// Returns a types.Diagnosis, a dict: findings (best first, never empty; where nothing was found, the cause is
    /// "unknown"), excluded (the causes that were tried in vain) and judged_bytes. A proved value is in its finding only
    /// if show is True. sealed is the Expected of a sealed profile; without it neither age nor method, URL and profile id
    /// are checked.
    ///
    /// It is for the owner of the key, and never for the answer to a request: it says of any text how it could be
    /// decrypted. The GIL is released while it works.
    #[pyo3(
        signature = (
            texts=None, *, expect=None, also=None, parameter=None, body=None, content_type=None, show=Flag::NO,
            sealed=None
        ),
        text_signature = "($self, texts=None, *, expect=None, also=(), parameter=None, body=None, \
        content_type=None, show=False, sealed=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn diagnose<'py>(
        &self,
        py: Python<'py>,
        texts: Option<&Bound<'py, PyAny>>,
        expect: Option<&Bound<'py, PyAny>>,
        also: Option<&Bound<'py, PyAny>>,
        parameter: Option<Str<'_>>,
        body: Option<&Bound<'py, PyAny>>,
        content_type: Option<Str<'_>>,
        show: Flag,
        sealed: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| {
            let strings = one_or_many("texts", "str", texts)?;
            let expected = one_or_many("expect", "str", expect)?;
            let others = one_or_many::<Profile>("also", "Profile", also)?;
            let others: Vec<&callback_profile::Profile> =
                others.iter().map(|other| other.get().core()).collect();
            let received = body.map(received).transpose()?;
            let (strings, expected) = (strs_of("texts", &strings)?, strs_of("expect", &expected)?);
            let mut settings = DiagnoseOptions::default();
            settings.expected = &expected;
            settings.also = &others;
            settings.parameter = options::optional("parameter", parameter)?;
            settings.body = received.as_deref();
            settings.content_type = options::optional("content_type", content_type)?;
            settings.show = show.named("show")?;
            let sealed = HeldExpected::of("sealed", sealed, None)?;
            settings.sealed = sealed.as_ref().map(HeldExpected::expected);
            match (texts, body) {
                (None, None) => return Err(error::argument("texts or body must be given")),
                (Some(_), Some(_)) => return Err(error::argument("texts must not be given beside body")),
                _ => (),
            }
            let diagnosis: Diagnosis = py.detach(|| self.core().diagnose(&strings, &settings));
            output::value(py, &Zeroizing::new(diagnosis.to_json()))
        })
    }
}

/// The text of a received callback, exactly as it came: what a framework has parsed would not show what is wrong with it.
fn received<'a>(body: &'a Bound<'_, PyAny>) -> PyResult<Text<'a>> {
    Text::of("body", body)?.ok_or_else(|| error::wrong_type("body", "str or bytes", body))
}
