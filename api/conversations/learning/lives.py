"""Messages that tell a life, `data/reference/lives/`: they teach the reader an intent, and the narrower answer.

Rasa does not learn from them: its minute would be longer, and it knows words, not what they mean together. Why:
docs/decisions/0045-lives.md.
"""

from collections.abc import Iterator
from typing import NamedTuple

from api.core.documents import read_rows
from api.knowledge.facts import REFERENCE

FOLDER = REFERENCE / "lives"
NONE = "-"
"""In a list: no narrower answer serves best."""


class Life(NamedTuple):
    """A row of the lists."""

    intent: str
    """Of the contract; out_of_scope for what we know nothing of."""
    says: str
    """The text that answers it best; empty where none of the narrower ones does."""
    text: str
    source: str
    """The list's name."""


def lives() -> Iterator[Life]:
    """All of them. Columns: intent, says, register (careful, plain or sms), text."""
    for file in sorted(FOLDER.glob("*.tsv")):
        for row in read_rows(file):
            says = "" if row["says"] == NONE else row["says"]
            yield Life(row["intent"], says, row["text"], file.stem)
