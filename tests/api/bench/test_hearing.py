import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from api.bench import hearing
from api.bench.chain import Hopeless
from api.bench.crowding import crowd
from api.bench.desks import Listener
from api.bench.hearing import CONVERSATIONS, WAITING, delays
from api.bench.talking import Line
from api.core.database import Database
from api.escalations.service import still_open
from api.escalations.tables import Escalation
from api.supervisor.welcome import WELCOME
from tests import factories

FIRST, SECOND = uuid4(), uuid4()


def news(escalation: UUID, **given: Any) -> bytes:
    body = {"number": 1, "kind": "message", "escalation": str(escalation)} | given
    return b"data: " + json.dumps(body).encode() + b"\n"


def told(*escalations: UUID, at: float = 3.0) -> Listener:
    listener = Listener()
    for escalation in escalations:
        listener.take(news(escalation), at)
    return listener


def test_the_first_news_of_a_message_counts_and_nothing_else() -> None:
    listener = Listener()
    lines = [b"id: 1\n", b": still here\n", b"\n", news(FIRST, kind="escalation"), news(FIRST), news(FIRST)]
    for at, line in enumerate(lines):
        listener.take(line, float(at))
    assert listener.heard == {FIRST: 4.0}


def test_a_delay_is_counted_for_each_message_at_each_desk() -> None:
    desks = [told(FIRST, SECOND, at=3.0), told(FIRST, at=5.0)]
    assert sorted(delays({FIRST: 1.0, SECOND: 2.5}, desks)) == [0.5, 2.0, 4.0]


def test_a_desk_that_hears_nothing_makes_the_measure_hopeless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "_LATEST", 0.0)
    monkeypatch.setattr(hearing.Person, "write", lambda person: 0.01)
    people = {one: hearing.Person(Line(9), uuid4()) for one in (FIRST, SECOND)}
    monkeypatch.setattr(hearing, "_EVERY", 0.0)
    with pytest.raises(Hopeless, match="3 nouvelles sur 4"):
        hearing._messages(people, [told(FIRST, SECOND), told(FIRST)])


def test_everybody_has_a_conversation_among_those_who_wait() -> None:
    assert CONVERSATIONS <= WAITING


def test_there_is_a_caseworker_to_sign_in_as() -> None:
    assert WELCOME.accounts[0].login.endswith("@example.org")


async def test_a_team_is_given_open_requests_of_which_the_first_have_a_conversation(
    database: Database, database_url: str
) -> None:
    async with database.transaction() as session:
        worker = await factories.caseworker(session, email="nolwenn@example.org")
        talk = await factories.conversation(session)
    first = await crowd(database_url, worker.email, [talk.id], 12)
    async with database.transaction() as session:
        rows = await still_open(session)
        assert {row.organisation_id for row in rows} == {worker.organisation_id}
        with_one = select(Escalation.id).where(Escalation.conversation_id == talk.id)
        assert list(await session.scalars(with_one)) == first
    assert len(rows) == 12
