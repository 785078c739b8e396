"""The file of one's people opens in a spreadsheet, runs nothing there, and holds no more than the list."""

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from api.core.database import Database
from api.desk.people import noting, sheet
from api.desk.people.following import Wanted
from api.desk.tables import Access
from tests import factories
from tests.api.desk.conftest import NOW, Team
from tests.api.desk.people.conftest import ALL, OTHER, ago, mine


async def written(database: Database, team: Team, wanted: Wanted, shown: frozenset[str] = ALL) -> list[dict[str, str]]:
    async with database.transaction() as session:
        file = await sheet.sheet(session, team.nolwenn, wanted, shown, NOW)
    assert file.startswith("\ufeff")
    return list(csv.DictReader(StringIO(file[1:]), delimiter=";"))


async def test_it_holds_the_list_as_it_is_filtered_and_is_journaled(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        person = await mine(session, team, last_name="Tréguidel")
        await factories.appointment(session, person, ago(-3))
        await mine(session, team, phone=OTHER)
    [line] = await written(database, team, Wanted(search="treguidel"))
    assert line == {
        "Nom": "Maëlle Tréguidel",
        "Commune": "Brest",
        "Étape": "",
        "À faire": "",
        "Prochain rendez-vous": "samedi 28 novembre à 10 h",
        "Fin du contrat": "",
        "Dernier contact": "",
    }
    async with database.transaction() as session:
        assert list(await session.scalars(select(Access.what))) == [noting.FILE]


async def test_a_column_that_an_organisation_does_not_see_is_not_in_it(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        await mine(session, team)
    [line] = await written(database, team, Wanted(), frozenset())
    assert set(line) == {"Nom", "À faire", "Dernier contact"}


async def test_a_name_that_is_a_formula_is_a_text(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        await mine(session, team, first_name="=HYPERLINK(0)")
    [line] = await written(database, team, Wanted())
    assert line["Nom"].startswith("'=")


@given(st.text())
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    kept = sheet._harmless(cell)
    assert kept.removeprefix("'") == cell.removeprefix("'") if kept == cell else kept == f"'{cell}"
    assert not kept.startswith(sheet.FORMULA)
