"""What a person may do about appointments, as Rasa asks for it: on their own file, once a turn, by ids of buttons."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import select

from api.appointments.tables import Appointment, Status
from api.beneficiaries.tables import Beneficiary
from api.conversations.tables import Conversation
from api.core.database import Database
from api.privacy.audience import Level
from tests import factories
from tests.actions.calling import Caller, caller, known

CANCEL = ("action_cancel_appointment", "cancel_appointment")
MOVE = ("action_reschedule_appointment", "reschedule_appointment")
BOOK = ("action_book_appointment", "book_appointment")
MISSED = ("action_missed_appointment", "missed_appointment")
LINK = ("action_invitation_link", "invitation_link")
SOON = datetime.now(UTC).replace(minute=0) + timedelta(days=3)


async def expected(database: Database, client: httpx.AsyncClient, **given: Any) -> tuple[Caller, str]:
    """Somebody who said who they are, and the id of their appointment."""
    who = await known(database, **given)
    async with database.transaction() as session:
        person = await session.get_one(Beneficiary, who["beneficiary_id"])
        visit = await factories.appointment(session, person, SOON)
    return await caller(database, client, **who), str(visit.id)


async def status(database: Database, visit: str) -> Status:
    async with database.transaction() as session:
        return (await session.scalars(select(Appointment.status).where(Appointment.id == visit))).one()


async def test_each_step_is_one_turn(database: Database, client: httpx.AsyncClient) -> None:
    one, visit = await expected(database, client)
    assert await one.say(*CANCEL, "je ne peux pas venir") == ["cancel_sure"]
    assert await status(database, visit) is Status.unknown
    assert await one.say(*CANCEL, "oui", appointment=visit, answer="yes") == ["cancel_done"]
    assert await status(database, visit) is Status.excused
    assert await one.say(*CANCEL, "santé", appointment=visit, excuse="health") == ["cancel_excuse_noted"]


async def test_an_id_of_somebody_elses_or_rubbish_changes_nothing(
    database: Database, client: httpx.AsyncClient
) -> None:
    _, theirs = await expected(database, client)
    async with database.transaction() as session:
        stranger = await factories.person(session)
        mine = await factories.conversation(session, level=Level.code, beneficiary_id=stranger.id)
    one = Caller(database, client, mine)
    assert await one.say(*CANCEL, "oui", appointment=theirs, answer="yes") == ["appointment_none"]
    assert await one.say(*CANCEL, "oui", appointment="x", answer="yes", excuse="x", after="x") == ["appointment_none"]
    assert await one.say(*MOVE, "1", appointment=theirs, slot=theirs) == ["appointment_none"]
    assert await status(database, theirs) is Status.unknown


async def test_somebody_whose_level_has_faded_says_again_who_they_are(
    database: Database, client: httpx.AsyncClient
) -> None:
    one, visit = await expected(database, client)
    async with database.transaction() as session:
        row = await session.get_one(Conversation, one.conversation.id)
        row.level, row.beneficiary_id = Level.nobody, None
    assert await one.say(*CANCEL, "oui", appointment=visit, answer="yes") == ["identify_first"]
    assert await status(database, visit) is Status.unknown


async def test_whoever_waits_for_a_first_appointment_hears_since_when(
    database: Database, client: httpx.AsyncClient
) -> None:
    who = await known(database)
    async with database.transaction() as session:
        known_on = datetime.now(UTC).date() - timedelta(days=47)
        await factories.pathway_fact(session, who["beneficiary_id"], "known", known_on)
    one = await caller(database, client, **who)
    assert await one.say(*BOOK, "on ne m'a jamais convoqué") == ["pathway_waiting", "book_no_slot"]
    assert await one.say(*BOOK, "d'autres dates", answer="another") == ["book_no_slot"]


async def test_general_words_are_for_everybody_and_the_rest_for_whoever_may_hear_it(
    database: Database, client: httpx.AsyncClient
) -> None:
    nobody = await caller(database, client)
    assert await nobody.say(*MISSED, "j'ai raté mon rdv") == ["missed_appointment"]
    assert await nobody.say(*MISSED, "une autre date", mine="yes") == ["identify_first"]
    assert await nobody.say(*LINK, "le lien ne marche pas") == ["invitation_link"]
    assert await nobody.say(*LINK, "vérifier", mine="yes") == ["identify_first"]
    one, _ = await expected(database, client)
    assert await one.say(*LINK, "le lien ne marche pas") == ["invitation_none", "invitation_caution"]


async def test_what_was_given_up_is_taken_back_by_a_button_or_by_words(
    database: Database, client: httpx.AsyncClient
) -> None:
    one, visit = await expected(database, client)
    assert await one.say(*CANCEL, "oui", appointment=visit, answer="yes") == ["cancel_done"]
    assert await one.say(*BOOK, "Finalement, je viens", answer="back") == ["undo_done"]
    assert await status(database, visit) is Status.unknown
    assert await one.say(*CANCEL, "oui", appointment=visit, answer="yes") == ["cancel_done"]
    assert await one.say(*MOVE, "remettez mon ancien rdv") == ["undo_done"]
    assert await status(database, visit) is Status.unknown


async def test_what_is_chosen_of_the_hours_takes_nothing_back(database: Database, client: httpx.AsyncClient) -> None:
    one, visit = await expected(database, client)
    assert await one.say(*CANCEL, "oui", appointment=visit, answer="yes") == ["cancel_done"]
    assert await one.say(*MOVE, "remets le 1", slot=visit) != ["undo_done"]
    assert await status(database, visit) is Status.excused
