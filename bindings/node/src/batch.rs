//! Many inputs in one call, on this thread or on the pool.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use callback_profile::ErrorCode;
use napi::bindgen_prelude::{AsyncTask, Either, ToNapiValue, TypeName};
use napi::{Env, Task};
use napi_derive::napi;

use crate::callback::{Callback, single};
use crate::failure::{Failed, Failure, Outcome, number, outcome};
use crate::input::{Text, owned};
use crate::profile::{ProfileHandle, RenderSettings, open};

/// Tells a running batch that nobody waits for it any more.
#[napi]
pub struct Cancel {
    flag: Arc<AtomicBool>,
}

#[napi]
impl Cancel {
    #[napi(constructor, catch_unwind)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Cancel {
        Cancel { flag: Arc::new(AtomicBool::new(false)) }
    }

    #[napi(catch_unwind)]
    pub fn cancel(&self) {
        self.flag.store(true, Ordering::Relaxed);
    }
}

type Work<T> = Box<dyn Fn(usize, &[u8]) -> Result<T, Failure> + Send>;

/// A batch on a worker thread: owned inputs, stopped by [`Cancel`], panics caught.
pub struct Guarded<T> {
    inputs: Vec<Vec<u8>>,
    cancelled: Arc<AtomicBool>,
    work: Work<T>,
}

impl<T> Guarded<T> {
    pub(crate) fn new(
        inputs: Vec<Vec<u8>>,
        cancel: &Cancel,
        work: impl Fn(usize, &[u8]) -> Result<T, Failure> + Send + 'static,
    ) -> Guarded<T> {
        Guarded { inputs, cancelled: Arc::clone(&cancel.flag), work: Box::new(work) }
    }
}

impl<T: Send + ToNapiValue + TypeName + 'static> Task for Guarded<T> {
    type Output = Result<Vec<T>, Failure>;
    type JsValue = Outcome<Vec<T>>;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        let run = || all(&self.inputs, &self.work, || self.cancelled.load(Ordering::Relaxed));
        Ok(catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err(Failure::of_code(ErrorCode::Internal))))
    }

    fn resolve(&mut self, _env: Env, output: Self::Output) -> napi::Result<Self::JsValue> {
        Ok(match output {
            Ok(results) => Either::A(results),
            Err(failure) => Either::B(Failed { failure }),
        })
    }
}

/// Every result, or the first failure with the place of its input.
fn all<T>(
    inputs: &[Vec<u8>],
    work: impl Fn(usize, &[u8]) -> Result<T, Failure>,
    is_cancelled: impl Fn() -> bool,
) -> Result<Vec<T>, Failure> {
    let mut results = Vec::with_capacity(inputs.len());
    for (index, input) in inputs.iter().enumerate() {
        if is_cancelled() {
            return Err(Failure::argument("cancelled"));
        }
        let result =
            work(index, input).map_err(|failure| Failure { index: Some(number(index)), ..failure })?;
        results.push(result);
    }
    Ok(results)
}

fn each_owned(texts: Vec<Text>) -> Vec<Vec<u8>> {
    texts.into_iter().map(owned).collect()
}

#[napi]
impl ProfileHandle {
    #[napi(catch_unwind)]
    pub fn callbacks(&self, records: Vec<Text>, settings: Option<RenderSettings>) -> Outcome<Vec<Callback>> {
        let work = |_, record: &[u8]| single(&self.profile, record, settings.as_ref());
        outcome(all(&each_owned(records), work, || false))
    }

    #[napi(catch_unwind, ts_return_type = "Promise<Array<Callback> | Failed>")]
    pub fn callbacks_async(
        &self,
        records: Vec<Text>,
        settings: Option<RenderSettings>,
        cancel: &Cancel,
    ) -> AsyncTask<Guarded<Callback>> {
        let profile = self.profile.clone();
        let work = move |_: usize, record: &[u8]| single(&profile, record, settings.as_ref());
        AsyncTask::new(Guarded::new(each_owned(records), cancel, work))
    }

    #[napi(catch_unwind)]
    pub fn open_many(&self, bodies: Vec<Text>, content_type: Option<String>) -> Outcome<Vec<String>> {
        let work = |_, body: &[u8]| open(&self.profile, body, content_type.as_deref());
        outcome(all(&each_owned(bodies), work, || false))
    }

    #[napi(catch_unwind, ts_return_type = "Promise<Array<string> | Failed>")]
    pub fn open_many_async(
        &self,
        bodies: Vec<Text>,
        content_type: Option<String>,
        cancel: &Cancel,
    ) -> AsyncTask<Guarded<String>> {
        let profile = self.profile.clone();
        let work = move |_: usize, body: &[u8]| open(&profile, body, content_type.as_deref());
        AsyncTask::new(Guarded::new(each_owned(bodies), cancel, work))
    }
}
