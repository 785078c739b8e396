"""The code of a letter opens the file of one person, once, with their birth date, for a few weeks."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.identity import letter_codes
from api.identity.letter_codes import LIVES, PURPOSE, make, redeem
from api.identity.tables import IdentityCheck, LetterCode
from api.privacy.audience import Level
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

BORN = date(1990, 5, 14)
CODES = 20


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Hears a question about the next appointment."""
    rasa = ScriptedRasa()
    rasa.answer = lambda asked: says("ask_next_appointment", "appointment_none")
    return rasa


@pytest.fixture
async def talk(database: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    """Of somebody who has not said who they are."""
    talk = Talk(database, sealer, rasa.client())
    async with talk.database.transaction() as session:
        await factories.authority(session)
    return await talk.begin()


async def letter_to(talk: Talk, **given: object) -> str:
    async with talk.database.transaction() as session:
        person = await factories.person(session, **({"birth_date": BORN} | given))
        return await make(session, talk.sealer, person.id, now())


async def opened(
    session: AsyncSession, sealer: Sealer, code: str, born: date = BORN, later: timedelta = LIVES / 2
) -> bool:
    return await redeem(session, sealer.digest(PURPOSE, code), born, now() + later) is not None


async def test_it_is_kept_as_a_digest_and_never_twice_the_same(session: AsyncSession, sealer: Sealer) -> None:
    person = await factories.person(session)
    codes = {await make(session, sealer, person.id, now()) for _ in range(CODES)}
    assert len(codes) == CODES
    assert all(re.fullmatch(r"[1-589]\d{8}", code) for code in codes)
    kept = b"".join(await session.scalars(select(LetterCode.code_digest)))
    assert not any(code.encode() in kept for code in codes)


async def test_it_is_good_once_and_uses_up_those_of_the_letters_before(session: AsyncSession, sealer: Sealer) -> None:
    person = await factories.person(session, birth_date=BORN)
    first, second = [await make(session, sealer, person.id, now()) for _ in range(2)]
    assert await opened(session, sealer, first)
    assert not await opened(session, sealer, first)
    assert not await opened(session, sealer, second)


async def test_another_birth_date_a_day_too_late_or_a_confidential_file_opens_nothing(
    session: AsyncSession, sealer: Sealer
) -> None:
    person = await factories.person(session, birth_date=BORN)
    code = await make(session, sealer, person.id, now())
    assert not await opened(session, sealer, code, date(1990, 5, 15))
    assert not await opened(session, sealer, code, later=LIVES + timedelta(days=1))
    person.confidential = True
    await session.flush()
    assert not await opened(session, sealer, code)


@pytest.mark.parametrize("typed", [["{}", "14/05/1990"], ["14 mai 90", "le code c {}"], ["{}, 14/05/1990"]])
async def test_code_and_date_in_any_order_open_the_answer(talk: Talk, typed: list[str]) -> None:
    code = letter_codes.spaced(await letter_to(talk))
    assert await talk.say("c kan mon rdv") == ["ask_number"]
    heard = [await talk.say(text.format(code)) for text in typed]
    assert heard[-1][:2] == ["identified", "appointment_none"]
    assert (await talk.conversation()).level is Level.code
    assert code not in " ".join(message.text for message in await talk.messages())


async def test_a_wrong_code_hears_the_same_as_a_confidential_file(talk: Talk) -> None:
    codes = ["123 456 789", await letter_to(talk, confidential=True)]
    await talk.say("c kan mon rdv")
    for code in codes:
        assert await talk.say(code) == ["ask_birth_date"]
        assert await talk.say("14/05/1990") == ["letter_code_wrong"]
    assert (await talk.conversation()).level is Level.nobody


async def test_five_wrong_ones_end_the_attempt(talk: Talk) -> None:
    await talk.say("c kan mon rdv")
    heard = [(await talk.say(f"12345678{nth}, 14/05/1990"))[0] for nth in range(5)]
    assert heard == ["letter_code_wrong"] * 4 + ["code_tries_over"]


async def test_a_number_typed_after_a_code_takes_its_place_and_the_other_way_round(talk: Talk) -> None:
    code = await letter_to(talk)
    await talk.say("c kan mon rdv")
    await talk.say("123 456 789")
    assert await talk.say("06 39 98 00 01") == ["ask_birth_date"]
    assert await talk.say("14/05/1990") == ["code_sent"]
    async with talk.database.transaction() as session:
        check = (await session.scalars(select(IdentityCheck))).one()
        assert (check.letter_digest, check.phone) == (None, "+33639980001")
    assert (await talk.say(code))[0] == "identified"


async def test_codes_go_with_their_person(session: AsyncSession, sealer: Sealer) -> None:
    person = await factories.person(session)
    await make(session, sealer, person.id, now())
    await session.delete(await session.get_one(Beneficiary, person.id))
    await session.flush()
    assert list(await session.scalars(select(LetterCode))) == []
