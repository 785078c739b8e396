"""A call that was asked for is taken back, unless somebody has it in hand."""

import httpx
import pytest

from api.core.database import Database
from api.escalations.events import closed
from api.escalations.tables import Escalation, Priority
from tests import factories
from tests.actions.calling import Caller, caller, known

CALL = ("action_request_callback", "request_callback")


async def is_closed(database: Database, row: Escalation) -> bool:
    async with database.transaction() as session:
        return bool(await closed(session, [row.id]))


async def agreed(database: Database, client: httpx.AsyncClient) -> tuple[Caller, Escalation]:
    """Somebody whom the service is to call."""
    one = await caller(database, client, **await known(database))
    assert await one.say(*CALL, "rappelez moi demain matin") == ["callback_done"]
    return one, (await one.asked())[0]


async def test_nobody_calls_whoever_does_not_want_it_any_more(database: Database, client: httpx.AsyncClient) -> None:
    one, row = await agreed(database, client)
    assert await one.say(*CALL, "annule le rappel", answer="no") == ["callback_off"]
    assert await is_closed(database, row)
    assert await one.say(*CALL, "annulez ce rappel je vous dis", answer="no") == ["callback_none"]
    assert await one.say(*CALL, "en fait rappelez moi demain matin") == ["callback_done"]
    assert len(await one.asked()) == 2


@pytest.mark.parametrize("urgent", [False, True])
async def test_whoever_has_it_in_hand_is_told_instead(
    database: Database, client: httpx.AsyncClient, urgent: bool
) -> None:
    one, row = await agreed(database, client)
    async with database.transaction() as session:
        mine = await session.get_one(Escalation, row.id)
        mine.priority = Priority.urgent if urgent else mine.priority
        mine.owner_id = None if urgent else (await factories.caseworker(session)).id
    assert await one.say(*CALL, "annule le rappel", answer="no") == ["callback_off_told"]
    assert not await is_closed(database, row)


async def test_what_was_read_as_the_time_is_taken_whatever_stands_beside_it(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client, **await known(database))
    text, wanted = "lundi matin maï je lui di koi", "2099-11-30/2099-11-30/08:00/12:00"
    assert await one.say(*CALL, text, wanted=wanted) == ["callback_closed"]
    assert await one.say(*CALL, text, wanted="rubbish") == ["callback_done"]
