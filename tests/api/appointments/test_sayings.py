from datetime import UTC, datetime

import pytest

from api.appointments import sayings
from api.appointments.outlook import Visit
from api.appointments.tables import LocationType, Status
from api.texts.library import entries

VISIT = Visit(
    datetime(2026, 12, 1, 8, tzinfo=UTC),
    30,
    Status.unknown,
    "rendez-vous de suivi",
    LocationType.public_office,
    phone="+33261910010",
    place_name="Maison des solidarités",
    address="12 rue des Ajoncs, 29200 Brest",
    directions="Bus 3.",
    with_whom="Nolwenn Kerdoncuff",
    documents=("CV",),
)
SECRETS = {
    "where": {"place_name", "address", "directions", "call_from"},
    "who": {"with_whom"},
    "bring": {"documents"},
    "when": {"starts_at", "is_today", "title"},
}


@pytest.mark.parametrize("part", [sayings.where, sayings.who, sayings.bring, sayings.contact])
def test_a_saying_carries_no_fact_of_another_kind_than_the_one_it_tells(part: object) -> None:
    assert callable(part)
    for saying in part(VISIT):
        told = entries()[saying.name].tells
        others = set().union(*(names for kind, names in SECRETS.items() if kind != told))
        assert not others & saying.facts.keys(), saying.name


def test_an_office_without_an_address_is_not_given_as_a_place() -> None:
    nowhere = Visit(VISIT.starts_at, 30, Status.unknown, "", LocationType.public_office, "+33261910010", address=" ")

    assert [saying.name for saying in sayings.where(nowhere)] == ["appointment_place_unknown"]


def test_no_paper_asked_is_said_and_no_professional_is_not() -> None:
    bare = Visit(VISIT.starts_at, 30, Status.unknown, "", LocationType.home, "+33261910010")

    assert [saying.name for saying in sayings.bring(bare)] == ["appointment_bring_nothing"]
    assert sayings.who(bare) == []
