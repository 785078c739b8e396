"""What we start says what counts and misleads nobody; in one SMS where the address is enough."""

import re

import pytest

from api.appointments.reminding.wording import DISCREET, PARTS, spoken
from api.appointments.tables import ReminderKind
from api.core.folding import fold
from api.privacy.audience import Channel
from api.texts.gsm import segments
from api.texts.library import entries
from api.texts.schemas import Saying
from api.texts.voice import Voice

VOICE = Voice({"name": "Département du Finistère", "phone": "+33261910001", "hours": "le lundi"}, "29")
OURS = sorted(name for name in entries() if name.startswith("reminder_"))
MISLEADS = {
    # rdv-insertion #1109 and RDV-Solidarités: read as "your appointment is cancelled", or as the way to cancel it.
    "annulation": r"annul",
    # The first SMS of rdv-insertion always says three days, whatever the link is good for.
    "how long something is good for": r"valable|valide|expir",
    # Taken for phishing, and of no use without data.
    "a link": r"lien|http|www|clique",
    # What is obeyed is not kept to: and an SMS may not tell a benefit to whoever holds the telephone.
    "a threat or a benefit": r"obligat|convoqu|sanction|suspen|radi|rsa|insertion|allocation|contrat",
}


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("what", list(MISLEADS))
def test_no_form_misleads(name: str, what: str) -> None:
    for channel in Channel:
        said = fold(entries()[name].form(channel) or "")
        assert not re.search(rf"\b({MISLEADS[what]})", said), (name, channel)


@pytest.mark.parametrize("names", [*PARTS.values(), (DISCREET,)], ids=[*PARTS, DISCREET])
def test_each_kind_is_two_segments_at_most_and_says_whom_to_call(names: tuple[str, ...]) -> None:
    text = spoken([Saying(name, entries()[name].example) for name in names], VOICE).text
    assert segments(text) <= 2
    assert re.search(r"\b02 61 91 \d\d \d\d\b", text)


@pytest.mark.parametrize("kind", [ReminderKind.three_days, ReminderKind.one_day])
def test_before_an_appointment_oui_and_non_are_all_that_is_asked_for(kind: ReminderKind) -> None:
    said = [Saying(name, entries()[name].example) for name in PARTS[kind]]
    assert spoken(said, VOICE).text.count("Répondez") == 1
    assert [button.title for button in spoken(said, VOICE).buttons] == ["Oui, je viens", "Non, je ne peux pas"]


def test_the_name_of_a_place_goes_where_it_would_cost_a_second_sms() -> None:
    facts = entries()["reminder_three_days"].example
    place = {"place_name": "Centre départemental d'action sociale de Brest-Rive droite", "address": "12 rue des Ajoncs"}
    said = [
        Saying("reminder_three_days", facts),
        Saying("appointment_at_office", place),
        Saying("reminder_reply", facts),
    ]
    assert "Centre" not in spoken(said, VOICE).text
    short = [said[0], Saying("appointment_at_office", place | {"place_name": "CDAS"}), said[2]]
    assert "CDAS" in spoken(short, VOICE).text
