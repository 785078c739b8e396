"""The desk's people over HTTP: what a page of ours asks, and what it is answered."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from api.beneficiaries.tables import Beneficiary
from api.core.clock import now
from api.core.database import Database
from tests import factories
from tests.channels.desk.conftest import FAMILY, Browser, Team

PHONE = "+33639982901"


@pytest_asyncio.fixture
async def person(ours: Team, database: Database) -> Beneficiary:
    """Whom our caseworker follows, with a number of her own."""
    async with database.transaction() as session:
        made = await session.get_one(Beneficiary, ours.person)
        made.caseworker_id, made.phone = ours.caseworker.id, PHONE
    return made


@pytest_asyncio.fixture
async def hour(ours: Team, database: Database) -> str:
    """A free one of our team."""
    async with database.transaction() as session:
        return str((await factories.slot(session, ours.organisation, now() + timedelta(days=5))).id)


async def test_the_list_and_its_file_tell_of_ones_people(desk: httpx.AsyncClient, person: Beneficiary) -> None:
    shown = (await desk.get("/desk/people", params={"search": FAMILY.lower()})).json()
    assert (shown["total"], shown["items"][0]["id"]) == (1, str(person.id))
    assert set(shown["items"][0]) == {
        *("id", "name", "commune", "stage", "due", "next_appointment"),
        *("contract_ends_on", "last_contact_on", "channel", "instead_of"),
    }
    file = await desk.get("/desk/people.csv")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="mes-personnes.csv"' in file.headers["content-disposition"]
    assert FAMILY in file.text


async def test_nobody_of_another_team_is_listed_or_found(
    desk: httpx.AsyncClient, person: Beneficiary, theirs: Team
) -> None:
    for due in ("", "contract", "no_appointment", "missed", "no_answer", "unreachable"):
        for path in ("/desk/people", "/desk/people.csv"):
            shown = await desk.get(path, params={"search": FAMILY} | ({"due": due} if due else {}))
            assert shown.status_code == 200
            assert str(theirs.person) not in shown.text


async def test_an_hour_is_found_booked_moved_and_cancelled(
    desk: httpx.AsyncClient, ours: Team, person: Beneficiary, hour: str
) -> None:
    about = f"/desk/people/{person.id}"
    found = (await desk.get(f"{about}/slots")).json()
    assert ([one["id"] for one in found["slots"]], found["after"]) == ([hour], None)
    moved = await desk.post(f"{about}/appointments/{ours.appointment}/move", json={"slot": hour})
    assert moved.status_code == 200
    assert (await desk.post(f"{about}/appointments/{moved.json()['id']}/cancel", json={})).status_code == 204
    wanted = {"id": str(uuid4()), "slot": hour}
    first, again = [await desk.post(f"{about}/appointments", json=wanted) for _ in range(2)]
    assert (first.status_code, first.json()) == (201, again.json())
    card = (await desk.get(about)).json()
    assert [one["id"] for one in card["appointments"] if one["can_cancel"]] == [first.json()["id"]]


async def test_the_mark_and_the_link(desk: httpx.AsyncClient, person: Beneficiary) -> None:
    about = f"/desk/people/{person.id}"
    assert (await desk.put(f"{about}/confidential", json={"confidential": True})).status_code == 204
    card = (await desk.get(about)).json()
    assert (card["confidential"], card["can"]["write"]) == (True, False)
    assert (await desk.put(f"{about}/reminders", json={"asked": True})).status_code == 204
    assert (await desk.get(about)).json()["reminders"].startswith("noté le ")
    made = (await desk.post(f"{about}/link", json={})).json()
    assert made["url"].startswith("http://127.0.0.1:8000/#lien=")


async def test_a_list_is_written_to_once_it_was_seen(desk: httpx.AsyncClient, person: Beneficiary) -> None:
    draft = {"people": [str(person.id)], "text": "Bonjour {prenom}"}
    shown = (await desk.post("/desk/people/write/preview", json=draft)).json()
    assert [(one["segments"], one["refused"]) for one in shown["recipients"]] == [(1, None)]
    wanted = draft | {"id": str(uuid4())}
    first, again = [await desk.post("/desk/people/write", json=wanted) for _ in range(2)]
    assert (first.status_code, first.json()["written"], again.json()["written"]) == (202, 1, 1)
    mine = (await desk.get("/desk/queue", params={"state": "mine"})).json()
    assert [(one["reason"], one["turn"]) for one in mine["items"]] == [("by_caseworker", "person")]


@pytest.mark.parametrize("people", [[], [str(uuid4()) for _ in range(121)], ["x"]], ids=["nobody", "too many", "no id"])
async def test_a_list_that_is_not_one_is_refused(desk: httpx.AsyncClient, people: list[str]) -> None:
    draft: dict[str, Any] = {"id": str(uuid4()), "people": people, "text": "Bonjour"}
    for path in ("/desk/people/write", "/desk/people/write/preview"):
        assert (await desk.post(path, json=draft)).status_code == 422


@pytest.mark.parametrize("first", ["Aziliz", "Sarah"])
async def test_a_role_that_reads_no_message_reaches_nobody(
    ours: Team, browser: Browser, person: Beneficiary, first: str
) -> None:
    http = await browser(ours.colleagues[first])
    draft = {"id": str(uuid4()), "people": [str(person.id)], "text": "Bonjour"}
    for answer in (
        await http.get("/desk/people"),
        await http.get("/desk/people.csv"),
        await http.get(f"/desk/people/{person.id}"),
        await http.post("/desk/people/write", json=draft),
        await http.post(f"/desk/people/{person.id}/link", json={}),
    ):
        assert (answer.status_code, answer.json()["error"]) == (403, "role")
