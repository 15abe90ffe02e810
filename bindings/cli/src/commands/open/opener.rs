//! Who opens: one profile, or the profiles of a key ring, with or without a verifier in front.

use callback_profile::seal::{Verified, Verifier};
use callback_profile::{Error, KeyRing, Limits, OpenOptions, Opened, Profile, ReceivedRequest};

use super::args::Args;
use crate::args::{parse, verifier};
use crate::failure::Failure;
use crate::input::Input;
use crate::output::printable;

/// What opens callbacks.
pub(super) struct Opener {
    /// One, or those of the ring.
    pub(super) profiles: Vec<Profile>,
    ring: Option<KeyRing>,
    verifier: Option<Verifier>,
}

/// A callback that was opened.
pub(super) struct Done {
    pub(super) opened: Opened,
    pub(super) key: Option<Key>,
    pub(super) verified: Option<Verified>,
}

/// The key of a ring that a callback was opened with.
pub(super) struct Key {
    pub(super) id: String,
    pub(super) version: u8,
    pub(super) in_turn: bool,
}

impl Opener {
    /// Reads the profile, or those of the ring.
    pub(super) fn new(args: &Args) -> Result<Opener, Failure> {
        let verifier = args.verify.as_deref().map(verifier).transpose()?;
        let Some(body) = &args.body else {
            let (ring, profiles) = read_ring(args)?;
            return Ok(Opener { profiles, ring: Some(ring), verifier });
        };
        args.ring.refuse_without_keys()?;
        let profile = args.profile.profile_before(body, args.wire.format())?;
        Ok(Opener { profiles: vec![profile], ring: None, verifier })
    }

    /// The one profile; `None` of a ring.
    pub(super) fn only(&self) -> Option<&Profile> {
        self.profiles.first().filter(|_| self.ring.is_none())
    }

    /// Whether callbacks have a body; `None` if some of the profiles' do and others do not.
    pub(super) fn has_body(&self) -> Option<bool> {
        let with_body = self.profiles.iter().filter(|profile| profile.method().has_body()).count();
        match with_body {
            0 => Some(false),
            count if count == self.profiles.len() => Some(true),
            _ => None,
        }
    }

    /// Verifies if there is a verifier, by this time and tolerance, then opens.
    pub(super) fn open(
        &self,
        request: &ReceivedRequest<'_>,
        (now, tolerance): (u64, u64),
        options: &OpenOptions<'_>,
    ) -> Result<Done, Error> {
        if let Some(ring) = &self.ring {
            let (by_key, verified) = match &self.verifier {
                None => (ring.open(request, options)?, None),
                Some(verifier) => {
                    let received = ring.receive(verifier, request, now, tolerance, options)?;
                    (received.opened, Some(received.verified))
                }
            };
            let key = Key { id: by_key.id, version: by_key.version, in_turn: by_key.in_turn };
            return Ok(Done { opened: by_key.opened, key: Some(key), verified });
        }
        let profile = self.profiles.first().ok_or(Error::UnknownKey)?;
        match &self.verifier {
            None => {
                let sent = if profile.method().has_body() { request.body } else { request.target.as_bytes() };
                Ok(Done { opened: profile.open_with(sent, options)?, key: None, verified: None })
            }
            Some(verifier) => {
                let received = profile.receive(verifier, request, now, tolerance, options)?;
                Ok(Done { opened: received.opened, key: None, verified: Some(received.verified) })
            }
        }
    }
}

/// The ring, and its profiles.
fn read_ring(args: &Args) -> Result<(KeyRing, Vec<Profile>), Failure> {
    let ring_args = &args.ring;
    let mut profiles = Vec::with_capacity(ring_args.keys.len());
    for path in ring_args.paths() {
        let input = Input::read(path, Limits::default().payload_bytes)?;
        match parse(&input.bytes, &args.profile.options(args.wire.format())) {
            Ok(profile) => profiles.push(profile),
            Err(report) => return Err(Failure::Refused { input, report }),
        }
    }
    let mut ring = match (&ring_args.key_header, &ring_args.key_query) {
        (Some(header), _) => KeyRing::by_header(header),
        (None, Some(query)) => KeyRing::by_query(query),
        // Sealed callbacks name their key themselves.
        (None, None) if profiles.iter().all(|profile| profile.sealed_encryption().is_some()) => {
            KeyRing::by_header("")
        }
        (None, None) => {
            return Err(Failure::Usage(
                "a profile that is not sealed is among them: say where its callbacks name their key, with --key-header \
                 or --key-query"
                    .to_owned(),
            ));
        }
    };
    for ((id, _), profile) in ring_args.keys.iter().zip(&profiles) {
        let refused = |error| Failure::Usage(format!("--key {}: {error}", printable(id)));
        ring.add(id, profile.clone()).map_err(refused)?;
    }
    ring.try_in_turn(ring_args.in_turn);
    ring.refuse_v1(ring_args.refuse_v1);
    Ok((ring, profiles))
}

/// A bare text could be either.
pub(super) fn needs_message() -> Failure {
    Failure::Usage(
        "some of the profiles send a body and others a query: the whole HTTP message or curl line is expected".to_owned(),
    )
}
