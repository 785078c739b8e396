"""Whom no SMS reaches is listed with their dates, and gets a letter whose window tells nothing of why."""

from datetime import date, timedelta
from typing import Any

import pytest

from api.appointments.reminding.barring import Why
from api.appointments.reminding.letters import letter, lines
from api.appointments.reminding.unreachable import unreachable
from api.appointments.tables import Reminder, ReminderKind
from api.conversations.silence import silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
from api.pathways.tables import FactKind
from tests import factories
from tests.api.appointments.reminding.conftest import PHONE, THREE_DAYS, VISIT, House
from tests.api.pathways.journals import live

TODAY = date(2026, 11, 24)


async def listed(house: House) -> list[tuple[str, Why]]:
    await house.session.flush()
    return [(one.name, one.why) for one in await unreachable(house.session, "cd29", THREE_DAYS)]


async def test_whoever_can_be_written_to_is_not_listed(house: House) -> None:
    await house.visit()
    assert await listed(house) == []


@pytest.mark.parametrize("phone", [None, "+33261910099"])
async def test_whoever_has_no_mobile_is(house: House, phone: str | None) -> None:
    await house.visit()
    house.person.phone = phone
    assert await listed(house) == [("Maëlle Le Goff", Why.no_mobile)]


@pytest.mark.parametrize("why", list(Silence))
async def test_whoever_is_silent_is(house: House, why: Silence) -> None:
    await house.visit()
    await silence(house.session, PHONE, why)
    assert await listed(house) == [("Maëlle Le Goff", Why.silent)]


async def test_whoever_two_messages_did_not_reach_is(house: House) -> None:
    await house.visit()
    for nth in (1, 2):
        made: dict[str, Any] = {"phone": PHONE, "sender": "Hent", "kind": SmsKind.reminder, "text": "Bonjour"}
        sent_at = THREE_DAYS - timedelta(days=nth)
        house.session.add(OutgoingSms(**made, status=SmsStatus.failed, created_at=sent_at))
    assert await listed(house) == [("Maëlle Le Goff", Why.failures)]


async def test_a_confidential_file_or_a_shared_number_gets_no_letter_by_itself(house: House) -> None:
    await house.visit()
    other = await factories.person(house.session, phone=PHONE)
    await house.visit(whose=other)
    hidden = await factories.person(house.session, confidential=True)
    await house.visit(whose=hidden)
    assert await listed(house) == []


async def test_nobody_is_listed_without_something_to_hear(house: House) -> None:
    house.person.phone = None
    await house.visit(THREE_DAYS + timedelta(weeks=4))
    await house.visit(THREE_DAYS - timedelta(days=1))
    assert await listed(house) == []


async def test_whoever_was_to_be_invited_last_week_is(house: House) -> None:
    await live(house.session, house.person, THREE_DAYS, (FactKind.known, 50, None))
    house.person.phone = None
    decided = Reminder(subject="1", kind=ReminderKind.never_convoked, why=Why.no_mobile, beneficiary_id=house.person.id)
    decided.decided_at = THREE_DAYS - timedelta(days=6)
    house.session.add(decided)
    (one,) = await _found(house)
    assert lines(one)[1] == "Nous souhaitons vous proposer un rendez-vous."
    decided.decided_at = THREE_DAYS - timedelta(days=8)
    assert await listed(house) == []


async def test_only_the_people_of_the_authority_are_listed(house: House) -> None:
    house.person.phone = None
    await house.visit()
    await factories.authority(house.session, "brest")
    assert await unreachable(house.session, "brest", THREE_DAYS) == []


async def test_the_letter_says_when_and_whom_to_call_and_nothing_of_a_benefit(house: House) -> None:
    house.person.phone = None
    await house.visit()
    await house.visit(VISIT + timedelta(days=7))
    (one,) = await _found(house)
    said = "\n".join(lines(one))
    assert "- le vendredi 27 novembre à 9 h 30\n- le vendredi 4 décembre à 9 h 30" in said
    assert "02 61 91 00 10" in said
    for word in ("RSA", "insertion", "orientation", "contrat", "suspen"):
        assert word not in said
    assert (one.commune, one.title) == ("Brest", "madame")


@pytest.mark.parametrize("name", ["Maëlle Le Bœuf", "Ayşe Ünal", "Нина"])
async def test_a_letter_is_one_page_whatever_the_name(house: House, name: str) -> None:
    house.person.phone, house.person.first_name = None, name
    for days in range(5):
        await house.visit(VISIT + timedelta(days=days))
    (one,) = await _found(house)
    pdf = letter(one, TODAY)
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 1


async def _found(house: House) -> list[Any]:
    await house.session.flush()
    return await unreachable(house.session, "cd29", THREE_DAYS)
