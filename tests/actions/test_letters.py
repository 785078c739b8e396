"""A letter's last day is asked for, read back and kept only after a yes; somebody is told only after one too."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from api.conversations.tables import Draft, Turn
from api.core.clock import paris, today
from api.core.database import Database
from api.escalations.tables import Priority, Reason
from api.letters.tables import LetterDeadline
from api.texts.formats import day
from tests.actions.calling import PHONE, Caller, caller, known

LETTER = ("action_letter", "ask_letter")
ABOUT = "courrier de la caf à rendre pour le"
REMINDED = ["letter_reminded", "letter_offer"]


def written(ahead: int) -> str:
    return day(today() + timedelta(days=ahead)).split(" ", 1)[1]


async def facts(database: Database, name: str) -> dict[str, Any]:
    async with database.transaction() as session:
        last = select(Draft.facts).join(Turn).where(Draft.say == name).order_by(Turn.started_at.desc()).limit(1)
        found: dict[str, Any] = (await session.scalars(last)).one()
        return found


async def press(one: Caller, database: Database, answer: str, under: str) -> list[str]:
    return await one.say(*LETTER, "oui", answer=answer, ask=(await facts(database, under))["ask"])


async def kept(database: Database) -> list[tuple[object, object, object]]:
    async with database.transaction() as session:
        rows = await session.scalars(select(LetterDeadline).order_by(LetterDeadline.over_at))
        return [(row.day, row.phone, row.beneficiary_id) for row in rows]


async def test_a_day_is_kept_after_two_yeses_and_not_before(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    assert await one.say(*LETTER, f"{ABOUT} {written(40)}") == ["ask_letter", "letter_day"]
    assert await press(one, database, "right", "letter_day") == ["letter_remind"]
    assert await kept(database) == []
    assert await press(one, database, "remind", "letter_remind") == REMINDED
    assert await kept(database) == [(today() + timedelta(days=40), None, None)]


async def test_without_a_day_it_is_asked_for_and_the_answer_read_back(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client)
    assert await one.say(*LETTER, "j'ai reçu une lettre de la caf") == ["ask_letter", "letter_ask_day"]
    assert await one.say(*LETTER, f"le {written(40)}", answer="said") == ["letter_day"]
    assert (await facts(database, "letter_day"))["deadline"] == (today() + timedelta(days=40)).isoformat()


async def test_a_no_asks_again_and_what_is_not_read_too(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    await one.say(*LETTER, f"{ABOUT} {written(40)}")
    assert await one.say(*LETTER, "non", answer="wrong") == ["letter_ask_again"]
    assert await one.say(*LETTER, "le 45", answer="said") == ["letter_ask_again"]
    assert await one.say(*LETTER, f"le {written(30)}", answer="said") == ["letter_day"]
    assert await kept(database) == []


async def test_a_yes_is_to_the_day_that_stood_above_it(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    await one.say(*LETTER, f"{ABOUT} {written(40)}")
    first = (await facts(database, "letter_day"))["ask"]
    assert await one.say(*LETTER, f"non le {written(30)}", answer="said") == ["letter_day"]
    await one.say(*LETTER, "oui", answer="right", ask=first)
    assert (await facts(database, "letter_remind"))["deadline"] == (today() + timedelta(days=40)).isoformat()
    assert await one.say(*LETTER, "oui", answer="right", ask="nothing of ours") == ["letter_ask_again"]


async def test_a_time_without_its_first_day_asks_when_the_letter_came(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client)
    asked = ["ask_letter", "letter_ask_received"]
    assert await one.say(*LETTER, "courrier de la caf, répondre sous quinze jours") == asked
    assert await one.say(*LETTER, "hier", answer="said") == ["letter_day"]
    assert (await facts(database, "letter_day"))["deadline"] == (today() + timedelta(days=14)).isoformat()
    assert await one.say(*LETTER, "Aujourd'hui", answer="ago:0") == ["letter_day"]
    assert (await facts(database, "letter_day"))["deadline"] == (today() + timedelta(days=15)).isoformat()


async def test_several_days_are_chosen_from(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    text = f"lettre de la caf à rendre le {written(30)} ou le {written(40)}"
    assert await one.say(*LETTER, text) == ["ask_letter", "letter_which_day"]
    title = day(today() + timedelta(days=40))
    assert await one.say(*LETTER, title, answer="said") == ["letter_day"]
    assert (await facts(database, "letter_day"))["deadline"] == (today() + timedelta(days=40)).isoformat()


@pytest.mark.parametrize(("ahead", "says"), [(-3, "letter_passed"), (0, "letter_offer"), (1, "letter_offer")])
async def test_what_cannot_wait_offers_somebody_at_once(
    database: Database, client: httpx.AsyncClient, ahead: int, says: str
) -> None:
    one = await caller(database, client, **await known(database))
    text = f"{ABOUT} {(today() + timedelta(days=ahead)):%d/%m/%Y}"
    assert await one.say(*LETTER, text) == ["ask_letter", says]
    assert await one.say(*LETTER, "oui", answer="yes") == ["letter_noted"]
    [row] = await one.asked()
    assert (row.reason, row.priority, row.line) == (Reason.letter, Priority.high, text)
    assert paris(row.due_at).date() <= max(today() + timedelta(days=ahead), today())


async def test_somebody_is_told_in_the_first_words_and_answers_by_the_day(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client, **await known(database))
    await one.say(*LETTER, "un contrôle de la caf c'est une arnaque ?")
    await one.say(*LETTER, f"le {written(40)}", answer="said")
    await press(one, database, "right", "letter_day")
    assert await press(one, database, "unremind", "letter_remind") == ["letter_unreminded", "letter_offer"]
    assert await one.say(*LETTER, "oui", answer="yes") == ["letter_noted"]
    [row] = await one.asked()
    assert row.line == "un contrôle de la caf c'est une arnaque ?"
    assert paris(row.due_at).date() <= today() + timedelta(days=40)


async def test_who_does_not_know_and_who_says_no_tell_nobody(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    await one.say(*LETTER, "j'ai reçu une lettre de la caf")
    assert await one.say(*LETTER, "je sais pas", answer="unknown") == ["letter_no_day"]
    assert await one.say(*LETTER, "non", answer="no") == ["letter_kept"]
    assert await one.asked() == []


async def test_reminders_of_a_known_person_go_to_their_own_mobile(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client, **(who := await known(database)))
    await one.say(*LETTER, f"{ABOUT} {written(40)}")
    await press(one, database, "right", "letter_day")
    assert (await facts(database, "letter_remind"))["by_sms"] is True
    await press(one, database, "remind", "letter_remind")
    assert await kept(database) == [(today() + timedelta(days=40), PHONE, who["beneficiary_id"])]


async def test_a_confidential_file_is_offered_somebody_and_no_reminder(
    database: Database, client: httpx.AsyncClient
) -> None:
    one = await caller(database, client, **await known(database, confidential=True))
    await one.say(*LETTER, f"{ABOUT} {written(40)}")
    assert await press(one, database, "right", "letter_day") == ["letter_offer"]


async def test_reminders_are_refused_and_taken_back(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    await one.say(*LETTER, f"{ABOUT} {written(40)}")
    await press(one, database, "right", "letter_day")
    assert await press(one, database, "unremind", "letter_remind") == ["letter_unreminded", "letter_offer"]
    assert await kept(database) == []
    await press(one, database, "remind", "letter_remind")
    assert await one.say(*LETTER, "Annuler les rappels", answer="stop") == ["letter_unreminded"]
    assert await kept(database) == []
