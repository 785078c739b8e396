"""A conversation is erased with the answer that says so: all of it, once, and it goes on."""

from typing import Any

import httpx
import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import delivery, leases, outbox, service
from api.conversations.closing import close_turn
from api.conversations.deciding import decide
from api.conversations.drafts import leave
from api.conversations.opening import open_turn
from api.conversations.rasa_tables import RasaEvent, RasaFence
from api.conversations.routes import Routes, Sms
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.conversations.tables import Author, Choice, Conversation, Draft, Effect, Message, Mode, Turn, TurnStatus
from api.conversations.turn import take_turn
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Escalation, EscalationEvent, Reason
from api.identity.tables import IdentityCheck, Step
from api.privacy.audience import Channel, Level
from api.support.tables import SupportSearch
from api.texts.schemas import Saying
from api.training.tables import TrainingSearch
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

PHONE = "+33639980055"
DIES = (Choice, Turn, Draft, Effect, IdentityCheck, TrainingSearch, SupportSearch, OutgoingSms, RasaEvent)
"""What holds anything of a conversation, beside its messages."""


async def count(session: AsyncSession, table: Any) -> int:
    return await session.scalar(select(func.count()).select_from(table)) or 0


async def fill(talk: Talk) -> None:
    """A row of every kind that a conversation has, and a request to a human."""
    await talk.say("bonjour")
    asked = Asked(Reason.asked, "un conseiller", "cd29", Channel.web, conversation_id=talk.id)
    async with talk.database.transaction() as session:
        turn = (await session.scalars(select(Turn).where(Turn.conversation_id == talk.id))).one()
        await leave(session, turn.id, "action_test", [Saying("greet")])
        session.add_all(
            [
                Effect(turn_id=turn.id, action="action_test", ordinal=0, result={}),
                IdentityCheck(conversation_id=talk.id, step=Step.code, phone=PHONE, closed_at=now()),
                TrainingSearch(conversation_id=talk.id, shown=[]),
                SupportSearch(conversation_id=talk.id, shown=[]),
                OutgoingSms(phone=PHONE, sender=outbox.SENDER, kind=SmsKind.code, sealed=b"x", turn_id=turn.id),
            ]
        )
        event = {"sender_id": str(talk.id), "type_name": "user", "timestamp": 1.0, "data": "bonjour"}
        await session.execute(insert(RasaEvent), event)
        last = await session.scalar(select(func.max(RasaEvent.id)))
        mine = update(Conversation).where(Conversation.id == talk.id)
        await session.execute(mine.values(rasa_cursor=last, rasa_turns=7))
        await ask_human(session, asked, now())


def agrees(asked: dict[str, Any]) -> httpx.Response:
    """Rasa, once the person has said yes."""
    return says("delete_data", "conversation_erased")


async def begun(talk: Talk, text: str = "oui") -> Any:
    """(turn, decision) of a message that was answered by Rasa, and not yet closed."""
    await talk.write(text)
    async with talk.database.transaction() as session:
        taken = await leases.claim(session, 1)
    async with talk.database.transaction() as session:
        turn = await open_turn(session, talk.sealer, *taken[0])
    assert turn
    return turn, await decide(turn, talk.rasa)


async def test_everything_is_gone_but_the_answer_that_says_so(talk: Talk, rasa: ScriptedRasa) -> None:
    await fill(talk)
    rasa.answer = agrees
    assert await talk.say("oui") == ["conversation_erased"]
    assert [(message.seq, message.author) for message in await talk.messages()] == [(4, Author.assistant)]
    async with talk.database.transaction() as session:
        assert {table.__name__: await count(session, table) for table in DIES} == {table.__name__: 0 for table in DIES}


async def test_what_was_asked_of_a_human_stays(talk: Talk, rasa: ScriptedRasa) -> None:
    await fill(talk)
    rasa.answer = agrees
    await talk.say("oui")
    async with talk.database.transaction() as session:
        row = (await session.scalars(select(Escalation))).one()
        assert (row.line, row.conversation_id) == ("un conseiller", talk.id)
        assert await count(session, EscalationEvent) == 1


async def test_another_conversation_loses_nothing(
    talk: Talk, house: Database, sealer: Sealer, rasa: ScriptedRasa
) -> None:
    other = await Talk(house, sealer, rasa.client()).begin()
    await fill(other)
    async with house.transaction() as session:
        before = {table: await count(session, table) for table in (Message, *DIES)}
    rasa.answer = agrees
    await talk.say("oui")
    async with house.transaction() as session:
        after = {table: await count(session, table) for table in (Message, *DIES)}
    assert after == before | {Message: before[Message] + 1}


async def test_the_conversation_goes_on_in_a_new_session_of_rasa(talk: Talk, rasa: ScriptedRasa) -> None:
    await fill(talk)
    rasa.answer = agrees
    await talk.say("oui")
    row = await talk.conversation()
    assert (row.rasa_cursor, row.rasa_turns, row.last_seq, row.answered_seq) == (0, 0, 4, 3)
    rasa.answer = lambda asked: says("greet", "greet")
    assert await talk.say("bonjour") == ["greet"]
    assert [message.seq for message in await talk.messages()] == [4, 5, 6]
    async with talk.database.transaction() as session:
        # Rasa may still be asked by nobody but the last attempt.
        assert await session.scalar(select(RasaFence.fence)) == rasa.asked[-1]["fence"]


async def test_what_was_written_meanwhile_is_answered_and_stays(talk: Talk, rasa: ScriptedRasa) -> None:
    await fill(talk)
    rasa.answer = agrees
    turn, decision = await begun(talk)
    await talk.write("et mon rdv ?")
    async with talk.database.transaction() as session:
        await close_turn(session, talk.sealer, talk.tools.voices, turn, decision)
    assert [message.text for message in await talk.messages() if message.author is Author.person] == ["et mon rdv ?"]
    rasa.answer = lambda asked: says("greet", "greet")
    assert (await take_turn(talk.tools, talk.id, turn.lease)).answered
    assert [message.says for message in await talk.messages()] == [[], ["conversation_erased"], ["greet"]]


async def test_a_worker_that_died_before_the_answer_was_stored_erases_once(talk: Talk, rasa: ScriptedRasa) -> None:
    await fill(talk)
    rasa.answer = agrees
    await begun(talk)  # …and the worker dies here: nothing is lost yet.
    assert len(await talk.messages()) == 3
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(leased_until=now()))
    assert await talk.answer() == 1
    assert [message.says for message in await talk.messages()] == [["conversation_erased"]]


async def test_the_yes_that_comes_again_is_the_same_message(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = agrees
    await talk.write("oui", reference="the browser's own id")
    await talk.answer()
    assert await talk.write("oui", reference="the browser's own id") == 2
    assert await talk.answer() == 0
    assert len(await talk.messages()) == 1


@pytest.mark.parametrize("change", ["a caseworker took over", "somebody else identified themselves"])
async def test_an_erasure_that_is_not_said_is_not_done(talk: Talk, rasa: ScriptedRasa, change: str) -> None:
    await fill(talk)
    rasa.answer = agrees
    turn, decision = await begun(talk)
    async with talk.database.transaction() as session:
        row = await session.get_one(Conversation, talk.id)
        if change == "a caseworker took over":
            row.mode = Mode.caseworker
        else:
            service.identify(row, (await factories.person(session)).id, Level.link, now())
    async with talk.database.transaction() as session:
        status = await close_turn(session, talk.sealer, talk.tools.voices, turn, decision)
    assert status in (TurnStatus.dropped, TurnStatus.answered)
    assert len(await talk.messages()) >= 3


async def test_by_sms_the_answer_leaves_and_the_texts_that_went_out_are_gone(
    house: Database, sealer: Sealer, rasa: ScriptedRasa
) -> None:
    talk = await Talk(house, sealer, rasa.client()).ring(PHONE)
    await talk.say("bonjour")
    await talk.telephone(PHONE)
    rasa.answer = agrees
    await talk.say("OUI")
    [sent] = await talk.telephone(PHONE)
    assert sent.startswith("C'est fait")
    async with house.transaction() as session:
        assert list(await session.scalars(select(OutgoingSms.status))) == [SmsStatus.sent]


async def test_an_sms_that_is_erased_while_it_leaves_holds_no_other_up(
    house: Database, sealer: Sealer, rasa: ScriptedRasa
) -> None:
    talk = await Talk(house, sealer, rasa.client()).ring(PHONE)
    await talk.say("bonjour")
    rasa.answer = agrees

    class Erasing:
        """The person's yes arrives while the provider is asked."""

        repeats_safely, hands_over_again, tells_all = True, False, False

        async def send(self, sms: Sms) -> None:
            if "C'est fait" not in sms.text:
                await talk.say("OUI")

    assert await delivery.send_due(house, sealer, Routes.only(Erasing())) == 1
    assert await delivery.send_due(house, sealer, Routes.only(Erasing())) == 1
    async with house.transaction() as session:
        assert list(await session.scalars(select(OutgoingSms.status))) == [SmsStatus.sent]
