//! Both sides over real HTTP on loopback: what works, and everything that can be wrong with a callback.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use axum::Router;
use callback_profile::{Profile, RecordBuf};
use callback_profile_service::receiver::{self, Delivery, Receiver};
use callback_profile_service::service::{self, Service};
use callback_profile_service::{sender, store::Store};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Serves a router on a free port.
async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

fn service(database: &Path) -> (Router, Arc<Store>) {
    let store = Arc::new(Store::open(database).unwrap());
    (service::router(Service { store: store.clone(), client: sender::client().unwrap() }), store)
}

/// A file that is removed at the end.
struct Database(PathBuf);

impl Database {
    fn new(name: &str) -> Database {
        let file = std::env::temp_dir().join(format!("cbp-{name}-{}.sqlite", std::process::id()));
        let _ = std::fs::remove_file(&file);
        Database(file)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A create payload whose callbacks go to this receiver.
fn payload(receiver: SocketAddr, id: &str, key: &str) -> Value {
    json!({
        "title": "Delivery status", "http_method": "POST", "url": format!("http://{receiver}/sms"),
        "headers": {"x-key-id": id},
        "body": {"to": "<recipient>", "status": "<status>", "attempts": "<attempts>"},
        "response_message": "Thank you, {\"name\": \"first_name\"}",
        "enc": {"algo": "AES-128-GCM", "key": key, "IV": "POabcdefghijklLY", "params": ["to"]},
    })
}

const OLD: &str = "K1abcdefghijkl2P";
const NEW: &str = "Zy9876543210abcd";

fn record() -> Value {
    json!({"recipient": "+919876543210", "status": "DELIVERED", "attempts": 2, "first_name": "John"})
}

async fn post(client: &Client, url: String, body: String) -> (u16, Value) {
    let request =
        client.post(url).header("api-key", "A1").header("content-type", "application/json").body(body);
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_str(&response.text().await.unwrap()).unwrap())
}

fn add(receiver: &Receiver, id: &str, payload: &Value) {
    receiver.ring.write().unwrap().add(id, Profile::parse(payload.to_string()).unwrap()).unwrap();
}

#[tokio::test]
async fn a_profile_is_registered_stored_loaded_and_its_callbacks_arrive() {
    let (database, client) = (Database::new("day"), sender::client().unwrap());
    let receiver = Arc::new(Receiver::default());
    let endpoint = serve(receiver::router(receiver.clone())).await;
    let payload = payload(endpoint, "2026-01", OLD);
    add(&receiver, "2026-01", &payload);

    let profiles = |address: SocketAddr| format!("http://{address}/v1/HX1/callback/profiles");
    let first = serve(service(&database.0).0).await;
    let (status, refused) =
        post(&client, profiles(first), r#"{"title": 5, "http_method": "POST"}"#.into()).await;
    assert_eq!((status, &refused["code"]), (400, &json!("RBC302")));
    assert_eq!(refused["error"].as_array().unwrap().len(), 3, "every violation: {refused}");
    let (status, created) = post(&client, profiles(first), payload.to_string()).await;
    assert_eq!((status, &created["data"]["profile_id"]), (201, &json!("1")));
    assert!(!created.to_string().contains(OLD), "the key is masked");

    // Another process, as it were: everything is loaded again.
    let (router, store) = service(&database.0);
    assert_eq!(store.count(), 1);
    let second = profiles(serve(router).await);
    let (status, missing) = post(&client, format!("{second}/9/message"), "{}".into()).await;
    assert_eq!((status, &missing["status"]), (404, &json!(404)));
    let (status, message) = post(&client, format!("{second}/1/message"), record().to_string()).await;
    assert_eq!((status, message), (200, json!({"text": "Thank you, John", "missing": []})));
    let (status, error) = post(&client, format!("{second}/1/message"), "{\"a\": secret}".into()).await;
    assert_eq!((status, &error["code"], &error["column"]), (400, &json!("invalid_json"), &json!(7)));
    assert!(!error.to_string().contains("secret"));

    let (status, sent) = post(&client, format!("{second}/1/callback"), record().to_string()).await;
    assert_eq!((status, sent), (200, json!({"status": 200})));
    let expected = Delivery { to: "+919876543210".into(), status: "DELIVERED".into(), attempts: 2 };
    assert_eq!(*receiver.deliveries.read().unwrap(), [expected]);
}

#[tokio::test]
async fn what_is_wrong_with_a_callback_is_answered_with_an_envelope_and_seen_by_no_handler() {
    let client = sender::client().unwrap();
    let receiver = Arc::new(Receiver::default());
    let endpoint = serve(receiver::router(receiver.clone())).await;
    let profile = payload(endpoint, "2026-01", OLD);
    add(&receiver, "2026-01", &profile);
    let body = |key: &str| {
        let profile = Profile::parse(payload(endpoint, "2026-01", key).to_string()).unwrap();
        profile.callback(&record().to_string()).unwrap().body.unwrap()
    };
    let good = body(OLD);
    let replace =
        |to: Value, attempts: Value| json!({"to": to, "status": "READ", "attempts": attempts}).to_string();
    let text = serde_json::from_str::<Value>(&good).unwrap()["to"].as_str().unwrap().to_owned();
    let mut ran = 0;
    for (what, key_id, sent, expected) in [
        ("wrong key", "2026-01", body(NEW), "parameter to: text must have been encrypted with this key"),
        (
            "truncated body",
            "2026-01",
            good[..good.len() - 5].to_owned(),
            "the received body must be a JSON object",
        ),
        (
            "truncated text",
            "2026-01",
            replace(json!(text[..36]), json!(1)),
            "parameter to: text must have been encrypted with this key",
        ),
        (
            "a number",
            "2026-01",
            replace(json!(919876543210u64), json!(1)),
            "parameter to: expected an encrypted string",
        ),
        (
            "an object",
            "2026-01",
            replace(json!({"a": text}), json!(1)),
            "parameter to: expected an encrypted string",
        ),
        (
            "nothing",
            "2026-01",
            r#"{"status":"READ","attempts":1}"#.into(),
            "parameter to: expected an encrypted",
        ),
        (
            "wrong type",
            "2026-01",
            replace(json!(text), json!("many")),
            "the opened value at /attempts must be u32",
        ),
        ("unknown key", "2026-09", good.clone(), "no profile of the key ring has this id"),
    ] {
        let request = client.post(format!("http://{endpoint}/sms")).header("x-key-id", key_id);
        let response = request.header("content-type", "application/json").body(sent).send().await.unwrap();
        let (status, answer): (u16, Value) =
            (response.status().as_u16(), serde_json::from_str(&response.text().await.unwrap()).unwrap());
        assert_eq!((status, &answer["code"]), (400, &json!("RBC302")), "{what}");
        let message = answer["message"].as_str().unwrap();
        assert!(message.starts_with(expected), "{what}: {message}");
        assert!(
            !answer.to_string().contains("919876543210") && !answer.to_string().contains("many"),
            "{what}"
        );
        ran += 1;
    }
    assert_eq!(ran, 8);
    assert!(receiver.deliveries.read().unwrap().is_empty());
}

#[tokio::test]
async fn a_key_is_replaced_without_losing_a_callback() {
    let client = sender::client().unwrap();
    let receiver = Arc::new(Receiver::default());
    let endpoint = serve(receiver::router(receiver.clone())).await;
    let (old, new) = (payload(endpoint, "2026-01", OLD), payload(endpoint, "2026-02", NEW));
    let send = async |payload: &Value| {
        let profile = Profile::parse(payload.to_string()).unwrap();
        let record = RecordBuf::from_serialize(&record()).unwrap();
        sender::send(client.clone(), profile, record).await.unwrap().as_u16()
    };
    add(&receiver, "2026-01", &old);
    assert_eq!((send(&old).await, send(&new).await), (200, 400), "before");
    add(&receiver, "2026-02", &new); // 1. the receiver knows both
    assert_eq!(
        (send(&old).await, send(&new).await),
        (200, 200),
        "2. the sender switches, and old retries still open"
    );
    receiver.ring.write().unwrap().remove("2026-01").unwrap(); // 3. after the longest retry
    assert_eq!((send(&old).await, send(&new).await), (400, 200), "after");
    assert_eq!(receiver.deliveries.read().unwrap().len(), 4);
}

/// The program itself, as an operator starts it; ended with the test.
struct Program(Child);

impl Program {
    /// Starts it; returns the URL that it prints last.
    fn start(arguments: &[&str]) -> (Program, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_callback-profile-service"));
        let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let url = output.lines().map(|line| line.unwrap()).find(|line| line.starts_with("http://"));
        (Program(child), url.unwrap())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn the_program_serves_both_sides() {
    let (database, file) = (Database::new("program"), Database::new("profile"));
    std::fs::write(&file.0, payload("127.0.0.1:1".parse().unwrap(), "2026-01", OLD).to_string()).unwrap();
    let (_receiver, endpoint) = Program::start(&["receiver", "127.0.0.1:0", file.0.to_str().unwrap()]);
    let (_service, service) = Program::start(&["service", "127.0.0.1:0", database.0.to_str().unwrap()]);
    let endpoint = endpoint.strip_prefix("http://").unwrap().parse().unwrap();
    let (client, profiles) = (sender::client().unwrap(), format!("{service}/v1/HX1/callback/profiles"));
    let created = post(&client, profiles.clone(), payload(endpoint, "2026-01", OLD).to_string()).await;
    assert_eq!(created.0, 201);
    let (status, sent) = post(&client, format!("{profiles}/1/callback"), record().to_string()).await;
    assert_eq!((status, sent), (200, json!({"status": 200})));
    let fetched = client.get(format!("{profiles}/1")).send().await.unwrap();
    assert_eq!(fetched.status().as_u16(), 200);
}
