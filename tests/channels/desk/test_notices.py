"""Notices from the desk: an administrator tells, lists and takes back those of their authority, and no other's."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select

from api.authorities import notices
from api.authorities.tables import Authority, Notice
from api.core.clock import now, paris, today
from api.core.database import Database
from api.desk.tables import Access
from channels.desk.pages import STATIC
from tests.channels.desk.conftest import NOTICE, Browser, Team

TEXT = "Nos bureaux sont fermés.\nUne urgence ? Appelez le 02 61 91 00 01."
TODAY = today()


def new(**given: Any) -> dict[str, Any]:
    """For today and tomorrow, unless a test says otherwise."""
    days = {"first_day": str(TODAY), "last_day": str(TODAY + timedelta(days=1))}
    return {"id": str(uuid4()), "kind": "closure", "text": TEXT} | days | given


@pytest_asyncio.fixture
async def admin(browser: Browser, ours: Team) -> httpx.AsyncClient:
    """Our administrator's."""
    return await browser(ours.colleagues["Aziliz"])


async def kept(database: Database, code: str = "cd29") -> list[Notice]:
    async with database.transaction() as session:
        rows = select(Notice).where(Notice.authority_code == code, Notice.text != NOTICE)
        return list(await session.scalars(rows.order_by(Notice.created_at)))


async def traces(database: Database, ours: Team) -> list[str]:
    async with database.transaction() as session:
        mine = select(Access.what).where(Access.caseworker_id == ours.colleagues["Aziliz"].id)
        return list(await session.scalars(mine.order_by(Access.created_at)))


async def test_what_is_told_twice_is_one_notice_that_people_read_and_one_trace(
    admin: httpx.AsyncClient, ours: Team, database: Database
) -> None:
    told = new()
    assert [(await admin.post("/desk/notices", json=told)).status_code for _ in range(2)] == [204, 204]
    [row] = await kept(database)
    assert (paris(row.starts_at).isoformat(), paris(row.ends_at).isoformat()) == (
        f"{TODAY}T00:00:00{paris(row.starts_at):%:z}",
        f"{TODAY + timedelta(days=2)}T00:00:00{paris(row.ends_at):%:z}",
    )
    shown, coming = (await admin.get("/desk/notices")).json()
    assert (shown["id"], shown["kind"], shown["text"], shown["standing"]) == (told["id"], "closure", TEXT, True)
    assert (coming["id"], coming["standing"]) == (str(ours.notice), False)
    async with database.transaction() as session:
        assert [one.text for one in await notices.standing(session, "cd29", now())] == [TEXT]
        assert (await session.get_one(Authority, "cd29")).hours_left()["closed"]
    assert await traces(database, ours) == ["/desk/notices"]


async def test_hours_are_those_of_paris(admin: httpx.AsyncClient, database: Database) -> None:
    day = str(TODAY + timedelta(days=3))
    hours = {"first_day": day, "last_day": day, "first_hour": "08:30", "last_hour": "12:00"}
    assert (await admin.post("/desk/notices", json=new(**hours))).status_code == 204
    [row] = await kept(database)
    assert [f"{paris(moment):%Y-%m-%d %H:%M}" for moment in (row.starts_at, row.ends_at)] == [
        f"{day} 08:30",
        f"{day} 12:00",
    ]


async def test_it_is_taken_back_at_once_and_twice_is_once(
    admin: httpx.AsyncClient, ours: Team, database: Database
) -> None:
    path = f"/desk/notices/{ours.notice}/end"
    assert [(await admin.post(path, json={})).status_code for _ in range(2)] == [204, 204]
    assert (await admin.get("/desk/notices")).json() == []
    assert await traces(database, ours) == ["/desk/notices/{notice}/end"]


async def test_another_authority_s_notice_is_neither_listed_nor_ended_nor_told_anew(
    admin: httpx.AsyncClient, ours: Team, elsewhere: Team, database: Database
) -> None:
    assert [one["id"] for one in (await admin.get("/desk/notices")).json()] == [str(ours.notice)]
    refused = await admin.post(f"/desk/notices/{elsewhere.notice}/end", json={})
    assert (refused.status_code, refused.json()["error"]) == (404, "unknown_notice")
    await admin.post("/desk/notices", json=new(id=str(elsewhere.notice)))
    async with database.transaction() as session:
        theirs = await session.get_one(Notice, elsewhere.notice)
        assert (theirs.authority_code, theirs.text) == ("cd35", NOTICE)
        assert theirs.ends_at > now()


@pytest.mark.parametrize("first", ["Ronan", "Erwan", "Sarah"])
async def test_no_other_role_reaches_them(browser: Browser, ours: Team, first: str) -> None:
    http = await browser(ours.colleagues[first])
    asked = [await http.get("/desk/notices"), await http.post("/desk/notices", json=new())]
    asked.append(await http.post(f"/desk/notices/{ours.notice}/end", json={}))
    assert {(one.status_code, one.json()["error"]) for one in asked} == {(403, "role")}


TOMORROW = str(TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("given", "error"),
    [
        pytest.param({"text": ""}, "notice_length", id="no text"),
        pytest.param({"text": "Fermé. " * 60 + NOTICE}, "notice_length", id="a page"),
        pytest.param({"text": f"Fermé {'et fermé ' * 9}jeudi, appelez le 3949."}, "notice_sentence", id="too long"),
        pytest.param({"text": "Nos bureaux sont fermés."}, "notice_number", id="no number to call"),
        pytest.param({"last_day": str(TODAY - timedelta(days=1))}, "ends_first", id="ends before it begins"),
        pytest.param(
            {"first_day": TOMORROW, "last_day": TOMORROW, "first_hour": "14:00", "last_hour": "14:00"},
            "ends_first",
            id="no time",
        ),
        pytest.param({"first_day": "2020-01-02", "last_day": "2020-01-02"}, "over", id="over"),
        pytest.param({"first_day": "0001-01-01", "last_day": "0001-01-01"}, "over", id="the first day of all"),
        pytest.param({"last_day": str(TODAY + timedelta(days=93))}, "too_long", id="a season"),
        pytest.param({"first_day": "9999-12-31", "last_day": "9999-12-31"}, "too_far", id="the last day of all"),
        pytest.param({"kind": "holiday"}, "unreadable", id="no kind of ours"),
    ],
)
async def test_what_cannot_be_meant_is_refused_in_a_sentence(
    admin: httpx.AsyncClient, database: Database, given: dict[str, Any], error: str
) -> None:
    refused = await admin.post("/desk/notices", json=new(**given))
    assert (refused.status_code, refused.json()["error"]) == (422, error)
    assert refused.json()["message"].endswith(".")
    assert await kept(database) == []


async def test_what_cannot_be_printed_is_left_out(admin: httpx.AsyncClient, database: Database) -> None:
    assert (await admin.post("/desk/notices", json=new(text=f"\0{TEXT}\0\n"))).status_code == 204
    [row] = await kept(database)
    assert row.text == TEXT


def test_the_page_counts_as_the_server_does() -> None:
    assert f"export const LONGEST = {notices.LONGEST};" in (STATIC / "noticesview.js").read_text()
