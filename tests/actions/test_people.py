"""Asking for somebody: written down at once, called when chosen, told only if wished; a turn asked again is one."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from api.conversations.tables import Conversation, Draft, Message
from api.core.clock import today
from api.core.database import Database
from api.escalations.tables import Escalation, Priority, Reason
from api.privacy.audience import Channel
from tests import factories
from tests.actions.calling import PHONE, WEEK, caller, known

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


async def test_somebody_whose_benefit_was_cut_is_looked_at_first(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client, **await known(database))
    await one.say("action_letter", "rsa_suspended", "mon rsa est coupé")
    await one.say(*HUMAN, "un conseiller")
    await one.say(*CALL, "rappelez moi")
    assert {row.priority for row in await one.asked()} == {Priority.high}


async def told(database: Database) -> dict[str, Any]:
    """The facts of the last promise."""
    async with database.transaction() as session:
        said = select(Draft.facts).where(Draft.say.startswith("human_asked")).order_by(Draft.id.desc()).limit(1)
        facts: dict[str, Any] = (await session.scalars(said)).one()
        return facts


async def followed(database: Database, **absence: Any) -> dict[str, Any]:
    """A person whom somebody follows, with a colleague who stands in."""
    async with database.transaction() as session:
        (await factories.authority(session)).hours = WEEK
        team = await factories.organisation(session)
        colleague = await factories.caseworker(
            session, organisation_id=team.id, first_name="Ronan", last_name="Le Bras"
        )
        own = await factories.caseworker(session, organisation_id=team.id, stand_in_id=colleague.id, **absence)
        return {"organisation_id": team.id, "caseworker_id": own.id}


async def test_whoever_may_hear_who_follows_them_hears_who_answers(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client, **await known(database, **await followed(database)))
    assert await one.say(*HUMAN, "un conseiller") == ["human_asked_of_mine"]
    facts = await told(database)
    assert (facts["answered_by"], facts["own"], facts["stand_in"]) == ("Nolwenn Kerdoncuff", True, False)


async def test_whoever_stands_in_is_said_to(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client, **await known(database, **await followed(database, absent_from=today())))
    assert await one.say(*HUMAN, "un conseiller") == ["human_asked_of_mine"]
    facts = await told(database)
    assert (facts["answered_by"], facts["own"], facts["stand_in"]) == ("Ronan Le Bras", False, True)


@pytest.mark.parametrize("confidential", [False, True], ids=["a telephone", "a confidential file"])
async def test_nobody_else_hears_a_name_or_a_team_of_the_file(
    database: Database, client: httpx.AsyncClient, confidential: bool
) -> None:
    person = await known(database, confidential=confidential, **await followed(database))
    sms = {"channel": Channel.sms, "phone": PHONE, "sender": "Hent"}
    one = await caller(database, client, **(person if confidential else sms))
    assert await one.say(*HUMAN, "un conseiller") == ["human_asked_nowhere" if confidential else "human_asked"]
    facts = await told(database)
    assert facts["team"] is None
    assert "answered_by" not in facts
    assert [row.assigned_id is not None for row in await one.asked()] == [True]


async def test_somebody_unknown_is_asked_where_they_live_and_hears_which_team_answers(
    database: Database, client: httpx.AsyncClient
) -> None:
    async with database.transaction() as session:
        await factories.caseworker(session)
    one = await caller(database, client)
    await one.say(*HUMAN, "un conseiller")
    facts = await told(database)
    assert (facts["ask_commune"], facts["team"]) == (True, "Centre départemental d'action sociale")


async def test_two_messages_that_were_not_understood_are_told_after_a_yes(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client)
    for text in ("bonjour bonjour", "zorglub patatras", "euh zorglub"):
        await one.say("action_letter", "nlu_fallback", text)
    assert await one.say(*HUMAN, "oui", answer="yes") == ["human_asked_nowhere"]
    assert [(row.reason, row.line) for row in await one.asked()] == [
        (Reason.not_understood, "zorglub patatras / euh zorglub")
    ]


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


async def test_a_number_and_a_time_in_one_message_are_both_taken(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    assert await one.say(*CALL, "rappelez moi demain matin au 06 39 98 00 44") == ["callback_done"]
    assert [row.phone for row in await one.asked()] == ["+33639980044"]
    assert await one.say(*CALL, "plutôt à 19h au 06 39 98 09 19") == ["callback_closed"]


async def test_a_number_that_was_given_for_another_request_is_not_asked_again(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client)
    await one.say(*HUMAN, "un conseiller")
    async with database.transaction() as session:
        (await session.scalars(select(Escalation))).one().phone = "+33639980043"
    assert await one.say(*CALL, "rappelez moi") == ["callback_when"]


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
