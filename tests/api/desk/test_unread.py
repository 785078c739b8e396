"""An answer that nobody has read: one SMS says that it is there, and after a day it comes back."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from api.conversations import returning
from api.conversations.silence import silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
from api.conversations.tables import Conversation, Message, ReturnLink
from api.core.database import Database
from api.core.sealing import Sealer
from api.desk import acting
from api.desk.sweeping import sweep
from api.desk.tables import FeedEvent
from api.escalations.events import standing, thread_of
from tests import factories
from tests.api.desk.conftest import Team, ask
from tests.api.desk.test_acting import done
from tests.api.desk.test_sweeping import NIGHT, PHONE, WEDNESDAY, answered, look, returned, row_of
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk


async def nudges(talk: Talk) -> list[OutgoingSms]:
    async with talk.database.transaction() as session:
        return list(await session.scalars(select(OutgoingSms).where(OutgoingSms.kind == SmsKind.nudge)))


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
