"""A reminder, played through the conversation: what is typed in return is heard without Rasa, or is a question."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select

from api.appointments.reminding.deciding import decide
from api.appointments.reminding.occasions import Occasion, subject_of
from api.appointments.tables import Appointment, ReminderKind, Status
from api.conversations.service import locked
from api.conversations.tables import Author, MessageStatus, Mode
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.texts.voice import Voices
from tests import factories
from tests.api.appointments.reminding.conftest import LONG_AGO, PHONE
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

Reminded = Callable[[ScriptedRasa], Awaitable[Talk]]


@pytest_asyncio.fixture
async def reminded(database: Database, sealer: Sealer) -> Reminded:
    """Somebody who was just asked whether they come in three days; their team has three other hours."""

    async def begin(rasa: ScriptedRasa) -> Talk:
        # Turns have no other clock than ours, so neither has this appointment.
        async with database.transaction() as session:
            team = await factories.organisation(session)
            person = await factories.person(session, phone=PHONE, organisation_id=team.id)
            made = {"organisation_id": team.id, "source_updated_at": LONG_AGO}
            row = await factories.appointment(session, person, now() + timedelta(days=3), **made)
            for days in (5, 6, 7):
                await factories.slot(session, team, now() + timedelta(days=days))
            asked = Occasion(ReminderKind.three_days, subject_of(row), person.id, row.id)
            assert await decide(session, Voices(), [asked], now())
        return await Talk(database, sealer, rasa.client()).ring(PHONE)

    return begin


def down() -> ScriptedRasa:
    """A Rasa that answers nothing."""
    return ScriptedRasa(lambda asked: httpx.Response(503))


async def visits(database: Database) -> list[Appointment]:
    async with database.transaction() as session:
        return list(await session.scalars(select(Appointment).order_by(Appointment.starts_at)))


@pytest.mark.parametrize("text", ["OUI", "oui je vien", "👍"])
async def test_yes_confirms_while_rasa_is_down(reminded: Reminded, database: Database, text: str) -> None:
    talk = await reminded(down())
    assert await talk.say(text) == ["confirm_done"]
    (row,) = await visits(database)
    assert row.confirmed_at is not None


async def test_no_then_a_number_moves_it_while_rasa_is_down(reminded: Reminded, database: Database) -> None:
    talk = await reminded(down())
    assert await talk.say("nn desole") == ["reminder_move"]
    assert (await talk.telephone(PHONE))[-1].startswith("C'est entendu. Une autre date que ")
    assert await talk.say("le deuxième") == ["move_done"]
    before, after = await visits(database)
    assert (before.status, after.status) == (Status.excused, Status.unknown)
    assert after.starts_at - before.starts_at > timedelta(days=2, hours=23)


async def test_no_then_a_call_is_asked_for(reminded: Reminded) -> None:
    talk = await reminded(down())
    await talk.say("NON")
    assert await talk.say("appel") == ["reminder_called"]


async def test_something_else_is_a_question_after_which_the_reminder_can_still_be_answered(reminded: Reminded) -> None:
    rasa = ScriptedRasa(lambda asked: says("thank", "thank"))
    talk = await reminded(rasa)
    assert await talk.say("merci c'est où déjà") == ["thank"]
    (row,) = await visits(talk.database)
    assert (row.confirmed_at, len(rasa.asked)) == (None, 1)
    assert await talk.say("ok je viens") == ["confirm_done"]
    # Answered, it is a question no more.
    assert await talk.say("ok") == ["thank"]


async def test_a_yes_to_a_reminder_of_a_confidential_file_confirms_nothing(database: Database, sealer: Sealer) -> None:
    async with database.transaction() as session:
        noted_by = await factories.caseworker(session)
        asked = {"reminders_asked_at": LONG_AGO, "reminders_asked_by": noted_by.id, "reminders_asked_phone": PHONE}
        person = await factories.person(session, phone=PHONE, confidential=True, **asked)
        row = await factories.appointment(session, person, now() + timedelta(days=3), source_updated_at=LONG_AGO)
        due = Occasion(ReminderKind.three_days, subject_of(row), person.id, row.id)
        assert await decide(session, Voices(), [due], now())
    rasa = ScriptedRasa(lambda asked: says("affirm", "thank"))
    talk = await Talk(database, sealer, rasa.client()).ring(PHONE)
    await talk.say("OUI")
    (row,) = await visits(database)
    assert (row.confirmed_at, len(rasa.asked)) == (None, 1)


async def test_what_answers_a_later_question_does_not_answer_the_reminder(reminded: Reminded) -> None:
    talk = await reminded(ScriptedRasa(lambda asked: says("search_training", "training_ask_trade")))
    await talk.say("je cherche une formation")
    assert await talk.say("non") == ["training_ask_trade"]
    (row,) = await visits(talk.database)
    assert row.status is Status.unknown


async def test_what_is_said_to_a_caseworker_does_not_answer_the_reminder(reminded: Reminded) -> None:
    talk = await reminded(down())
    async with talk.database.transaction() as session:
        conversation = await locked(session, talk.id)
        conversation.mode = Mode.caseworker
        await factories.said(
            session, conversation, Author.caseworker, "Dites-moi si cela vous convient.", MessageStatus.sent
        )
    assert await talk.say("oui") == []
    (row,) = await visits(talk.database)
    assert row.confirmed_at is None
