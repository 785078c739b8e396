"""Writing first, to one or to many: what each would read, what it costs, and who is not written to, with why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Authority
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker
from api.conversations.outbox import SENDER
from api.conversations.service import readable
from api.conversations.tables import Conversation
from api.core.errors import NotFound, Unreadable
from api.core.quiet_hours import next_allowed
from api.desk.people.numbers import WORDS, barred
from api.desk.people.scope import followed
from api.desk.scope import check_role
from api.desk.variables import fill
from api.escalations.tables import Escalation
from api.privacy.masking import mask_secrets
from api.texts.formats import phone
from api.texts.gsm import segments, to_gsm

AT_MOST = 120
"""As many people as one caseworker follows."""
VARIABLES = ("prenom", "conseiller", "telephone")
"""What is known of everybody whose number is theirs alone; nothing else of a file leaves in a list of messages."""
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Recipient:
    """What one person would read; `refused` says why nothing goes to them."""

    id: UUID
    name: str
    text: str
    segments: int
    refused: str | None


@dataclass(frozen=True)
class Preview:
    """All of them; `segments` and `cost_millis` (thousandths of a euro) are of what would leave."""

    recipients: list[Recipient]
    segments: int
    cost_millis: int | None
    """None: the authority's price is not known."""
    goes_at: datetime


async def preview(session: AsyncSession, who: Account, ids: Sequence[UUID], text: str, now: datetime) -> Preview:
    """What would leave, and when.

    Raises NotAllowedHere; NotFound when one of them is not followed by this organisation; TooLarge, Unreadable.
    """
    people = await chosen(session, who, ids)
    ours, refused = await signature(session, who), await refusals(session, who, people)
    recipients = [_recipient(one, text, ours, refused.get(one.id)) for one in people]
    total = sum(one.segments for one in recipients if one.refused is None)
    price = await session.scalar(select(Authority.sms_price).where(Authority.code == who.authority_code))
    return Preview(recipients, total, None if price is None else total * price, next_allowed(now))


async def chosen(session: AsyncSession, who: Account, ids: Sequence[UUID]) -> list[Beneficiary]:
    """These people, each once, in this order. Raises NotAllowedHere, NotFound."""
    check_role(who)
    wanted = list(dict.fromkeys(ids))
    rows = await session.scalars(select(Beneficiary).where(Beneficiary.id.in_(wanted), followed(who)))
    found = {one.id: one for one in rows}
    if len(found) < len(wanted):
        raise NotFound("Une de ces personnes n'existe pas.", error="unknown_person")
    return [found[one] for one in wanted]


async def signature(session: AsyncSession, who: Account) -> dict[str, str]:
    """What texts may say of whoever writes."""
    worker = await session.get_one(Caseworker, who.id)
    return {"conseiller": who.name, "telephone": phone(worker.phone)}


def written(text: str, person: Beneficiary, ours: Mapping[str, str]) -> str:
    """The text as this person's telephone shows it. Raises TooLarge, Unreadable."""
    strange = next((name for name in _BRACES.findall(text) if name not in VARIABLES), None)
    if strange is not None or re.search(r"[{}]", _BRACES.sub("", text)):
        listed = ", ".join(f"{{{name}}}" for name in VARIABLES)
        raise Unreadable(f"Ici, un texte ne connaît que ces variables : {listed}.", error="unknown_variable")
    return to_gsm(mask_secrets(readable(fill(text, {**ours, "prenom": person.first_name}))).text)


async def refusals(session: AsyncSession, who: Account, people: Sequence[Beneficiary]) -> dict[UUID, str]:
    """Those of these people to whom nothing goes, each with why, in words."""
    bars = await barred(session, [one.id for one in people])
    taken = await _taken(session, who, [one.phone for one in people if one.phone])
    busy = {one.id: taken[one.phone] for one in people if one.phone in taken}
    return busy | {person: WORDS[bar] for person, bar in bars.items()}


async def _taken(session: AsyncSession, who: Account, phones: Sequence[str]) -> dict[str | None, str]:
    """Numbers with which somebody else is talking: two who write at once would answer each other's questions."""
    talks = (
        select(Conversation.phone, Caseworker)
        .join(Escalation, Escalation.conversation_id == Conversation.id)
        .join(Caseworker, Caseworker.id == Escalation.owner_id)
        .where(Conversation.phone.in_(phones), Conversation.sender == SENDER, Caseworker.id != who.id)
    )
    found = await session.execute(talks)
    return {number: f"{_named(who, worker)} échange déjà avec cette personne" for number, worker in found}


def _named(who: Account, worker: Caseworker) -> str:
    ours = worker.organisation_id == who.organisation_id
    return f"{worker.first_name} {worker.last_name}" if ours else "Un autre service"


def _recipient(person: Beneficiary, text: str, ours: Mapping[str, str], refused: str | None) -> Recipient:
    read = written(text, person, ours)
    return Recipient(
        id=person.id,
        name=f"{person.first_name} {person.last_name}",
        text="" if refused else read,
        segments=0 if refused else segments(read),
        refused=refused,
    )
