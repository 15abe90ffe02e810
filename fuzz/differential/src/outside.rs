//! The cases as lines, with the library's texts, for implementations in other processes.

use std::io::{self, BufWriter, Write};

use callback_profile::cipher::Cipher;
use oracle::hex;

use crate::round::Round;
use crate::{CASES_PER_KEY, Plan};

/// Writes each case as `algorithm TAB key TAB IV TAB encoding TAB tag's place TAB value in hex TAB text`.
///
/// # Errors
/// When nobody reads them.
pub fn write_cases(plan: &Plan, out: impl Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let (mut round, mut texts) = (Round::new(), Vec::new());
    for number in 0..plan.cases.div_ceil(CASES_PER_KEY) {
        let first = number * CASES_PER_KEY;
        round.draw(plan.seed, number, (plan.cases - first).min(CASES_PER_KEY) as usize);
        let cipher = Cipher::new(round.algorithm, &round.key, &round.iv).expect("key and IV are valid");
        let values: Vec<&[u8]> = round.values().collect();
        cipher.with_wire_format(round.format).encrypt_all(&values, &mut texts).expect("short enough");
        if plan.spoiled.is_some_and(|case| case / CASES_PER_KEY == number) {
            texts[0].insert_str(0, "AAAA");
        }
        let Round { algorithm, key, iv, format, .. } = &round;
        let (encoding, tag) = (format.encoding.name(), format.tag.name());
        for (value, text) in values.iter().zip(&texts) {
            writeln!(out, "{algorithm}\t{key}\t{iv}\t{encoding}\t{tag}\t{}\t{text}", hex(value))?;
        }
    }
    out.flush()
}
