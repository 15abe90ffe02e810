"""The time of our calls against what a Python service would write by hand, in the same run. Before anything is timed,
both sides must give the same results. `make python-bench`."""

from __future__ import annotations

from batches import batch_rows
from calls import call_rows
from payloads import payload_rows


def main() -> None:
    rows = [*call_rows(), *payload_rows(), *batch_rows()]
    print("work | ours ns | peer | peer ns | ratio | budget | verdict")
    verdicts = [row.measure() for row in rows]
    budgets = [is_met for is_met in verdicts if is_met is not None]
    print(f"budgets met: {sum(budgets)} of {len(budgets)}")


if __name__ == "__main__":
    main()
