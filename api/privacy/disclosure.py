"""What may be said to whom: `data/reference/disclosure.yml` read once, asked in one place."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from api.core.documents import read_yaml
from api.privacy.audience import Audience, Channel, Level

TABLE = Path(__file__).parents[2] / "data" / "reference" / "disclosure.yml"
GENERAL = "general"


class UnclassifiedIntent(LookupError):
    """An intent that the table does not know is told to nobody: it must be classified first."""


@lru_cache
def table() -> dict[str, Any]:
    """The table as written."""
    loaded: dict[str, Any] = read_yaml(TABLE)
    return loaded


def permitted(intent: str, audience: Audience) -> frozenset[str]:
    """The kinds of personal facts that this audience may hear about this intent; empty means none.

    Raises UnclassifiedIntent for an intent that the table does not name.
    """
    if intent in table()["general"]:
        return frozenset()
    cells = table()["personal"].get(intent) or table()["mixed"].get(intent)
    if cells is None:
        raise UnclassifiedIntent(intent)
    allowed = frozenset(cells[audience.channel].get(audience.level, []))
    if audience.confidential:
        allowed &= frozenset(table()["confidential"][audience.channel].get(audience.level, []))
    return allowed


def hidden_facts(audience: Audience) -> frozenset[str]:
    """Facts that no sentence may use for this audience, whatever it tells."""
    return frozenset(table()["confidential_hides"]) if audience.confidential else frozenset()


def may_name_fund(audience: Audience) -> bool:
    """Whether general answers may name the fund of the file, CAF or MSA, instead of both."""
    return not audience.confidential and audience.level in table()["fund"][audience.channel]


def is_personal(intent: str) -> bool:
    """Whether the whole answer concerns the person's own file: nobody else is answered.

    A mixed intent has a general answer for everybody, and more for whoever may hear it.
    """
    return intent in table()["personal"]


def could_earn_more(intent: str, audience: Audience) -> bool:
    """Whether identifying oneself on this channel would open an answer that is closed now."""
    if audience.channel is Channel.sms or audience.level is not Level.nobody:
        return False
    return bool(permitted(intent, Audience(audience.channel, Level.code)))


def matrix() -> Iterable[tuple[str, Audience, frozenset[str]]]:
    """Every cell of the table: "what Hent may say, to whom"."""
    for intent in (*table()["general"], *table()["personal"], *table()["mixed"]):
        for channel in Channel:
            for level in Level:
                for confidential in (False, True):
                    audience = Audience(channel, level, confidential)
                    yield intent, audience, permitted(intent, audience)
