"""Whatever anybody does, whatever breaks: everybody sees what the server keeps, and only one of them speaks."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import hypothesis
import pytest_asyncio
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from api.app import create_app
from api.caseworkers import sessions
from api.conversations.tables import Author, Conversation, Message, Mode
from api.conversations.turn import Tools
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.desk import acting
from api.desk_app import create_desk_app
from api.escalations.events import closed
from api.escalations.service import still_open
from api.escalations.tables import Escalation, EscalationEvent
from channels.desk.dependencies import COOKIE
from tests import factories
from tests.api.desk.conftest import Team
from tests.api.desk.players import LINE, Browser, Desk, Workers, acts, client
from tests.api.desk.players import Message as Shown
from tests.api.desk.playing import House, Play, greet
from tests.channels.web.conftest import settings as settings
from tests.scripted_rasa import ScriptedRasa

URGENT = "je veux mourir"
TEXTS = "bonjour", "et mon rendez-vous ?", "annuler", "oui", URGENT
ENDED = {"desk_ended", "desk_paused", "desk_left"}
"""Names of what is said when a caseworker no longer answers."""
ANSWERS = "desk_answers"
"""The name of what is said when one begins to."""
LINES = st.sampled_from(LINE)
WHO = st.sampled_from(["nolwenn", "ronan"])
USUAL = "take", "reply", "hand-back", "give-back", "close", "note"
HOUSE = "work", "work", "think", "finish", "restart", "wish", "callback", "rasa"
STEPS = st.one_of(
    st.tuples(st.just("person"), st.sampled_from(TEXTS), LINES),
    st.tuples(st.just("house"), st.sampled_from(HOUSE), st.none()),
    st.tuples(WHO, st.one_of(st.sampled_from(USUAL), st.sampled_from(USUAL[:2]), st.integers(0, 99)), LINES),
    st.tuples(WHO, st.just("again"), LINES),
    st.tuples(st.sampled_from(["person", "nolwenn", "ronan"]), st.just("read"), st.integers(0, 3)),
    st.tuples(st.sampled_from(["person", "nolwenn", "ronan"]), st.just("reload"), st.none()),
)
"""(who, what, over which line or how far): an act of a desk by its name, or by its place in the table of routes."""
SCENES = st.one_of(
    STEPS.map(lambda step: [step]),
    st.tuples(WHO, LINES).map(lambda one: [(one[0], what, one[1]) for what in ("take", "reply", "again")]),
    st.tuples(WHO, st.sampled_from(TEXTS)).map(
        lambda one: [("person", one[1], "good"), ("house", "think", None), (one[0], "take", "good")]
    ),
    st.permutations(["nolwenn", "ronan"]).map(
        lambda two: [(two[0], "take", "good"), (two[0], "give-back", "good"), (two[1], "take", "good")]
    ),
)
"""Steps that chance alone seldom puts together: a reply sent again, a late answer, an act upon what is no longer so."""


@pytest_asyncio.fixture
async def house(
    settings: Settings, team: Team, database: Database, sealer: Sealer, rasa: ScriptedRasa
) -> AsyncIterator[House]:
    site, desk = create_app(settings), create_desk_app(settings)
    desks = {}
    async with AsyncExitStack() as opened:
        for name, who in {"nolwenn": team.nolwenn, "ronan": team.ronan}.items():
            async with database.transaction() as session:
                token = await sessions.begin(session, sealer, who.id, True, now())
            http = await opened.enter_async_context(client(desk))
            http.headers["X-Hent-Desk"] = "1"
            http.cookies.set(COOKIE, token)
            desks[name] = Desk(http, who, database)
        yield House(team, database, rasa, Workers(Tools(database, sealer, rasa.client())), site, acts(desk), desks)
    await site.state.rasa.close()
    await site.state.database.close()
    await desk.state.database.close()


async def begin(house: House, http: httpx.AsyncClient) -> Play:
    """Somebody new asks for a human; nothing is left of the story before."""
    house.rasa.answer = greet
    async with house.database.transaction() as session:
        await session.execute(update(Conversation).values(waiting_since=None, lease=None, leased_until=None))
        for row in await still_open(session):
            await acting.close_unsigned(session, row.id, None, now())
        person = await factories.person(session, organisation_id=house.team.nolwenn.organisation_id)
    play = Play(house, replace(house.team, person=person), Browser(http))
    await play.person.begin()
    # The assistant goes on meanwhile: its late answers are what a takeover must drop.
    await play.step("house", "callback", None)
    for desk in house.desks.values():
        desk.posted.clear()
        desk.stored.clear()
        await desk.begin()
    return play


async def rows(play: Play) -> list[Message]:
    async with play.house.database.transaction() as session:
        mine = select(Message).where(Message.conversation_id == play.person.id)
        return list(await session.scalars(mine.order_by(Message.seq)))


async def requests(play: Play) -> tuple[dict[UUID, Escalation], set[UUID]]:
    """All of this conversation, and which of them are closed."""
    async with play.house.database.transaction() as session:
        mine = select(Escalation).where(Escalation.conversation_id == play.person.id)
        found = {row.id: row for row in await session.scalars(mine)}
        return found, await closed(session, list(found))


def check_shown(play: Play, kept: list[Message], asked: dict[UUID, Escalation], shut: set[UUID]) -> None:
    """Each client shows what the server keeps, in its order and without a gap; a desk, of what is not closed."""
    transcript = [(one.seq, str(one.author), one.text) for one in kept]
    assert [one[0] for one in transcript] == list(range(1, len(transcript) + 1))
    assert in_order(play.person.shown) == transcript
    for desk in play.house.desks.values():
        ours = {one for one, row in asked.items() if row.organisation_id == desk.who.organisation_id}
        assert set(desk.known) & set(asked) <= ours
        for escalation in ours - shut:
            assert desk.known[escalation]["version"] == asked[escalation].version
            assert in_order(desk.shown[escalation]) == transcript


def in_order(shown: dict[int, Shown]) -> list[Shown]:
    return [shown[seq] for seq in sorted(shown)]


def check_who_speaks(kept: list[Message]) -> bool:
    """The assistant is silent while a caseworker answers, but for what is urgent; whether one answers at the end."""
    human = False
    for one in kept:
        if one.author is Author.system and set(one.says) & (ENDED | {ANSWERS}):
            human = ANSWERS in one.says
        if one.author is Author.assistant and human:
            assert one.says[0].startswith("emergency_")
        if one.author is Author.caseworker:
            assert human
    return human


def check_once(play: Play, kept: list[Message]) -> None:
    """What was written is there once, however often it was sent; what was refused is not there."""
    written = Counter(one.text for one in kept if one.author is Author.person)
    assert written == Counter(play.person.written)
    replies = Counter(one.text for one in kept if one.author is Author.caseworker)
    assert set(replies.values()) <= {1}
    for desk in play.house.desks.values():
        for text, stored in desk.stored.items():
            assert stored is None or replies[text] == stored


async def check_notes(play: Play, asked: dict[UUID, Escalation]) -> None:
    """One reference is one event of the thread."""
    async with play.house.database.transaction() as session:
        same = select(func.count()).where(
            EscalationEvent.escalation_id.in_(asked), EscalationEvent.reference.is_not(None)
        )
        grouped = same.group_by(EscalationEvent.escalation_id, EscalationEvent.reference)
        assert set(await session.scalars(grouped)) <= {1}


@given(scenes=st.lists(SCENES, min_size=3, max_size=5))
@hypothesis.settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_everybody_sees_what_is_kept_and_only_one_speaks(scenes: list[list[Any]], house: House) -> None:
    async with client(house.site) as http:
        play = await begin(house, http)
        for who, what, more in [step for scene in scenes for step in scene]:
            await play.step(who, what, more)
        await play.settle()
        kept, (asked, shut) = await rows(play), await requests(play)
        check_shown(play, kept, asked, shut)
        human = check_who_speaks(kept)
        check_once(play, kept)
        await check_notes(play, asked)
        assert human == (play.person.mode == Mode.caseworker)
        assert human == any(row.owner_id for row in asked.values())
