"""How soon somebody must look at a request, and whether it is to be answered or only to be known."""

from datetime import date
from typing import NamedTuple

from api.escalations.tables import Kind, Priority, Reason

PRESSING = frozenset({Reason.letter, Reason.complaint, Reason.hindrance})
WITHOUT_MONEY = frozenset({"rsa_suspended"})
"""Intents: whoever asks for somebody because of these has nothing to live on."""
TO_KNOW = frozenset({Reason.appointment_declined})
ORDER = tuple(Priority)


class Rank(NamedTuple):
    """Where a request stands among the others."""

    priority: Priority
    kind: Kind


def rank(reason: Reason, about: str = "", deadline: date | None = None, *, to_know: bool = False) -> Rank:
    """The rank of a request. `about`: the intent that its words were understood as; `deadline`: a day to answer by;
    `to_know`: nobody waits for an answer to this one."""
    if to_know or reason in TO_KNOW:
        return Rank(Priority.normal, Kind.to_know)
    if reason is Reason.urgent:
        return Rank(Priority.urgent, Kind.to_answer)
    high = reason in PRESSING or about in WITHOUT_MONEY or deadline is not None
    return Rank(Priority.high if high else Priority.normal, Kind.to_answer)


def is_above(one: Priority, other: Priority) -> bool:
    """Whether `one` is looked at before `other`."""
    return ORDER.index(one) < ORDER.index(other)
