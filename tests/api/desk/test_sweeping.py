"""What happens because nobody did anything: each once, however often one looks, and nothing at night."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from api.authorities.tables import Authority
from api.conversations.sms_tables import OutgoingSms
from api.conversations.tables import Conversation, Message, Mode
from api.core.clock import PARIS
from api.core.database import Database
from api.core.errors import Conflict
from api.core.sealing import Sealer
from api.desk import acting, human_part
from api.desk.sweeping import ONE_AT_A_TIME, sweep
from api.escalations.events import standing, thread_of
from api.escalations.tables import Escalation, Event, Reason
from tests.api.desk.conftest import Team, ask
from tests.api.desk.test_acting import done
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk

PHONE = "+33639980041"
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)
NIGHT = datetime(2026, 11, 25, 22, 0, tzinfo=PARIS)
WEEK = {day: [["08:30", "12:00"], ["13:30", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


async def look(talk: Talk, at: datetime) -> None:
    """Twice: what is done twice is done once."""
    for _ in range(2):
        async with talk.database.transaction() as session:
            await sweep(session, talk.sealer, at, "https://hent.example.fr/")


async def wait(talk: Talk, at: datetime) -> None:
    async with talk.database.transaction() as session:
        await human_part.wait(session, talk.id, at)


async def answered(team: Team, talk: Talk, request_id: UUID, at: datetime) -> int:
    """Somebody left a number, and a caseworker answers at that moment; the answer's seq."""
    await done(talk.database, acting.take, team.nolwenn, request_id)
    seq: int = await done(talk.database, acting.reply, team.nolwenn, request_id)
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(nudge_phone=PHONE, read_seq=0))
        await session.execute(update(Message).where(Message.seq == seq).values(created_at=at))
        await session.execute(update(Escalation).values(answered_at=at))
    return seq


async def row_of(talk: Talk, request_id: UUID) -> Escalation:
    async with talk.database.transaction() as session:
        return await session.get_one(Escalation, request_id)


async def returned(talk: Talk, request_id: UUID) -> list[str | None]:
    """Why it came back, each time."""
    async with talk.database.transaction() as session:
        events = await thread_of(session, request_id)
    return [one.text for one in events if one.event is Event.returned]


async def last_names(talk: Talk) -> list[str]:
    return (await talk.messages())[-1].says


async def test_a_wait_that_nobody_ends_ends_by_itself_and_the_request_is_kept(
    talk: Talk, request_id: UUID, rasa: ScriptedRasa
) -> None:
    await wait(talk, WEDNESDAY)
    await look(talk, WEDNESDAY + timedelta(minutes=59))
    assert (await talk.conversation()).mode is Mode.waiting
    await look(talk, WEDNESDAY + timedelta(minutes=60))
    row = await talk.conversation()
    assert (row.mode, row.waiting_until) == (Mode.assistant, None)
    assert [message.says for message in await talk.messages()] == [["waiting_over"]]
    assert (await row_of(talk, request_id)).answered_at is None
    assert await talk.say("bonjour") == ["greet"]
    assert rasa.asked[-1]["fresh"]


async def test_a_promise_that_is_past_is_not_made_again(talk: Talk, request_id: UUID) -> None:
    await wait(talk, WEDNESDAY)
    async with talk.database.transaction() as session:
        await session.execute(update(Escalation).values(due_at=WEDNESDAY + timedelta(days=1)))
    await look(talk, WEDNESDAY + timedelta(hours=1))
    assert "au plus tard le jeudi 26 novembre" in (await talk.messages())[-1].text
    await wait(talk, WEDNESDAY)
    await look(talk, WEDNESDAY + timedelta(days=2))
    assert "au plus tard" not in (await talk.messages())[-1].text


async def test_a_caseworker_who_came_is_not_spoken_over(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await wait(talk, WEDNESDAY)
    await done(database, acting.take, team.nolwenn, request_id)
    await look(talk, WEDNESDAY + timedelta(days=3))
    assert (await talk.conversation()).mode is Mode.caseworker


async def test_a_message_that_waits_for_its_turn_is_answered_first(talk: Talk, request_id: UUID) -> None:
    await wait(talk, WEDNESDAY)
    await talk.write("annuler")
    await look(talk, WEDNESDAY + timedelta(hours=2))
    assert (await talk.conversation()).mode is Mode.waiting
    await talk.answer()
    assert await last_names(talk) == ["waiting_withdrawn"]


async def test_by_sms_the_end_of_a_wait_is_told_by_day(team: Team, database: Database, sealer: Sealer) -> None:
    talk = await Talk(database, sealer, ScriptedRasa().client()).ring(PHONE)
    await wait(talk, NIGHT)
    await look(talk, NIGHT + timedelta(hours=1))
    assert (await talk.conversation()).mode is Mode.assistant
    async with database.transaction() as session:
        goes = await session.scalar(select(OutgoingSms.next_attempt_at))
    assert goes == datetime(2026, 11, 26, 8, 0, tzinfo=PARIS)


async def neglected(team: Team, talk: Talk, request_id: UUID) -> None:
    """Taken and written to on Wednesday at ten, in a service that is open on working days."""
    await done(talk.database, acting.take, team.nolwenn, request_id)
    await talk.write("mon loyer est impayé")
    await talk.answer()
    async with talk.database.transaction() as session:
        await session.execute(update(Authority).values(hours=WEEK))
        await session.execute(update(Message).values(created_at=WEDNESDAY))


async def test_who_does_not_answer_for_a_working_day_loses_the_request_and_the_person_knows(
    team: Team, talk: Talk, request_id: UUID
) -> None:
    await neglected(team, talk, request_id)
    # On Thursday they still may; at night nobody is told anything.
    for hours in (34, 40):
        await look(talk, WEDNESDAY + timedelta(hours=hours))
        assert await returned(talk, request_id) == []
    await look(talk, WEDNESDAY + timedelta(hours=46))
    assert await returned(talk, request_id) == ["Sans réponse depuis un jour ouvré"]
    row = await row_of(talk, request_id)
    assert (row.owner_id, row.assigned_id) == (None, None)
    assert ["desk_left"] in [message.says for message in await talk.messages()]
    async with talk.database.transaction() as session:
        assert standing(await thread_of(session, request_id)).owner_id is None


@pytest.mark.parametrize("why", ["answered", "noted", "put aside"])
async def test_who_does_something_keeps_it(team: Team, talk: Talk, request_id: UUID, why: str) -> None:
    await neglected(team, talk, request_id)
    if why == "put aside":
        async with talk.database.transaction() as session:
            await session.execute(update(Escalation).values(snoozed_until=WEDNESDAY + timedelta(days=10)))
    else:
        act = acting.reply if why == "answered" else acting.note
        await done(talk.database, act, team.nolwenn, request_id, now=WEDNESDAY + timedelta(days=1))
        async with talk.database.transaction() as session:
            await session.execute(update(Conversation).values(read_seq=99))
    await look(talk, WEDNESDAY + timedelta(hours=46))
    assert await returned(talk, request_id) == []


async def test_of_several_workers_one_looks(talk: Talk, request_id: UUID) -> None:
    await wait(talk, WEDNESDAY)
    async with talk.database.transaction() as other:
        assert await other.scalar(select(func.pg_try_advisory_xact_lock(ONE_AT_A_TIME)))
        await look(talk, WEDNESDAY + timedelta(hours=2))
        assert (await talk.conversation()).mode is Mode.waiting
    await look(talk, WEDNESDAY + timedelta(hours=2))
    assert (await talk.conversation()).mode is Mode.assistant


async def test_what_somebody_acts_upon_at_this_moment_is_left_for_the_next_look(
    team: Team, talk: Talk, request_id: UUID
) -> None:
    await answered(team, talk, request_id, WEDNESDAY)
    async with talk.database.transaction() as busy:
        await busy.execute(select(Escalation.id).where(Escalation.id == request_id).with_for_update())
        await look(talk, WEDNESDAY + timedelta(days=2))
    assert await returned(talk, request_id) == []
    await look(talk, WEDNESDAY + timedelta(days=2))
    assert len(await returned(talk, request_id)) == 1


async def work(team: Team, talk: Talk, request_id: UUID) -> None:
    """What a desk does all day."""
    for act in (acting.take, acting.reply, acting.give_back) * 4:
        with suppress(Conflict):
            await done(talk.database, act, team.nolwenn, request_id, reference=uuid4().hex)


async def insist(team: Team, talk: Talk) -> None:
    """What somebody writes who waits, and asks for again."""
    for text in ("bonjour", "annuler", "06 39 98 00 41", "mon loyer") * 2:
        await talk.write(text)
        await talk.answer()
        async with talk.database.transaction() as session:
            await ask(session, team, talk.id, Reason.callback)


async def test_the_sweep_the_person_and_the_desk_do_not_lock_each_other_out(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    async def sweeping() -> None:
        for days in range(8):
            await look(talk, WEDNESDAY + timedelta(days=days))

    await asyncio.gather(work(team, talk, request_id), insist(team, talk), sweeping())
    async with database.transaction() as session:
        row = await session.get_one(Escalation, request_id)
        assert standing(await thread_of(session, request_id)).owner_id == row.owner_id
    seqs = [message.seq for message in await talk.messages()]
    assert seqs == list(range(1, len(seqs) + 1))
