"""OUI and NON, as people write them, do what they say once; a late one changes nothing; a stranger learns nothing."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from api.appointments import changes
from api.appointments.reminding.answering import answer
from api.appointments.tables import Appointment, Reminder, Status
from api.conversations.tables import Conversation
from api.escalations.service import still_open
from api.escalations.tables import Kind, Reason
from api.texts.library import entries
from api.texts.schemas import Saying
from tests import factories
from tests.api.appointments.reminding.conftest import ONE_DAY, PHONE, THREE_DAYS, VISIT, House

LATER = THREE_DAYS + timedelta(hours=2)


async def talk(house: House) -> Conversation:
    return (await house.session.scalars(select(Conversation).where(Conversation.phone == PHONE))).one()


async def reply(
    house: House, says: str, now: datetime = LATER, ask: Reminder | None = None, **more: Any
) -> list[Saying]:
    asked = ask or (await house.asks())[-1]
    said = await answer(house.session, await talk(house), {"ask": str(asked.id), "answer": says, **more}, now)
    assert said is not None
    return said


def names(said: list[Saying]) -> list[str]:
    return [one.name for one in said]


async def reminded(house: House, **given: Any) -> Appointment:
    row = await house.visit(**given)
    await house.look(THREE_DAYS)
    return row


async def test_yes_confirms(house: House) -> None:
    row = await reminded(house)
    assert names(await reply(house, "yes")) == ["confirm_done"]
    assert row.confirmed_at == LATER
    (asked,) = await house.asks()
    assert (asked.answer, asked.answered_at) == ("yes", LATER)
    assert await house.look(ONE_DAY) == 1
    assert (await house.why())[-1] == ("one_day", "already_answered")


async def test_no_offers_another_hour_and_changes_nothing_yet(house: House) -> None:
    row = await reminded(house)
    free = await factories.slot(house.session, house.team, VISIT + timedelta(days=4))
    (offer,) = await reply(house, "no")
    assert offer.name == "reminder_move"
    assert (row.status, row.confirmed_at) == (Status.unknown, None)
    told = await still_open(house.session)
    assert [(one.reason, one.kind) for one in told] == [(Reason.appointment_declined, Kind.to_know)]

    assert names(await reply(house, f"slot:{free.id}")) == ["move_done"]
    assert row.status is Status.excused
    moved = (await house.session.scalars(select(Appointment).where(Appointment.starts_at == free.starts_at))).one()
    assert moved.beneficiary_id == house.person.id


async def test_what_we_may_not_change_is_not_moved_but_called_about(house: House) -> None:
    row = await reminded(house)
    await factories.slot(house.session, house.team, VISIT + timedelta(days=4))
    # Its source took it over since it was reminded of.
    row.changeable = False
    await house.session.flush()
    (said,) = await reply(house, "no")
    assert said.name == "move_passed_on"
    assert (row.status, said.facts["phone"], said.facts["due_on"] > LATER) == (Status.unknown, house.team.phone, True)
    # Nothing was offered that the person could take by a number.
    assert entries()[said.name].choices == ()
    assert {one.reason for one in await still_open(house.session)} == {
        Reason.appointment_declined,
        Reason.appointment_change,
    }


async def test_an_hour_that_was_taken_meanwhile_leads_to_others(house: House) -> None:
    row = await reminded(house)
    team = house.team
    gone, free = [await factories.slot(house.session, team, VISIT + timedelta(days=days)) for days in (4, 5)]
    await reply(house, "no")
    await house.session.delete(gone)
    await house.session.flush()
    first, offer = await reply(house, f"slot:{gone.id}")
    assert (first.name, offer.name) == ("slot_gone", "reminder_move")
    assert [one["id"] for one in offer.facts["slots"]] == [str(free.id)]
    assert row.status is Status.unknown


async def test_without_a_free_hour_the_service_is_asked(house: House) -> None:
    await reminded(house)
    assert names(await reply(house, "no")) == ["move_no_slot"]
    assert Reason.no_slot in {one.reason for one in await still_open(house.session)}


async def test_a_call_can_be_asked_for(house: House) -> None:
    await reminded(house)
    await reply(house, "no")
    assert names(await reply(house, "call")) == ["reminder_called"]
    called = [one for one in await still_open(house.session) if one.reason is Reason.callback]
    assert [(one.phone, "vendredi 27 novembre" in one.line) for one in called] == [(PHONE, True)]


async def test_shortly_before_only_a_call_helps(house: House) -> None:
    await reminded(house)
    assert names(await reply(house, "no", VISIT - timedelta(hours=3))) == ["move_too_late"]


async def test_a_late_yes_changes_nothing_and_says_so(house: House) -> None:
    row = await reminded(house)
    assert names(await reply(house, "yes", VISIT + timedelta(minutes=1))) == ["reminder_over"]
    assert row.confirmed_at is None

    await reply(house, "yes")
    assert names(await reply(house, "yes", LATER + timedelta(hours=1))) == ["reminder_late", "appointment_next"]
    assert row.confirmed_at == LATER


async def test_yes_to_what_was_cancelled_says_that_it_is(house: House) -> None:
    row = await reminded(house)
    await changes.cancel(house.session, row, LATER, Status.revoked)
    await house.session.flush()
    assert names(await reply(house, "yes")) == ["reminder_late", "appointment_cancelled_by_service"]
    assert row.confirmed_at is None


async def test_no_after_yes_is_heard(house: House) -> None:
    await reminded(house)
    await factories.slot(house.session, house.team, VISIT + timedelta(days=4))
    await reply(house, "yes")
    assert names(await reply(house, "no", LATER + timedelta(hours=1))) == ["reminder_move"]


@pytest.mark.parametrize("says", ["yes", "no"])
async def test_with_two_open_questions_one_asks_which(house: House, says: str) -> None:
    first, second = await house.visit(), await house.visit(VISIT + timedelta(hours=5))
    await house.look(THREE_DAYS)
    (which,) = await reply(house, says)
    assert which.name == "reminder_which"
    assert [one["starts_at"] for one in which.facts["asks"]] == [first.starts_at, second.starts_at]
    assert (first.confirmed_at, second.confirmed_at) == (None, None)

    named = await house.session.get_one(Reminder, which.facts["asks"][1]["ask"])
    await reply(house, "yes", ask=named, named="yes")
    assert (first.confirmed_at, second.confirmed_at) == (None, LATER)
    # One is left: a bare answer is clear again.
    other = await house.session.get_one(Reminder, which.facts["asks"][0]["ask"])
    assert names(await reply(house, "yes", ask=other)) == ["confirm_done"]


async def test_both_reminders_of_one_appointment_are_one_question(house: House) -> None:
    row = await reminded(house)
    await house.look(ONE_DAY)
    assert names(await reply(house, "yes", ONE_DAY + timedelta(hours=1))) == ["confirm_done"]
    assert row.confirmed_at == ONE_DAY + timedelta(hours=1)
    assert {one.answer for one in await house.asks()} == {"yes"}


async def test_who_shares_the_number_by_now_is_told_nothing(house: House) -> None:
    row = await reminded(house)
    await factories.person(house.session, phone=PHONE)
    assert names(await reply(house, "yes")) == ["cannot_say_here"]
    assert row.confirmed_at is None


async def test_a_file_that_became_confidential_is_told_nothing(house: House) -> None:
    await reminded(house)
    house.person.confidential = True
    await house.session.flush()
    assert names(await reply(house, "no")) == ["cannot_say_here"]
    assert await still_open(house.session) == []


@pytest.mark.parametrize("payload", [{"intent": "greet"}, {"ask": "nothing"}, {"ask": str(uuid4())}])
async def test_what_answers_no_question_of_ours_goes_on(house: House, payload: dict[str, Any]) -> None:
    await reminded(house)
    assert await answer(house.session, await talk(house), payload, LATER) is None
