"""A card holds what its sentences say, for whoever may hear them."""

from datetime import UTC, datetime

import pytest

from api.appointments import sayings
from api.appointments.cards import AT_OFFICE, ELSEWHERE, LATER, OFF, STANDING, cards
from api.appointments.outlook import Outlook, Visit
from api.appointments.tables import LocationType, Status
from api.privacy.disclosure import matrix
from api.texts.library import entries
from api.texts.schemas import Saying
from api.texts.service import judge
from api.texts.voice import Voice
from tests.api.appointments.test_sayings import VISIT

NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)
NO_CARD = {
    *("visit_why", "visit_until"),
    "appointment_status_unknown",
    "book_slots",
    "cancel_passed_on",
    "cancel_sure",
    "cancel_theirs",
    "cancel_too_late",
    "missed_no_slot",
    "missed_slots",
    "move_no_more",
    "move_no_slot",
    "move_passed_on",
    "move_slots",
    "move_too_late",
}
"""What is past, in question, or somebody else's to change: the sentence is enough."""
BY_SMS = {
    "reminder_discreet",
    "reminder_missed",
    "reminder_move",
    "reminder_one_day",
    "reminder_slots",
    "reminder_three_days",
}
VOICE = Voice({"name": "", "phone": "", "hours": ""}, None)


def visit(**given: object) -> Visit:
    return Visit(**{**vars(VISIT), "id": "8f14e45f-ceea-467f-a9d2-3f0c8a1e9b2f"} | given)


def told(one: Visit, *later: Visit) -> list[Saying]:
    """All that there is to say of an appointment."""
    found = Outlook("appointment_next", one, later=later)
    parts = [sayings.verdict(found, NOW), sayings.where(one), sayings.who(one), sayings.bring(one)]
    return [saying for part in [*parts, sayings.later(found), sayings.contact(one)] for saying in part]


def test_each_text_that_names_an_appointment_is_a_card_or_known_not_to_be() -> None:
    named = {entry.name for entry in entries().values() if entry.tells == "when" and "starts_at" in entry.example}
    assert named == STANDING | OFF | NO_CARD | BY_SMS
    assert {AT_OFFICE, LATER, *ELSEWHERE} <= entries().keys()


def test_a_card_says_when_until_when_and_where() -> None:
    [card] = cards(told(visit()))
    assert card == {
        "kind": "appointment",
        "id": "8f14e45f-ceea-467f-a9d2-3f0c8a1e9b2f",
        "title": "rendez-vous de suivi",
        "starts_at": datetime(2026, 12, 1, 8, tzinfo=UTC),
        "ends_at": datetime(2026, 12, 1, 8, 30, tzinfo=UTC),
        "phone": "+33261910010",
        "place": "Maison des solidarités",
        "address": "12 rue des Ajoncs, 29200 Brest",
    }


@pytest.mark.parametrize(
    ("way", "place"),
    [(LocationType.phone, "Par téléphone"), (LocationType.home, "Chez vous"), (LocationType.visio, "En visio")],
)
def test_what_is_not_at_an_office_has_no_address(way: LocationType, place: str) -> None:
    [card] = cards(told(visit(location_type=way)))
    assert (card["place"], "address" in card) == (place, False)


def test_a_place_that_is_not_known_is_left_out() -> None:
    [card] = cards(told(visit(address=" ")))
    assert not {"place", "address"} & card.keys()


def test_each_of_several_has_its_own_and_only_the_next_has_the_place_that_was_said() -> None:
    after = visit(id="0c3a", starts_at=datetime(2026, 12, 8, 8, tzinfo=UTC), title="atelier collectif")
    first, second = cards(told(visit(), after))
    assert (first["place"], second["title"], second["id"]) == ("Maison des solidarités", "atelier collectif", "0c3a")
    assert not {"place", "address", "phone"} & second.keys()


def test_one_that_is_cancelled_says_so_and_takes_no_place() -> None:
    off = visit(id="0c3a", status=Status.revoked)
    found = Outlook("appointment_next", visit(), cancelled=off)
    first, second = cards([*sayings.verdict(found, NOW), *sayings.where(visit())])
    assert ("cancelled" in first, first["place"]) == (False, "Maison des solidarités")
    assert (second["cancelled"], second["id"], "place" in second) == (True, "0c3a", False)


def test_facts_from_before_an_upgrade_make_no_card() -> None:
    assert cards([Saying("appointment_next", {"starts_at": "2026-12-01T08:00:00+00:00", "title": ""})]) == []


def test_no_card_says_what_its_sentence_may_not() -> None:
    """Every cell of the table: what a card holds was in the sayings that this audience hears."""
    everything = told(visit(), visit(id="0c3a"))
    played = 0
    for intent, audience, allowed in matrix():
        _, heard = judge(intent, everything, audience, VOICE)
        made = cards(heard)
        assert bool(made) == ("when" in allowed)
        for card in made:
            assert "where" in allowed or not {"place", "address"} & card.keys(), intent
            assert not (audience.confidential and "phone" in card), intent
        played += bool(made)
    assert played > 20
