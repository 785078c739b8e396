"""A whole turn: what an action found becomes the sentence and its card, for whoever may hear it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from api.appointments import service
from api.appointments.asking import facts
from api.appointments.tables import Appointment
from api.conversations.drafts import leave
from api.conversations.service import identify
from api.conversations.tables import Conversation
from api.core.clock import now
from api.privacy.audience import Level
from api.texts.schemas import Saying
from tests import factories
from tests.scripted_rasa import ScriptedRasa, heard
from tests.talking import Talk

PHONE = "+33639980001"
SOON = now().replace(microsecond=0) + timedelta(days=3)


async def somebody(talk: Talk, level: Level | None = None, **given: Any) -> UUID:
    """They have an appointment; on the web they have proved who they are, at this level."""
    async with talk.database.transaction() as session:
        person = await factories.person(session, phone=PHONE, **given)
        await factories.appointment(session, person, SOON)
        if level:
            identify(await session.get_one(Conversation, talk.id), person.id, level, now())
    return person.id


def answering(talk: Talk, rasa: ScriptedRasa, intent: str, found: list[Saying]) -> None:
    """Rasa's action leaves this for the server to say."""

    async def answer(asked: dict[str, Any]) -> httpx.Response:
        async with talk.database.transaction() as session:
            drafts = await leave(session, UUID(asked["turn"]), "action", found)
        says = [{"say": draft.say, "draft": str(draft.id)} for draft in drafts]
        return httpx.Response(200, json=heard(intent) | {"says": says})

    rasa.answer = answer  # type: ignore[assignment]


async def next_one(talk: Talk, person: UUID) -> list[Saying]:
    async with talk.database.transaction() as session:
        return await service.next_appointment(session, person, now())


async def kept(talk: Talk, after: int) -> list[dict[str, Any]] | None:
    return [message.cards for message in await talk.messages(after)][-1]


@pytest.mark.parametrize(
    ("level", "intent", "place"),
    [(Level.code, "ask_next_appointment", True), (Level.link, "ask_documents", False)],
)
async def test_the_card_is_as_wide_as_the_sentence(
    talk: Talk, rasa: ScriptedRasa, level: Level, intent: str, place: bool
) -> None:
    answering(talk, rasa, intent, await next_one(talk, await somebody(talk, level)))
    after = await talk.write("c quoi mon rdv")
    await talk.answer()
    cards = await kept(talk, after)
    assert cards
    assert (cards[0]["starts_at"], cards[0]["phone"]) == (SOON.isoformat(), "+33261910010")
    assert ("address" in cards[0]) == place
    assert ("12 rue des Ajoncs" in (await talk.messages(after))[-1].text) == place


@pytest.mark.parametrize(("level", "confidential"), [(None, False), (Level.code, True), (Level.link, True)])
async def test_whoever_is_not_known_and_whoever_must_not_be_found_have_none(
    talk: Talk, rasa: ScriptedRasa, level: Level | None, confidential: bool
) -> None:
    person = await somebody(talk, level, confidential=confidential)
    answering(talk, rasa, "ask_next_appointment", await next_one(talk, person))
    after = await talk.write("c quand mon rdv")
    await talk.answer()
    assert await kept(talk, after) is None


async def test_a_text_message_has_none(talk: Talk, rasa: ScriptedRasa) -> None:
    person = await somebody(talk)
    await talk.ring(PHONE)
    answering(talk, rasa, "ask_next_appointment", await next_one(talk, person))
    after = await talk.write("c quand mon rdv")
    await talk.answer()
    assert "Lieu : 12 rue des Ajoncs" in (await talk.messages(after))[-1].text
    assert await kept(talk, after) is None


async def test_what_was_just_cancelled_is_a_card_that_says_so(talk: Talk, rasa: ScriptedRasa) -> None:
    await somebody(talk, Level.code)
    async with talk.database.transaction() as session:
        visit = (await session.scalars(select(Appointment))).one()
        said = [Saying("cancel_done", await facts(session, visit))]
    answering(talk, rasa, "cancel_appointment", said)
    after = await talk.write("oui")
    await talk.answer()
    cards = await kept(talk, after)
    assert cards
    assert (cards[0]["cancelled"], cards[0]["id"]) == (True, str(visit.id))
