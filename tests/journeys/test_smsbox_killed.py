"""By HTTP, smsbox killed amid our answers: nobody is answered twice, and no more is lost than it had in hand."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from api.conversations.sms_tables import IncomingSms, SmsStatus
from tests.journeys.kannel import Way, require_kannel
from tests.journeys.mortal_house import Mortal, living

pytestmark = pytest.mark.kannel

HOW_MANY, DEATHS = 150, 5
"""With each it loses at most what it had in hand, one question or one receipt: `max-pending-requests = 1`."""
LATER = "+33639980999"


@pytest_asyncio.fixture
async def mortal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Mortal]:
    """Everything comes and goes by smsbox."""
    require_kannel()
    async with living(tmp_path, monkeypatch, Way.smsbox) as made:
        yield made


async def test_nobody_is_answered_twice_and_each_death_loses_one_thing_at_most(mortal: Mortal) -> None:
    phones = [f"+3363998{1000 + number}" for number in range(HOW_MANY)]
    deaths = asyncio.create_task(_die(mortal, phones))
    for place, phone in enumerate(phones):
        mortal.smsc.write(phone, f"question {place}")
        await asyncio.sleep(0.02)
    await deaths
    # Somebody writes later: that theirs is accepted says what never got there.
    await asyncio.sleep(5)
    mortal.smsc.write(LATER, "et moi ?")
    await mortal.answered(LATER, seconds=60)
    await mortal.is_still(HOW_MANY + 1, lost=DEATHS)
    given_up = await mortal.wait_no_more()

    ends = await mortal.ends_of(phones)
    well = {phone for phone, one in ends.items() if one == (1, [SmsStatus.delivered], 1)}
    untold = {phone for phone, one in ends.items() if one == (1, [SmsStatus.unknown], 1)}
    lost = {phone for phone, one in ends.items() if one == (0, [], 0)}
    assert {phone: one for phone, one in ends.items() if phone not in well | untold | lost} == {}
    assert len(untold | lost) <= DEATHS
    ended = await mortal.statuses()
    assert given_up == (ended[SmsStatus.unknown], 0)
    assert ended[SmsStatus.delivered] + ended[SmsStatus.unknown] == ended.total() == HOW_MANY + 1 - len(lost)
    assert await mortal.count(IncomingSms) == ended.total()


async def _die(mortal: Mortal, phones: list[str]) -> None:
    for nth in range(1, DEATHS + 1):
        await mortal.shown(phones, 20 * nth)
        await asyncio.sleep(random.uniform(0, 0.3))
        await mortal.kannel.kill("smsbox")
        await asyncio.sleep(0.5)
        await mortal.kannel.run("smsbox")
