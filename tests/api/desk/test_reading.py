"""What each caseworker has not read, and what the person has been shown."""

from uuid import UUID

import pytest
from sqlalchemy import select, update

from api.caseworkers.accounts import Account
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Author, Conversation
from api.core.database import Database
from api.desk import acting, reading
from api.desk.queue import queue
from api.desk.thread import thread
from api.escalations.tables import Escalation
from api.privacy.audience import Channel
from tests.api.desk.conftest import Team, ask
from tests.api.desk.test_acting import done
from tests.talking import Talk

PHONE = "+33639980101"


async def unread(database: Database, who: Account) -> int:
    async with database.transaction() as session:
        return (await queue(session, who)).items[0].unread


async def shown(database: Database, who: Account, request_id: UUID) -> list[tuple[bool | None, str | None]]:
    """Of each message of a caseworker: whether it was seen, and where its SMS is."""
    async with database.transaction() as session:
        said = (await thread(session, who, request_id)).messages
        return [(one.seen, one.delivery) for one in said if one.author is Author.caseworker]


async def test_each_has_their_own_unread_messages_of_the_person_alone(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    for text in ("Bonjour", "Vous êtes là ?", "Allô ?"):
        last = await talk.write(text)
    await talk.answer()
    assert await unread(database, team.nolwenn) == 3
    await done(database, reading.mark_read, team.nolwenn, request_id, seq=last)
    assert (await unread(database, team.nolwenn), await unread(database, team.ronan)) == (0, 3)
    await talk.write("Encore une chose")
    assert await unread(database, team.nolwenn) == 1


async def test_what_was_read_is_not_unread_again_and_what_is_to_come_is_not_read(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    first, last = await talk.write("Bonjour"), await talk.write("Allô ?")
    for seq in (last, first, 2**31 - 1):
        await done(database, reading.mark_read, team.nolwenn, request_id, seq=seq)
        assert await unread(database, team.nolwenn) == 0
    await talk.write("Et ceci")
    assert await unread(database, team.nolwenn) == 1


async def test_a_request_without_a_conversation_has_nothing_to_read(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        row = await ask(session, team)
    await done(database, reading.mark_read, team.nolwenn, row.id, seq=3)
    assert await unread(database, team.nolwenn) == 0


async def test_on_the_web_an_answer_is_seen_once_the_browser_has_shown_it(
    team: Team, database: Database, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    first = await done(database, acting.reply, team.nolwenn, request_id, reference="a")
    await done(database, acting.reply, team.nolwenn, request_id, reference="b")
    assert await shown(database, team.nolwenn, request_id) == [(False, None), (False, None)]
    async with database.transaction() as session:
        await session.execute(update(Conversation).values(read_seq=first))
    assert await shown(database, team.nolwenn, request_id) == [(True, None), (False, None)]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (SmsStatus.queued, "waiting"),
        (SmsStatus.sending, "waiting"),
        (SmsStatus.sent, "sent"),
        (SmsStatus.dead, "dead"),
        (SmsStatus.unknown, None),
    ],
)
async def test_by_sms_it_says_where_the_message_is_and_nothing_that_nobody_knows(
    status: SmsStatus, told: str | None, team: Team, database: Database, talk: Talk
) -> None:
    await talk.ring(PHONE)
    async with database.transaction() as session:
        row = await ask(session, team, talk.id)
        row.channel = Channel.sms
    await done(database, acting.take, team.nolwenn, row.id)
    await done(database, acting.reply, team.nolwenn, row.id)
    async with database.transaction() as session:
        await session.execute(update(OutgoingSms).values(status=status))
    assert await shown(database, team.nolwenn, row.id) == [(None, told)]


async def test_where_to_reach_somebody_is_what_they_gave_or_else_what_the_file_says(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    async def told() -> tuple[str | None, str | None]:
        async with database.transaction() as session:
            seen = await thread(session, team.nolwenn, request_id)
            return seen.phone, seen.place

    assert await told() == (None, "Brest")
    async with database.transaction() as session:
        await session.execute(update(Conversation).values(nudge_phone="+33639980102"))
    assert (await told())[0] == "06 39 98 01 02"
    async with database.transaction() as session:
        row = await session.scalar(select(Escalation))
        assert row
        row.phone = PHONE
    assert (await told())[0] == "06 39 98 01 01"
