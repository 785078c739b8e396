"""Who sees what of a person at the desk: every cell of the one table is played against what is read."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import OrganisationKind
from api.core.clock import today
from api.core.database import Database
from api.desk import fields
from api.desk.card import COLUMNS, Card, card_of, person_of
from api.desk.fields import table, visible
from tests import factories
from tests.api.desk.conftest import NOW

PAGE = Path(__file__).parents[3] / "docs" / "who-sees-what-at-the-desk.md"
HEADING = [
    "# Who sees what of a person at the desk",
    "",
    "Written by `tests/api/desk/test_fields.py` from `data/reference/desk_fields.yml`, every cell of which it plays. A",
    "dash: not read from the database. Everybody who may answer sees the name of whoever asked, and what they wrote.",
    "A private note is seen by the organisation of whoever wrote it; it does not leave with a request passed on.",
    "No role, search or file of the desk serves control or sanction.",
    "",
]
ON_CARD = {
    "birth_date": "birth_date",
    "phone": "phone",
    "commune": "commune",
    "stage": "stage",
    "contract": "contract",
    "appointments": "next_appointment",
    "confidential": "confidential",
}
"""Where a card shows each field; the history has a page of its own."""


async def card(session: AsyncSession, kind: OrganisationKind) -> Card:
    """Of somebody about whom everything is known."""
    team = await factories.organisation(session, kind=kind)
    person = await factories.person(session, phone="+33639980101")
    await factories.appointment(session, person, NOW.replace(day=30), organisation_id=team.id)
    await factories.pathway_fact(session, person.id, "contract_signed", today(), ends_on="2027-03-03")
    # Read anew: what the session holds was not asked for by the card.
    session.expunge_all()
    return await card_of(session, person.id, visible(kind), NOW)


def test_every_kind_of_organisation_and_every_field_is_in_the_table() -> None:
    assert set(table()["sees"]) == set(OrganisationKind)
    assert set(table()["fields"]) == {*ON_CARD, "history"}
    for kind, seen in table()["sees"].items():
        assert set(seen) <= set(table()["fields"]), kind
        assert all(why.strip() for why in seen.values()), kind


@pytest.mark.parametrize("kind", OrganisationKind)
async def test_a_card_shows_what_the_table_says_and_nothing_else(kind: OrganisationKind, session: AsyncSession) -> None:
    shown = await card(session, kind)
    assert {name for name, where in ON_CARD.items() if getattr(shown, where) is not None} == visible(kind) - {"history"}
    assert shown.name == "Maëlle Le Goff"


@pytest.mark.parametrize("field", COLUMNS)
async def test_what_is_not_shown_is_not_asked_of_the_database(field: str, database: Database) -> None:
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    async with database.transaction() as session:
        person = await factories.person(session)
    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    async with database.transaction() as session:
        row = await person_of(session, person.id, frozenset(COLUMNS) - {field})
        with pytest.raises(InvalidRequestError):
            getattr(row, COLUMNS[field].key)
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    assert COLUMNS[field].key not in " ".join(asked)


def test_what_the_table_does_not_name_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    sees = {"siae": {"phone": "pour rappeler", "salary": "jamais dit"}}
    monkeypatch.setattr(fields, "table", lambda: {"fields": {"phone": "téléphone"}, "sees": sees})
    assert visible(OrganisationKind.siae) == {"phone"}
    assert visible(OrganisationKind.plie) == set()


def test_the_table_can_be_read_by_everyone() -> None:
    """Written into docs/ for those who answer for it; a page that no longer says what the table says fails once."""
    page = "\n".join(rendered())
    before = PAGE.read_text() if PAGE.exists() else ""
    PAGE.write_text(page)
    assert before == page, "docs/who-sees-what-at-the-desk.md was behind the table: it is written anew, commit it"


def rendered() -> list[str]:
    named = [f"| `{name}` | {told} |" for name, told in table()["fields"].items()]
    lines = [*HEADING, "## What there is to see", "", "| field | what it is |", "| --- | --- |", *named, ""]
    lines += ["## Who sees it, and why", "", "| organisation | field | why |", "| --- | --- | --- |"]
    for kind, name in product(OrganisationKind, table()["fields"]):
        lines.append(f"| {kind} | `{name}` | {table()['sees'][kind][name] if name in visible(kind) else '–'} |")
    return [*lines, ""]
