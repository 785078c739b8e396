"""The simulated telephone, mounted in a demonstration only: SMS to invented people can be read, and written."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import uuid4

import phonenumbers
from fastapi import APIRouter, Path, status
from pydantic import BaseModel, StringConstraints
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Authority
from api.beneficiaries.tables import Beneficiary
from api.conversations import service
from api.conversations.outbox import SENDER, Sms
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Author, Conversation, Message
from api.core.errors import Unreadable
from api.core.sealing import Sealer
from channels.web.dependencies import TheSealer, TheSession, TheSettings

router = APIRouter(prefix="/demo", tags=["demo"])


class PhoneMessage(BaseModel):
    """An SMS as the telephone shows it: `out` came from Hent, `in` was typed on the telephone."""

    direction: Literal["in", "out"]
    text: str
    created_at: datetime


class Typed(BaseModel):
    """What is typed on the telephone."""

    text: Annotated[str, StringConstraints(max_length=60_000)]


class Person(BaseModel):
    """An invented person, and what they can expect to be told."""

    name: str
    phone: str
    birth_date: str
    authority: str
    note: str


class SimulatedProvider:
    """Delivers everything: the outbox row is the message that the telephone shows."""

    async def send(self, sms: Sms) -> None:
        """Nothing to do: `sent` is written by the outbox."""


@router.get("/phones/{number}/messages")
async def inbox(number: Annotated[str, Path()], session: TheSession, sealer: TheSealer) -> list[PhoneMessage]:
    """Everything that this telephone sent and got, in order."""
    phone = _readable(number)
    shown = [*await _from_hent(session, sealer, phone), *await _typed(session, phone)]
    return sorted(shown, key=lambda message: message.created_at)


@router.post("/phones/{number}/messages", status_code=status.HTTP_202_ACCEPTED)
async def send(
    number: Annotated[str, Path()], typed: Typed, session: TheSession, sealer: TheSealer, settings: TheSettings
) -> None:
    """An SMS from this telephone to Hent."""
    conversation = await service.by_number(session, _readable(number), SENDER, settings.default_authority)
    await service.receive(session, sealer, conversation.id, service.Incoming(str(uuid4()), typed.text))


@router.get("/people")
async def people(session: TheSession) -> list[Person]:
    """Invented people worth trying."""
    rows = select(Beneficiary, Authority.name).join(Authority).where(Beneficiary.demo_note.is_not(None))
    found = await session.execute(rows.order_by(Beneficiary.last_name, Beneficiary.first_name))
    return [
        Person(
            name=f"{person.first_name} {person.last_name}",
            phone=person.phone or "",
            birth_date=person.birth_date.isoformat(),
            authority=authority,
            note=person.demo_note or "",
        )
        for person, authority in found
    ]


def _readable(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number, "FR")
    except phonenumbers.NumberParseException as error:
        raise Unreadable("Ce numéro de téléphone est illisible.", error="unreadable_number") from error
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


async def _from_hent(session: AsyncSession, sealer: Sealer, phone: str) -> list[PhoneMessage]:
    sent = select(OutgoingSms).where(OutgoingSms.phone == phone, OutgoingSms.status == SmsStatus.sent)
    return [
        PhoneMessage(
            direction="out",
            text=row.text or sealer.open(row.sealed or b"") or "",
            created_at=row.created_at,
        )
        for row in await session.scalars(sent)
    ]


async def _typed(session: AsyncSession, phone: str) -> list[PhoneMessage]:
    rows = select(Message).join(Conversation, Conversation.id == Message.conversation_id)
    mine = rows.where(Conversation.phone == phone, Message.author == Author.person)
    return [
        PhoneMessage(direction="in", text=row.text, created_at=row.created_at) for row in await session.scalars(mine)
    ]
