//! Sending a callback.

use callback_profile::{Profile, RecordBuf};
use reqwest::{Client, Request, StatusCode};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Makes the callback of a record, sends it, and returns the receiver's status.
///
/// A real service resolves the host, asks `AddressVerdict` about every address before it connects, and follows no redirect: the
/// URL is a customer's. This one stays on loopback.
pub async fn send(client: Client, profile: Profile, record: RecordBuf) -> Result<StatusCode, Failure> {
    let request = http::Request::try_from(profile.callback(&record)?)?;
    let response = client.execute(Request::try_from(request)?).await?;
    Ok(response.status())
}

/// A client that follows no redirects.
pub fn client() -> Result<Client, Failure> {
    Ok(Client::builder().redirect(reqwest::redirect::Policy::none()).build()?)
}
