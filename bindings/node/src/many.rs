//! Many inputs in one call that returns their results: texts, each in its place or as a failure. Large batches are divided among threads.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use callback_profile::{CallbackBuffer, Opened};
use napi::bindgen_prelude::Either;
use napi::{Env, JsString};
use napi_derive::napi;

use crate::callback::{body_of, string};
use crate::failure::{Failed, Failure, Outcome};
use crate::input::{Text, owned};
use crate::options::{OpenSettings, RenderSettings, SealSettings};
use crate::profile::{ProfileHandle, open};

/// A thread has at least so many bytes of input: starting one for less costs more than it saves.
const BYTES_PER_THREAD: usize = 64 * 1024;

type Texts<'env> = Vec<Outcome<JsString<'env>>>;

#[napi]
impl ProfileHandle {
    /// The JSON text of each body, in their order.
    #[napi(catch_unwind, ts_return_type = "Outcome<Array<Outcome<string>>>")]
    pub fn open_each<'env>(
        &self,
        env: &'env Env,
        bodies: Vec<Text>,
        settings: Option<OpenSettings>,
    ) -> napi::Result<Outcome<Texts<'env>>> {
        let settings = settings.unwrap_or_default();
        let work =
            |_: usize, body: &[u8], _: &mut ()| open(&self.profile, body, &settings).map(Opened::into_json);
        texts(env, each(bodies, &work))
    }

    /// The body of the callback of each record of a profile whose callbacks have one, in their order; of a sealed profile,
    /// `sealing` has an element for each.
    #[napi(catch_unwind, ts_return_type = "Outcome<Array<Outcome<string>>>")]
    pub fn bodies_each<'env>(
        &self,
        env: &'env Env,
        records: Vec<Text>,
        settings: Option<RenderSettings>,
        sealing: Option<Vec<SealSettings>>,
    ) -> napi::Result<Outcome<Texts<'env>>> {
        let work = |index: usize, record: &[u8], buffer: &mut CallbackBuffer| {
            let sealing = sealing.as_ref().and_then(|each| each.get(index));
            body_of(&self.profile, record, settings.as_ref(), sealing, buffer)
        };
        texts(env, each(records, &work))
    }
}

fn texts<'env>(
    env: &'env Env,
    results: Option<Vec<Result<String, Failure>>>,
) -> napi::Result<Outcome<Texts<'env>>> {
    let Some(results) = results else { return Ok(Either::B(Failed { failure: Failure::internal() })) };
    let text = |result: Result<String, Failure>| match result {
        Ok(text) => Ok(Either::A(string(env, &text)?)),
        Err(failure) => Ok(Either::B(Failed { failure })),
    };
    Ok(Either::A(results.into_iter().map(text).collect::<napi::Result<_>>()?))
}

/// What `work` makes of each input, in their order, on as many threads as pay; `None` if one of them panicked. Each thread has a
/// memory of its own.
fn each<T: Send, M: Default>(
    inputs: Vec<Text>,
    work: &(impl Fn(usize, &[u8], &mut M) -> T + Sync),
) -> Option<Vec<T>> {
    let inputs: Vec<Vec<u8>> = inputs.into_iter().map(owned).collect();
    let bytes: usize = inputs.iter().map(Vec::len).sum();
    let most = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let count = most.min(bytes / BYTES_PER_THREAD).min(inputs.len()).max(1);
    let size = inputs.len().div_ceil(count).max(1);
    let piece = |number: usize, piece: &[Vec<u8>]| {
        let mut memory = M::default();
        let first = number.saturating_mul(size);
        let one = |(at, input): (usize, &Vec<u8>)| work(first.saturating_add(at), input, &mut memory);
        piece.iter().enumerate().map(one).collect::<Vec<T>>()
    };
    let piece = &piece;
    thread::scope(|scope| {
        let mut pieces = inputs.chunks(size).enumerate();
        let own = pieces.next();
        // Where the system has no thread left, the piece is done here.
        let started: Vec<_> = pieces
            .map(|(number, inputs)| {
                let run = move || catch_unwind(AssertUnwindSafe(|| piece(number, inputs)));
                (number, inputs, thread::Builder::new().spawn_scoped(scope, run))
            })
            .collect();
        let mut results = own.map_or_else(Vec::new, |(number, inputs)| piece(number, inputs));
        for (number, inputs, handle) in started {
            match handle {
                Ok(handle) => results.extend(handle.join().ok()?.ok()?),
                Err(_) => results.extend(piece(number, inputs)),
            }
        }
        Some(results)
    })
}
