"""Whoever asked for it is reminded twice, once each, in words that name nothing; and never once it was taken back."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations.service import by_number
from api.conversations.silence import silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind
from api.conversations.tables import Conversation, Message
from api.core.database import Database
from api.letters import reminding
from api.letters.keeping import Where, keep, stop
from api.letters.reminding import remind_of_letters
from api.letters.tables import LetterDeadline
from api.texts.voice import Voices
from tests import factories
from tests.api.appointments.reminding.conftest import LONG_AGO, PHONE, at

DAY = date(2026, 12, 8)
SEVEN, TWO = at("2026-12-01 10:00"), at("2026-12-05 10:00")
NAMES = ("rsa", "caf", "msa", "contr", "france travail", "lettre", "courrier", "papier", "département", "le goff")


@dataclass
class House:
    """A database with one deadline in it, and what became of its reminders."""

    database: Database
    talk_id: UUID
    person_id: UUID | None = None

    async def look(self, now: Any, *, by_sms: bool = True) -> int:
        """What a worker does at this moment; how many went."""
        return await remind_of_letters(self.database, Voices(), now, by_sms=by_sms)

    async def texts(self) -> list[str]:
        """What was said, in order."""
        async with self.database.transaction() as session:
            return list(await session.scalars(select(Message.text).order_by(Message.seq)))

    async def change(self, statement: Any) -> None:
        """Something else changes meanwhile."""
        async with self.database.transaction() as session:
            await session.execute(statement)

    async def kept(self) -> int:
        """How many deadlines there are."""
        async with self.database.transaction() as session:
            return await session.scalar(select(func.count()).select_from(LetterDeadline)) or 0


async def house(database: Database, *, sms: bool, known: bool = False, phone: str | None = PHONE) -> House:
    async with database.transaction() as session:
        await factories.authority(session)
        person = await factories.person(session, phone=phone) if known else None
        if sms:
            talk = await by_number(session, PHONE, "Hent", factories.AUTHORITY)
        else:
            talk = await factories.conversation(session)
        person_id = person.id if person else None
        await keep(session, Where(talk.id, person_id, PHONE if sms or known else None), DAY, LONG_AGO)
        return House(database, talk.id, person_id)


@pytest_asyncio.fixture
async def telephone(database: Database) -> House:
    """Somebody known, who writes by SMS."""
    return await house(database, sms=True, known=True)


@pytest_asyncio.fixture
async def page(database: Database) -> House:
    """Somebody unknown, on a page."""
    return await house(database, sms=False)


async def test_an_sms_goes_a_week_before_and_two_days_before_and_names_nothing(telephone: House) -> None:
    assert [await telephone.look(moment) for moment in (SEVEN, SEVEN, TWO, TWO)] == [1, 0, 1, 0]
    texts = await telephone.texts()
    assert len(texts) == 2
    assert all("mardi 8 décembre" in text and "02 61 91 00 01" in text for text in texts)
    assert not any(name in text.lower() for text in texts for name in NAMES)
    async with telephone.database.transaction() as session:
        rows = list(await session.scalars(select(OutgoingSms)))
    assert [(row.kind, row.phone, row.authority_code) for row in rows] == [(SmsKind.reminder, PHONE, "cd29")] * 2


async def test_on_a_page_it_is_a_message_and_no_sms(page: House) -> None:
    assert await page.look(SEVEN, by_sms=False) == 1
    assert len(await page.texts()) == 1
    async with page.database.transaction() as session:
        assert list(await session.scalars(select(OutgoingSms))) == []


async def test_without_a_way_out_no_sms_is_started(telephone: House) -> None:
    assert await telephone.look(SEVEN, by_sms=False) == 0
    assert await telephone.look(SEVEN) == 1


@pytest.mark.parametrize("now", ["2026-12-01 09:59", "2026-12-01 21:00", "2026-12-06 11:00"])
async def test_nothing_goes_before_its_hour_nor_when_no_telephone_may_ring(telephone: House, now: str) -> None:
    assert await telephone.look(at(now)) == 0


async def test_a_known_person_of_a_page_is_written_to_on_their_telephone(database: Database) -> None:
    one = await house(database, sms=False, known=True)
    assert await one.look(SEVEN) == 1
    async with database.transaction() as session:
        [row] = await session.scalars(select(OutgoingSms))
        assert row.phone == PHONE
        [written] = await session.scalars(select(Message))
        assert written.conversation_id != one.talk_id


async def test_four_workers_at_once_send_it_once(telephone: House) -> None:
    assert sum(await asyncio.gather(*(telephone.look(SEVEN) for _ in range(4)))) == 1
    assert len(await telephone.texts()) == 1


async def test_what_dies_in_between_is_sent_once_at_the_next_look(
    telephone: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(session: AsyncSession, *_: Any) -> None:
        await session.flush()
        raise OperationalError("gone", None, Exception())

    with monkeypatch.context() as patched:
        patched.setattr(reminding, "notify", dies)
        assert await telephone.look(SEVEN) == 0
    assert await telephone.texts() == []
    assert [await telephone.look(SEVEN), await telephone.look(SEVEN)] == [1, 0]


async def test_it_is_forgotten_when_the_day_is_over(telephone: House) -> None:
    await telephone.look(at("2026-12-08 23:59"))
    assert await telephone.kept() == 1
    await telephone.look(at("2026-12-09 00:00"))
    assert await telephone.kept() == 0


async def test_a_stop_takes_it_back_with_what_has_not_left(telephone: House) -> None:
    await telephone.look(SEVEN)
    async with telephone.database.transaction() as session:
        await stop(session, await session.get_one(Conversation, telephone.talk_id))
    assert (await telephone.kept(), await telephone.texts()) == (0, [])
    assert await telephone.look(TWO) == 0


async def test_a_number_that_is_refused_is_left_alone(telephone: House) -> None:
    async with telephone.database.transaction() as session:
        await silence(session, PHONE, Silence.dead)
    assert (await telephone.look(SEVEN), await telephone.kept()) == (0, 0)


@pytest.mark.parametrize("change", [{"phone": "+33639980077"}, {"phone": None}, {"confidential": True}])
async def test_a_new_number_or_a_file_that_is_hidden_takes_it_back(telephone: House, change: dict[str, Any]) -> None:
    await telephone.change(update(Beneficiary).values(**change))
    assert (await telephone.look(SEVEN), await telephone.kept()) == (0, 0)


async def test_whoever_told_of_violence_is_not_written_to(page: House) -> None:
    async with page.database.transaction() as session:
        turn = await factories.turn(session, await session.get_one(Conversation, page.talk_id))
        turn.intent = "emergency_violence"
    assert (await page.look(SEVEN), await page.kept()) == (0, 0)


async def test_asked_for_twice_it_is_sent_once(telephone: House) -> None:
    async with telephone.database.transaction() as session:
        await keep(session, Where(telephone.talk_id, telephone.person_id, PHONE), DAY, SEVEN)
    assert await telephone.kept() == 1
    assert [await telephone.look(SEVEN), await telephone.look(SEVEN)] == [1, 0]
