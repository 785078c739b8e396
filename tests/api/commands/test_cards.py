"""`hent languages` lists every card, and fails as long as one was never read by somebody who speaks it."""

from dataclasses import replace
from datetime import date

import pytest

from api.commands import cards
from api.languages import Language, languages
from api.languages.known import Reviewed
from tests.api.commands.conftest import Run


async def test_every_card_is_listed_with_who_has_read_it(hent: Run) -> None:
    listed = await hent("languages")
    heading, *lines, total = listed.stdout.splitlines()
    assert heading.split("\t") == list(cards.COLUMNS)
    assert [line.split("\t")[:2] for line in lines] == [[one.code, one.name] for one in languages().values()]
    unread = sum(cards.NEVER in line for line in lines)
    assert total == f"Langues : {len(languages())}. Cartes jamais relues : {unread}."
    assert listed.exit_code == (1 if unread else 0)


async def test_a_card_that_was_read_says_by_whom_and_when(hent: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(code: str) -> Language:
        return replace(languages()[code], reviewed=Reviewed("O. Koval, interprète", date(2026, 12, 1)))

    monkeypatch.setattr(cards, "known", lambda: {"uk": read("uk")})
    listed = await hent("languages")
    assert "uk\tukrainien\tle 2026-12-01 par O. Koval, interprète" in listed.stdout
    assert (listed.exit_code, listed.stdout.splitlines()[-1]) == (0, "Langues : 1. Cartes jamais relues : 0.")
