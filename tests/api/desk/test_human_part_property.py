"""Whatever a person and a desk do, only one of them speaks, and neither holds up the other."""

import asyncio
from collections import deque
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from api.caseworkers.accounts import Account
from api.conversations.tables import Author, Message, Mode
from api.core.database import Database
from api.core.errors import Conflict
from api.core.sealing import Sealer
from api.desk import acting
from api.escalations.events import closed, standing, thread_of
from api.escalations.tables import Escalation
from tests.api.desk.conftest import NOW, Team, ask
from tests.api.desk.test_acting import done
from tests.api.desk.test_human_part import URGENT, mode
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

DESK = ("take", "give_back", "hand_back", "close", "reopen", "reply", "note")
UNCOUNTED = ("opened", "note", "replied", "repeated", "raised")
"""Events that change nothing of what somebody at a desk may act upon."""
STEPS = st.one_of(
    st.sampled_from(["write", "urgent", "work", "again"]).map(lambda step: (step, "")),
    st.tuples(st.sampled_from(DESK), st.sampled_from(["nolwenn", "ronan"])),
)
"""A person writes, a worker answers, a desk acts, or posts once more what it posted last."""


async def play(steps: list[tuple[str, str]], talk: Talk, team: Team, request_id: UUID) -> None:
    posted: deque[tuple[Any, Account, dict[str, object]]] = deque(maxlen=1)
    for step, by in steps:
        if step in ("write", "urgent"):
            await talk.write(URGENT if step == "urgent" else "bonjour")
        elif step == "work":
            await talk.answer()
        else:
            if step != "again":
                async with talk.database.transaction() as session:
                    version = (await session.get_one(Escalation, request_id)).version
                posted.append(
                    (getattr(acting, step), getattr(team, by), {"reference": uuid4().hex, "version": version})
                )
            for act, who, given in posted:
                try:
                    await done(talk.database, act, who, request_id, **given)
                except Conflict:
                    continue
    await talk.answer()


@given(steps=st.lists(STEPS, min_size=4, max_size=14))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_happens_only_one_of_them_speaks_and_the_thread_says_who(
    steps: list[tuple[str, str]], team: Team, database: Database, sealer: Sealer, rasa: ScriptedRasa
) -> None:
    rasa.answer = lambda asked: says("greet", "greet")
    talk = await Talk(database, sealer, rasa.client()).begin()
    async with database.transaction() as session:
        row = await ask(session, team, talk.id)
    await play(steps, talk, team, row.id)

    human = False
    shown = await talk.messages()
    for message in shown:
        if message.author is Author.system:
            human = message.says not in (["desk_ended"], ["desk_paused"])
        if message.author is Author.assistant:
            assert not human or message.says[0].startswith("emergency_")
    async with database.transaction() as session:
        rows = await session.scalars(select(Message).where(Message.conversation_id == talk.id).order_by(Message.seq))
        assert [(one.seq, one.text) for one in rows] == [(one.seq, one.text) for one in shown]
        assert [one.seq for one in shown] == list(range(1, len(shown) + 1))
        row = await session.get_one(Escalation, row.id)
        told = standing(events := await thread_of(session, row.id))
        assert told.owner_id == row.owner_id
        assert told.closed == bool(await closed(session, [row.id]))
        assert row.version == len([one for one in events if one.event not in UNCOUNTED])
        assert (await mode(talk) is Mode.caseworker) == (row.owner_id is not None)
        await acting.close_unsigned(session, row.id, None, NOW)


async def test_a_person_who_writes_and_a_desk_that_acts_do_not_lock_each_other_out(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    async def desk() -> None:
        for act in (acting.take, acting.reply, acting.hand_back) * 8:
            await done(database, act, team.nolwenn, request_id, reference=uuid4().hex)

    async def person() -> None:
        for _ in range(20):
            await talk.write("bonjour")
            await talk.answer()

    async def again() -> None:
        for _ in range(20):
            async with database.transaction() as session:
                await ask(session, team, talk.id)

    await asyncio.gather(desk(), person(), again())
    async with database.transaction() as session:
        events = await thread_of(session, request_id)
    assert [one.seq for one in events] == list(range(1, 1 + 1 + 24 + 20))
