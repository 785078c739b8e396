"""What happens because nobody did anything: each once, however often one looks, and nothing at night."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from api.authorities.tables import Authority
from api.conversations import returning
from api.conversations.silence import silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
from api.conversations.tables import Conversation, Message, Mode, ReturnLink
from api.core.clock import PARIS
from api.core.database import Database
from api.core.errors import Conflict
from api.core.sealing import Sealer
from api.desk import acting, human_part
from api.desk.sweeping import ONE_AT_A_TIME, sweep
from api.desk.tables import FeedEvent
from api.escalations.events import standing, thread_of
from api.escalations.tables import Escalation, Event, Reason
from tests import factories
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


async def nudges(talk: Talk) -> list[OutgoingSms]:
    async with talk.database.transaction() as session:
        return list(await session.scalars(select(OutgoingSms).where(OutgoingSms.kind == SmsKind.nudge)))


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
    assert await last_names(talk) == ["waiting_left"]


async def test_by_sms_the_end_of_a_wait_is_told_by_day(team: Team, database: Database, sealer: Sealer) -> None:
    talk = await Talk(database, sealer, ScriptedRasa().client()).ring(PHONE)
    await wait(talk, NIGHT)
    await look(talk, NIGHT + timedelta(hours=1))
    assert (await talk.conversation()).mode is Mode.assistant
    async with database.transaction() as session:
        goes = await session.scalar(select(OutgoingSms.next_attempt_at))
    assert goes == datetime(2026, 11, 26, 8, 0, tzinfo=PARIS)


async def test_an_answer_unread_for_two_minutes_sends_one_sms_without_what_it_says(
    team: Team, talk: Talk, request_id: UUID
) -> None:
    seq = await answered(team, talk, request_id, WEDNESDAY)
    await look(talk, WEDNESDAY + timedelta(seconds=119))
    assert await nudges(talk) == []
    await look(talk, WEDNESDAY + timedelta(seconds=120))
    [sms] = await nudges(talk)
    assert (sms.phone, sms.text) == (PHONE, None)
    [text] = await talk.telephone(PHONE)
    assert text.startswith("Une réponse vous attend : https://hent.example.fr/#reponse=")
    assert "02 61 91 00 01" in text
    answer = next(message.text for message in await talk.messages() if message.seq == seq)
    assert answer not in text
    assert (await talk.conversation()).nudged_seq == seq


async def test_its_link_opens_the_answer(team: Team, talk: Talk, request_id: UUID) -> None:
    await talk.write("je veux parler à quelqu'un")
    seq = await answered(team, talk, request_id, WEDNESDAY)
    async with talk.database.transaction() as session:
        await sweep(session, talk.sealer, WEDNESDAY + timedelta(minutes=3))
    async with talk.database.transaction() as session:
        sealed = (await session.scalars(select(OutgoingSms.sealed))).one()
        text = talk.sealer.open(sealed or b"") or ""
        secret = text.partition("#reponse=")[2].split()[0]
        found = await returning.redeem(session, talk.sealer, secret, WEDNESDAY + timedelta(hours=1))
    assert (found[0], found[2]) == (talk.id, seq)


async def test_several_answers_are_one_sms_until_the_person_has_come_back(
    team: Team, talk: Talk, request_id: UUID
) -> None:
    seq = await answered(team, talk, request_id, WEDNESDAY)
    await look(talk, WEDNESDAY + timedelta(minutes=3))
    async with talk.database.transaction() as session:
        await session.execute(update(ReturnLink).values(created_at=WEDNESDAY + timedelta(minutes=3)))
    again: int = await done(talk.database, acting.reply, team.nolwenn, request_id, reference="another")
    async with talk.database.transaction() as session:
        await session.execute(update(Message).where(Message.seq == again).values(created_at=WEDNESDAY))
    await look(talk, WEDNESDAY + timedelta(minutes=20))
    assert len(await nudges(talk)) == 1
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(read_seq=seq))
    await look(talk, WEDNESDAY + timedelta(minutes=20))
    assert len(await nudges(talk)) == 2


@pytest.mark.parametrize("why", ["read", "no number", "silent", "violence", "confidential", "night"])
async def test_no_sms_goes(team: Team, talk: Talk, request_id: UUID, why: str) -> None:
    at = NIGHT if why == "night" else WEDNESDAY
    seq = await answered(team, talk, request_id, at)
    if why == "violence":
        await talk.write("mon mari me frappe")
        await talk.answer()
    async with talk.database.transaction() as session:
        if why == "read":
            await session.execute(update(Conversation).values(read_seq=seq))
        if why == "no number":
            await session.execute(update(Conversation).values(nudge_phone=None))
        if why == "silent":
            await silence(session, PHONE, Silence.stop)
        if why == "confidential":
            await factories.person(session, phone=PHONE, confidential=True)
    await look(talk, at + timedelta(minutes=5))
    assert await nudges(talk) == []
    await look(talk, at + timedelta(hours=11))
    assert len(await nudges(talk)) == (why == "night")


async def test_an_answer_unread_for_a_day_comes_back_to_who_has_the_request(
    team: Team, talk: Talk, request_id: UUID
) -> None:
    await answered(team, talk, request_id, WEDNESDAY)
    version = (await row_of(talk, request_id)).version
    await look(talk, WEDNESDAY + timedelta(hours=23))
    assert await returned(talk, request_id) == []
    await look(talk, WEDNESDAY + timedelta(hours=24))
    assert await returned(talk, request_id) == ["Réponse non lue depuis un jour"]
    row = await row_of(talk, request_id)
    assert (row.answered_at, row.owner_id, row.version) == (None, team.nolwenn.id, version + 1)
    async with talk.database.transaction() as session:
        assert standing(await thread_of(session, request_id)).owner_id == row.owner_id
        last = select(FeedEvent).where(FeedEvent.escalation_id == request_id).order_by(FeedEvent.number.desc())
        told = (await session.scalars(last.limit(1))).one()
    assert (told.rings, told.actor_id) == (True, None)


@pytest.mark.parametrize("why", ["read", "closed"])
async def test_what_was_read_or_closed_does_not_come_back(team: Team, talk: Talk, request_id: UUID, why: str) -> None:
    seq = await answered(team, talk, request_id, WEDNESDAY)
    if why == "closed":
        await done(talk.database, acting.close, team.nolwenn, request_id)
    else:
        async with talk.database.transaction() as session:
            await session.execute(update(Conversation).values(read_seq=seq))
    await look(talk, WEDNESDAY + timedelta(days=3))
    assert await returned(talk, request_id) == []


async def test_an_answer_whose_sms_was_given_up_comes_back(team: Team, database: Database, sealer: Sealer) -> None:
    talk = await Talk(database, sealer, ScriptedRasa().client()).ring(PHONE)
    async with database.transaction() as session:
        request_id = (await ask(session, team, talk.id)).id
    await answered(team, talk, request_id, WEDNESDAY)
    await look(talk, WEDNESDAY + timedelta(days=2))
    assert await returned(talk, request_id) == []
    async with database.transaction() as session:
        sms = update(OutgoingSms).where(OutgoingSms.kind == SmsKind.reply)
        await session.execute(sms.values(status=SmsStatus.dead))
    await look(talk, WEDNESDAY + timedelta(days=2))
    assert await returned(talk, request_id) == ["Le SMS n'est pas arrivé"]


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
