//! Changing keys while callbacks flow, on loopback: none is lost, none is opened wrongly. The steps are those of the README's
//! chapter "Changing a key".
//!
//! A sender thread makes callbacks all the time and sends each over HTTP. Every fifth one it keeps back and sends later, as
//! a retry that was made before a step. The receiver answers 200 with the value that it opened.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::panic, clippy::print_stdout)] // a test may panic

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use callback_profile::seal::{Expected, Freshness, Signer, SigningSecret, Verifier};
use callback_profile::{
    CallbackOptions, Coverage, KeyRing, Method, OpenOptions, Profile, ReceivedRequest, Record,
};

const NOW: u64 = 1_800_000_000;
/// Callbacks that must have been answered under each step.
const BETWEEN_STEPS: u64 = 60;

/// What the receiver is configured with; replaced as a whole at each step.
struct Receiving {
    ring: KeyRing,
    verifier: Option<Verifier>,
}

/// What the sender is configured with.
struct Sending {
    profile: Profile,
    signer: Option<Signer>,
}

struct World {
    receiving: Mutex<Arc<Receiving>>,
    sending: Mutex<Arc<Sending>>,
    answered: AtomicU64,
    kept_back: AtomicU64,
    send_kept: AtomicBool,
    stop: AtomicBool,
    closed: AtomicBool,
}

/// A callback that was made: the number that it carries, and its request.
struct Made {
    number: u64,
    request: Vec<u8>,
}

impl World {
    fn new(receiving: Receiving, sending: Sending) -> World {
        World {
            receiving: Mutex::new(Arc::new(receiving)),
            sending: Mutex::new(Arc::new(sending)),
            answered: AtomicU64::new(0),
            kept_back: AtomicU64::new(0),
            send_kept: AtomicBool::new(false),
            stop: AtomicBool::new(false),
            closed: AtomicBool::new(false),
        }
    }

    fn receive(&self, change: impl FnOnce() -> Receiving) {
        *self.receiving.lock().unwrap() = Arc::new(change());
        self.flow();
    }

    fn send(&self, change: impl FnOnce() -> Sending) {
        *self.sending.lock().unwrap() = Arc::new(change());
        self.flow();
    }

    /// Lets callbacks flow under what is configured now.
    fn flow(&self) {
        let from = self.answered.load(Ordering::SeqCst);
        while self.answered.load(Ordering::SeqCst) < from + BETWEEN_STEPS && !self.stop.load(Ordering::SeqCst)
        {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Waits for the longest retry: all that was kept back is sent.
    fn wait_for_retries(&self) {
        assert!(self.kept_back.load(Ordering::SeqCst) > 0, "retries of the old configuration are waiting");
        self.send_kept.store(true, Ordering::SeqCst);
        while self.send_kept.load(Ordering::SeqCst) && !self.stop.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

fn make(sending: &Sending, number: u64) -> Made {
    let record = format!(r#"{{"n": "order {number}"}}"#);
    let mut random = [0; 32];
    random.iter_mut().zip(number.to_le_bytes()).for_each(|(byte, other)| *byte = other ^ 0x5A);
    let id = format!("msg_{number}");
    let mut options = CallbackOptions::default();
    (options.random, options.issued_at, options.id) = (Some(&random), Some(NOW), Some(id.as_str()));
    let callback = sending.profile.callback_with(&Record::parse(&record).unwrap(), &options).unwrap();
    let body = callback.body.as_deref().unwrap();
    let mut request = format!("POST /cb HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in &callback.headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    if let Some(signer) = &sending.signer {
        let signature = callback.sign(signer, &id, NOW, Coverage::Required).unwrap();
        signature
            .headers()
            .iter()
            .for_each(|(name, value)| request.push_str(&format!("{name}: {value}\r\n")));
    }
    Made { number, request: format!("{request}\r\n{body}").into_bytes() }
}

/// Sends a callback; the answer must be the value that it carries.
fn deliver(address: SocketAddr, made: &Made) -> Result<(), String> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(&made.request).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let expected = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{{\"n\":\"order {}\"}}", made.number);
    if answer == expected { Ok(()) } else { Err(format!("callback {} was answered {answer}", made.number)) }
}

fn sender(world: &World, address: SocketAddr) -> Result<u64, String> {
    let mut kept: VecDeque<Made> = VecDeque::new();
    let mut number = 0;
    while !world.stop.load(Ordering::SeqCst) {
        number += 1;
        let sending = world.sending.lock().unwrap().clone();
        let made = make(&sending, number);
        if number % 5 == 0 {
            kept.push_back(made);
            world.kept_back.fetch_add(1, Ordering::SeqCst);
        } else {
            deliver(address, &made)?;
            world.answered.fetch_add(1, Ordering::SeqCst);
        }
        if world.send_kept.load(Ordering::SeqCst) {
            for made in kept.drain(..) {
                deliver(address, &made)?;
            }
            world.kept_back.store(0, Ordering::SeqCst);
            world.send_kept.store(false, Ordering::SeqCst);
        }
    }
    for made in kept {
        deliver(address, &made)?;
    }
    Ok(number)
}

fn answer(world: &World, stream: TcpStream) {
    let mut reader = BufReader::new(stream);
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    loop {
        line.clear();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_owned(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "Content-Length").unwrap().1.parse().unwrap();
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let borrowed: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let request = ReceivedRequest { headers: &borrowed, target: "/cb", body: &body };
    let receiving = world.receiving.lock().unwrap().clone();
    let mut options = OpenOptions::default();
    options.expected = Some(Expected {
        freshness: Freshness::Within { now: NOW + 10, tolerance: 300 },
        method: Some(Method::Post),
        url: Some("https://example.com/cb"),
        profile_id: None,
    });
    let opened = match &receiving.verifier {
        Some(verifier) => receiving
            .ring
            .receive(verifier, &request, NOW + 10, 300, &options)
            .map(|received| received.opened.opened),
        None => receiving.ring.open(&request, &options).map(|opened| opened.opened),
    };
    let (status, text) = match opened {
        Ok(opened) => ("200 OK", opened.json().to_owned()),
        Err(error) => ("400 Bad Request", error.to_string()),
    };
    let mut stream = reader.into_inner();
    write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\n\r\n{text}").unwrap();
}

/// Lets callbacks flow while `steps` changes both sides.
/// Returns how many were sent, or what was lost first.
fn live_through(receiving: Receiving, sending: Sending, steps: impl FnOnce(&World)) -> Result<u64, String> {
    let world = World::new(receiving, sending);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::scope(|scope| {
        scope.spawn(|| {
            for stream in listener.incoming() {
                if world.closed.load(Ordering::SeqCst) {
                    break;
                }
                let stream = stream.unwrap();
                scope.spawn(|| answer(&world, stream));
            }
        });
        let sending = scope.spawn(|| {
            let sent = sender(&world, address);
            // An error ends the steps as well, so that the test does not wait for ever.
            world.stop.store(true, Ordering::SeqCst);
            world.closed.store(true, Ordering::SeqCst);
            drop(TcpStream::connect(address));
            sent
        });
        world.flow();
        steps(&world);
        world.flow();
        world.stop.store(true, Ordering::SeqCst);
        sending.join().unwrap()
    })
}

/// None is lost, and enough were sent.
fn all_arrived(name: &str, sent: Result<u64, String>) {
    let sent = sent.unwrap_or_else(|lost| panic!("{name}: {lost}"));
    println!("count rotation-{name} rust ran={sent} refused=0 failed=0");
    assert!(sent > 3 * BETWEEN_STEPS, "{name}: {sent}");
}

const KEYS: [&str; 2] = ["K1abcdefghijkl2P", "Q7Wn4sTz1BxKe6Vh"];
const SEALING_KEYS: [&str; 2] =
    ["cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "cbk2_AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"];
const SECRETS: [&str; 2] =
    ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_Q2hhbmdlZC1zZWNyZXQtb2YtYS10ZXN0LTI0"];

fn documented(mode: &str, index: usize) -> Profile {
    Profile::parse(format!(
        r#"{{"title": "rotated", "http_method": "POST", "url": "https://example.com/cb", "body": {{"n": "<n>"}},
        "headers": {{"X-Key": "v1-{index}"}},
        "enc": {{"algo": "AES-128-{mode}", "key": "{}", "IV": "POabcdefghijklLY"}}}}"#,
        KEYS.get(index).unwrap()
    ))
    .unwrap()
}

fn sealed(index: usize) -> Profile {
    Profile::parse(format!(
        r#"{{"title": "rotated", "http_method": "POST", "url": "https://example.com/cb", "body": {{"n": "<n>"}},
        "enc": {{"version": 2, "kid": "v2-{index}", "key": "{}"}}}}"#,
        SEALING_KEYS.get(index).unwrap()
    ))
    .unwrap()
}

fn ring(profiles: &[(&str, Profile)]) -> KeyRing {
    let mut ring = KeyRing::by_header("x-key");
    profiles.iter().for_each(|(id, profile)| ring.add(id, profile.clone()).unwrap());
    ring
}

fn secrets(indexes: &[usize]) -> Vec<SigningSecret> {
    indexes.iter().map(|index| SigningSecret::parse(SECRETS.get(*index).unwrap()).unwrap()).collect()
}

#[test]
fn the_key_of_a_documented_profile() {
    for mode in ["GCM", "CFB"] {
        let receiving = |indexes: &[usize]| {
            let ids = ["v1-0", "v1-1"];
            let profiles: Vec<(&str, Profile)> =
                indexes.iter().map(|index| (*ids.get(*index).unwrap(), documented(mode, *index))).collect();
            Receiving { ring: ring(&profiles), verifier: None }
        };
        let sending = |index| Sending { profile: documented(mode, index), signer: None };
        let sent = live_through(receiving(&[0]), sending(0), |world| {
            world.receive(|| receiving(&[0, 1]));
            world.send(|| sending(1));
            world.wait_for_retries();
            world.receive(|| receiving(&[1]));
        });
        all_arrived(&mode.to_lowercase(), sent);
    }
}

#[test]
fn the_key_of_a_sealed_profile() {
    let both = [("v2-0", sealed(0)), ("v2-1", sealed(1))];
    let receiving = |profiles: &[(&str, Profile)]| Receiving { ring: ring(profiles), verifier: None };
    let sending = |index| Sending { profile: sealed(index), signer: None };
    let sent = live_through(receiving(&both[..1]), sending(0), |world| {
        world.receive(|| receiving(&both));
        world.send(|| sending(1));
        world.wait_for_retries();
        world.receive(|| receiving(&both[1..]));
    });
    all_arrived("sealed", sent);
}

#[test]
fn from_the_documented_format_to_a_sealed_one() {
    let both = [("v1-0", documented("GCM", 0)), ("v2-0", sealed(0))];
    let receiving = |profiles: &[(&str, Profile)]| Receiving { ring: ring(profiles), verifier: None };
    let plain = Sending { profile: documented("GCM", 0), signer: None };
    let sent = live_through(receiving(&both[..1]), plain, |world| {
        world.receive(|| receiving(&both));
        world.send(|| Sending { profile: sealed(0), signer: None });
        world.wait_for_retries();
        world.receive(|| {
            let mut receiving = receiving(&both[1..]);
            receiving.ring.refuse_v1(true);
            receiving
        });
    });
    all_arrived("sealing", sent);
}

#[test]
fn a_signing_secret() {
    let receiving = |indexes: &[usize]| Receiving {
        ring: ring(&[("v1-0", documented("CFB", 0))]),
        verifier: (!indexes.is_empty()).then(|| Verifier::new(secrets(indexes)).unwrap()),
    };
    let sending = |indexes: &[usize]| Sending {
        profile: documented("CFB", 0),
        signer: (!indexes.is_empty()).then(|| Signer::new(secrets(indexes)).unwrap()),
    };
    // First signing itself: the sender signs, then the receiver requires it.
    let sent = live_through(receiving(&[]), sending(&[]), |world| {
        world.send(|| sending(&[0]));
        world.wait_for_retries();
        world.receive(|| receiving(&[0]));
        // The receiver's verifier may be one that takes a single secret, so the sender signs with both.
        world.send(|| sending(&[0, 1]));
        world.wait_for_retries();
        world.receive(|| receiving(&[1]));
        world.send(|| sending(&[1]));
    });
    all_arrived("signature", sent);
}

/// The test notices what it is for: without the step that adds the new key, a callback is lost.
#[test]
fn a_step_that_is_left_out_loses_a_callback() {
    let receiving = Receiving { ring: ring(&[("v2-0", sealed(0))]), verifier: None };
    let sending = Sending { profile: sealed(0), signer: None };
    let sent = live_through(receiving, sending, |world| {
        world.send(|| Sending { profile: sealed(1), signer: None });
    });
    let lost = sent.unwrap_err();
    assert!(lost.contains("the sealed callback is refused"), "{lost}");
}
