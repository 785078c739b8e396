"""Whom no SMS reaches is listed with their dates, and nobody whom a letter could harm."""

from datetime import timedelta
from typing import Any

import pytest

from api.appointments.reminding.barring import Why
from api.appointments.reminding.unreachable import VIOLENCE, Unreached, unreachable
from api.appointments.tables import Reminder, ReminderKind
from api.beneficiaries.tables import Beneficiary
from api.conversations.silence import silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
from api.pathways.tables import FactKind
from api.privacy.audience import Channel, Level
from tests import factories
from tests.api.appointments.reminding.conftest import PHONE, THREE_DAYS, House
from tests.api.pathways.journals import live


async def found(house: House, authority: str = "cd29") -> list[Unreached]:
    await house.session.flush()
    return await unreachable(house.session, Beneficiary.authority_code == authority, THREE_DAYS)


async def listed(house: House) -> list[tuple[str, Why]]:
    return [(one.name, one.why) for one in await found(house)]


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
    (one,) = await found(house)
    assert (one.visits, one.commune, one.title) == ((), "Brest", "madame")
    decided.decided_at = THREE_DAYS - timedelta(days=8)
    assert await listed(house) == []


async def test_only_the_people_of_the_authority_are_listed(house: House) -> None:
    house.person.phone = None
    await house.visit()
    await factories.authority(house.session, "brest")
    assert await found(house, "brest") == []


@pytest.mark.parametrize("known", [True, False])
async def test_nobody_who_told_of_violence_is_written_to(house: House, known: bool) -> None:
    await house.visit()
    await silence(house.session, PHONE, Silence.stop)
    told: dict[str, Any] = (
        {"beneficiary_id": house.person.id, "level": Level.code}
        if known
        else {"phone": PHONE, "channel": Channel.sms, "sender": "Hent"}
    )
    talk = await factories.conversation(house.session, **told)
    turn = await factories.turn(house.session, talk)
    assert await listed(house) == [("Maëlle Le Goff", Why.silent)]
    turn.intent = VIOLENCE
    assert await listed(house) == []
