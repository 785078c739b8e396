"""Collectivités from a file: checked whole, put in once, and brought up to date."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.filing import put, read_cards
from api.authorities.service import authority_of
from api.authorities.tables import Authority, Organisation

DEPLOY = (Path(__file__).parents[3] / "docs/deploy.md").read_text("utf-8")
WRITTEN = re.findall(r"```yaml\n(.*?)```", DEPLOY, re.DOTALL)[0]
"""The example that somebody who installs Hent copies."""


async def test_the_example_of_the_documentation_makes_a_collectivite(session: AsyncSession) -> None:
    await put(session, read_cards(WRITTEN))
    authority = await authority_of(session, "cd29")
    assert authority.phone.startswith("+3326191")
    assert authority.hours["mon"] == [["08:30", "12:00"], ["13:30", "17:00"]]
    assert authority.sites == ["https://www.finistere.example"]
    [team] = await session.scalars(select(Organisation).where(Organisation.authority_code == "cd29"))
    assert team.commune_insee == "29232"


async def test_twice_is_once_and_a_change_is_a_change(session: AsyncSession) -> None:
    await put(session, read_cards(WRITTEN))
    await put(session, read_cards(WRITTEN.replace("answer_days: 2", "answer_days: 3")))
    session.expire_all()
    assert list(await session.scalars(select(Authority.answer_days))) == [3]
    assert len(list(await session.scalars(select(Organisation)))) == 1


async def test_what_a_file_does_not_name_stays(session: AsyncSession) -> None:
    await put(session, read_cards(WRITTEN))
    (await session.get_one(Authority, "cd29")).no_reminders = ["missed"]
    await session.flush()
    await put(session, read_cards(re.sub(r"(?s)  organisations:.*", "", WRITTEN)))
    assert len(list(await session.scalars(select(Organisation)))) == 1
    assert list(await session.scalars(select(Authority.no_reminders))) == [["missed"]]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("02 61 91 29 00", "02 61"),
        ("08:30", "8h30"),
        ('"12:00"', '"08:00"'),
        ("mon:", "lundi:"),
        ('"29232"', '"75056"'),
        ("kind: departement", "kind: region"),
        ("answer_days: 2", "answer_days: 0"),
        ("answer_days: 2", "answers: 2"),
        ("https://www.finistere.example", "http://www.finistere.example"),
    ],
)
def test_what_would_mislead_people_is_refused(right: str, wrong: str) -> None:
    assert right in WRITTEN
    with pytest.raises(ValidationError):
        read_cards(WRITTEN.replace(right, wrong, 1))
