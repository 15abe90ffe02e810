//! Many inputs in one call on the thread pool: a result for each, a value or a failure.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use callback_profile::Opened;
use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName};
use napi::{Env, Task};
use napi_derive::napi;

use crate::callback::{Callback, single, single_body};
use crate::failure::{Failure, Outcome, outcome};
use crate::input::{Text, owned};
use crate::options::{OpenSettings, RenderSettings, SealSettings};
use crate::profile::{ProfileHandle, open};

/// Stops a running batch whose result nobody waits for any more.
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

    /// Stops the batch before its next item.
    #[napi(catch_unwind)]
    pub fn cancel(&self) {
        self.flag.store(true, Ordering::Relaxed);
    }
}

/// Gets the index of an input, and the input.
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

    fn run(&self) -> Result<Vec<Outcome<T>>, Failure> {
        let item = |(index, input): (usize, &Vec<u8>)| match self.cancelled.load(Ordering::Relaxed) {
            // JavaScript has rejected the promise with the reason of the abort and drops this failure.
            true => Err(Failure::argument("cancelled")),
            false => Ok(outcome((self.work)(index, input))),
        };
        self.inputs.iter().enumerate().map(item).collect()
    }
}

impl<T: Send + ToNapiValue + TypeName + 'static> Task for Guarded<T> {
    type Output = Result<Vec<Outcome<T>>, Failure>;
    type JsValue = Outcome<Vec<Outcome<T>>>;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        // A panic that leaves `compute` would end the process.
        Ok(catch_unwind(AssertUnwindSafe(|| self.run())).unwrap_or_else(|_| Err(Failure::internal())))
    }

    fn resolve(&mut self, _env: Env, output: Self::Output) -> napi::Result<Self::JsValue> {
        Ok(outcome(output))
    }
}

fn each_owned(texts: Vec<Text>) -> Vec<Vec<u8>> {
    texts.into_iter().map(owned).collect()
}

#[napi]
impl ProfileHandle {
    /// A result for each record, in their order; of a sealed profile, `sealing` has an element for each.
    #[napi(catch_unwind, ts_return_type = "Promise<Outcome<Array<Outcome<Callback>>>>")]
    pub fn callbacks_async(
        &self,
        records: Vec<Text>,
        settings: Option<RenderSettings>,
        sealing: Option<Vec<SealSettings>>,
        cancel: &Cancel,
    ) -> AsyncTask<Guarded<Callback>> {
        let profile = self.profile.clone();
        let work = move |index: usize, record: &[u8]| {
            let sealing = sealing.as_ref().and_then(|each| each.get(index));
            single(&profile, record, settings.as_ref(), sealing)
        };
        AsyncTask::new(Guarded::new(each_owned(records), cancel, work))
    }

    /// The body of the callback of each record of a profile whose callbacks have one, in their order; `sealing` as above.
    #[napi(catch_unwind, ts_return_type = "Promise<Outcome<Array<Outcome<string>>>>")]
    pub fn bodies_async(
        &self,
        records: Vec<Text>,
        settings: Option<RenderSettings>,
        sealing: Option<Vec<SealSettings>>,
        cancel: &Cancel,
    ) -> AsyncTask<Guarded<String>> {
        let profile = self.profile.clone();
        let work = move |index: usize, record: &[u8]| {
            let sealing = sealing.as_ref().and_then(|each| each.get(index));
            single_body(&profile, record, settings.as_ref(), sealing)
        };
        AsyncTask::new(Guarded::new(each_owned(records), cancel, work))
    }

    /// A result for each body, in their order.
    #[napi(catch_unwind, ts_return_type = "Promise<Outcome<Array<Outcome<string>>>>")]
    pub fn open_many_async(
        &self,
        bodies: Vec<Text>,
        settings: Option<OpenSettings>,
        cancel: &Cancel,
    ) -> AsyncTask<Guarded<String>> {
        let profile = self.profile.clone();
        let settings = settings.unwrap_or_default();
        let work = move |_: usize, body: &[u8]| open(&profile, body, &settings).map(Opened::into_json);
        AsyncTask::new(Guarded::new(each_owned(bodies), cancel, work))
    }
}
