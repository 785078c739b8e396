"""The frontier between what decides and what speaks: a name, and the facts that its sentence needs."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

IDENTIFY_FIRST = "identify_first"
"""What an action says when it has nobody to answer about: the server then asks who is speaking."""


@dataclass(frozen=True)
class Saying:
    """One entry of `data/texts/` to say, and the facts that it names."""

    name: str
    facts: dict[str, Any] = field(default_factory=dict)
    """Plain JSON values; dates and instants in ISO 8601, sums in euro cents, distances in kilometres."""
    shortly: bool = False
    """Whether its simpler form is said, or else its short one, on a page as well."""
    nearer: tuple[dict[str, str], ...] = ()
    """Narrower answers that may have been wanted, `{intent, says, title}`: buttons before its own."""


def plain(value: Any) -> Any:
    """The value as JSON keeps it: instants and dates become ISO 8601 text, the rest stays."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case dict():
            return {name: plain(inner) for name, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case _:
            return value
