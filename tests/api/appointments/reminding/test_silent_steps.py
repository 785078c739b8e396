"""A step of which nobody has news is told to the service, once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from api.appointments.reminding import paging, steps
from api.escalations.tables import Escalation, Kind
from api.pathways.tables import FactKind
from tests.api.appointments.reminding.conftest import THREE_DAYS, House
from tests.api.appointments.reminding.test_journeys import DAY, NOW, ending, several
from tests.api.pathways.journals import live


async def test_a_step_without_news_is_told_to_the_service_once(house: House) -> None:
    due = {"step": "permis", "title": "Passer le permis", "due_on": (NOW.date() - timedelta(days=8)).isoformat()}
    await live(
        house.session,
        house.person,
        NOW,
        (FactKind.contract_signed, 60, ending(200)[2]),
        (FactKind.step_planned, 50, due),
    )
    for now in (NOW - 2 * DAY, NOW, NOW + DAY):
        found = await steps.silent_steps(house.session, now)
        told = [await steps.tell(house.session, step, now) for step in found]
        assert told == ([True] if now == NOW else [])
    rows = list(await house.session.scalars(select(Escalation)))
    assert [(row.kind, row.line) for row in rows] == [
        (Kind.to_know, "Étape sans nouvelles depuis le 16 novembre 2026 : Passer le permis")
    ]


async def test_a_step_that_was_done_is_news(house: House) -> None:
    due = {"step": "permis", "title": "Passer le permis", "due_on": (NOW.date() - timedelta(days=8)).isoformat()}
    done = (FactKind.step_done, 2, {"step": "permis"})
    await live(house.session, house.person, NOW, (FactKind.step_planned, 50, due), done)
    assert await steps.silent_steps(house.session, NOW) == []


async def test_many_silent_steps_are_read_by_the_page_and_some_told_at_a_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    due = {"step": "permis", "title": "Passer le permis", "due_on": (NOW.date() - timedelta(days=8)).isoformat()}
    for person in await several(house, 5):
        await live(house.session, person, NOW, (FactKind.step_planned, 50, due))
    found = await steps.silent_steps(house.session, NOW)
    assert len({step.person_id for step in found}) == len(found) == 5
    monkeypatch.setattr(steps, "AT_ONCE", 3)
    assert await steps.silent_steps(house.session, NOW) == found[:3]
    for step in found[:3]:
        assert await steps.tell(house.session, step, NOW)
    # Who was told is no candidate any more, and hides nobody.
    assert await steps.silent_steps(house.session, THREE_DAYS + timedelta(minutes=1)) == found[3:]
