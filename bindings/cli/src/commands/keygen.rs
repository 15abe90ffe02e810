//! `cbp keygen`: a new key and IV, a new key of a sealed profile, a new signing secret.

use callback_profile::cipher::Algorithm;
use callback_profile::seal::SigningSecret;
use callback_profile::{keygen, keygen_sealed};
use zeroize::Zeroizing;

use crate::args::algorithm;
use crate::failure::{Failure, Fault};
use crate::output::{self, End};
use crate::system;

/// Random bytes that are asked for; one in 32 is passed over.
const RANDOM_BYTES: usize = 128;

/// Prints a new enc member as JSON, or a new signing secret
///
/// The bytes come from the operating system's random number generator. The output is a secret: whoever reads it can read
/// and forge the callbacks.
///
/// Of an ALGORITHM of the documented format it has a key and an IV of letters and digits, so that a key of 16, 24 or 32
/// characters has 95, 143 or 190 random bits. The key of a sealed profile has 256 random bits, a signing secret 384.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp keygen
  cbp keygen AES-128-CFB
  cbp keygen --sealed --kid 2026-11
  cbp keygen --signing > secret")]
pub(crate) struct Args {
    /// The algorithm of the documented format
    #[arg(value_name = "ALGORITHM", default_value = Algorithm::Aes256Gcm.name(), value_parser = algorithm())]
    algorithm: Algorithm,
    /// Print the enc member of a sealed profile: version 2, a key and its id
    #[arg(long, conflicts_with_all = ["algorithm", "signing"])]
    sealed: bool,
    /// The id of the sealed profile's key, another one for each key; a new one, if not given
    #[arg(long, value_name = "ID", requires = "sealed")]
    kid: Option<String>,
    /// Print a signing secret: a line that begins with whsec_
    #[arg(long, conflicts_with = "algorithm")]
    signing: bool,
    /// Print a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let made = if args.signing {
        SigningSecret::generate(&*system::random()?)
    } else if args.sealed {
        let kid = args.kid.clone().map_or_else(system::new_key_id, Ok)?;
        keygen_sealed(&kid, &*system::random()?).map_err(Fault::from)?
    } else {
        let random = system::random::<RANDOM_BYTES>()?;
        keygen(args.algorithm, &*random)
            .ok_or_else(|| Failure::Usage("too many random bytes were passed over: try again".to_owned()))?
    };
    Ok(output::result(Zeroizing::new(made).as_bytes(), End::LineBreak)?)
}
