//! Timing contestants side by side: short rounds in turn, the median of the rounds, so that what disturbs the machine
//! disturbs all of them.

use std::time::{Duration, Instant};

const ROUNDS: usize = 401;
const ROUND: Duration = Duration::from_micros(150);

/// The table so far.
pub struct Contest {
    only: String,
    budgets: usize,
    met: usize,
}

/// Two contestants for one piece of work; a budget of 0 is none.
pub struct Race<'r> {
    pub work: &'r str,
    pub budget: f64,
    pub peer: &'r str,
    pub ours: &'r mut dyn FnMut(),
    pub theirs: &'r mut dyn FnMut(),
}

impl Contest {
    pub fn new(only: String) -> Contest {
        Contest { only, budgets: 0, met: 0 }
    }

    /// Whether rows of this work are wanted.
    pub fn wants(&self, work: &str) -> bool {
        work.contains(&self.only)
    }

    pub fn heading(&self) {
        println!("work | ours ns | peer | peer ns | ratio | budget | verdict");
        println!("--- | ---: | --- | ---: | ---: | ---: | ---");
    }

    /// Times both and prints the row.
    pub fn race(&mut self, race: Race<'_>) {
        let Race { work, budget, peer, ours, theirs } = race;
        if !self.wants(work) {
            return;
        }
        let [ours, theirs] = medians(&mut [ours, theirs]);
        self.row(work, ours, peer, theirs, budget);
    }

    /// Times ours where nobody else does such work.
    pub fn alone(&mut self, work: &str, ours: &mut dyn FnMut()) {
        if self.wants(work) {
            let [ours] = medians(&mut [ours]);
            println!("{work} | {ours:.0} | - | - | - | - | -");
        }
    }

    /// Prints a row; the budget is how many times ours theirs is at least.
    pub fn row(&mut self, work: &str, ours: f64, peer: &str, theirs: f64, budget: f64) {
        let ratio = theirs / ours;
        let is_met = (budget > 0.0).then_some(ratio >= budget);
        self.print(work, ours, peer, theirs, &format!("{budget}x"), is_met);
    }

    /// The same for ours that has a budget of its own: at most so much.
    pub fn limit(&mut self, work: &str, ours: f64, peer: &str, theirs: f64, most: f64) {
        self.print(work, ours, peer, theirs, &format!("at most {most}"), Some(ours <= most));
    }

    /// The same where the budget is how many times theirs ours is at most.
    pub fn limit_of_ratio(&mut self, work: &str, ours: f64, peer: &str, theirs: f64, most: f64) {
        let is_met = Some(ours <= theirs * most);
        self.print(work, ours, peer, theirs, &format!("{:.2}x, at most {most}x", ours / theirs), is_met);
    }

    fn print(&mut self, work: &str, ours: f64, peer: &str, theirs: f64, budget: &str, is_met: Option<bool>) {
        let verdict = match is_met {
            None => String::from("- | -"),
            Some(is_met) => format!("{budget} | {}", if is_met { "met" } else { "short" }),
        };
        println!("{work} | {ours:.0} | {peer} | {theirs:.0} | {:.2}x | {verdict}", theirs / ours);
        self.budgets += usize::from(is_met.is_some());
        self.met += usize::from(is_met == Some(true));
    }

    pub fn verdict(&self) {
        println!("budgets met: {} of {}", self.met, self.budgets);
    }
}

/// Nanoseconds of each contestant.
pub fn medians<const COUNT: usize>(contestants: &mut [&mut dyn FnMut(); COUNT]) -> [f64; COUNT] {
    let mut repeats = [1usize; COUNT];
    for (contestant, repeats) in contestants.iter_mut().zip(&mut repeats) {
        while time(contestant, *repeats) < ROUND {
            *repeats *= 2;
        }
    }
    let mut rounds: [Vec<f64>; COUNT] = std::array::from_fn(|_| Vec::new());
    for _ in 0..ROUNDS {
        for ((contestant, repeats), times) in contestants.iter_mut().zip(repeats).zip(&mut rounds) {
            times.push(time(contestant, repeats).as_nanos() as f64 / repeats as f64);
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
