"""What the service is told where the person cannot be: no hour is free, or an SMS may not say it."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.barring import Why
from api.appointments.reminding.occasions import Occasion
from api.appointments.tables import ReminderKind
from api.beneficiaries.tables import Beneficiary
from api.escalations.service import Asked, ask_human, one_line
from api.escalations.tables import Reason
from api.pathways.sayings import line
from api.pathways.service import situation
from api.privacy.audience import Channel
from api.texts.formats import full_date

SETTLED = frozenset({Why.has_another, Why.switched_off})
"""Nothing is missing: another appointment is to come, or the authority writes itself."""
NOTICED = Reason.noticed
"""Of what has waited longer than it should, without anybody asking."""
NO_SLOT = {
    ReminderKind.never_convoked: "Premier rendez-vous à proposer, délai dépassé : aucun créneau libre",
    ReminderKind.contract_ends: "Contrat à renouveler : aucun créneau libre",
}


async def not_written_to(
    session: AsyncSession, occasion: Occasion, person: Beneficiary, why: Why, now: datetime
) -> None:
    """Tell the service of whoever was not written to, if somebody must do something about it; last, for its locks."""
    if occasion.kind not in NO_SLOT or why in SETTLED:
        return
    if why is Why.no_slot:
        await _ask(session, person, Reason.no_slot, NO_SLOT[occasion.kind], now)
        return
    found = await situation(session, person, now)
    if occasion.kind is ReminderKind.never_convoked and found.wait:
        await _ask(session, person, Reason.first_appointment, line(found), now)
    elif found.contract:
        told = f"Contrat jusqu'au {full_date(found.contract.ends_on)} : rien ne part par SMS"
        await _ask(session, person, NOTICED, told, now, to_know=True)


async def silent_step(session: AsyncSession, person: Beneficiary, title: str, due_on: date, now: datetime) -> None:
    """Tell whoever follows somebody that a step has had no news since its day: a telephone may not say so."""
    await _ask(session, person, NOTICED, silent_line(title, due_on), now, to_know=True)


def silent_line(title: str, due_on: date) -> str:
    """What the service reads of it."""
    return one_line(f"Étape sans nouvelles depuis le {full_date(due_on)} : {title}")


async def _ask(
    session: AsyncSession, person: Beneficiary, reason: Reason, told: str, now: datetime, *, to_know: bool = False
) -> None:
    asked = Asked(reason, told, person.authority_code, Channel.sms, person=person, to_know=to_know)
    await ask_human(session, asked, now)
