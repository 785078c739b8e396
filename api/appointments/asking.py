"""What a message asks about appointments, and what every answer to it needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.sayings import verdict
from api.appointments.service import outlook_of
from api.appointments.tables import Appointment, Excuse
from api.authorities.tables import Organisation
from api.beneficiaries.tables import Beneficiary
from api.core.dates import Reading
from api.core.dates.hours import OPEN, Hours
from api.core.wanted_times import Wanted
from api.escalations.promises import Promise
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Reason
from api.texts.formats import clock_time, day
from api.texts.schemas import Saying


@dataclass(frozen=True)
class Wish:
    """Somebody's message about their appointments, with what they chose of what was offered."""

    person: Beneficiary
    asked: Asked
    """How they would ask for a human: the channel, the conversation, the person."""
    now: datetime
    appointment: UUID | None = None
    slot: UUID | None = None
    after: UUID | None = None
    """The last hour shown, when none of them suited."""
    answer: str | None = None
    """"yes", "no" or another word of our own buttons."""
    excuse: Excuse | None = None
    wanted: Wanted | None = None
    """The times that would suit, when those shown do not."""
    week_after: bool = False
    """Whether "la semaine d'après" would: the one after the appointment's, not after today's."""
    hours: Hours = OPEN
    """Those that they would rather have: "plutôt l'après-midi"."""
    refused: frozenset[date] = frozenset()
    """Days on which they said that they cannot come."""
    said: Reading = Reading()
    """What the message says of days and hours: it may name one of several appointments."""
    takes_back: bool = False
    """Whether what was moved or cancelled is wanted again as it was: "remets l'ancien"."""

    @property
    def goes_on(self) -> bool:
        """Whether it answers a question of ours, rather than begins."""
        return bool(self.appointment or self.slot or self.after or self.answer or self.excuse or self.wanted)


async def tell_service(session: AsyncSession, wish: Wish, reason: Reason, line: str) -> Promise:
    """The service learns of it, once while it is open."""
    return await ask_human(session, replace(wish.asked, reason=reason, line=line), wish.now)


async def facts(session: AsyncSession, appointment: Appointment) -> dict[str, object]:
    """What sentences need of an appointment: its id, when and how it is held, the number of whoever receives."""
    team = await session.get_one(Organisation, appointment.organisation_id)
    instant = {"id": str(appointment.id), "starts_at": appointment.starts_at, "ends_at": appointment.ends_at}
    return instant | {"phone": team.phone, "how": appointment.location_type.value}


def listed(appointments: Sequence[Appointment]) -> list[dict[str, object]]:
    """One item a button."""
    return [{"id": str(one.id), "starts_at": one.starts_at} for one in appointments]


def in_words(appointment: Appointment) -> str:
    """ "rendez-vous du mardi 1er décembre à 9 h 30": for the service."""
    return f"rendez-vous du {day(appointment.starts_at)} à {clock_time(appointment.starts_at)}"


async def none_ahead(session: AsyncSession, wish: Wish) -> list[Saying]:
    """What the person must know when nothing stands: perhaps it was cancelled, or it has passed."""
    return verdict(await outlook_of(session, wish.person.id, wish.now), wish.now)
