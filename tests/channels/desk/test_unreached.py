"""People whom no SMS reaches: their organisation's, with why in words, and letters that open their file."""

from datetime import datetime
from io import BytesIO
from uuid import UUID

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response
from pypdf import PdfReader
from sqlalchemy import func, select, update

from api.appointments.tables import Appointment
from api.authorities.tables import Organisation, OrganisationKind
from api.beneficiaries.tables import Beneficiary
from api.core.database import Database
from api.desk.fields import visible
from api.desk.tables import Access
from api.desk.unreached import LETTER, LIST, NEEDED
from api.identity.tables import LetterCode
from api.texts.formats import clock_time, day
from tests import factories
from tests.channels.desk.conftest import FAMILY, Browser, Team


@pytest_asyncio.fixture
async def another(ours: Team, database: Database) -> Beneficiary:
    """Whom our team follows as well, and no SMS reaches either."""
    at = await visit_of(database, ours)
    async with database.transaction() as session:
        person = await factories.person(session, organisation_id=ours.organisation.id, first_name="Yann")
        await factories.appointment(session, person, at)
        return person


async def visit_of(database: Database, team: Team) -> datetime:
    async with database.transaction() as session:
        return (await session.get_one(Appointment, team.appointment)).starts_at


async def change(database: Database, person: UUID, **given: object) -> None:
    async with database.transaction() as session:
        await session.execute(update(Beneficiary).where(Beneficiary.id == person).values(**given))


async def count(database: Database, of: type) -> int:
    async with database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(of)) or 0


def pages(answer: Response) -> list[str]:
    assert answer.headers["content-type"] == "application/pdf"
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.content)).pages]


async def test_it_says_who_why_and_when_and_no_number(desk: AsyncClient, ours: Team, database: Database) -> None:
    [one] = (await desk.get("/desk/unreached")).json()
    at = await visit_of(database, ours)
    assert one == {
        "id": str(ours.person),
        "name": f"Maëlle {FAMILY}",
        "why": "Pas de numéro de portable",
        "next_appointment": f"{day(at)} à {clock_time(at)}",
    }


@pytest.mark.parametrize(("first", "sees"), [("Ronan", 200), ("Erwan", 200), ("Aziliz", 403), ("Sarah", 403)])
async def test_who_reads_messages_sees_the_whole_organisation_and_nobody_else_does(
    browser: Browser, ours: Team, theirs: Team, first: str, sees: int
) -> None:
    http = await browser(ours.colleagues[first])
    answer = await http.get("/desk/unreached")
    assert answer.status_code == sees
    assert ("unreached" in (await http.get("/desk/me")).json()["pages"]) is (sees == 200)
    if sees == 200:
        assert [one["id"] for one in answer.json()] == [str(ours.person)]
    assert (await http.post(f"/desk/unreached/{theirs.person}/letter")).status_code == (404 if sees == 200 else 403)
    assert (await http.post("/desk/unreached/letters")).status_code == sees


@pytest.mark.parametrize("kind", OrganisationKind)
async def test_an_organisation_sees_it_only_if_it_sees_all_that_it_tells(
    desk: AsyncClient, ours: Team, database: Database, kind: OrganisationKind
) -> None:
    async with database.transaction() as session:
        (await session.get_one(Organisation, ours.organisation.id)).kind = kind
    sees = visible(kind) >= NEEDED
    assert (await desk.get("/desk/unreached")).status_code == (200 if sees else 403)
    assert (await desk.post(f"/desk/unreached/{ours.person}/letter")).status_code == (200 if sees else 403)
    assert ("unreached" in (await desk.get("/desk/me")).json()["pages"]) is sees


async def test_a_letter_is_one_page_with_a_code_and_the_list_a_page_each(
    desk: AsyncClient, ours: Team, another: Beneficiary, database: Database
) -> None:
    (page,) = pages(await desk.post(f"/desk/unreached/{ours.person}/letter"))
    assert f"Maëlle {FAMILY}" in page
    assert await count(database, LetterCode) == 1
    assert [FAMILY in text for text in pages(await desk.post("/desk/unreached/letters"))] == [False, True]
    assert await count(database, LetterCode) == 3


async def test_each_letter_and_each_look_at_the_list_leaves_a_trace(
    desk: AsyncClient, ours: Team, another: Beneficiary, database: Database
) -> None:
    for _ in range(2):
        await desk.get("/desk/unreached")
    await desk.post("/desk/unreached/letters")
    async with database.transaction() as session:
        rows = (await session.execute(select(Access.what, Access.beneficiary_id))).all()
    assert [one for one in rows if one.what == LIST] == [(LIST, None)]
    assert {one.beneficiary_id for one in rows if one.what == LETTER} == {ours.person, another.id}


async def test_whoever_became_confidential_gets_no_letter_and_is_not_named(
    desk: AsyncClient, ours: Team, database: Database
) -> None:
    await change(database, ours.person, confidential=True)
    assert (await desk.get("/desk/unreached")).json() == []
    assert (await desk.post(f"/desk/unreached/{ours.person}/letter")).status_code == 404
    assert (await desk.post("/desk/unreached/letters")).status_code == 404
    assert await count(database, LetterCode) == 0


async def test_whoever_can_be_reached_by_now_needs_none(desk: AsyncClient, ours: Team, database: Database) -> None:
    await change(database, ours.person, phone="+33639980055")
    assert (await desk.get("/desk/unreached")).json() == []
    assert (await desk.post(f"/desk/unreached/{ours.person}/letter")).status_code == 404
