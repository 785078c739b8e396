"""Hundreds of questions by SMS while everything is killed in turn: each is answered, and none twice."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import pytest_asyncio

from api.conversations.sms_tables import IncomingSms, OutgoingSms, SmsStatus
from tests.journeys.kannel import BOXES, Way, require_kannel
from tests.journeys.mortal_house import Mortal, living
from tests.journeys.neighbour import THEIRS

pytestmark = pytest.mark.kannel

HOW_MANY = 500
DEATHS = 2
"""Of bearerbox. Each may repeat the SMS that the operator had just taken, for SMPP cannot tell, be told once more what
somebody wrote, and lose one receipt, acknowledged and not yet kept (docs/sms-provider.md)."""
SILENT = 430
"""The place of a telephone of which the operator never tells."""
LATER = "+33639980999"


@pytest_asyncio.fixture
async def mortal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Mortal]:
    """Our own box at bearerbox; beside it, a smsbox that serves a neighbour."""
    require_kannel()
    async with living(tmp_path, monkeypatch, Way.beside) as made:
        yield made


async def test_everything_is_killed_amid_five_hundred_questions_and_each_is_answered_once(mortal: Mortal) -> None:
    phones = [f"+3363998{1000 + number}" for number in range(HOW_MANY)]
    silent = phones[SILENT]
    mortal.smsc.untold.add(silent)
    deaths = asyncio.create_task(_die_in_turn(mortal, phones))
    theirs = await _write(mortal, phones)
    await deaths
    # Somebody writes later: that theirs is accepted says what never got there.
    await asyncio.sleep(5)
    mortal.smsc.write(LATER, "et moi ?")
    await mortal.answered(LATER, seconds=180)
    await mortal.is_still(HOW_MANY + 1)
    given_up = await mortal.wait_no_more()

    ended = await mortal.statuses()
    assert given_up == (ended[SmsStatus.unknown], 0)
    assert ended[SmsStatus.delivered] + ended[SmsStatus.unknown] == ended.total() == HOW_MANY + 1
    assert await mortal.count(OutgoingSms) == HOW_MANY + 1
    # What bearerbox kept and did not acknowledge comes again under another id: it is known by its text, and ends there.
    assert HOW_MANY + 1 <= await mortal.count(IncomingSms) <= HOW_MANY + 1 + DEATHS
    ends = await mortal.ends_of(phones)
    repeated = {phone for phone, one in ends.items() if one == (1, [SmsStatus.delivered], 2)}
    untold = {phone for phone, one in ends.items() if one == (1, [SmsStatus.unknown], 1)}
    well = {phone for phone, one in ends.items() if one == (1, [SmsStatus.delivered], 1)}
    assert {phone: one for phone, one in ends.items() if phone not in well | repeated | untold} == {}
    assert silent in untold
    assert max(len(repeated), len(untold - {silent})) <= DEATHS
    assert await mortal.handed_over(repeated) == len(repeated)
    # Neither a question nor a receipt of ours went astray, and theirs came to them.
    assert set(mortal.neighbour.heard) <= set(theirs)
    assert len(set(mortal.neighbour.heard)) > len(theirs) / 2


async def _write(mortal: Mortal, phones: Sequence[str]) -> list[str]:
    """All of these write to us, and every fifth time somebody to the neighbour; what the neighbour is written."""
    theirs = []
    for place, phone in enumerate(phones):
        mortal.smsc.write(phone, f"question {place}")
        if place % 5 == 0:
            theirs.append(f"voisin {place}")
            mortal.smsc.write(f"+3363997{1000 + place}", theirs[-1], to=THEIRS)
        await asyncio.sleep(0.02)
    return theirs


async def _die_in_turn(mortal: Mortal, phones: list[str]) -> None:
    await mortal.shown(phones, 50)
    # An answer that was just shown is still being noted: death comes whenever it likes.
    await asyncio.sleep(random.uniform(0, 0.5))
    await _kill(mortal, "bearerbox", "smsbox")
    await asyncio.sleep(1)
    await _start(mortal)
    await mortal.shown(phones, 120)
    await mortal.kannel.kill("smsbox")
    await mortal.shown(phones, 150)
    await mortal.kannel.run("smsbox")
    await mortal.server.kill()
    await mortal.server.start()
    await mortal.shown(phones, 250)
    mortal.postgres.kill()
    await asyncio.sleep(1)
    await mortal.postgres.start()
    await mortal.shown(phones, 350)
    await asyncio.sleep(random.uniform(0, 0.5))
    await mortal.server.kill()
    await _kill(mortal, "smsbox", "bearerbox")
    mortal.postgres.kill()
    await mortal.postgres.start()
    await _start(mortal)
    await mortal.server.start()


async def _kill(mortal: Mortal, *boxes: str) -> None:
    for name in boxes:
        await mortal.kannel.kill(name)
    mortal.smsc.bound.clear()


async def _start(mortal: Mortal) -> None:
    for name in BOXES:
        await mortal.kannel.run(name)
