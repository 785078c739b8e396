"""A confidential file is reminded of nothing, unless its person asked: then of the day and the hour, and no more."""

from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from api.appointments.reminding.withdrawing import withdraw
from api.appointments.tables import Status
from api.conversations.silence import silence
from api.conversations.sms_tables import Silence
from api.conversations.tables import Choice
from api.pathways.tables import FactKind
from tests import factories
from tests.api.appointments.reminding.conftest import LONG_AGO, ONE_DAY, PHONE, THREE_DAYS, VISIT, House
from tests.api.pathways.journals import live

SAID = "Rappel : vendredi 27 novembre à 9 h 30. Une question : appelez le 02 61 91 00 01"


@pytest_asyncio.fixture
async def asked(house: House) -> House:
    """The file is confidential, and its person asked to be reminded."""
    noted_by = await factories.caseworker(house.session, organisation_id=house.team.id)
    house.person.confidential = True
    house.person.reminders_asked_at, house.person.reminders_asked_by = LONG_AGO, noted_by.id
    house.person.reminders_asked_phone = house.person.phone
    await house.session.flush()
    return house


async def test_who_asked_reads_the_day_and_the_hour_and_whom_to_call(asked: House) -> None:
    await asked.visit(place_name="CDAS", title="rendez-vous d'orientation", documents=["attestation RSA"])
    assert [await asked.look(now) for now in (THREE_DAYS, ONE_DAY)] == [1, 1]
    assert await asked.sent() == [SAID, SAID]


async def test_nothing_is_asked_of_whoever_holds_the_telephone(asked: House) -> None:
    await asked.visit()
    await asked.look(THREE_DAYS)
    assert await asked.session.scalar(select(func.count()).select_from(Choice)) == 0


@pytest.mark.parametrize("why", [Silence.stop, Silence.wrong_number])
async def test_a_number_that_is_silent_stays_so(asked: House, why: Silence) -> None:
    await silence(asked.session, PHONE, why)
    await asked.visit()
    await asked.look(THREE_DAYS)
    assert await asked.why() == [("three_days", "silent")]


async def test_a_number_that_somebody_shares_stays_silent(asked: House) -> None:
    await factories.person(asked.session, phone=PHONE)
    await asked.visit()
    await asked.look(THREE_DAYS)
    assert await asked.why() == [("three_days", "shared")]


async def test_no_hours_are_offered_to_who_could_not_take_them_by_sms(asked: House) -> None:
    await asked.visit(status=Status.noshow, source_updated_at=VISIT + timedelta(hours=2))
    await asked.look(VISIT + timedelta(days=1, hours=1))
    await live(asked.session, asked.person, THREE_DAYS, (FactKind.known, 50, None))
    await asked.look(THREE_DAYS)
    assert set(await asked.why()) == {("missed", "confidential")}
    assert await asked.sent() == []


async def test_what_waits_stays_as_long_as_it_is_wanted(asked: House) -> None:
    await asked.visit()
    await asked.look(THREE_DAYS)
    assert await withdraw(asked.session, THREE_DAYS) == 0
    asked.person.reminders_asked_at = asked.person.reminders_asked_by = asked.person.reminders_asked_phone = None
    await asked.session.flush()
    assert await withdraw(asked.session, THREE_DAYS) == 1
    assert await asked.sent() == []


@pytest.mark.parametrize("number", ["+33639980998", None])
async def test_whoever_holds_another_number_by_now_was_asked_nothing(asked: House, number: str | None) -> None:
    await asked.visit()
    await asked.look(THREE_DAYS)
    asked.person.phone = number
    await asked.session.flush()
    assert await withdraw(asked.session, THREE_DAYS) == 1
    await asked.look(ONE_DAY)
    assert await asked.sent() == []
    assert await asked.why() == [("three_days", "withdrawn"), ("one_day", "confidential" if number else "no_mobile")]
