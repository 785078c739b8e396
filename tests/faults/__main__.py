"""`python -m tests.faults --runs 1000 --seed 1`: so many days, from this seed on."""

import argparse
import asyncio
import logging
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from api.supervisor.postgres import temporary
from tests.faults.clock import provide
from tests.faults.running import Outcome, runs

SAYS_EVERY = 50


def main() -> int:
    """0 when nothing was lost, doubled or said to somebody else."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    logging.disable()
    with temporary() as server:
        return asyncio.run(_all(provide(server.url, "only-for-tests"), range(given.seed, given.seed + given.runs)))


async def _all(url: str, seeds: range) -> int:
    so_far = SoFar()
    async with runs(url) as house:
        for seed in seeds:
            outcome = await house.seed(seed)
            if outcome.findings.wrong:
                _say(told(outcome))
            so_far.add(outcome)
            if so_far.runs % SAYS_EVERY == 0 or so_far.runs == len(seeds):
                _say(str(so_far))
    return min(so_far.wrong, 1)


@dataclass
class SoFar:
    """What came of all days until now."""

    runs: int = 0
    wrong: int = 0
    begun: float = field(default_factory=time.monotonic)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """One more day."""
        found = outcome.findings
        self.runs += 1
        self.wrong += bool(found.wrong)
        self.counts.update(outcome.hits)
        self.counts.update(turns=found.turns, troubles=found.troubles, unknown=found.unknown, doubled=found.doubled)

    def __str__(self) -> str:
        """One line."""
        counts = ", ".join(f"{name} {count}" for name, count in self.counts.items())
        return f"{self.runs} runs, {self.wrong} wrong, {time.monotonic() - self.begun:.0f} s: {counts}"


def told(outcome: Outcome) -> str:
    """A day that went wrong: what was wrong, what was done, and how to see it again."""
    story = outcome.story
    steps = [f"  {number:2} {step}" for number, step in enumerate(story.steps)]
    again = f"python -m tests.faults --runs 1 --seed {story.seed}"
    return "\n".join(
        [f"seed {story.seed}, {story.way}, clocks {story.wrong}: {again}", *outcome.findings.wrong, *steps]
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
