"""Notices are told, listed and taken back by hand, and stand on the page's card at once."""

import pytest

from api.core.database import Database
from tests import factories
from tests.api.commands.conftest import Run

TEXT = "Le chat répond mal ce matin. Appelez le 02 61 91 00 01."


@pytest.fixture(autouse=True)
async def known(database: Database) -> None:
    """An authority."""
    async with database.transaction() as session:
        await factories.authority(session)


async def test_a_notice_is_added_listed_and_ended(hent: Run) -> None:
    days = ("--from", "2020-01-02", "--to", "2100-12-31")
    added = await hent("notice", "add", "cd29", "--kind", "closure", "--text", TEXT, *days)
    assert added.exit_code == 0
    # The last day is counted to its end.
    assert added.stdout.split("\t")[1:] == ["cd29", "closure", "2020-01-02T00:00", "2101-01-01T00:00", f"{TEXT}\n"]
    assert (await hent("notice", "list")).stdout == added.stdout
    assert (await hent("notice", "list", "--authority", "brest")).stdout == ""
    assert (await hent("notice", "end", added.stdout.split("\t")[0])).exit_code == 0
    assert (await hent("notice", "list")).stdout == ""


async def test_what_is_refused_is_said(hent: Run) -> None:
    days = ("--from", "2026-12-24", "--to", "2026-12-24")
    refused = await hent("notice", "add", "cd29", "--kind", "strike", "--text", "Grève jeudi.", *days)
    assert (refused.exit_code, refused.stderr) == (1, "Donnez un numéro à appeler.\n")
