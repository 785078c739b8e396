"""What somebody must read again: facts whose day has come, or comes soon."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from api.knowledge.facts import KINDS, Fact, Stated

SOON = timedelta(days=60)
"""A decree is published weeks before its day: long enough to find it, to have it read and to change the value."""


class Review(NamedTuple):
    """A value to be checked against its source."""

    stated: Stated
    fact: Fact
    departement: str | None
    """None: everywhere that has no value of its own."""


def due(today: date) -> list[Review]:
    """What must be read again by today or soon after, the longest overdue first. What was replaced needs nobody."""
    soon = [review for review in _current(today) if review.stated.review_by <= today + SOON]
    return sorted(soon, key=lambda review: (review.stated.review_by, review.fact.name, review.departement or ""))


def _current(today: date) -> Iterator[Review]:
    for fact in (fact for known in KINDS.values() for fact in known().values()):
        for departement, stated in fact.everywhere():
            begun = [one for one in stated if one.valid_from <= today]
            to_come = stated[len(begun) :]
            yield from (Review(one, fact, departement) for one in (*begun[-1:], *to_come))
