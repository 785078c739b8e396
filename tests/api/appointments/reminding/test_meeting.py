"""How and where one meets is said in a reminder; who is meant, and why, is not."""

from datetime import timedelta
from typing import Any

import pytest

from api.texts.gsm import segments
from tests.api.appointments.reminding.conftest import THREE_DAYS, VISIT, House


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            {"location_type": "phone", "address": None, "call_from": "+33261910010"},
            "on vous appelle depuis le 02 61 91 00 10",
        ),
        ({"location_type": "home", "address": None}, "C'est chez vous."),
        ({"location_type": "visio", "address": None}, "C'est en visio."),
    ],
)
async def test_how_one_meets_is_said(house: House, given: dict[str, Any], says: str) -> None:
    await house.visit(**given)
    await house.look(THREE_DAYS)
    (text,) = await house.sent()
    assert says in text
    assert segments(text) <= 2


async def test_the_name_of_the_place_is_said_where_it_costs_nothing(house: House) -> None:
    await house.visit(place_name="CDAS")
    await house.visit(
        VISIT + timedelta(hours=1), place_name="Centre départemental d'action sociale de Brest-Rive droite"
    )
    await house.look(THREE_DAYS)
    # Both are written in one transaction, at one instant.
    long, short = sorted(await house.sent(), key=lambda text: "CDAS" in text)
    assert "Lieu : CDAS, 12 rue" in short
    assert "Lieu : 12 rue" in long
    assert (segments(short), segments(long)) == (1, 1)


async def test_neither_the_name_of_the_person_nor_what_it_is_about_is_said(house: House) -> None:
    await house.visit(title="rendez-vous d'orientation", documents=["attestation RSA"])
    await house.look(THREE_DAYS)
    (text,) = await house.sent()
    for word in ("Goff", "orientation", "RSA", "attestation", "insertion"):
        assert word not in text
