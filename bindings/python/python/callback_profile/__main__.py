"""`python -m callback_profile …` is the `cbp` command."""

import signal
import sys

from ._native import _cli


def main() -> int:
    """Run the command with the arguments of the process and return its exit code."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python would not see Ctrl-C before the command returns
    return _cli(["cbp", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
