"""Cards as the page gets them: facts that were said beside their sentence, and what can be done with them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, SerializerFunctionWrapHandler, model_serializer
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import cards as visits
from api.appointments.standing import State, state
from api.appointments.tables import Appointment
from api.conversations import cards
from api.conversations.showing import as_json, reader_of
from api.conversations.tables import Choice, Conversation, Message
from api.core.clock import now
from api.texts.formats import cents

FILE = "rendez-vous.ics"
MAP = "https://www.openstreetmap.org/search?"
PLAIN_TITLE = "rendez-vous"


class _Card(BaseModel):
    """What is not known is left out."""

    @model_serializer(mode="wrap")
    def _known(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in write(self).items() if value is not None}


class AppointmentCard(_Card):
    """An appointment, as it was told."""

    kind: Literal["appointment"] = "appointment"
    title: str
    when: datetime
    until: datetime
    place: str | None = None
    address: str | None = None
    map: str | None = None
    """A link, which calls nobody until somebody follows it."""
    phone: str | None = None
    ics: str
    """The path of the file for a calendar, read with the token of the conversation."""
    state: State
    changed_to: datetime | None = None
    """Its hour now, when it has changed since."""


class TrainingCard(_Card):
    """A course, as it was told."""

    kind: Literal["training"] = "training"
    title: str
    organisation: str
    place: str
    """The commune, or "À distance"."""
    map: str | None = None
    starts: date | None = None
    ends: date | None = None
    permanent: bool = False
    """Whether one can join it all year round."""
    pace: str | None = None
    hours: int | None = None
    cost: str | None = None
    """What is left to pay: "0 €"; None when the provider does not say."""
    phone: str


async def shown(
    session: AsyncSession,
    conversation: Conversation,
    rows: Sequence[tuple[Message, list[Choice]]],
    since: datetime | None = None,
) -> list[dict[str, Any]]:
    """Messages as plain values, each with its cards if it has some; `since`: as `returning.Opened` has it."""
    reader = reader_of(conversation, now(), since)
    current = await cards.current(session, conversation, [message for message, _ in rows], reader)
    return [
        as_json(message, choices, reader) | (_beside(message, current) if reader.may_read(message) else {})
        for message, choices in rows
    ]


def _beside(message: Message, current: dict[str, Appointment] | None) -> dict[str, Any]:
    made = [_card(message.seq, nth, card, current) for nth, card in enumerate(message.cards or (), 1)]
    told = [card.model_dump(mode="json") for card in made if card]
    return {"cards": told} if told else {}


def _card(
    seq: int, nth: int, card: cards.Card, current: dict[str, Appointment] | None
) -> AppointmentCard | TrainingCard | None:
    if card["kind"] != visits.KIND:
        return _training(card)
    path = f"/chat/messages/{seq}/calendar/{nth}"
    return None if current is None else _appointment(card, current.get(card["id"]), path)


def _appointment(card: cards.Card, row: Appointment | None, path: str) -> AppointmentCard:
    title, address = card.get("title", PLAIN_TITLE), card.get("address")
    found = state(card, row, now())
    return AppointmentCard(
        title=title[:1].upper() + title[1:],
        when=card["starts_at"],
        until=card["ends_at"],
        place=card.get("place"),
        address=address,
        map=_map(address) if address else None,
        phone=card.get("phone"),
        ics=path,
        state=found,
        changed_to=row.starts_at if row and found is State.changed else None,
    )


def _training(card: cards.Card) -> TrainingCard:
    town, cost = card.get("town"), card.get("cost_cents")
    return TrainingCard(
        title=card["title"],
        organisation=card["provider"],
        place=town or "À distance",
        map=_map(f"{town}, {card['departement']}") if town and "departement" in card else None,
        starts=card.get("starts_on"),
        ends=card.get("ends_on"),
        permanent=card["permanent"],
        pace=card.get("pace"),
        hours=card.get("hours"),
        cost=None if cost is None else cents(cost),
        phone=card["provider_phone"],
    )


def _map(place: str) -> str:
    return MAP + urlencode({"query": place})
