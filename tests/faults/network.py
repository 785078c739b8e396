"""The operator: takes SMS or not, says so or not, and tells of them later, twice, in any order."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from api.conversations.receipts import Told
from api.conversations.routes import NotSent, Sms, Unsure
from api.conversations.sms_tables import SmsStatus
from tests.faults.moments import ACTOR, reach
from tests.faults.story import Handed, Way

NAME = "operator"


@dataclass
class Operator:
    """One way out, whose nature is that of the day."""

    way: Way
    inboxes: dict[str, list[str]] = field(default_factory=dict)
    """What each telephone shows."""
    arrived: Counter[UUID] = field(default_factory=Counter)
    receipts: list[Told] = field(default_factory=list)
    """Still to be told."""

    def __post_init__(self) -> None:
        self.repeats_safely = self.way is Way.safe
        self.hands_over_again = self.tells_all = self.way is Way.telling

    async def send(self, sms: Sms) -> str | None:
        """As `Provider` says."""
        await reach()
        actor = ACTOR.get()
        how = actor.handed.pop(0) if actor and actor.handed else Handed.taken
        if how is Handed.refused:
            raise NotSent
        if how is not Handed.unsure_lost:
            self._take(sms)
        await reach()
        if how is not Handed.taken:
            raise Unsure
        return f"op-{sms.id.hex}" if self.way is Way.plain else None

    def due(self, chance: Random, at_most: int) -> list[Told]:
        """Some of what is to be told, shuffled; one in three of them twice."""
        chance.shuffle(self.receipts)
        told, self.receipts = self.receipts[:at_most], self.receipts[at_most:]
        return [*told, *(one for one in told if chance.random() < 1 / 3)]

    def _take(self, sms: Sms) -> None:
        if self.repeats_safely and self.arrived[sms.id]:
            return
        self.arrived[sms.id] += 1
        self.inboxes.setdefault(sms.phone, []).append(sms.text)
        reference = f"op-{sms.id.hex}" if self.way is Way.plain else str(sms.id)
        self.receipts += [Told(reference, SmsStatus.accepted), Told(reference, SmsStatus.delivered)]
