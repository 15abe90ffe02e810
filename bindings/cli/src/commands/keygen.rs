//! `cbp keygen`: a new key and IV.

use callback_profile::cipher::Algorithm;
use callback_profile::keygen;
use zeroize::Zeroizing;

use crate::args::algorithm;
use crate::failure::Failure;
use crate::output::{self, End};

/// Random bytes that are asked for; one in 32 is passed over.
const RANDOM_BYTES: usize = 128;

/// Prints a new enc member as JSON: a key and an IV of random letters and digits
///
/// The bytes come from the operating system's random number generator. The output is a secret: whoever reads it can read
/// and forge the callbacks.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp keygen
  cbp keygen AES-128-CFB")]
pub(crate) struct Args {
    /// The algorithm
    #[arg(value_name = "ALGORITHM", default_value = Algorithm::Aes256Gcm.name(), value_parser = algorithm())]
    algorithm: Algorithm,
    /// Print a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let mut random = Zeroizing::new([0; RANDOM_BYTES]);
    getrandom::fill(&mut *random)
        .map_err(|error| Failure::Usage(format!("the operating system gives no random bytes: {error}")))?;
    let enc = keygen(args.algorithm, &*random).map(Zeroizing::new);
    let enc =
        enc.ok_or_else(|| Failure::Usage("too many random bytes were passed over: try again".to_owned()))?;
    Ok(output::result(enc.as_bytes(), End::LineBreak)?)
}
