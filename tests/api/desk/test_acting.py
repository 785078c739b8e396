"""One owner, whoever clicks when; one message, however often it is sent; nothing of another organisation."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from inspect import iscoroutinefunction, signature
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from api.caseworkers.accounts import Account
from api.caseworkers.tables import Role
from api.conversations.tables import Author, Message
from api.core.database import Database
from api.core.errors import Conflict, NotAllowedHere, NotFound, Unreadable
from api.desk import acting, moving, reading, ready_texts, thread
from api.desk.tables import FeedEvent
from api.escalations.events import thread_of
from api.escalations.tables import Escalation, EscalationEvent
from api.privacy.audience import Channel
from tests.api.desk.conftest import NOW, Team, ask
from tests.talking import Talk

Act = Callable[..., Awaitable[Any]]
ACTS = [
    act
    for module in (acting, moving, reading)
    for name, act in vars(module).items()
    if iscoroutinefunction(act) and act.__module__ == module.__name__ and not name.startswith("_")
    if {"who", "escalation_id"} <= set(signature(act).parameters)
] + [ready_texts.filled, thread.thread]
GIVEN = {
    "version": 0,
    "outcome": "answered",
    "reference": "un",
    "text": "Bonjour",
    "now": NOW,
    "after": 0,
    "seq": 1,
    "caseworker": uuid4(),
    "organisation": uuid4(),
    "comment": "Elle habite chez vous",
    "until": NOW + timedelta(days=2),
}


async def done(database: Database, act: Act, who: Account, escalation: UUID, **given: Any) -> Any:
    """Act in a transaction of its own, on the version that stands unless another is given."""
    async with database.transaction() as session:
        row = await session.get(Escalation, escalation)
        values = GIVEN | {"version": row.version if row else 0} | given
        wanted = {name: values[name] for name in signature(act).parameters if name in values}
        return await act(session, who, escalation, **wanted)


async def texts(talk: Talk) -> list[str]:
    return [message.text for message in await talk.messages() if message.author is Author.caseworker]


async def test_of_two_who_take_it_at_the_same_instant_one_has_it_a_hundred_times(
    team: Team, database: Database
) -> None:
    for _ in range(100):
        async with database.transaction() as session:
            row = await ask(session, team)
        takes = (done(database, acting.take, who, row.id, version=0) for who in (team.nolwenn, team.ronan))
        won, lost = results = await asyncio.gather(*takes, return_exceptions=True)
        assert sorted(type(result).__name__ for result in results) == ["Conflict", "int"]
        owner = team.nolwenn if isinstance(won, int) else team.ronan
        refusal = lost if owner is team.nolwenn else won
        assert isinstance(refusal, Conflict)
        assert owner.name in refusal.message
        async with database.transaction() as session:
            assert (await session.get_one(Escalation, row.id)).owner_id == owner.id
            assert [one.author_id for one in await thread_of(session, row.id)][1:] == [owner.id]
        await done(database, acting.close, owner, row.id)


async def test_taking_what_one_has_changes_nothing(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    version = await done(database, acting.take, team.nolwenn, request_id)
    assert await done(database, acting.take, team.nolwenn, request_id, version=0) == version
    assert len(await talk.messages()) == 1


async def test_one_reference_is_one_reply_however_often_it_comes(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    sent = [done(database, acting.reply, team.nolwenn, request_id, reference="a") for _ in range(8)]
    assert len(set(await asyncio.gather(*sent))) == 1
    await done(database, acting.give_back, team.nolwenn, request_id)
    # The answer to the first attempt was lost, and what follows it has happened already.
    again = await done(database, acting.reply, team.nolwenn, request_id, reference="a")
    assert [message.seq for message in await talk.messages() if message.text == "Bonjour"] == [again]


async def test_one_reference_is_one_note_and_stands_for_nothing_else(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    for _ in range(2):
        await done(database, acting.note, team.nolwenn, request_id, reference="a", text="À rappeler")
    with pytest.raises(Conflict):
        await done(database, acting.reply, team.nolwenn, request_id, reference="a")
    with pytest.raises(Conflict):
        await done(database, acting.note, team.ronan, request_id, reference="a")
    async with database.transaction() as session:
        noted = select(EscalationEvent.text).where(EscalationEvent.text.is_not(None))
        assert list(await session.scalars(noted)) == ["À rappeler"]
    assert await texts(talk) == []


async def test_whoever_has_not_taken_it_does_not_answer(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    with pytest.raises(Conflict, match="conflict"):
        await done(database, acting.reply, team.ronan, request_id)
    await done(database, acting.take, team.nolwenn, request_id)
    for act in (acting.reply, acting.give_back, acting.hand_back, acting.close):
        with pytest.raises(Conflict) as refusal:
            await done(database, act, team.ronan, request_id)
        assert "Nolwenn Kerdoncuff" in refusal.value.message
    assert await texts(talk) == []


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
async def test_nothing_of_another_organisation_exists(
    act: Act, team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    async def written() -> tuple[object, ...]:
        async with database.transaction() as session:
            row = await session.get_one(Escalation, request_id)
            events, told = await thread_of(session, request_id), await session.scalars(select(FeedEvent.number))
            return row.version, row.owner_id, len(events), len(list(told)), len(await talk.messages())

    before = await written()
    with pytest.raises(NotFound) as refused:
        await done(database, act, team.stranger, request_id)
    with pytest.raises(NotFound) as unknown:
        await done(database, act, team.stranger, uuid4())
    assert (refused.value.error, refused.value.message) == (unknown.value.error, unknown.value.message)
    assert await written() == before


@pytest.mark.parametrize("role", [Role.administrator, Role.auditor])
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
async def test_a_role_that_reads_no_message_does_nothing(
    act: Act, role: Role, team: Team, database: Database, request_id: UUID
) -> None:
    with pytest.raises(NotAllowedHere):
        await done(database, act, replace(team.nolwenn, role=role), request_id)


def test_all_that_is_done_at_a_desk_is_met_here() -> None:
    names = {act.__name__ for act in ACTS}
    assert names >= {"take", "give_back", "hand_back", "close", "reopen", "reply", "note"}
    assert names >= {"assign", "pass_on", "snooze", "mark_read", "filled", "thread"}


async def test_what_was_seen_is_acted_upon_and_nothing_newer(team: Team, database: Database, request_id: UUID) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    await done(database, acting.give_back, team.nolwenn, request_id)
    with pytest.raises(Conflict):
        await done(database, acting.take, team.ronan, request_id, version=0)
    await done(database, acting.close, team.ronan, request_id)
    with pytest.raises(Conflict, match="closed"):
        await done(database, acting.take, team.ronan, request_id)
    await done(database, acting.reopen, team.ronan, request_id)
    await done(database, acting.take, team.ronan, request_id)


async def test_a_request_is_closed_with_an_outcome_that_has_a_name(
    team: Team, database: Database, request_id: UUID
) -> None:
    with pytest.raises(Unreadable):
        await done(database, acting.close, team.nolwenn, request_id, outcome="radiation")


async def test_no_social_security_number_is_kept(team: Team, database: Database, talk: Talk, request_id: UUID) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    number = "1 90 05 29 019 012 " + str(97 - 1900529019012 % 97).zfill(2)
    await done(database, acting.reply, team.nolwenn, request_id, text=f"Le numéro {number} ?")
    assert await texts(talk) == ["Le numéro [numéro masqué] ?"]


async def test_a_reply_by_sms_goes_to_the_telephone(team: Team, database: Database, talk: Talk) -> None:
    await talk.ring("+33639980101")
    async with database.transaction() as session:
        row = await ask(session, team, talk.id)
        row.channel = Channel.sms
    await done(database, acting.take, team.nolwenn, row.id)
    await done(database, acting.reply, team.nolwenn, row.id, text="C’est noté « pour lundi »")
    opening, answer = await talk.telephone("+33639980101")
    assert opening.startswith("Nolwenn, du service d'insertion")
    assert answer == 'C\'est noté "pour lundi"' == (await texts(talk))[0]


async def test_without_a_conversation_there_is_nowhere_to_reply(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        row = await ask(session, team)
    await done(database, acting.take, team.nolwenn, row.id)
    with pytest.raises(Conflict, match="no_conversation"):
        await done(database, acting.reply, team.nolwenn, row.id)


async def test_a_reply_sent_again_to_an_erased_conversation_is_not_written_anew(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    await done(database, acting.reply, team.nolwenn, request_id)
    async with database.transaction() as session:
        for message in await session.scalars(select(Message)):
            await session.delete(message)
    with pytest.raises(Conflict, match="erased"):
        await done(database, acting.reply, team.nolwenn, request_id)
