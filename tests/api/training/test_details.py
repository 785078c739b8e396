"""Details of one course: all that is known, with every kind of it; what has closed says so."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.privacy.audience import Channel
from api.texts.schemas import Saying, plain
from api.texts.service import speak
from api.texts.voice import Voice
from api.training.details import details
from api.training.picking import Picked
from api.training.shown import offer_of
from api.training.tables import Entry, Recruitment, Teaching
from tests import factories
from tests.api.training.talking import TODAY

VOICE = Voice({"name": "Finistère", "phone": "+33261910001", "hours": ""}, "29")
FULL = {
    "entry": Entry.fixed, "starts_on": date(2027, 1, 11), "ends_on": date(2027, 4, 30), "hours": 420,
    "pace": "temps plein", "conditions": "Savoir déjà souder", "remaining_cost_cents": 15000,
}  # fmt: skip


async def chosen(session: AsyncSession, level: str | None = None, **given: Any) -> Picked:
    course = await factories.training(session, entry_level=level)
    made = await factories.training_session(session, course, **given)
    return Picked(await offer_of(session, made.id, None))


def written(said: list[Saying], channel: Channel = Channel.web) -> str:
    return speak([Saying(one.name, plain(one.facts)) for one in said], channel, VOICE).text


async def test_all_that_is_known_is_said(session: AsyncSession) -> None:
    text = written(details(await chosen(session, "CAP", **FULL), TODAY))

    for told in (
        "Titre professionnel soudeur", "Souder des pièces de métal.", "Brest", "Ateliers du Ponant",
        "du 11 janvier 2027 au 30 avril 2027", "temps plein", "420 heures", "Niveau demandé : CAP",
        "Savoir déjà souder", "Reste à payer : 150\xa0€", "02 61 91 00 20", "16 novembre 2026",
    ):  # fmt: skip
        assert told in text


async def test_what_is_not_known_is_not_made_up(session: AsyncSession) -> None:
    text = written(details(await chosen(session), TODAY))

    assert "Aucun diplôme demandé." in text
    assert "Entrée possible toute l'année." in text
    assert "Reste à payer : à demander à l'organisme." in text
    assert "None" not in text
    assert "Rythme" not in text


@pytest.mark.parametrize(
    ("teaching", "told", "untold"),
    [
        (Teaching.onsite, "Lieu : Brest", "distance"),
        (Teaching.mixed, "Une partie se suit à distance.", "de chez vous"),
        (Teaching.remote, "À distance, de chez vous", "Brest"),
    ],
)
async def test_how_it_is_followed_is_said(session: AsyncSession, teaching: Teaching, told: str, untold: str) -> None:
    text = written(details(await chosen(session, teaching=teaching), TODAY))

    assert told in text
    assert untold not in text


async def test_long_conditions_are_cut_by_sms_alone(session: AsyncSession) -> None:
    said = details(await chosen(session, conditions="avoir un projet validé " * 20), TODAY)

    assert len(written(said, Channel.sms)) < 306
    assert "..." not in written(said)


@pytest.mark.parametrize(
    "given",
    [{"recruitment": Recruitment.closed}, {"entry": Entry.fixed, "starts_on": date(2026, 11, 30)}],
)
async def test_what_has_closed_meanwhile_says_so(session: AsyncSession, given: dict[str, Any]) -> None:
    [said] = details(await chosen(session, **given), TODAY)

    assert (said.name, said.facts["title"]) == ("training_closed", "Titre professionnel soudeur")


def test_what_was_withdrawn_says_so_without_its_name() -> None:
    assert details(Picked(gone=True), TODAY) == [Saying("training_closed", {"title": None, "town": None})]
    assert "None" not in written(details(Picked(gone=True), TODAY))


async def test_which_course_is_asked_and_nothing_shown_is_said(session: AsyncSession) -> None:
    offers = [(await chosen(session)).offer for _ in range(2)]

    [which] = details(Picked(among=[offer for offer in offers if offer]), TODAY)
    assert (which.name, len(which.facts["courses"])) == ("training_detail_which", 2)
    assert details(Picked(), TODAY) == [Saying("training_nothing_shown")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("et ça dure combien de temps ?", "training_lasts"),
        ("c long", "training_lasts"),
        ("des détails", "training_detail_which"),
    ],
)
async def test_of_several_courses_how_long_each_lasts_is_told(session: AsyncSession, text: str, name: str) -> None:
    course = await factories.training(session)
    made = [await factories.training_session(session, course, hours=hours) for hours in (420, None)]
    among = [offer for one in made if (offer := await offer_of(session, one.id, None))]
    [said] = details(Picked(among=among), TODAY, text)
    assert said.name == name
    assert ("420" in written([said])) == (name == "training_lasts")
