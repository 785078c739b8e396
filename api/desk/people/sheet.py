"""The list of one's people as a file for a spreadsheet.

No export serves control or sanction: it holds the people whom one follows and what is due for them, no more than their
list shows, and each is journaled.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.accounts import Account
from api.desk.people import noting
from api.desk.people.following import Person, Wanted, everybody

BOM = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for Latin-1."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """One column, and the field that must be shown for it; None: always."""

    title: str
    field: str | None = None


COLUMNS = (
    Column("Nom"),
    Column("Commune", "commune"),
    Column("Étape", "stage"),
    Column("À faire"),
    Column("Prochain rendez-vous", "appointments"),
    Column("Fin du contrat", "contract"),
    Column("Dernier contact"),
)


async def sheet(session: AsyncSession, who: Account, wanted: Wanted, shown: frozenset[str], now: datetime) -> str:
    """The file, whole, UTF-8 with its mark, separated by semicolons. Raises NotAllowedHere."""
    people = await everybody(session, who, wanted, shown, now)
    await noting.act(session, who, noting.FILE)
    kept = [nth for nth, column in enumerate(COLUMNS) if column.field is None or column.field in shown]
    file = StringIO()
    lines = csv.writer(file, delimiter=";")
    lines.writerow([COLUMNS[nth].title for nth in kept])
    for one in people:
        cells = list(_cells(one))
        lines.writerow([_harmless(cells[nth]) for nth in kept])
    return BOM + file.getvalue()


def _cells(one: Person) -> Iterator[str]:
    yield one.name
    yield one.commune or ""
    yield one.stage or ""
    yield ", ".join(due.label for due in one.due)
    yield one.next_appointment or ""
    yield _day(one.contract_ends_on)
    yield _day(one.last_contact_on)


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _harmless(cell: str) -> str:
    """A cell that begins like a formula would be run by the spreadsheet of whoever opens it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
