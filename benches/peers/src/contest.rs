//! Timing contestants side by side: short rounds in turn, the median of the rounds, so that what disturbs the machine
//! disturbs all of them.

use std::time::{Duration, Instant};

const ROUNDS: usize = 41;
const ROUND: Duration = Duration::from_millis(4);

/// The table so far.
#[derive(Default)]
pub struct Contest {
    budgets: usize,
    met: usize,
}

impl Contest {
    pub fn heading(&self) {
        println!("work | ours ns | peer | peer ns | ratio | budget | verdict");
        println!("--- | --- | --- | --- | --- | --- | ---");
    }

    /// Times ours (first) against a peer; a budget of 0 is none.
    pub fn race(&mut self, work: &str, budget: f64, peer: &str, contestants: &mut [&mut dyn FnMut(); 2]) {
        let [ours, theirs] = medians(contestants);
        let ratio = theirs / ours;
        let verdict = match budget {
            0.0 => String::from("- | -"),
            _ => format!("{budget}x | {}", if ratio >= budget { "met" } else { "short" }),
        };
        println!("{work} | {ours:.0} | {peer} | {theirs:.0} | {ratio:.2}x | {verdict}");
        self.budgets += usize::from(budget > 0.0);
        self.met += usize::from(budget > 0.0 && ratio >= budget);
    }

    pub fn verdict(&self) {
        println!("budgets met: {} of {}", self.met, self.budgets);
    }
}

fn medians(contestants: &mut [&mut dyn FnMut(); 2]) -> [f64; 2] {
    let mut repeats = [1usize; 2];
    for (contestant, repeats) in contestants.iter_mut().zip(&mut repeats) {
        while time(contestant, *repeats) < ROUND {
            *repeats *= 2;
        }
    }
    let mut rounds = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (index, contestant) in contestants.iter_mut().enumerate() {
            let took = time(contestant, repeats[index]);
            rounds[index].push(took.as_nanos() as f64 / repeats[index] as f64);
        }
    }
    rounds.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    })
}

fn time(contestant: &mut &mut dyn FnMut(), repeats: usize) -> Duration {
    let start = Instant::now();
    for _ in 0..repeats {
        contestant();
    }
    start.elapsed()
}
