"""Before a list is written to, each text is shown as it would be read, with its cost, and each refusal with why."""

from typing import Any
from uuid import uuid4

import pytest

from api.authorities.tables import Authority
from api.conversations.sms_tables import Silence
from api.core.database import Database
from api.core.errors import NotFound, Unreadable
from api.desk.people.numbers import WORDS, Bar
from api.desk.people.writing import Preview, preview
from tests import factories
from tests.api.desk.conftest import NOW, Team
from tests.api.desk.people.conftest import OTHER, mine, silenced

TEXT = "Bonjour {prenom}, ici {conseiller} ({telephone})."


async def seen(database: Database, team: Team, ids: list[Any], text: str = TEXT) -> Preview:
    async with database.transaction() as session:
        return await preview(session, team.nolwenn, ids, text, NOW)


async def test_each_text_is_shown_as_the_telephone_shows_it(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        person = await mine(session, team, first_name="Gaël")
    [one] = (await seen(database, team, [person.id])).recipients
    # The alphabet of SMS has no "ë".
    assert one.text == "Bonjour Gael, ici Nolwenn Kerdoncuff (02 61 91 00 11)."
    assert (one.segments, one.refused) == (1, None)


async def test_segments_are_counted_and_priced_for_those_who_are_written_to(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        people = [
            await mine(session, team),
            await mine(session, team, phone=OTHER),
            await mine(session, team, phone=None),
        ]
        (await session.get_one(Authority, factories.AUTHORITY)).sms_price = 45
    found = await seen(database, team, [one.id for one in people], "a" * 161)
    assert (found.segments, found.cost_millis) == (4, 180)


async def test_without_a_price_no_cost_is_invented(team: Team, database: Database, person: Any) -> None:
    assert (await seen(database, team, [person.id])).cost_millis is None


@pytest.mark.parametrize("bar", list(Bar))
async def test_whoever_is_not_written_to_says_why_and_shows_no_text(team: Team, database: Database, bar: Bar) -> None:
    async with database.transaction() as session:
        given = {"phone": None} if bar is Bar.no_number else {"confidential": bar is Bar.confidential}
        person = await mine(session, team, **given)
        if bar is Bar.shared:
            await mine(session, team, first_name="Denis", caseworker_id=None, organisation_id=None)
        if bar in set(map(str, Silence)):
            await silenced(session, str(person.phone), Silence(bar))
    [one] = (await seen(database, team, [person.id])).recipients
    assert (one.refused, one.text, one.segments) == (WORDS[bar], "", 0)


@pytest.mark.parametrize("text", ["Bonjour {nom}", "Rendez-vous {rendez-vous}", "Bonjour {prenom", "{}", "a } b"])
async def test_a_variable_that_would_be_sent_as_it_stands_is_refused(
    team: Team, database: Database, person: Any, text: str
) -> None:
    with pytest.raises(Unreadable):
        await seen(database, team, [person.id], text)


async def test_secrets_that_nobody_should_write_are_masked(team: Team, database: Database, person: Any) -> None:
    number = "1 85 05 78 006 084 36"
    [one] = (await seen(database, team, [person.id], f"Votre numéro {number}")).recipients
    assert number not in one.text


async def test_one_who_is_followed_elsewhere_is_nobody(team: Team, database: Database, person: Any) -> None:
    async with database.transaction() as session:
        elsewhere = await mine(session, team, organisation_id=team.stranger.organisation_id, phone=OTHER)
    for stranger in (elsewhere.id, uuid4()):
        with pytest.raises(NotFound):
            await seen(database, team, [person.id, stranger])


async def test_named_twice_is_written_to_once(team: Team, database: Database, person: Any) -> None:
    assert len((await seen(database, team, [person.id, person.id])).recipients) == 1
