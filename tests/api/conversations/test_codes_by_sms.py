"""A code is good for one attempt, ten minutes and five tries, and is asked for five times an hour."""

from datetime import timedelta

from sqlalchemy import func, select, update

from api.conversations.sms_tables import OutgoingSms
from api.core.clock import now
from api.core.sealing import Sealer
from api.identity import codes
from api.identity.tables import IdentityCheck
from tests.api.conversations.test_identification import PHONE, asks_about_a_file, code_on, someone
from tests.talking import Talk

__all__ = ["asks_about_a_file"]


async def test_five_wrong_codes_end_the_attempt(talk: Talk) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    right = await code_on(talk)
    wrong = "000000" if right != "000000" else "111111"
    said = [(await talk.say(wrong))[0] for _ in range(5)]
    assert said == ["code_wrong"] * 4 + ["code_tries_over"]
    assert "identified" not in await talk.say(right)


async def test_a_code_of_an_earlier_attempt_opens_nothing(talk: Talk) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    old = await code_on(talk)
    await talk.say("0639980001")
    fresh = await code_on(talk)
    if old != fresh:
        assert await talk.say(old) == ["code_wrong"]
    assert (await talk.say(fresh))[0] == "identified"


async def test_a_code_lives_ten_minutes(talk: Talk) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    async with talk.database.transaction() as session:
        await session.execute(update(IdentityCheck).values(code_expires_at=now() - timedelta(seconds=1)))
    assert await talk.say(await code_on(talk)) == ["code_expired"]


async def test_five_codes_an_hour_for_a_number(talk: Talk) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    said = [(await talk.say("0639980001 14/05/1990"))[0] for _ in range(6)]
    assert said == ["code_sent"] * 5 + ["too_many_codes"]
    assert len(await talk.telephone(PHONE)) == 5


async def test_codes_that_were_never_sent_count_as_well(talk: Talk) -> None:
    await talk.say("c kan mon rdv")
    said = [(await talk.say("0639980099 14/05/1990"))[0] for _ in range(6)]
    assert said == ["code_sent"] * 5 + ["too_many_codes"]


async def test_no_code_received_leads_somewhere(talk: Talk) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    await talk.say("0639980002 14/05/1990")
    assert await talk.say("g pas recu le code") == ["not_received"]
    assert await talk.say("", (await talk.choices())["Corriger mon numéro"]) == ["ask_number"]
    assert await talk.say("06 39 98 00 01") == ["code_sent"]
    assert (await talk.say(await code_on(talk)))[0] == "identified"


async def test_a_turn_that_is_played_twice_sends_one_code(talk: Talk) -> None:
    """The code, its SMS and the answer are one transaction: none of them is there without the others."""
    await someone(talk)
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    async with talk.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(OutgoingSms)) == 1
        assert await session.scalar(select(IdentityCheck.tries)) == 0


def test_a_code_is_bound_to_its_check(sealer: Sealer) -> None:
    from uuid import uuid4

    mine = IdentityCheck(id=uuid4(), beneficiary_id=uuid4())
    mine.code_digest = sealer.digest(codes.PURPOSE, f"{mine.id}:123456")
    other = IdentityCheck(id=uuid4(), beneficiary_id=uuid4(), code_digest=mine.code_digest)
    assert codes.is_right(sealer, mine, "123456")
    assert not codes.is_right(sealer, other, "123456")
