"""A fact holds from a day on, where it was said to; what is not due yet is not said."""

from datetime import date
from pathlib import Path

import pytest

from api.core.clock import today
from api.core.columns import Base
from api.knowledge import facts
from api.knowledge.facts import Fact, values
from api.migrations.everything import METADATA
from api.privacy.retention import retention_of
from api.texts.library import entries
from api.texts.tracing import trace

WRITTEN = """
plain: {value: 3, label: "Délai", source: "un texte", valid_from: 2026-01-01, review_by: 2027-01-01, unit: days}
dated:
  label: "Montant"
  unit: eur
  source: "décret"
  review_by: 2027-03-15
  values:
    - {value: 651.69, valid_from: 2026-04-01, review_by: 2027-03-15}
    - {value: 646.52, valid_from: 2025-04-01, review_by: 2026-03-15, source: "décret précédent"}
    - {value: 660, valid_from: 2027-04-01}
local:
  value: null
  label: "Barème"
  source: "la loi"
  valid_from: 2025-06-01
  review_by: 2027-01-15
  departement:
    "22": {value: 30, source: "le Département", valid_from: 2025-09-01, review_by: 2026-06-01}
    "29": 40
"""


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Fact]:
    """The facts above, read as those of `data/reference/` are."""
    (tmp_path / "facts.yml").write_text(WRITTEN)
    monkeypatch.setattr(facts, "REFERENCE", tmp_path)
    return facts.read("facts.yml")


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2025, 4, 1), 646.52),
        (date(2026, 3, 31), 646.52),
        (date(2026, 4, 1), 651.69),
        (date(2027, 3, 31), 651.69),
        (date(2027, 4, 1), 660),
    ],
)
def test_the_newest_value_that_has_begun_is_said(known: dict[str, Fact], day: date, amount: float) -> None:
    assert values(known, None, day)["dated"] == amount


def test_before_the_first_of_its_values_a_fact_has_no_name(known: dict[str, Fact]) -> None:
    assert set(values(known, None, date(2025, 12, 31))) == {"dated", "local"}
    assert values(known, None, date(2025, 3, 31)) == {}


@pytest.mark.parametrize(("departement", "value"), [(None, None), ("35", None), ("22", 30), ("29", 40)])
def test_a_departement_has_its_own_value(known: dict[str, Fact], departement: str | None, value: int | None) -> None:
    assert values(known, departement, date(2026, 1, 1))["local"] == value


def test_until_a_departements_own_value_has_begun_that_of_the_country_holds(known: dict[str, Fact]) -> None:
    assert values(known, "22", date(2025, 8, 31))["local"] is None


def test_a_value_says_of_itself_what_differs_from_the_rest(known: dict[str, Fact]) -> None:
    [before, now, _] = known["dated"].stated
    assert (before.source, now.source) == ("décret précédent", "décret")
    [in_22], [in_29] = (known["local"].departement[number] for number in ("22", "29"))
    assert (in_22.source, in_22.review_by) == ("le Département", date(2026, 6, 1))
    assert (in_29.source, in_29.review_by) == ("la loi", date(2027, 1, 15))


def test_a_fact_is_overdue_the_day_after_its_day(known: dict[str, Fact]) -> None:
    [stated] = known["plain"].stated
    assert not stated.overdue(date(2027, 1, 1))
    assert stated.overdue(date(2027, 1, 2))


def test_an_entry_without_a_source_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "facts.yml").write_text(WRITTEN.replace('source: "un texte", ', ""))
    monkeypatch.setattr(facts, "REFERENCE", tmp_path)
    with pytest.raises(KeyError, match="source"):
        facts.read("facts.yml")


@pytest.mark.parametrize(
    ("fact", "table"), [("messages_kept_days", "conversations"), ("requests_kept_days", "escalations")]
)
def test_what_people_are_told_of_retention_is_what_the_tables_keep(fact: str, table: str) -> None:
    assert Base.metadata is METADATA
    assert values(facts.facts(), None)[fact] == retention_of(METADATA.tables[table]).days


@pytest.mark.parametrize("departement", [None, "22", "29", "35", "56"])
def test_every_fact_that_a_text_names_holds_by_now(departement: str | None) -> None:
    traced = [one for entry in entries().values() for one in trace(entry, departement, today())]
    assert len(traced) > 50
    assert [one.fact.name for one in traced if one.stated is None] == []


def test_the_national_bounds_of_a_sanction_are_those_of_the_decree() -> None:
    """CASF R.262-68 (30 May 2025): 30 to 100 %, half at most for a household; a first time 1 to 2 months, then 4."""
    told = values(facts.facts(), "29")
    bounds = [told[f"sanction_{part}"] for part in ("least_percent", "most_percent", "household_percent")]
    lasts = [told[f"sanction_{part}_months"] for part in ("first_least", "first_most", "next_most")]
    assert (bounds, lasts) == ([30, 100, 50], [1, 2, 4])


def test_what_a_departement_has_voted_lies_within_the_bounds() -> None:
    fact = facts.facts()["sanction_first_voted_percent"]
    assert [stated.value for stated in fact.stated] == [None]
    voted = [stated.value for own in fact.departement.values() for stated in own]
    assert voted
    assert all(30 <= value <= 100 for value in voted)
