"""`python -m tests.faults --runs 1000 --seed 1`: so many days, from this seed on."""

import argparse
import asyncio
import logging
import sys
import time
from collections import Counter

from api.supervisor.postgres import temporary
from tests.faults.clock import provide
from tests.faults.running import Outcome, runs
from tests.faults.story import Kind


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
    wrong, hits, counts, begun = 0, Counter[Kind](), Counter[str](), time.monotonic()
    async with runs(url) as house:
        for seed in seeds:
            outcome = await house.seed(seed)
            hits += outcome.hits
            found = outcome.findings
            counts.update(turns=found.turns, troubles=found.troubles, unknown=found.unknown, doubled=found.doubled)
            if found.wrong:
                wrong += 1
                _say(told(outcome))
    _say(f"{len(seeds)} runs, {wrong} wrong, {time.monotonic() - begun:.0f} s; {dict(counts)}; {dict(hits)}")
    return min(wrong, 1)


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
