"""An office is told as its authority keeps it: whose, where, and whether it is open on the day that is asked."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.hours import opening_phrase
from api.authorities.offices import office
from api.authorities.tables import OrganisationKind
from api.core.clock import PARIS
from api.privacy.audience import Channel
from api.seed import files
from api.texts.gsm import segments
from api.texts.schemas import Saying
from api.texts.service import speak
from tests import factories
from tests.test_content import VOICE

THURSDAY = datetime(2026, 11, 26, 18, 0, tzinfo=PARIS)
DAY = [["08:30", "12:00"], ["13:30", "17:00"]]
QUIMPER, MORLAIX = "29232", "29151"


@pytest.fixture
async def teams(session: AsyncSession) -> AsyncSession:
    """A département that opens on Mondays; one team in Quimper that opens on Fridays too, and one of another kind."""
    await factories.organisation(session, name="CDAS de Quimper", commune_insee=QUIMPER, hours={"mon": DAY, "fri": DAY})
    kind = OrganisationKind.mission_locale
    await factories.organisation(session, name="Mission locale", kind=kind, commune_insee=MORLAIX, phone="+33261910099")
    return session


async def told(session: AsyncSession, text: str) -> Saying:
    return await office(session, "cd29", text, THURSDAY)


async def test_a_day_that_is_asked_is_answered_and_the_next_opening_told(teams: AsyncSession) -> None:
    closed = (await told(teams, "vous êtes ouverts le samedi ?")).facts
    opened = (await told(teams, "le CDAS de Quimper est ouvert demain ?")).facts
    assert (str(closed["day"]), closed["open"], closed["opens_at"].isoformat()) == (
        "2026-11-28",
        False,
        "2026-11-30T08:30:00+01:00",
    )
    assert (str(opened["day"]), opened["open"], opened["opens_at"]) == ("2026-11-27", True, None)


async def test_nothing_is_open_on_a_public_holiday(session: AsyncSession) -> None:
    (await factories.authority(session)).hours = {"fri": DAY}
    assert not (await told(session, "c'est ouvert le 25 décembre ?")).facts["open"]


@pytest.mark.parametrize(
    ("text", "name", "around"),
    [
        ("c'est où la maison du département", "CDAS de Quimper", None),
        ("adresse du CDAS de Quimper", "CDAS de Quimper", None),
        ("le cdas le plus proche de Pluguffan", "CDAS de Quimper", "Pluguffan"),
        ("c'est où la maison du département à Ouessant", "Département du Finistère", None),
        ("où se trouve la mission locale de Morlaix", "Mission locale", None),
    ],
)
async def test_the_office_is_the_one_that_is_named_or_near(
    teams: AsyncSession, text: str, name: str, around: str | None
) -> None:
    facts = (await told(teams, text)).facts
    assert (facts["name"], facts["around"]) == (name, around)


async def test_of_several_teams_the_authority_itself_answers(teams: AsyncSession) -> None:
    await factories.organisation(teams, name="CDAS de Morlaix", commune_insee=MORLAIX)
    assert (await told(teams, "vous êtes ouverts quand ?")).facts["name"] == "Département du Finistère"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("adresse de la CAF de Vannes", "office_caf"),
        ("la MSA est ouverte quand ?", "office_msa"),
        ("adresse de France Travail à Ouessant", "office_france_travail"),
    ],
)
async def test_what_is_not_in_our_data_is_said_so(teams: AsyncSession, text: str, name: str) -> None:
    assert await told(teams, text) == Saying(name)


EVERY = [
    {"hours": authority["hours"]} | office
    for authority in files.authorities()
    for office in (authority, *authority["organisations"])
]


@pytest.mark.parametrize("seeded", EVERY, ids=lambda one: one["name"])
def test_every_office_that_is_seeded_is_told_in_two_segments(seeded: dict[str, Any]) -> None:
    facts = {name: seeded[name] for name in ("name", "address")} | {"hours": opening_phrase(seeded["hours"])}
    facts |= {"phone": "+33261910001", "around": "Saint-Jean-sur-Vilaine", "opens_at": None}
    for day in (None, "2026-11-28"):
        said = speak([Saying("office", facts | {"day": day, "open": False})], Channel.sms, VOICE)
        assert segments(said.text) <= 2
