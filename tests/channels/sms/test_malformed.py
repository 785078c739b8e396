"""Every address that providers call, as the application has them, against all that can be wrong with a call."""

import logging
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from api.conversations.sms_tables import IncomingSms, OutgoingSms, SmsReceipt
from api.conversations.tables import Conversation, Message
from api.core.database import Database
from api.core.logs import JsonLines
from api.core.sealing import Sealer
from channels.sms.registry import KINDS, LINES
from tests.channels.desk.table import routes
from tests.channels.sms.calls import (
    NEW,
    OLD,
    TEXT,
    Sent,
    brevo_receipt,
    generic,
    generic_in,
    kannel_in,
    kannel_receipt,
)
from tests.channels.sms.conftest import Play
from tests.channels.sms.malformed import UNREADABLE, malformed
from tests.channels.web.conftest import app, http, settings  # noqa: F401  (fixtures)

ID = str(uuid4())
GOOD: dict[str, Callable[[], Sent]] = {
    "/sms/kannel/in": kannel_in,
    "/sms/kannel/receipt": lambda: kannel_receipt(ID),
    "/sms/generic/in": generic_in,
    "/sms/generic/receipt": lambda: generic("receipt", {"id": ID, "status": "delivered"}),
    "/sms/brevo/receipt": lambda: brevo_receipt(ID),
}
NO_WAY_IN = {"/sms/brevo/in"}
SECRETS = (TEXT[:20], "639980001", "39 98 00 01", NEW, OLD, ID)


def addresses(app: FastAPI) -> dict[str, set[str]]:  # noqa: F811
    """Each with its methods, from the application: a new one has no good call here, and fails."""
    found: dict[str, set[str]] = {}
    for method, template in routes(app):
        for kind in set(KINDS) - LINES if template.startswith("/sms/") else ():
            found.setdefault(template.replace("{provider}", kind), set()).add(method)
    return found


async def kept(database: Database) -> int:
    """Rows of anything that a call could leave."""
    async with database.transaction() as session:
        tables = (IncomingSms, SmsReceipt, Conversation, Message, OutgoingSms)
        return sum([await session.scalar(select(func.count()).select_from(table)) or 0 for table in tables])


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """As it would be written."""
    mine = [one for one in caplog.records if one.name.startswith("hent") or one.levelno >= logging.WARNING]
    return "\n".join(JsonLines().format(one) for one in mine)


def test_every_address_of_every_provider_is_tried(open_app: FastAPI) -> None:
    assert set(addresses(open_app)) == set(GOOD) | NO_WAY_IN


@pytest.mark.parametrize("path", sorted(GOOD))
async def test_what_is_wrong_with_a_call_is_refused_and_leaves_neither_row_nor_word(
    path: str, play: Play, open_app: FastAPI, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    calls = malformed(path.split("/")[2], GOOD[path](), addresses(open_app)[path])
    answers = [(what, await play(sent)) for what, sent in calls]
    assert len(answers) > 30
    assert [(what, one.status_code) for what, one in answers if not 400 <= one.status_code < 500] == []
    assert await kept(database) == 0
    said = "\n".join([logged(caplog), *(one.text for _, one in answers)])
    assert "/sms/{provider}/" in said
    assert [secret for secret in SECRETS if secret in said] == []
    assert (await play(GOOD[path]())).status_code == 200, "what was spoilt was good"


@pytest.mark.parametrize("path", sorted(GOOD))
async def test_the_call_of_one_address_played_at_another_is_refused(path: str, play: Play, database: Database) -> None:
    for other in {*GOOD, *NO_WAY_IN} - {path}:
        for method in ("POST", "GET"):
            assert 400 <= (await play(GOOD[path]().changed(path=other, method=method))).status_code < 500, other
    assert await kept(database) == 0


@pytest.mark.parametrize("again", [kannel_in("m-1", "autre chose"), generic_in("m-1", "autre chose")])
async def test_an_id_played_again_is_answered_and_changes_nothing(
    again: Sent, play: Play, database: Database, sealer: Sealer
) -> None:
    for sent in (GOOD[again.path](), again, GOOD[again.path]()):
        assert (await play(sent)).status_code == 200
    async with database.transaction() as session:
        row = (await session.scalars(select(IncomingSms))).one()
    assert sealer.open(row.sealed or b"") == TEXT


async def test_a_receipt_played_again_is_one_receipt(play: Play, database: Database) -> None:
    for path in sorted(GOOD):
        if path.endswith("/receipt"):
            before = await kept(database)
            assert {(await play(GOOD[path]())).status_code for _ in range(3)} == {200}
            assert await kept(database) == before + 1


@pytest.mark.parametrize(
    ("written", "read"), [("a\x00b", "a\x00b"), ("a\ud800b", "ab"), ("\ud83d\ude00", "😀"), ("é" * 5_000, "é" * 4_000)]
)
async def test_strange_signs_in_what_somebody_wrote_are_no_reason_to_lose_it(
    written: str, read: str, play: Play, database: Database, sealer: Sealer
) -> None:
    assert (await play(generic_in(text=written))).status_code == 200
    async with database.transaction() as session:
        row = (await session.scalars(select(IncomingSms))).one()
    assert sealer.open(row.sealed or b"") == read


@pytest.mark.parametrize("name", ["KANNEL", "kannel%00", "%F0%9F%98%80", "..", "a" * 5_000, "orange"])
async def test_no_other_provider_exists(name: str, play: Play, database: Database) -> None:
    for good in (kannel_in(), generic_in(), brevo_receipt(ID)):
        for where in ("in", "receipt"):
            assert (await play(good.changed(path=f"/sms/{name}/{where}"))).status_code in (404, 405)
    assert await kept(database) == 0


async def test_the_simulated_telephone_refuses_what_cannot_be_read(
    http: httpx.AsyncClient,  # noqa: F811
    app: FastAPI,  # noqa: F811
    database: Database,
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert {path for _, path in routes(app) if path.startswith("/demo/phones")} == {"/demo/phones/{number}/messages"}
    caplog.set_level(logging.INFO)
    inbox, typed = "/demo/phones/0639980001/messages", {"text": TEXT}
    answers = [
        await http.post(inbox, content=body, headers={"content-type": "application/json"})
        for body in UNREADABLE.values()
    ]
    answers += [await http.post(inbox, json={"text": text}) for text in (None, 1, [TEXT], "", "\x00", TEXT * 2_000)]
    answers += [await http.post(inbox, content=b'{"text": "\\ud800"}', headers={"content-type": "application/json"})]
    for number in ("abc", "%00", "9" * 5_000, "%ED%A0%80", "+"):
        answers.append(await http.post(f"/demo/phones/{number}/messages", json=typed))
    answers += [await http.request(method, inbox, json=typed) for method in ("PUT", "PATCH", "DELETE")]
    assert [one.status_code for one in answers if not 400 <= one.status_code < 500] == []
    assert await kept(database) == 0
    said = "\n".join([logged(caplog), *(one.text for one in answers)])
    assert [secret for secret in SECRETS if secret in said] == []
