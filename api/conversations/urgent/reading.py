"""What the second reader makes of a message: whether it is urgent, and of which kind it is then."""

from typing import NamedTuple

from api.conversations.reader import shipped
from api.conversations.urgent.kinds import URGENT, Urgency


class Reading(NamedTuple):
    """In logits: above 0 is likelier than not."""

    urgent: float
    kinds: dict[Urgency, float]
    """Of which kind, if it is urgent."""


def read(text: str) -> Reading:
    """A message as its author wrote it; the file is read at the first call."""
    said = shipped().read(text)
    return Reading(said[URGENT], {kind: said[kind] for kind in Urgency})
