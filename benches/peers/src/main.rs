//! Ours against the peers, in one process, interleaved: medians, ratios, budgets. `make bench-peers`.
//!
//! Every contestant's result is compared with ours before it is timed. An argument runs only the rows whose work
//! contains it; the argument `scale` prints the figures behind docs/*.svg instead (`make bench-plots`).

mod aws_lc;
mod best_by_hand;
mod borrowed;
mod callbacks;
mod cfb_mode_kept;
mod ciphers;
mod contest;
mod diagnoses;
mod hand_written;
mod jwe_by_hand;
mod kept;
mod lengths;
mod many;
mod messages;
mod sample;
mod scale;
mod sealed;
mod shapes;
mod validation;

use contest::Contest;

fn main() {
    let only = std::env::args().nth(1).unwrap_or_default();
    if only == "scale" {
        scale::threads();
        return scale::growth();
    }
    let mut contest = Contest::new(only);
    contest.heading();
    ciphers::one_value(&mut contest);
    ciphers::batches(&mut contest);
    validation::payloads(&mut contest);
    messages::messages(&mut contest);
    callbacks::callbacks(&mut contest);
    shapes::shapes(&mut contest);
    lengths::lengths(&mut contest);
    sealed::sealed(&mut contest);
    diagnoses::diagnoses(&mut contest);
    many::many(&mut contest);
    contest.verdict();
}
