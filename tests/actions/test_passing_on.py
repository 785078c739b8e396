"""A complaint or a letter is told to the service after a yes, in the person's own words, and never before."""

from datetime import timedelta

import httpx
import pytest

from api.core.clock import paris, today
from api.core.database import Database
from api.escalations.tables import Priority, Reason
from api.texts.formats import day
from tests.actions.calling import caller, known

COMPLAINT = ("action_complain", "complain")
LETTER = ("action_letter", "ask_letter")
ANGRY = "c'est une honte cette attente"


async def test_a_complaint_is_heard_and_told_after_a_yes(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    assert await one.say(*COMPLAINT, ANGRY) == ["complain"]
    assert await one.asked() == []
    assert await one.say(*COMPLAINT, "oui", answer="yes") == ["complaint_noted"]
    assert [(row.reason, row.priority, row.line) for row in await one.asked()] == [
        (Reason.complaint, Priority.high, ANGRY)
    ]


async def test_a_no_tells_nobody(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    assert await one.say(*COMPLAINT, ANGRY) == ["complain"]
    assert await one.say(*COMPLAINT, "non", answer="no") == ["complaint_kept"]
    assert await one.say(*LETTER, "une lettre à rendre demain") == ["ask_letter", "letter_offer"]
    assert await one.say(*LETTER, "non", answer="no") == ["letter_kept"]
    assert await one.asked() == []


async def test_a_letter_that_names_no_day_offers_nothing(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    assert await one.say(*LETTER, "j'ai reçu une lettre de la caf") == ["ask_letter"]


async def test_a_letter_whose_day_is_in_doubt_offers_nothing(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    assert await one.say(*LETTER, "courrier de la caf, répondre sous quinze jours") == ["ask_letter"]


@pytest.mark.parametrize("ahead", [0, 1, 40])
async def test_a_letter_is_answered_by_its_day_at_the_latest(
    database: Database, client: httpx.AsyncClient, ahead: int
) -> None:
    one = await caller(database, client, **await known(database))
    last = today() + timedelta(days=ahead)
    text = f"courrier de la caf à rendre pour le {day(last).split(' ', 1)[1]}"
    assert await one.say(*LETTER, text) == ["ask_letter", "letter_offer"]
    assert await one.say(*LETTER, "oui", answer="yes") == ["letter_noted"]
    [row] = await one.asked()
    assert (row.reason, row.priority, row.line) == (Reason.letter, Priority.high, text)
    assert paris(row.due_at).date() <= last
