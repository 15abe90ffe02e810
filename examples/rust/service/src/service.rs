//! The platform's side: registers profiles, answers chatbots, sends callbacks.
//!
//! ```text
//! POST /v1/{sid}/callback/profiles                 register    201, or 400 with every violation
//! GET  /v1/{sid}/callback/profiles/{id}            fetch       200, or 404
//! POST /v1/{sid}/callback/profiles/{id}/message    the chatbot's answer to a record
//! POST /v1/{sid}/callback/profiles/{id}/callback   sends the callback of a record
//! ```

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use callback_profile::http::header_pairs;
use callback_profile::{Envelope, Error, ParseOptions, RecordBuf, Request, Secrets, StoredProfile};
use http::{HeaderMap, StatusCode};
use reqwest::Client;
use serde::Serialize;

use crate::sender;
use crate::store::Store;

/// What every request uses.
#[derive(Clone)]
pub struct Service {
    pub store: Arc<Store>,
    pub client: Client,
}

pub fn router(service: Service) -> Router {
    Router::new()
        .route("/v1/{sid}/callback/profiles", post(register))
        .route("/v1/{sid}/callback/profiles/{id}", get(fetch))
        .route("/v1/{sid}/callback/profiles/{id}/message", post(message))
        .route("/v1/{sid}/callback/profiles/{id}/callback", post(callback))
        .with_state(service)
}

/// A failure as an answer.
pub enum Failure {
    /// Refused by the library.
    Refused(Box<Envelope>),
    /// A record that does not fill the profile: the error as JSON.
    Record(Error),
    /// Whatever else: the caller learns nothing.
    Internal,
}

async fn register(
    State(service): State<Service>,
    Path(sid): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let headers = header_pairs(&headers);
    let request = Request { sid: &sid, headers: &headers, payload: &body };
    let profile = request.parse(&ParseOptions::default()).map_err(|report| Envelope::refused(&report))?;
    for advisory in profile.advisories() {
        eprintln!("{advisory}");
    }
    let (store, kept) = (service.store, profile.clone());
    let id =
        tokio::task::spawn_blocking(move || store.add(&kept)).await.map_err(internal)?.map_err(internal)?;
    answer(&Envelope::created(&profile, Some(&id), Secrets::Masked))
}

async fn fetch(
    State(service): State<Service>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    answer(&Envelope::fetched(&*found(&service, &id)?, Secrets::Masked))
}

async fn message(
    State(service): State<Service>,
    Path((_, id)): Path<(String, String)>,
    record: Bytes,
) -> Result<Response, Failure> {
    let message = found(&service, &id)?.profile().message(&record[..]).map_err(Failure::Record)?;
    Ok(Json(message).into_response())
}

/// What the receiver answered.
#[derive(Serialize)]
struct Sent {
    status: u16,
}

async fn callback(
    State(service): State<Service>,
    Path((_, id)): Path<(String, String)>,
    record: Bytes,
) -> Result<Response, Failure> {
    let profile = found(&service, &id)?.profile().clone();
    let record = RecordBuf::parse(record).map_err(Failure::Record)?;
    // A record of its own goes into the task. A real service puts it into a queue, and tries again after a failure.
    let status = tokio::spawn(sender::send(service.client, profile, record))
        .await
        .map_err(internal)?
        .map_err(internal)?;
    Ok(Json(Sent { status: status.as_u16() }).into_response())
}

fn found(service: &Service, id: &str) -> Result<Arc<StoredProfile>, Failure> {
    service.store.get(id).ok_or_else(|| Envelope::not_found(id).into())
}

/// The envelope with its status.
pub fn answer(envelope: &Envelope) -> Result<Response, Failure> {
    Ok(http::Response::try_from(envelope).map_err(internal)?.map(Into::into))
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Failure::Refused(envelope) => answer(&envelope).unwrap_or_else(IntoResponse::into_response),
            Failure::Record(error) => (StatusCode::BAD_REQUEST, Json(error)).into_response(),
            Failure::Internal => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

impl From<Envelope> for Failure {
    fn from(envelope: Envelope) -> Failure {
        Failure::Refused(Box::new(envelope))
    }
}

/// What else goes wrong is logged here and not shown to the caller.
fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    eprintln!("{}", error.into());
    Failure::Internal
}
