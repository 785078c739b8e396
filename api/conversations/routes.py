"""What a way out for SMS is to us, and which ones an authority uses, in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self
from uuid import UUID

ANYBODY = "*"
"""The route of authorities that have none of their own."""


class Why(StrEnum):
    """Why an SMS did not go, or did not arrive: our words for what providers say with theirs."""

    no_such_number = "no_such_number"
    unreachable = "unreachable"
    expired = "expired"
    refused = "refused"
    wrong_sender = "wrong_sender"
    credentials = "credentials"
    no_credit = "no_credit"
    too_many = "too_many"
    provider_down = "provider_down"
    no_answer = "no_answer"
    no_provider = "no_provider"
    untold = "untold"
    """It left, and nobody ever said whether it arrived."""
    withdrawn = "withdrawn"
    """Taken back by us before it left: the file has become confidential."""
    restored = "restored"
    """It may have left after the dump that this house woke from: nobody knows, and it goes no more by itself."""


class NotSent(Exception):
    """The provider surely did not take the message; it may be tried again."""

    def __init__(self, why: Why = Why.provider_down) -> None:
        super().__init__(why)
        self.why = why


class Refused(NotSent):
    """It surely did not take it, and never will."""


class Unsure(Exception):
    """Nobody knows whether it took the message: a receipt may say so later."""


@dataclass(frozen=True)
class Sms:
    """What a provider is handed. `id` is what its receipts name."""

    id: UUID
    phone: str
    text: str
    authority_code: str | None = None


class Provider(Protocol):
    """A way out for SMS; one file each in `channels/sms/`."""

    repeats_safely: bool
    """The same id twice is one message: what was cut short is handed over again at once."""
    hands_over_again: bool
    """What somebody wrote may come a second time under another id."""
    tells_all: bool
    """It gives a receipt of everything that it took: silence, while later ones are told of, means that it did not."""

    async def send(self, sms: Sms) -> str | None:
        """Hand it over; its own reference if it gives one. Raises NotSent, Refused, Unsure."""


@dataclass(frozen=True)
class Routes:
    """Every provider by its name, and the names that an authority uses: the next one when one surely failed."""

    providers: Mapping[str, Provider]
    names: Mapping[str, Sequence[str]]

    @classmethod
    def only(cls, provider: Provider, name: str = "demo") -> Self:
        """One provider for everybody."""
        return cls({name: provider}, {ANYBODY: [name]})

    def of(self, authority_code: str | None) -> list[tuple[str, Provider]]:
        """The ways out of an authority, in the order in which they are tried."""
        names = self.names.get(authority_code or ANYBODY) or self.names.get(ANYBODY, ())
        return [(name, self.providers[name]) for name in names]

    def authority_of(self, name: str) -> str | None:
        """The authority whose number this provider's is; None if it serves several or everybody."""
        whose = [code for code, names in self.names.items() if name in names]
        return whose[0] if len(whose) == 1 and whose[0] != ANYBODY else None
