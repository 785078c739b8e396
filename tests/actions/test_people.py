"""Asking for somebody: written down at once, called when chosen, told only if wished; a turn asked again is one."""

import httpx

from api.conversations.tables import Conversation, Message
from api.core.database import Database
from api.escalations.tables import Reason
from api.privacy.audience import Channel
from tests import factories
from tests.actions.calling import PHONE, caller, known

HUMAN = ("action_request_human", "request_human")
CALL = ("action_request_callback", "request_callback")
HINDRANCE = ("action_report_hindrance", "report_hindrance")


async def test_a_request_holds_what_was_asked_before(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client, **await known(database))
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, one.conversation.id)
        turn = await factories.turn(session, conversation)
        (await session.get_one(Message, turn.message_id)).text = "mon rsa est coupé"
        turn.intent = "rsa_suspended"
    assert await one.say(*HUMAN, "un conseiller") == ["human_asked"]
    rows = await one.asked()
    assert [(row.reason, row.line) for row in rows] == [(Reason.asked, "mon rsa est coupé")]


async def test_a_long_request_speaks_for_itself(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    text = "je veux parler à quelqu'un parce que mon loyer est impayé"
    assert await one.say(*HUMAN, text) == ["human_asked_nowhere"]
    assert [row.line for row in await one.asked()] == [text]


async def test_a_need_that_no_search_answered_is_what_the_request_is_about(
    database: Database, client: httpx.AsyncClient
) -> None:
    somebody = await caller(database, client)

    await somebody.say("action_request_human", "request_human", "Parler à quelqu'un", theme="aidants")

    [row] = await somebody.asked()
    assert (row.reason, row.line) == (Reason.support, "Cherche une aide : aider un proche")


async def test_nobody_is_called_without_a_number_then_at_the_time_they_choose(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client)
    assert await one.say(*CALL, "rappelez moi") == ["callback_ask_number"]
    assert await one.asked() == []
    assert await one.say(*CALL, "06 39 98 00 41") == ["callback_when"]
    chosen = (await one.windows())[1]
    assert await one.say(*CALL, "le 2", window=chosen) == ["callback_done"]
    rows = await one.asked()
    assert [(row.phone, row.call_from is not None) for row in rows] == [("+33639980041", True)]


async def test_a_time_that_was_said_first_is_kept_when_the_number_comes(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client)
    assert await one.say(*CALL, "rappelez-moi demain matin") == ["callback_ask_number"]
    assert await one.say(*CALL, "0639980042") == ["callback_done"]


async def test_a_time_when_nobody_is_there_is_refused_with_others(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client, channel=Channel.sms, phone=PHONE, sender="Hent")
    assert await one.say(*CALL, "rappelez moi demain à 19h") == ["callback_closed"]
    assert [row.phone for row in await one.asked()] == [PHONE]


async def test_a_confidential_number_is_never_called_unless_it_is_given(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client, **await known(database, confidential=True))
    assert await one.say(*CALL, "rappelez moi") == ["callback_ask_number"]
    assert await one.say(*HUMAN, "un conseiller") == ["human_asked_nowhere"]


async def test_a_window_that_was_made_up_is_not_promised(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client, **await known(database))
    for window in ("1", "rubbish", "2099-01-01T03:00:00+01:00"):
        assert (await one.say(*CALL, "1", window=window))[0] in ("callback_when", "callback_closed")


async def test_a_difficulty_is_told_only_after_a_yes(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client, **await known(database))
    assert await one.say(*HINDRANCE, "je n'ai plus de voiture") == ["report_hindrance"]
    assert await one.say(*HINDRANCE, "non", answer="no") == ["hindrance_kept"]
    assert await one.asked() == []
    assert await one.say(*HINDRANCE, "oui", answer="yes") == ["hindrance_noted"]
    assert [row.reason for row in await one.asked()] == [Reason.hindrance]


async def test_whoever_is_not_known_says_who_they_are_before_anything_is_told(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client)
    assert await one.say(*HINDRANCE, "oui", answer="yes") == ["identify_first"]
    assert await one.asked() == []
