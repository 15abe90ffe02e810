// Contestants that take turns, so that a noisy machine slows them all: medians, ratios, budgets. `--quick` for a smoke test.
const quick = process.argv.includes('--quick');
let met = 0;
let budgets = 0;

/** Nanoseconds of one call, averaged over calls for so many milliseconds. Each promise is waited for, before the next call. */
async function timed(call, milliseconds) {
  let count = 0;
  const start = performance.now();
  do {
    for (let at = 0; at < 20; at += 1) {
      const made = call();
      // To await what is no promise would take a noticeable part of a short call.
      if (made instanceof Promise) await made;
    }
    count += 20;
  } while (performance.now() - start < milliseconds);
  return ((performance.now() - start) * 1e6) / count;
}

/** Median time of each call in nanoseconds. */
export async function race(calls) {
  const milliseconds = quick ? 20 : 100;
  const rounds = quick ? 3 : 15;
  const times = calls.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, call] of calls.entries()) {
      await timed(call, milliseconds / 2); // not counted: it collects the garbage of the contestant before
      times[index].push(await timed(call, milliseconds));
    }
  }
  return times.map((list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]);
}

/** A row of the table; `budget` is the ratio that is promised, if one is. */
export function row(work, ours, peer, theirs, budget) {
  const ratio = theirs / ours;
  const verdict = budget ? `${budget.toFixed(1)}x | ${ratio >= budget ? 'met' : 'short'}` : '- | -';
  budgets += budget ? 1 : 0;
  met += budget && ratio >= budget ? 1 : 0;
  console.log(`${work} | ${ours.toFixed(0)} ns | ${peer} | ${theirs.toFixed(0)} ns | ${ratio.toFixed(2)}x | ${verdict}`);
}

export function verdict() {
  console.log(`budgets met: ${met} of ${budgets}`);
}
