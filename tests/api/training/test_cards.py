"""A card holds what is said of a course."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from api.texts.library import entries
from api.texts.schemas import Saying
from api.training.cards import FACTS, TOLD, cards
from api.training.sayings import detail, item
from api.training.shown import offer_of
from api.training.tables import Entry, Teaching
from tests import factories
from tests.factories import LANDERNEAU


async def test_each_course_of_a_list_has_one_in_its_order(session: AsyncSession) -> None:
    course = await factories.training(session)
    given = {"entry": Entry.fixed, "starts_on": date(2027, 1, 11), "hours": 420, "remaining_cost_cents": 0}
    near = await factories.training_session(session, course, LANDERNEAU, **given)
    far = await factories.training_session(session, course, teaching=Teaching.remote)
    offers = [offer for one in (near, far) if (offer := await offer_of(session, one.id, None))]
    said = [Saying("training_item", item(offer, number)) for number, offer in enumerate(offers, 1)]

    first, second = cards([Saying("training_found"), *said, Saying("training_choose")])

    assert first == {
        "kind": "training",
        "title": "Titre professionnel soudeur",
        "provider": "Ateliers du Ponant",
        "town": "Landerneau",
        "departement": "Finistère",
        "starts_on": date(2027, 1, 11),
        "permanent": False,
        "hours": 420,
        "cost_cents": 0,
        "provider_phone": "+33261910020",
    }
    assert not {"town", "departement", "starts_on", "hours", "cost_cents"} & second.keys()
    [whole] = cards([Saying("training_detail", detail(offers[0]))])
    assert whole == first


def test_it_comes_from_texts_that_say_nothing_of_a_file() -> None:
    assert {entries()[name].tells for name in TOLD} == {"general"}
    assert {"phone", "id"}.isdisjoint(FACTS)


async def test_a_list_has_more_facts_than_it_says_and_its_cards_have_not(session: AsyncSession) -> None:
    course = await factories.training(session)
    made = await factories.training_session(
        session,
        course,
        entry=Entry.fixed,
        starts_on=date(2027, 1, 11),
        ends_on=date(2027, 4, 30),
        pace="le matin",
    )
    offer = await offer_of(session, made.id, None)
    assert offer is not None
    listed, whole = cards([Saying("training_item", detail(offer, 1)), Saying("training_detail", detail(offer))])
    assert "ends_on" not in listed
    assert whole["ends_on"] == date(2027, 4, 30)
    # Whoever asked for half-time was shown a full-time course, and nothing said so.
    assert listed["pace"] == whole["pace"] == "le matin"
