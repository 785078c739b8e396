"""What a list and its buttons say of courses."""

from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.training.sayings import AT_LEAST, LABEL, detail, item, labelled
from api.training.shown import offer_of
from api.training.tables import Entry, Teaching
from tests import factories
from tests.factories import BREST, LANDERNEAU

LONG = "Tourneur fraiseur sur commande numérique et centre d'usinage"


async def label(session: AsyncSession, *courses: tuple[str, str, Teaching]) -> list[str]:
    made = [
        await factories.training_session(session, await factories.training(session, title=title), insee, teaching=how)
        for title, insee, how in courses
    ]
    offers = [await offer_of(session, one.id, None) for one in made]
    return [one["label"] for one in labelled([offer for offer in offers if offer])]


@pytest.mark.parametrize(
    ("courses", "labels"),
    [
        ([("CAP cuisine", BREST, Teaching.onsite)], ["CAP cuisine"]),
        ([(LONG, BREST, Teaching.onsite)], ["Tourneur fraiseur sur…"]),
        (
            [("CAP cuisine", BREST, Teaching.onsite), ("CAP cuisine", LANDERNEAU, Teaching.onsite)],
            ["CAP cuisine, Brest", "CAP cuisine, Landerneau"],
        ),
        (
            [(LONG, BREST, Teaching.onsite), (LONG, BREST, Teaching.remote)],
            ["Tourneur fraiseur sur…, Brest", "Tourneur fraiseur…, à distance"],
        ),
        (
            [(LONG, "35060", Teaching.onsite)] * 2,
            ["Tourneur…, La Chapelle du Lou du Lac"] * 2,
        ),
    ],
)
async def test_a_button_names_its_course_and_its_town_where_the_title_does_not_tell(
    session: AsyncSession, courses: list[tuple[str, str, Teaching]], labels: list[str]
) -> None:
    assert await label(session, *courses) == labels
    assert all(len(one) <= LABEL + AT_LEAST for one in labels)


async def test_what_is_followed_from_home_has_no_town_and_a_permanent_entry_no_date(session: AsyncSession) -> None:
    made = await factories.training_session(
        session, await factories.training(session), teaching=Teaching.remote, entry=Entry.permanent,
        starts_on=date(2026, 9, 1),
    )  # fmt: skip
    offer = await offer_of(session, made.id, None)
    assert offer is not None

    told = item(offer, 2)
    assert (told["number"], told["town"], told["km"], told["starts_on"]) == (2, None, None, None)
    assert detail(offer)["entry_level"] is None
    assert detail(offer)["id"] == str(made.id)
