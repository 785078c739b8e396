"""`hent languages` lists every card, and fails as long as one was never read by somebody who speaks it."""

from dataclasses import replace
from datetime import date

import pytest

from api.commands import cards
from api.languages import Language, languages
from api.languages.known import BackTranslated, Reviewed
from tests.api.commands.conftest import Run


async def test_every_card_is_listed_with_who_has_read_it(hent: Run) -> None:
    listed = await hent("languages")
    heading, *lines, read, total = listed.stdout.splitlines()
    assert heading.split("\t") == list(cards.COLUMNS)
    assert [line.split("\t")[:2] for line in lines] == [[one.code, one.name] for one in languages().values()]
    unread = sum(cards.NEVER in line for line in lines)
    compared = sum(one.compared is not None for one in languages().values())
    assert read == f"Langues : {len(lines)}. Relues par quelqu'un qui les parle : {len(lines) - unread}."
    assert total == f"Remises en français et comparées, sans relecteur : {compared}. Cartes jamais relues : {unread}."
    assert listed.exit_code == (1 if unread else 0)


async def test_a_card_that_was_read_says_by_whom_and_when(hent: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(code: str) -> Language:
        return replace(languages()[code], reviewed=Reviewed("O. Koval, interprète", date(2026, 12, 1)))

    monkeypatch.setattr(cards, "known", lambda: {"uk": read("uk")})
    listed = await hent("languages")
    assert "uk\tukrainien\tle 2026-12-01 par O. Koval, interprète\t" in listed.stdout
    assert "Langues : 1. Relues par quelqu'un qui les parle : 1." in listed.stdout
    assert listed.exit_code == 0


async def test_a_card_that_was_put_back_into_french_is_not_said_to_be_read(
    hent: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    language = replace(languages()["uk"], reviewed=None)
    was = BackTranslated(date(2026, 11, 26), language.digest)
    older = replace(language, back_translated=was, card="Я розумію все.")
    monkeypatch.setattr(cards, "known", lambda: {"uk": replace(language, back_translated=was), "ru": older})
    listed = await hent("languages")
    _, now, changed, *_ = listed.stdout.splitlines()
    assert now.endswith(f"{cards.NEVER}\tle 2026-11-26")
    assert changed.endswith(f"{cards.NEVER}\t{cards.NOT_COMPARED}")
    assert listed.exit_code == 1
