"""The shared cases through the Python package, in an interpreter that has neither plugins nor tools: PYTHONPATH names the package,
pytest, which the tests import, and the tests."""

import test_cases
import test_sealed_cases
from support import COUNTS

for module in (test_cases, test_sealed_cases):
    for name, test in vars(module).items():
        if name.startswith("test_"):
            test()
print(*COUNTS, sep="\n")
