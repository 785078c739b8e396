"""While a caseworker has the conversation the assistant is silent; handed back, it begins anew."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from api.conversations import leases
from api.conversations.closing import close_turn
from api.conversations.deciding import decide
from api.conversations.opening import open_turn
from api.conversations.service import DOTS
from api.conversations.tables import Author, Message, Mode, TurnStatus
from api.core.clock import now
from api.core.database import Database
from api.desk import acting, human_part
from api.escalations.tables import Escalation, Reason
from api.identity import service as identity
from tests.api.desk.conftest import NOW, Team, ask
from tests.api.desk.test_acting import done
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk

Meanwhile = Callable[[], Awaitable[object]]
URGENT = "je veux mourir"


async def answered_late(talk: Talk, meanwhile: Meanwhile) -> TurnStatus:
    """What becomes of an answer of Rasa when something happens between the question and it."""
    async with talk.database.transaction() as session:
        ((_, lease),) = await leases.claim(session, 1)
        turn = await open_turn(session, talk.sealer, talk.id, lease)
    assert turn
    decision = await decide(turn, talk.rasa)
    await meanwhile()
    async with talk.database.transaction() as session:
        return await close_turn(session, talk.sealer, talk.tools.voices, turn, decision)


async def authors(talk: Talk) -> list[Author]:
    return [message.author for message in await talk.messages()]


async def mode(talk: Talk) -> Mode:
    return (await talk.conversation()).mode


async def test_an_answer_that_comes_after_the_takeover_is_dropped(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await talk.write("bonjour")
    taken = await answered_late(talk, lambda: done(database, acting.take, team.nolwenn, request_id))
    assert taken is TurnStatus.dropped
    assert await authors(talk) == [Author.person, Author.system]


async def test_an_answer_from_before_is_dropped_even_when_it_was_handed_back_meanwhile(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    async def take_and_hand_back() -> None:
        await done(database, acting.take, team.nolwenn, request_id)
        await done(database, acting.hand_back, team.nolwenn, request_id)

    await talk.write("bonjour")
    assert await answered_late(talk, take_and_hand_back) is TurnStatus.dropped
    assert Author.assistant not in await authors(talk)


async def test_handed_back_the_next_message_is_answered_in_a_session_that_begins(
    team: Team, database: Database, talk: Talk, request_id: UUID, rasa: ScriptedRasa
) -> None:
    assert await talk.say("bonjour") == ["greet"]
    await done(database, acting.take, team.nolwenn, request_id)
    assert await talk.say("bonjour") == []
    await done(database, acting.hand_back, team.nolwenn, request_id)
    assert await mode(talk) is Mode.assistant
    assert await talk.say("bonjour") == ["greet"]
    assert await talk.say("bonjour") == ["greet"]
    assert [question["fresh"] for question in rasa.asked] == [False, True, False]


async def test_urgent_words_are_answered_whoever_has_the_conversation(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    assert await talk.say(URGENT) == ["emergency_distress"]


async def test_given_back_unanswered_the_person_waits_for_a_colleague_and_not_for_ever(
    team: Team, database: Database, talk: Talk, request_id: UUID, rasa: ScriptedRasa
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    await talk.say("mon loyer est impayé")
    await done(database, acting.give_back, team.nolwenn, request_id)
    assert (await talk.messages())[-1].says == ["desk_left"]
    assert await talk.say("vous êtes là ?") == ["waiting_kept"]
    row = await talk.conversation()
    assert row.mode is Mode.waiting
    assert row.waiting_until
    assert row.waiting_until > now()
    await done(database, acting.take, team.ronan, request_id)
    assert (await talk.conversation()).waiting_until is None
    assert await talk.say("bonjour") == []
    assert rasa.asked == []


async def test_given_back_answered_the_assistant_hears_the_person_until_a_colleague_takes_it(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    await done(database, acting.reply, team.nolwenn, request_id)
    await done(database, acting.give_back, team.nolwenn, request_id)
    assert (await talk.messages())[-1].says == ["desk_paused"]
    assert await talk.say("bonjour") == ["greet"]
    await done(database, acting.take, team.ronan, request_id)
    assert await talk.say("bonjour") == []


async def test_what_the_person_writes_makes_it_our_turn_and_brings_back_what_was_put_aside(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    await done(database, acting.reply, team.nolwenn, request_id)
    async with database.transaction() as session:
        row = await session.get_one(Escalation, request_id)
        assert row.answered_at
        row.snoozed_until = NOW + timedelta(days=3)
    await talk.write("merci, mais quand ?")
    async with database.transaction() as session:
        row = await session.get_one(Escalation, request_id)
        assert (row.answered_at, row.snoozed_until) == (None, None)


async def test_closing_something_else_leaves_the_person_waiting_for_what_they_asked(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    async with database.transaction() as session:
        other = (await ask(session, team, talk.id, Reason.erasure)).id
        await human_part.wait(session, talk.id, now())
    await done(database, acting.close, team.nolwenn, other)
    assert await mode(talk) is Mode.waiting
    await done(database, acting.close, team.nolwenn, request_id)
    assert await mode(talk) is Mode.assistant


async def test_closed_from_the_house_it_is_handed_back_too(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    async with database.transaction() as session:
        await acting.close_unsigned(session, request_id, "rappelée", NOW)
    assert await mode(talk) is Mode.assistant
    assert await talk.say("bonjour") == ["greet"]


async def test_with_two_requests_the_last_that_is_let_go_hands_back(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    async with database.transaction() as session:
        other = (await ask(session, team, talk.id, Reason.callback)).id
    await done(database, acting.take, team.nolwenn, request_id)
    await done(database, acting.take, team.ronan, other)
    await done(database, acting.close, team.nolwenn, request_id)
    assert await mode(talk) is Mode.caseworker
    await done(database, acting.hand_back, team.ronan, other)
    assert await mode(talk) is Mode.assistant
    assert [name for message in await talk.messages() for name in message.says] == [
        *("desk_answers", "desk_answers", "desk_ended")
    ]


async def test_what_is_written_to_a_caseworker_is_not_hidden_by_a_check_in_progress(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await talk.write("quand est mon rendez-vous")
    async with database.transaction() as session:
        question = (await session.scalars(select(Message.id))).one()
        await identity.begin(session, talk.id, question, now())
    hidden = await talk.write("06 39 98 01 01")
    await done(database, acting.take, team.nolwenn, request_id)
    seen = await talk.write("14 mai 1990")
    texts = {message.seq: message.text for message in await talk.messages()}
    assert (texts[hidden], texts[seen]) == (DOTS, "14 mai 1990")
    await talk.answer()
    assert (await talk.messages())[1].text == "06 39 98 01 01"
