"""A supervisor's page, and requests that go to somebody else, over the desk's contract."""

from datetime import timedelta

import httpx
import pytest_asyncio

from api.conversations.costs import count
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.core.clock import now, today
from api.core.database import Database
from tests import factories
from tests.channels.desk.conftest import PHONE, SAID, Browser, Team
from tests.channels.desk.test_working import act, version_of


@pytest_asyncio.fixture
async def supervisor(browser: Browser, ours: Team) -> httpx.AsyncClient:
    """Our team's."""
    return await browser(ours.colleagues["Erwan"])


async def test_a_request_goes_to_a_colleague_and_is_for_them(
    desk: httpx.AsyncClient, browser: Browser, ours: Team, path: str
) -> None:
    ronan = ours.colleagues["Ronan"]
    assert (await act(desk, path, "assign", caseworker=str(ronan.id))).status_code == 200
    page = (await (await browser(ronan)).get("/desk/queue", params={"state": "for_me"})).json()
    assert [item["assigned"]["id"] for item in page["items"]] == [str(ronan.id)]
    assert (page["counts"]["for_me"], page["counts"]["open"], page["items"][0]["mine"]) == (1, 1, False)
    names = {one["name"]: one["absent"] for one in (await desk.get(path)).json()["colleagues"]}
    assert names == {"Nolwenn Kerdoncuff": False, "Ronan Kerdoncuff": False, "Erwan Kerdoncuff": False}


async def test_a_request_goes_to_another_team_that_is_offered(
    desk: httpx.AsyncClient, browser: Browser, theirs: Team, path: str
) -> None:
    (other,) = (await desk.get("/desk/organisations")).json()
    assert (other["id"], other["name"]) == (str(theirs.organisation.id), "CDAS de Quimper")
    passed = await act(desk, path, "pass-on", organisation=other["id"], comment="Elle a déménagé")
    assert passed.status_code == 200
    assert (await desk.get(path)).status_code == 404
    shown = (await (await browser(theirs.caseworker)).get(path)).json()
    assert (shown["events"][-1]["to"], shown["events"][-1]["text"]) == ("CDAS de Quimper", "Elle a déménagé")


async def test_a_request_is_put_aside_and_read(desk: httpx.AsyncClient, path: str) -> None:
    assert (await desk.get("/desk/queue")).json()["items"][0]["unread"] == 1
    assert (await desk.post(f"{path}/read", json={"seq": 1})).status_code == 204
    assert (await desk.get("/desk/queue")).json()["items"][0]["unread"] == 0
    until = (now() + timedelta(days=2)).isoformat()
    assert (await act(desk, path, "snooze", until=until)).status_code == 200
    assert (await desk.get("/desk/queue")).json()["total"] == 0
    assert (await desk.get("/desk/queue", params={"state": "snoozed", "late": "0"})).json()["total"] == 1
    naive = {"version": await version_of(desk, path), "until": "2026-12-01T08:00:00"}
    assert (await desk.post(f"{path}/snooze", json=naive)).status_code == 422


async def test_filters_are_words_that_the_desk_knows(desk: httpx.AsyncClient, path: str) -> None:
    kept = {"kind": "to_answer", "reason": "asked", "priority": "normal", "channel": "web", "late": "0"}
    assert (await desk.get("/desk/queue", params=kept)).json()["total"] == 1
    assert (await desk.get("/desk/queue", params={"late": "1"})).json()["total"] == 0
    assert (await desk.get("/desk/queue", params={"priority": "urgent"})).json()["total"] == 0
    assert (await desk.get("/desk/queue", params={"reason": "radiation"})).status_code == 422


async def test_a_supervisor_sees_the_load_and_gives_it_to_a_stand_in(
    supervisor: httpx.AsyncClient, desk: httpx.AsyncClient, ours: Team, path: str
) -> None:
    await act(desk, path, "take")
    away = {"from": str(today()), "until": None, "stand_in": str(ours.colleagues["Ronan"].id)}
    whose = f"/desk/team/{ours.caseworker.id}"
    assert (await supervisor.put(f"{whose}/absence", json=away)).status_code == 204
    shown = {one["id"]: one for one in (await supervisor.get("/desk/team")).json()["members"]}
    absent = shown[str(ours.caseworker.id)]
    assert (absent["open"], absent["unread"], absent["absent_from"]) == (1, 1, str(today()))
    assert absent["stand_in"]["name"] == "Ronan Kerdoncuff"
    moved = await supervisor.post(f"{whose}/hand-over", json={"to": away["stand_in"]})
    assert moved.json() == {"moved": 1}
    assert (await desk.get(path)).json()["assigned"]["name"] == "Ronan Kerdoncuff"
    assert (await supervisor.put(f"{whose}/absence", json={})).status_code == 204
    wrong = {"from": "2026-12-10", "until": "2026-12-01"}
    assert (await supervisor.put(f"{whose}/absence", json=wrong)).status_code == 422


async def test_a_caseworker_does_not_see_the_load(desk: httpx.AsyncClient) -> None:
    assert (await desk.get("/desk/team")).status_code == 403


async def test_a_supervisor_reads_what_the_authority_s_sms_cost_and_nobody_else_s(
    supervisor: httpx.AsyncClient, desk: httpx.AsyncClient, database: Database
) -> None:
    assert (await supervisor.get("/desk/team/sms")).json() == []
    made = {"phone": PHONE, "sender": "Hent", "kind": SmsKind.reply, "text": SAID, "status": SmsStatus.sent}
    async with database.transaction() as session:
        await factories.authority(session, "cd35")
        rows = [
            OutgoingSms(**made, authority_code=code, segments=2, price=price, provider="kannel")
            for code, price in (("cd29", 90), ("cd29", None), ("cd35", 90))
        ]
        session.add_all(rows)
        await session.flush()
        await count(session, rows)
    month = {"month": str(today().replace(day=1)), "messages": 2, "segments": 4, "unpriced": 2, "price": 90}
    assert (await supervisor.get("/desk/team/sms")).json() == [month]
    assert (await desk.get("/desk/team/sms")).status_code == 403
