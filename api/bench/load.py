"""Load: conversations that ask in closed loop, for a while or turn by turn, every answer checked and timed."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from api.bench.talking import FAILURES, Asker


@dataclass(slots=True)
class Answers:
    """What came back: the seconds that each right answer took, and what went wrong, by kind."""

    latencies: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    """From the first question to the last answer."""

    @property
    def rate(self) -> float:
        """Right answers a second."""
        return len(self.latencies) / self.seconds

    def ask(self, asker: Asker) -> None:
        """Put the question once more."""
        began = time.perf_counter()
        try:
            asker.ask()
        except FAILURES as error:
            self.failures[f"{type(error).__name__} {error}".strip()] += 1
            asker.close()
        else:
            self.latencies.append(time.perf_counter() - began)


def block(askers: Sequence[Asker], seconds: float) -> Answers:
    """Let them all ask at once for `seconds`, each again as soon as it is answered; the last answers are waited for."""
    began = time.perf_counter()
    with ThreadPoolExecutor(len(askers)) as conversations:
        each = conversations.map(lambda asker: _kept_asking(asker, began + seconds), askers)
    whole = merged(each)
    whole.seconds = time.perf_counter() - began
    return whole


def turns(asker: Asker, count: int) -> Answers:
    """Ask `count` times."""
    answers = Answers()
    for _ in range(count):
        answers.ask(asker)
    # Servers close a connection that is idle for 5 s, and the other side's turn may last longer.
    asker.close()
    return answers


def merged(several: Iterable[Answers]) -> Answers:
    """All answers together, in order; seconds add up."""
    whole = Answers()
    for answers in several:
        whole.latencies += answers.latencies
        whole.failures += answers.failures
        whole.seconds += answers.seconds
    return whole


def _kept_asking(asker: Asker, until: float) -> Answers:
    answers = Answers()
    while time.perf_counter() < until:
        answers.ask(asker)
    asker.close()
    return answers
