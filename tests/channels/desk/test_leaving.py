"""The journal, copies and the demonstration's mailbox over HTTP; each role reaches its own and nothing else."""

import re
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.core.database import Database
from api.core.settings import Settings
from api.desk.journal_words import WORDS
from api.desk_app import create_desk_app
from api.mails.service import Mail, queue_mail
from api.mails.tables import MailKind
from tests.channels.desk.conftest import SAID, Browser, Team
from tests.channels.desk.table import routes

ROOT = Path(__file__).parents[3]
OPENS = {
    "Ronan": {"requests", "people", "unreached"},
    "Erwan": {"requests", "people", "unreached", "team"},
    "Aziliz": {"accounts", "notices"},
    "Sarah": {"journal"},
}
READS = {
    "requests": "/desk/queue",
    "people": "/desk/people",
    "unreached": "/desk/unreached",
    "team": "/desk/team",
    "accounts": "/desk/accounts",
    "notices": "/desk/notices",
    "journal": "/desk/journal",
}
"""What each page reads first."""


@pytest.mark.parametrize("first", OPENS)
async def test_a_role_reaches_its_own_pages_and_no_other_s(browser: Browser, ours: Team, first: str) -> None:
    http = await browser(ours.colleagues[first])
    assert set((await http.get("/desk/me")).json()["pages"]) == OPENS[first]
    reached = {page for page, path in READS.items() if (await http.get(path)).status_code == 200}
    assert reached == OPENS[first]


async def test_a_look_at_a_file_is_read_by_the_auditor_without_what_was_read(
    browser: Browser, ours: Team, path: str
) -> None:
    colleague, auditor = await browser(ours.colleagues["Ronan"]), await browser(ours.colleagues["Sarah"])
    await colleague.get(path)
    shown = await auditor.get("/desk/journal", params={"caseworker": str(ours.colleagues["Ronan"].id)})
    [entry] = shown.json()["items"]
    assert (entry["who"], entry["what"]) == ("Ronan Kerdoncuff", "Demande lue")
    assert entry["person"].endswith("Tréguidel")
    assert SAID not in shown.text


@pytest.mark.parametrize("wrong", [{"from": "hier"}, {"caseworker": "x"}, {"page": "0"}])
async def test_a_filter_that_cannot_be_read_is_refused(browser: Browser, ours: Team, wrong: dict[str, str]) -> None:
    auditor = await browser(ours.colleagues["Sarah"])
    assert (await auditor.get("/desk/journal", params=wrong)).status_code == 422


async def test_a_copy_is_asked_for_agreed_to_and_taken_as_a_file(
    browser: Browser, desk: httpx.AsyncClient, ours: Team, path: str
) -> None:
    second = await browser(ours.colleagues["Erwan"])
    one = (await desk.post(f"{path}/transcript", json={"why": "Elle la demande"})).json()["id"]
    assert (await desk.get(f"/desk/transcripts/{one}")).status_code == 409
    assert (await desk.post(f"/desk/transcripts/{one}/approve")).json()["error"] == "two_people"
    assert one in {shown["id"] for shown in (await second.get("/desk/transcripts")).json() if shown["can_approve"]}
    assert (await second.post(f"/desk/transcripts/{one}/approve")).status_code == 204
    taken = await desk.get(f"/desk/transcripts/{one}")
    assert taken.headers["content-type"] == "text/plain; charset=utf-8"
    assert taken.headers["content-disposition"] == 'attachment; filename="conversation.txt"'
    assert SAID in taken.text
    assert (await second.get(f"/desk/transcripts/{one}")).json()["error"] == "not_yours"


async def test_in_a_demonstration_e_mails_are_read_and_cannot_become_markup(
    app: FastAPI, database: Database, nobody: httpx.AsyncClient
) -> None:
    mark, link = "<script>alert(1)</script>", f"{app.state.settings.desk_url}/#invitation=abc"
    async with database.transaction() as session:
        mail = Mail(MailKind.invitation, "ronan@exemple.fr", mark, f"Bonjour\n\nOuvrez :\n{link}\n")
        await queue_mail(session, mail, app.state.sealer)
    page = await nobody.get("/demo/mailbox")
    assert page.status_code == 200
    assert mark not in page.text
    assert f'<a href="{link}">' in page.text
    assert "ronan@exemple.fr" in page.text


async def test_outside_a_demonstration_there_is_no_mailbox(settings: Settings) -> None:
    app = create_desk_app(settings.model_copy(update={"demo": False}))
    assert ("GET", "/demo/mailbox") not in routes(app)


def test_the_journal_has_words_for_whatever_is_written_into_it(app: FastAPI) -> None:
    known = {path for _, path in routes(app)}
    assert set(WORDS) <= known
    sources = [path for room in ("desk", "caseworkers") for path in (ROOT / "api" / room).rglob("*.py")]
    written = {route for path in sources for route in re.findall(r'"(/desk/[^"]*)"', path.read_text("utf-8"))}
    assert {route for route in written if route in known} <= set(WORDS)
