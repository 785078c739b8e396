""" "La semaine d'après" is counted from the appointment that is moved, not from today."""

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.moving import move
from api.authorities.tables import Organisation
from api.core.normaliser import normalise
from api.core.wanted_times import asks_week_after, week_after
from tests import factories
from tests.api.appointments.test_changes import DAY, NOW, visit, wish


async def test_the_week_after_the_appointment_is_offered(session: AsyncSession) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + 8 * DAY)
    wanted = week_after(row.starts_at)
    team = await session.get_one(Organisation, mine.person.organisation_id)
    monday = (wanted.first - NOW.date()).days
    slots = [await factories.slot(session, team, NOW + days * DAY) for days in (2, monday + 1, monday + 9)]
    [offer] = await move(session, replace(mine, week_after=True))
    assert [one["id"] for one in offer.facts["slots"]] == [str(slots[1].id)]


async def test_where_none_is_free_then_it_is_said(session: AsyncSession) -> None:
    mine = await wish(session)
    await visit(session, mine, NOW + 8 * DAY)
    team = await session.get_one(Organisation, mine.person.organisation_id)
    await factories.slot(session, team, NOW + 2 * DAY)
    said = await move(session, replace(mine, week_after=True))
    assert [one.name for one in said] == ["slots_not_then", "move_slots"]


@pytest.mark.parametrize(
    "text", ["décale mon rdv a la semaine d apres", "plutôt la semaine d'après", "la semaine suivante svp"]
)
def test_words_that_ask_for_it(text: str) -> None:
    assert asks_week_after(normalise(text))


def test_next_week_is_counted_from_today() -> None:
    assert not asks_week_after(normalise("la semaine prochaine"))
