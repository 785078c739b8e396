"""Which of our messages are answers: people are asked of those alone whether they helped."""

from collections.abc import Iterable
from hashlib import sha256

from api.conversations.coming_back import asks
from api.texts.library import LANGUAGES, Entry, entries
from api.texts.schemas import Saying

NO_ANSWERS = frozenset({"conversation", "identity", "desk"})
"""Topics that answer no question: small talk, who is speaking, who answers."""
NOT_NOW = frozenset({"urgent", LANGUAGES})
"""Topics beside which nothing is asked: in danger, and in a language in which we cannot ask it."""
NAMED_BY = 8
"""Hexadecimal digits: enough to tell the wordings of one text apart."""


def is_answer(says: Iterable[str]) -> bool:
    """Whether a message of these texts answers something. What only asks the person something does not."""
    known = [entries()[name] for name in says if name in entries()]
    if any(entry.topic in NOT_NOW for entry in known):
        return False
    return any(entry.topic not in NO_ANSWERS and not asks(Saying(entry.name)) for entry in known)


def wording(entry: Entry) -> str:
    """What tells our own wordings of a text apart: they have no number, and change when Hent is installed anew."""
    return sha256(entry.web.encode()).hexdigest()[:NAMED_BY]
