"""`python -m tests.scaling`: messages a second of one of each process, and of two, with a Rasa of a given pace."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.scaling.measuring import measured, really_measured


def main() -> int:
    """0 once everything was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.scaling", description=__doc__)
    parser.add_argument(
        "--rasa", type=float, default=0.05, help="seconds that a turn takes a Rasa, which plays one at a time"
    )
    parser.add_argument("--real", action="store_true", help="Rasa itself, with its action; all on this machine")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--at-once", type=int, default=8, help="conversations for one of each")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        size = given.seconds, given.at_once
        found = really_measured(Path(folder), *size) if given.real else measured(Path(folder), given.rasa, *size)
    one, two = found
    load = " ".join(f"{load:.1f}" for load in os.getloadavg())
    for line in (*found, f"ratio {two.rate / one.rate:.2f}, load average {load}"):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
