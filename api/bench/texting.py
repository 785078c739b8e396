"""Questions by SMS: how many a second come in and how soon each is kept, and how many are answered from end to end."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from api.bench.chain import Hopeless
from api.bench.figures import Figure, percentile
from api.bench.talking import FAILURES, Line

QUESTIONS, AT_ONCE = 400, 8
_TEXT = "comment contester une décision"
"""Of the rights of all: no file is looked at, and nobody is asked who they are."""
_PATIENCE = 120.0
"""Seconds until the last answer."""


@dataclass(frozen=True, slots=True)
class Texting:
    """A house at work, and telephones that nobody else has."""

    port: int
    say: Callable[[str], None]

    def measure(self) -> list[Figure]:
        """Every figure of SMS that come in, in about half a minute. Raises Hopeless."""
        self.say(f"SMS : {QUESTIONS} questions de {QUESTIONS} téléphones")
        phones = [f"+3363998{5_000 + nth}" for nth in range(QUESTIONS)]
        try:
            return self._figures(phones)
        except FAILURES as failure:
            raise Hopeless(f"Les SMS n'ont pas pu être mesurés : {failure!r}") from failure

    def _figures(self, phones: Sequence[str]) -> list[Figure]:
        bare = [took for some in self._shared(phones, _looked) for took in some]
        began = time.perf_counter()
        kept = [took for some in self._shared(phones, _written) for took in some]
        came_in = time.perf_counter()
        self._wait(phones)
        answered = time.perf_counter()
        note = f"{AT_ONCE} à la fois ; référence : /health/live"
        return [
            Figure("sms_in_rate", len(kept) / (came_in - began), "1/s", None, note),
            Figure("sms_in_p95", 1000 * percentile(kept, 0.95), "ms", 1000 * percentile(bare, 0.95), note),
            Figure(
                "sms_answered_rate",
                len(phones) / (answered - began),
                "1/s",
                None,
                "du premier SMS à la dernière réponse",
            ),
        ]

    def _shared(self, phones: Sequence[str], do: Callable[[Line, str], None]) -> list[list[float]]:
        shares = [phones[nth::AT_ONCE] for nth in range(AT_ONCE)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(lambda share: _timed(Line(self.port), share, do), shares))

    def _wait(self, phones: Sequence[str]) -> None:
        """Until each telephone shows an answer. Raises Hopeless."""
        line, left, deadline = Line(self.port), list(phones), time.perf_counter() + _PATIENCE
        while left := [phone for phone in left if not _answered(line, phone)]:
            if time.perf_counter() > deadline:
                raise Hopeless(f"{len(left)} SMS sur {len(phones)} sont restés sans réponse.")


def _timed(line: Line, phones: Sequence[str], do: Callable[[Line, str], None]) -> list[float]:
    taken = []
    for phone in phones:
        began = time.perf_counter()
        do(line, phone)
        taken.append(time.perf_counter() - began)
    line.close()
    return taken


def _written(line: Line, phone: str) -> None:
    line.call("POST", f"/demo/phones/{phone}/messages", {"text": _TEXT})


def _looked(line: Line, phone: str) -> None:
    line.call("GET", "/health/live")


def _answered(line: Line, phone: str) -> bool:
    return any(sms["direction"] == "out" for sms in line.call("GET", f"/demo/phones/{phone}/messages"))
