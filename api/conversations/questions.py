"""The question of ours that is open: what the next message may mean because of it, and when it is left behind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from api.conversations.tables import Author, Choice, Message
from api.core.day_answers import day_answer
from api.core.documents import read_yaml
from api.core.wanted_times import Wanted, begins_with_time, wanted_in
from api.texts.numbering import NO, YES

FILE = Path(__file__).parents[2] / "data" / "reference" / "questions.yml"
STANDS_FOR = {YES: "affirm", NO: "deny"}
"""The intent that says as much as the word of a choice."""

CALL = "request_callback"
_TIMES = {"slot", "window"}
"""Entities that name a time which is offered: an appointment's, or when somebody can be called."""

OURS = frozenset({"waiting", "nlu_fallback"})
"""Intents of choices that are answered here: Rasa would refuse to be told them by name."""


@dataclass(frozen=True)
class Question:
    """One of `questions.yml`."""

    answers: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    asks_day: bool = False
    """Whether a day alone answers it: Rasa would have to guess what "le 12" is about."""
    asks_time: bool = False
    """Whether it offers or tells times, instead of which others may be wished for."""
    asks_again: bool = True
    """False: it told what was agreed. Another time changes that, and it is not said again after another answer."""


@dataclass(frozen=True)
class OpenQuestion:
    """What the last message asks of the person."""

    name: str | None = None
    """The text that asks, if it is one of `questions.yml`."""
    expected: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    """Intents that answer it, and the choice that each stands for: {"intent": …, "entities": …}; None: for itself."""
    another_time: dict[str, Any] | None = None
    """What asks for other times than those offered, without the times."""
    says: tuple[str, ...] = ()
    """Names of all texts of our last message: a short question leans on them."""
    text: str = ""
    """Our last message itself: which trades it told of."""

    def is_left_by(self, intent: str) -> bool:
        """Whether a message that is understood so answers it, or turns away from it."""
        known = questions().get(self.name or "", Question())
        return intent in self.expected or intent in known.leaves

    def day_in(self, text: str, today: date) -> dict[str, Any] | None:
        """The choice that a text makes by naming a day, or by saying that none is known; None: it does not."""
        known = questions().get(self.name or "", Question())
        answer = day_answer(text, today) if known.asks_day else None
        return {"intent": known.answers[0], "entities": {"answer": str(answer)}} if answer else None

    def time_in(self, text: str, now: datetime) -> dict[str, Any] | None:
        """The choice that a text makes by naming times that would suit better than those offered; None: it does not."""
        if self.another_time is None:
            return None
        wanted = wanted_in(text, now) or self._wanted_first(text, now)
        if wanted is None:
            return None
        return {**self.another_time, "entities": self.another_time["entities"] | {"wanted": str(wanted)}}

    def rest_in(self, text: str, now: datetime) -> str | None:
        """What a text says after the time at which to be called; None where it says nothing else.

        "Lundi aprem. et j'ai plus de couches pour le bébé" lost its hour: calls are agreed amid other things.
        """
        first = self._first(text, now)
        return first[1] if first else None

    def _wanted_first(self, text: str, now: datetime) -> Wanted | None:
        first = self._first(text, now)
        return first[0] if first else None

    def _first(self, text: str, now: datetime) -> tuple[Wanted, str] | None:
        asks = questions().get(self.name or "", Question()).asks_again
        if not asks or (self.another_time or {}).get("intent") != CALL or wanted_in(text, now):
            return None
        return begins_with_time(text, now)


def open_question(last: Message | None, choices: Sequence[Choice]) -> OpenQuestion:
    """What is open after our last message; nothing after a caseworker's, who asks what they like."""
    if last is None or last.author is not Author.assistant:
        return OpenQuestion()
    name = next((name for name in reversed(last.says) if name in questions()), None)
    asked = questions().get(name or "", Question())
    another = _another_time(choices, asked) if asked.asks_time else None
    return OpenQuestion(name, dict.fromkeys(asked.answers) | _chosen(choices), another, tuple(last.says), last.text)


def _another_time(choices: Sequence[Choice], asked: Question) -> dict[str, Any] | None:
    """What choosing one of the offered times says, but which: "D'autres dates" would ask for what comes after them.

    None where none is offered, unless the question says by itself what answers it.
    """
    for choice in choices:
        entities = choice.payload.get("entities", {})
        if offered := entities.keys() & _TIMES:
            return {**choice.payload, "entities": {name: one for name, one in entities.items() if name not in offered}}
    return {"intent": asked.answers[0], "entities": {}} if asked.answers else None


def _chosen(choices: Sequence[Choice]) -> dict[str, dict[str, Any] | None]:
    """What "yes" and "no" choose, however they are said, where only Rasa need know of it."""
    found: dict[str, dict[str, Any] | None] = {}
    for word, intent in STANDS_FOR.items():
        fitting = [choice.payload for choice in choices if word in choice.words]
        # What was asked back is about earlier words, which Rasa would not be told.
        if len(fitting) == 1 and fitting[0].get("intent", "waiting") not in OURS and "about" not in fitting[0]:
            found[intent] = {"name": fitting[0]["intent"], "entities": fitting[0].get("entities", {})}
    return found


@cache
def questions() -> dict[str, Question]:
    """By the name of the text that asks."""
    return {
        name: Question(
            tuple(raw.get("answers", ())),
            tuple(raw.get("leaves", ())),
            raw.get("asks") == "day",
            raw.get("asks") in ("time", "change"),
            raw.get("asks") != "change",
        )
        for name, raw in read_yaml(FILE).items()
    }
