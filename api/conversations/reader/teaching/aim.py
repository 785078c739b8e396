"""What the reader is taught: whether a message is urgent, of which kind, and which intent it has."""

import random
from collections.abc import Collection, Sequence
from typing import Any

from api.conversations.reader.teaching import intents, urgent
from api.conversations.reader.teaching.lessons import Aim, Shown
from api.conversations.urgent import kinds
from api.conversations.urgent.kinds import Urgency
from api.conversations.urgent.learning import HARMLESS

NAMES = (*kinds.NAMES, *intents.NAMES)
_ROUNDS, _STEP = 4, 1.5e-4
_STEP_ON = 5e-5
_FRESH, _KEPT = 3, 6
"""Taught on, fresh lists are shown thrice, and one message in six of all others, so that they are not forgotten."""
_JUDGING = 10.0
"""Sixty intents are told apart by the last line, from a mean that hardly differs at first: at one step for all, 81 % of
the messages to tune on were right after four rounds; with this, 86 %."""
_EMERGENCY = "emergency_"


def aim() -> Aim:
    """All that there is, from the beginning: some two hours on two cores."""
    return Aim(NAMES, lessons(), _ROUNDS, off, _STEP, _JUDGING)


def aim_on(fresh: Collection[str]) -> Aim:
    """Of a reader that was taught before: what lists written since then say, a few minutes for a thousand messages.

    `fresh`: their names, without the ending, of urgent messages or of lives. ValueError: there is no such list.
    """
    new = [one for one in (*urgent.lessons(), *intents.lessons()) if one.source in fresh]
    if {one.source for one in new} != set(fresh):
        raise ValueError(f"No such list among {', '.join(fresh)}.")
    texts = {one.text for one in new}
    shown = lessons()
    others = [one for one in shown if one.text not in texts]
    known = random.Random(0).sample(others, len(others) // _KEPT)
    return Aim(NAMES, [one for one in shown if one.text in texts] * _FRESH + known, 1, off, _STEP_ON)


def lessons() -> Sequence[Shown]:
    """Both together. Lists of urgent messages know no intent; what an intent says is harmless, or of its kind."""
    told = {one.text: one for one in urgent.lessons()}
    asked = {one.text: one for one in intents.lessons()}
    unknown = [0.0] * len(intents.NAMES)
    found = [one._replace(means=[*one.means, *_intent(asked.pop(text, None), unknown)]) for text, one in told.items()]
    return found + [one._replace(means=[*urgent.means(_kind(one)), *one.means]) for one in asked.values()]


def off(said: Any, means: Any) -> Any:
    """Both together, each by its own names."""
    urgencies = len(kinds.NAMES)
    alarmed = urgent.off(said[:, :urgencies], means[:, :urgencies])
    return alarmed + intents.off(said[:, urgencies:], means[:, urgencies:])


def _intent(same: Shown | None, unknown: Sequence[float]) -> Sequence[float]:
    return same.means if same else unknown


def _kind(one: Shown) -> str:
    name = intents.meant(one).removeprefix(_EMERGENCY)
    return name if name in set(Urgency) else HARMLESS
