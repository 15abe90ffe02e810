//! Who opens: one profile, or the profiles of a key ring, with or without a verifier in front.

use std::path::{Path, PathBuf};

use callback_profile::seal::{Verified, Verifier};
use callback_profile::{Error, KeyRing, Limits, OpenOptions, Opened, Profile, ReceivedRequest};

use super::{Args, RingArgs};
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
            let (ring, profiles) = args.ring.read(args)?;
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

impl RingArgs {
    /// The files of the profiles.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.keys.iter().map(|(_, path)| path.as_path())
    }

    fn refuse_without_keys(&self) -> Result<(), Failure> {
        let given = [
            (self.key_header.is_some(), "--key-header"),
            (self.key_query.is_some(), "--key-query"),
            (self.in_turn, "--in-turn"),
            (self.refuse_v1, "--refuse-v1"),
        ];
        match given.into_iter().find(|(is_given, _)| *is_given) {
            None => Ok(()),
            Some((_, name)) => {
                Err(Failure::Usage(format!("{name} is for several keys, which --key ID=PROFILE gives")))
            }
        }
    }

    fn read(&self, args: &Args) -> Result<(KeyRing, Vec<Profile>), Failure> {
        let mut profiles = Vec::with_capacity(self.keys.len());
        for path in self.paths() {
            let input = Input::read(path, Limits::default().payload_bytes)?;
            match parse(&input.bytes, &args.profile.options(args.wire.format())) {
                Ok(profile) => profiles.push(profile),
                Err(report) => return Err(Failure::Refused { input, report }),
            }
        }
        let mut ring = match (&self.key_header, &self.key_query) {
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
        for ((id, _), profile) in self.keys.iter().zip(&profiles) {
            let refused = |error| Failure::Usage(format!("--key {}: {error}", printable(id)));
            ring.add(id, profile.clone()).map_err(refused)?;
        }
        ring.try_in_turn(self.in_turn);
        ring.refuse_v1(self.refuse_v1);
        Ok((ring, profiles))
    }
}

/// `ID=PROFILE`.
pub(super) fn key(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((id, path)) if !id.is_empty() && !path.is_empty() => Ok((id.to_owned(), path.into())),
        _ => Err("the id of a key, =, and the file of its profile are expected".to_owned()),
    }
}
