//! Ours against the peers, in one process, interleaved: medians, ratios, budgets. `make bench-peers`.
//!
//! Every contestant's result is compared with ours before it is timed. An argument runs only the rows whose work
//! contains it.

mod aws_lc;
mod callbacks;
mod ciphers;
mod contest;
mod hand_written;
mod messages;
mod sample;
mod scale;
mod validation;

use contest::Contest;

fn main() {
    let mut contest = Contest::new(std::env::args().nth(1).unwrap_or_default());
    contest.heading();
    ciphers::one_value(&mut contest);
    ciphers::batches(&mut contest);
    validation::payloads(&mut contest);
    messages::messages(&mut contest);
    callbacks::callbacks(&mut contest);
    contest.verdict();
    scale::threads(&contest);
    scale::growth(&contest);
}
