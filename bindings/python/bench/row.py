"""A row of the table: two calls that take turns, in many short rounds, so that the load of the machine affects both.

Figures are medians of CPU nanoseconds per call: elapsed time would count the interruptions of a busy machine. Rows of
batches, which work on several threads, are medians of elapsed nanoseconds per item.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS, CALLS = 400, 50


@dataclass(frozen=True)
class Row:
    work: str
    ours: Callable[[], object]
    peer: str
    theirs: Callable[[], object]
    budget: float | None
    """How many times faster than the peer it has to be; None if nothing is promised."""
    rounds: int = ROUNDS
    calls: int = CALLS
    items: int | None = None
    """Items of a batch, which works on several threads: elapsed time counts, for one item."""

    def measure(self) -> bool | None:
        """Prints the row and returns whether the budget is met; None without one."""
        spent: tuple[list[float], list[float]] = ([], [])
        clock = time.thread_time_ns if self.items is None else time.perf_counter_ns
        for _ in range(self.rounds):
            for call, times in zip((self.ours, self.theirs), spent, strict=True):
                start = clock()
                for _ in range(self.calls):
                    call()
                times.append((clock() - start) / self.calls / (self.items or 1))
        ours, theirs = map(statistics.median, spent)
        ratio = theirs / ours
        is_met = None if self.budget is None else ratio >= self.budget
        verdict = "- | -" if is_met is None else f"{self.budget:g}x | {'met' if is_met else 'short'}"
        print(f"{self.work} | {ours:.0f} | {self.peer} | {theirs:.0f} | {ratio:.1f}x | {verdict}", flush=True)
        return is_met
