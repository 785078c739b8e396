"""The simulated telephone, mounted in a demonstration only: SMS to invented people can be read, and written."""

from collections.abc import Awaitable, Callable
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
from api.conversations import inbound, service
from api.conversations.inbound import Arrived
from api.conversations.outbox import SENDER
from api.conversations.receipts import Told
from api.conversations.routes import Sms, Why
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Author, Conversation, Message
from api.core.errors import Unreadable
from api.core.sealing import Sealer
from channels.web.dependencies import TheSealer, TheSession

router = APIRouter(prefix="/demo", tags=["demo"])

NAME = "demo"
RESERVED = {
    "9997": (SmsStatus.failed, Why.no_such_number),
    "9998": (SmsStatus.unknown, ""),
    "9999": None,
}
"""What is told of an SMS to a number that ends so; None: nothing, ever. To any other, that it was delivered."""
SHOWN = (SmsStatus.sent, SmsStatus.accepted, SmsStatus.delivered)


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
    """The outbox row is the message that the telephone shows; receipts come as from any other provider."""

    repeats_safely = True
    hands_over_again = tells_all = False

    def __init__(self, tell: Callable[[Told], Awaitable[None]] | None = None) -> None:
        """Without `tell`, nothing is known of what went out."""
        self._tell = tell

    async def send(self, sms: Sms) -> None:
        """`sent` is written by whoever asked."""
        told = RESERVED.get(sms.phone[-4:], (SmsStatus.delivered, ""))
        if self._tell and told:
            await self._tell(Told(str(sms.id), *told))


@router.get("/phones/{number}/messages")
async def inbox(number: Annotated[str, Path()], session: TheSession, sealer: TheSealer) -> list[PhoneMessage]:
    """Everything that this telephone sent and got, in order."""
    phone = _readable(number)
    shown = [*await _from_hent(session, sealer, phone), *await _typed(session, phone)]
    return sorted(shown, key=lambda message: message.created_at)


@router.post("/phones/{number}/messages", status_code=status.HTTP_202_ACCEPTED)
async def send(number: Annotated[str, Path()], typed: Typed, session: TheSession, sealer: TheSealer) -> None:
    """An SMS from this telephone to Hent, by the door through which all of them come."""
    text = service.readable(typed.text)
    await inbound.store(session, sealer, NAME, Arrived(str(uuid4()), _readable(number), SENDER, text))


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
    sent = select(OutgoingSms).where(OutgoingSms.phone == phone, OutgoingSms.status.in_(SHOWN))
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
