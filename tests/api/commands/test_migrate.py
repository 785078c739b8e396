"""`hent migrate` says why nothing was changed."""

from typing import Any

import pytest

from api.commands import migrate
from api.migrations.run import DatabaseBusy
from tests.api.commands.conftest import Run


async def test_a_table_that_stays_held_is_said_and_is_no_success(hent: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: Any) -> None:
        raise DatabaseBusy("Une transaction tient la base.")

    monkeypatch.setenv("HENT_RASA_DB_PASSWORD", "x")
    monkeypatch.setattr(migrate, "bring_up_to_date", held)
    ended = await hent("migrate")
    assert (ended.exit_code, ended.stderr) == (1, "Une transaction tient la base.\n")
