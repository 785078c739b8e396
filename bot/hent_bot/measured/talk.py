"""One question read, one answer given, and life until the asker has read how much memory that took."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

# Rasa's libraries log to standard output, which here holds the answer alone.
_ANSWER, sys.stdout = sys.stdout, sys.stderr


def answer(work: Callable[[Any], Any]) -> None:
    """A line of JSON in, `work`'s result as a line of JSON out; ends when standard input does."""
    told = work(json.loads(sys.stdin.readline()))
    _ANSWER.write(json.dumps(told) + "\n")
    _ANSWER.flush()
    sys.stdin.read()


def named(intent: str, confidence: float) -> dict[str, Any]:
    """An understanding in the form of ours: one intent ranked, no entity."""
    return {"ranking": [{"name": intent, "confidence": round(confidence, 4)}]}


class Watch:
    """Seconds of each piece of work, one by one: `with watch: …`."""

    def __init__(self) -> None:
        """Nothing measured."""
        self.seconds: list[float] = []
        self._since = 0.0

    def __enter__(self) -> None:
        """Begin a piece."""
        self._since = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.seconds.append(time.perf_counter() - self._since)
