//! What is expected of a sealed callback, from Python's dataclass `Expected`.

use callback_profile::Method;
use callback_profile::seal::{Expected, Freshness};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyType};

use super::defaults;
use super::input::str_of;
use super::seconds::seconds;
use crate::error;

/// The members of an `Expected`.
pub(crate) struct HeldExpected {
    freshness: Freshness,
    method: Option<Method>,
    url: Option<String>,
    profile_id: Option<String>,
}

impl HeldExpected {
    /// The members of the argument `name`, which may be None. Where it has no time of its own, `now` is taken, or the
    /// clock's.
    pub(crate) fn of(
        name: &str,
        value: Option<&Bound<'_, PyAny>>,
        now: Option<u64>,
    ) -> PyResult<Option<HeldExpected>> {
        static EXPECTED: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let Some(value) = value else { return Ok(None) };
        let py = value.py();
        if !value.is_instance(EXPECTED.import(py, "callback_profile.types", "Expected")?)? {
            return Err(error::wrong_type(name, "Expected", value));
        }
        let member = |member: &str| {
            let value = value.getattr(member)?;
            PyResult::Ok((format!("{name}.{member}"), (!value.is_none()).then_some(value)))
        };
        let text = |of: &str| match member(of)? {
            (_, None) => Ok(None),
            (name, Some(text)) => match text.cast::<PyString>() {
                Ok(text) => str_of(&name, text).map(|text| Some(text.to_owned())),
                Err(_) => Err(error::wrong_type(&name, "str or None", &text)),
            },
        };
        let number = |of: &str| {
            let (name, number) = member(of)?;
            number.map(|number| seconds(&name, &number)).transpose()
        };
        let method = text("method")?.map(|method| Method::from_name(&method).ok_or(()));
        let method = method.transpose().map_err(|()| {
            error::argument(format!("{name}.method must be 'GET', 'POST', 'PUT' or 'DELETE', or None"))
        })?;
        let own = number("now")?.or(now);
        let freshness = match number("tolerance")? {
            None => Freshness::NotChecked,
            Some(tolerance) => {
                Freshness::Within { now: own.map_or_else(|| defaults::now(py), Ok)?, tolerance }
            }
        };
        Ok(Some(HeldExpected { freshness, method, url: text("url")?, profile_id: text("profile_id")? }))
    }

    pub(crate) fn expected(&self) -> Expected<'_> {
        Expected {
            freshness: self.freshness,
            method: self.method,
            url: self.url.as_deref(),
            profile_id: self.profile_id.as_deref(),
        }
    }
}
