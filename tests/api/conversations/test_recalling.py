"""What was said is said again with the facts that it was made of, and not at all when they are not kept."""

import pytest

from api.conversations.drafts import leave
from api.conversations.recalling import last_said, recall
from api.conversations.tables import Author, Message, MessageStatus
from api.core.database import Database
from api.texts.schemas import Saying
from tests import factories

FACTS = {"starts_at": "2026-12-01T09:30:00+01:00"}
SURE = Saying("cancel_sure", FACTS)


@pytest.fixture
async def asked(house: Database) -> Message:
    """What a person writes after we asked whether they are sure, greeted them, and named a number that is not kept."""
    async with house.transaction() as session:
        conversation = await factories.conversation(session)
        turn = await factories.turn(session, conversation)
        turn.intent = "cancel_appointment"
        await leave(session, turn.id, "action_cancel_appointment", [SURE])
        seq = conversation.last_seq
        ours = Message(conversation_id=conversation.id, seq=seq + 1, author=Author.assistant, text="…", turn_id=turn.id)
        ours.says, ours.status = ["greet", "cancel_sure", "waiting_number"], MessageStatus.sent
        theirs = Message(conversation_id=conversation.id, seq=seq + 2, author=Author.person, text="pardon ?", says=[])
        theirs.status = MessageStatus.received
        session.add_all([ours, theirs])
        conversation.last_seq = seq + 2
    return theirs


async def test_the_last_answer_comes_with_its_facts(house: Database, asked: Message) -> None:
    async with house.transaction() as session:
        last = await last_said(session, asked)
    assert last is not None
    assert last.sayings == [Saying("greet"), SURE]
    assert last.intent == "cancel_appointment"


async def test_a_question_is_recalled_under_the_intent_that_it_was_asked_for(house: Database, asked: Message) -> None:
    async with house.transaction() as session:
        found = await recall(session, asked, "cancel_sure")
        assert found == ([SURE], "cancel_appointment")
        assert await recall(session, asked, "waiting_number") is None


async def test_what_a_caseworker_wrote_is_not_said_again(house: Database, asked: Message) -> None:
    async with house.transaction() as session:
        written = Message(
            conversation_id=asked.conversation_id, seq=asked.seq + 1, author=Author.caseworker, text="Oui."
        )
        written.says, written.status = [], MessageStatus.sent
        later = Message(conversation_id=asked.conversation_id, seq=asked.seq + 2, author=Author.person, text="pardon ?")
        later.says, later.status = [], MessageStatus.received
        session.add_all([written, later])
        await session.flush()
        assert await last_said(session, later) is None
