"""`python -m tests.audit UV`: weaknesses of both lock files that nobody argued, and arguments past their day."""

import sys
from pathlib import Path

from api.core.clock import today
from tests.audit.accepted import ROOT, accepted, troubles, unargued
from tests.audit.finding import Unreachable, audited

LOCKS = ("uv.lock", "bot/uv.lock")


def main(uv: Path) -> int:
    """1 when something is to be read or done. Without a service nothing fails but what is known without it."""
    reasons, wrong = accepted(), []
    wrong += troubles(reasons, today())
    try:
        found = [one for lock in LOCKS for one in audited(uv, ROOT, lock)]
    except Unreachable as why:
        _say(f"NOT AUDITED: no advisory service is reachable from here; only the dates were looked at. ({why})")
    else:
        _say(f"audited: {len(found)} known weaknesses in {' and '.join(LOCKS)}")
        wrong += [str(one) for one in unargued(found, reasons)]
    for line in wrong:
        _say(line)
    return min(len(wrong), 1)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
