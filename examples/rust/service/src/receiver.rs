//! The customer's side: an endpoint whose callbacks arrive opened, as values of a type.

use std::sync::{Arc, PoisonError, RwLock};

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use callback_profile::http::header_pairs;
use callback_profile::{Envelope, KeyRing, OpenOptions, ReceivedRequest};
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::service;

/// The header in which the profiles name their key.
pub const KEY_HEADER: &str = "x-key-id";

/// Longest body in bytes.
const LONGEST_BODY: usize = 256 * 1024;

/// The keys, and what was received. The ring is behind a lock, so that keys are added and removed while requests come in.
pub struct Receiver {
    pub ring: RwLock<KeyRing>,
    pub deliveries: RwLock<Vec<Delivery>>,
}

impl Default for Receiver {
    fn default() -> Receiver {
        Receiver { ring: RwLock::new(KeyRing::by_header(KEY_HEADER)), deliveries: RwLock::default() }
    }
}

/// What the profile's body has.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Delivery {
    pub to: String,
    pub status: String,
    pub attempts: u32,
}

pub fn router(receiver: Arc<Receiver>) -> Router {
    Router::new().route("/sms", post(receive)).with_state(receiver)
}

/// An opened callback as a value of a type: an extractor. Whatever is refused is answered with an envelope and 400, and no
/// handler sees it.
pub struct OpenedAs<T> {
    /// The id of the key.
    pub key_id: String,
    pub value: T,
}

impl<T: DeserializeOwned> FromRequest<Arc<Receiver>> for OpenedAs<T> {
    type Rejection = Response;

    async fn from_request(request: Request, receiver: &Arc<Receiver>) -> Result<OpenedAs<T>, Response> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, LONGEST_BODY).await;
        let body = body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
        let headers = header_pairs(&parts.headers);
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        let received = ReceivedRequest { headers: &headers, target, body: &body };
        let ring = receiver.ring.read().unwrap_or_else(PoisonError::into_inner);
        let opened = ring.open(&received, &OpenOptions::default()).map_err(refused)?;
        let value = opened.opened.deserialize().map_err(refused)?;
        Ok(OpenedAs { key_id: opened.id, value })
    }
}

/// The reason holds no value and no key. An operator wants the code in the log.
fn refused(error: callback_profile::Error) -> Response {
    eprintln!("refused: {}", error.code());
    service::answer(&Envelope::not_opened(error)).unwrap_or_else(IntoResponse::into_response)
}

/// What is answered: the id of the key.
#[derive(Serialize)]
struct Answer {
    key: String,
}

async fn receive(State(receiver): State<Arc<Receiver>>, opened: OpenedAs<Delivery>) -> Json<impl Serialize> {
    receiver.deliveries.write().unwrap_or_else(PoisonError::into_inner).push(opened.value);
    Json(Answer { key: opened.key_id })
}
