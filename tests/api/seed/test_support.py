"""The demonstration's services show each answer of a search for help, its exception and its empty case."""

import re
from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune, communes
from api.core.folding import fold
from api.privacy.audience import Channel
from api.seed import files
from api.seed.files import Row
from api.seed.support import services
from api.support import sayings
from api.support.search import REMOTE, Help, Page, Reach, page
from api.support.tables import Fee, SupportService
from api.support.themes import themes
from api.texts.gsm import segments
from api.texts.service import speak
from tests.test_content import VOICE

TODAY = date(2026, 11, 23)
NUMBER = r"02 61 91 [78]\d \d\d"
ROSTRENEN, BREST, RENNES = communes()["22266"], communes()["29019"], communes()["35238"]


def rows() -> list[Row]:
    return services(TODAY)


def test_there_are_two_hundred_services_in_the_four_departements() -> None:
    assert len(rows()) >= 200
    assert len({entry["name"] for entry in files.services()}) >= 40
    assert {row["commune_insee"][:2] for row in rows()} == {"22", "29", "35", "56"}
    assert len({row["id"] for row in rows()}) == len(rows())


def test_every_service_is_in_real_communes_and_has_an_invented_number() -> None:
    for entry in files.services():
        assert re.fullmatch(NUMBER, entry["phone"]), entry["name"]
        assert [place for place in entry["places"] if fold(files.commune(place).name) != fold(place)] == []
        assert len(set(entry["places"])) == len(entry["places"]), entry["name"]


def test_no_number_is_shared_by_two_structures() -> None:
    structures: dict[str, set[str]] = {}
    for entry in files.services():
        structures.setdefault(entry["phone"], set()).add(entry["structure"])
    assert [phone for phone, names in structures.items() if len(names) > 1] == []


def test_every_subject_of_a_service_is_a_theme_that_people_can_name() -> None:
    covered = {slug for theme in themes().values() for slug in theme.covers}
    assert [entry["name"] for entry in files.services() if not set(entry["themes"]) <= covered] == []


def test_services_show_every_state_that_a_search_must_tell() -> None:
    assert {row["fee"] for row in rows()} == {Fee.gratuit, Fee.payant, None}
    assert {tuple(row["open_to"]) for row in rows()} == {("usagers", "professionnels"), ("professionnels",)}
    assert {("a-distance",), ("en-presentiel",), ("en-presentiel", "a-distance")} == {
        tuple(row["reception"]) for row in rows()
    }
    zones = {code for row in rows() for code in row["zone"]}
    assert {"22", "29", "35", "56"} < zones
    assert zones & set(communes())
    assert any(row["access_conditions"] for row in rows())


@pytest.fixture
async def planted(session: AsyncSession) -> AsyncSession:
    session.add_all(SupportService(**row) for row in rows())
    await session.flush()
    return session


@pytest.mark.parametrize("entry", rows(), ids=lambda row: f"{row['name']}, {row['commune_insee']}")
def test_a_service_is_told_in_two_segments(entry: Row) -> None:
    reach = Reach.remote if entry["reception"] == [REMOTE] else Reach.far
    [item] = sayings.listed(Page([Help(SupportService(**entry), 188.0, reach)], 1), known=False)

    assert segments(speak([item], Channel.sms, VOICE).text) <= 2


async def test_a_search_finds_its_case_its_exception_and_its_empty_case(planted: AsyncSession) -> None:
    async def found(code: str, place: Commune, farthest: Reach = Reach.far) -> list[Reach]:
        seen = await page(planted, themes()[code], place, farthest=farthest, shown=[])
        return [help.reach for help in seen.helps]

    assert await found("permis", BREST) == [Reach.near, Reach.near, Reach.near]
    assert await found("velo", ROSTRENEN, Reach.near) == []
    assert Reach.far in await found("velo", ROSTRENEN)
    assert Reach.remote in await found("moral", ROSTRENEN)
    assert await found("aidants", RENNES) == []


async def test_every_theme_but_one_has_services(planted: AsyncSession) -> None:
    pages = {code: await page(planted, theme, RENNES, farthest=Reach.far, shown=[]) for code, theme in themes().items()}

    assert [code for code, found in pages.items() if not found.helps] == ["aidants"]
