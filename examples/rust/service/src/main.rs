//! `service ADDRESS DATABASE` serves the platform's side, `receiver ADDRESS PROFILE...` the customer's.

use std::error::Error;
use std::sync::{Arc, PoisonError};

use axum::Router;
use callback_profile::StoredProfile;
use callback_profile_service::receiver::{self, KEY_HEADER, Receiver};
use callback_profile_service::service::{self, Service};
use callback_profile_service::{sender, store::Store};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (address, router): (&str, Router) = match arguments.as_slice() {
        ["service", address, database] => {
            let store = Arc::new(Store::open(database.as_ref())?);
            println!("{} profiles", store.count());
            (address, service::router(Service { store, client: sender::client()? }))
        }
        ["receiver", address, files @ ..] if !files.is_empty() => {
            let receiver = Arc::new(Receiver::default());
            for file in files {
                let profile = StoredProfile::parse(std::fs::read(file)?)?.into_profile();
                let header =
                    profile.headers().iter().find(|header| header.name().eq_ignore_ascii_case(KEY_HEADER));
                let id = header.ok_or("the profile has no header x-key-id")?.value().to_owned();
                receiver.ring.write().unwrap_or_else(PoisonError::into_inner).add(&id, profile)?;
            }
            (address, receiver::router(receiver))
        }
        _ => return Err("usage: service ADDRESS DATABASE, or receiver ADDRESS PROFILE...".into()),
    };
    let listener = TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}
