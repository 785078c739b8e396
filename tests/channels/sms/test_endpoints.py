"""Whoever proves to be the provider is heard and answered 200; nobody else leaves a row, or a word in a log."""

import logging
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from api.conversations.sms_tables import IncomingSms, SmsReceipt, SmsStatus
from api.core.database import Database
from api.core.logs import JsonLines
from api.core.sealing import Sealer
from channels.sms.generic import FRESH_FOR
from tests.channels.desk.table import routes
from tests.channels.sms.calls import (
    BEGAN,
    NEW,
    OLD,
    PHONE,
    TEXT,
    Sent,
    brevo_receipt,
    generic,
    generic_in,
    kannel_in,
    kannel_receipt,
)
from tests.channels.sms.conftest import Play

ID = str(uuid4())
GOOD = {
    "/sms/kannel/in": kannel_in(),
    "/sms/kannel/receipt": kannel_receipt(ID),
    "/sms/generic/in": generic_in(),
    "/sms/generic/receipt": generic("receipt", {"id": ID, "status": "delivered"}),
    "/sms/brevo/receipt": brevo_receipt(ID),
}


SIGNED = {"x-hent-signature": "0" * 64}
HOOK = kannel_in()
BROKEN = {
    "/sms/kannel/in": [
        HOOK.changed(query={}),
        HOOK.changed(query=HOOK.query | {"id": "x" * 500}),
        HOOK.changed(query=HOOK.query | {"ts": "demain"}),
        HOOK.changed(query=HOOK.query | {"ts": "9" * 20}),
        HOOK.changed(headers={k: v for k, v in HOOK.headers.items() if k != "x-kannel-from"}),
        HOOK.changed(body=b"\xff\xfe" + TEXT.encode()),
    ],
    "/sms/kannel/receipt": [
        kannel_receipt("", "1"),
        kannel_receipt(ID, "99"),
        kannel_receipt(ID, ""),
        kannel_receipt(ID, secret="a-guess-of-somebody"),
    ],
    "/sms/generic/in": [
        generic("in", {"id": "m-1", "from": PHONE, "to": "38080"}),
        generic("in", {"id": "", "from": PHONE, "to": "38080", "text": TEXT}),
        generic("in", {"id": "m-1", "from": ["+336"], "to": "38080", "text": TEXT}),
        generic("in", {"id": "m-1", "from": PHONE, "to": "38080", "text": [TEXT]}),
        generic("in", {"id": "m-1", "from": PHONE, "to": "38080", "text": TEXT, "written_at": "hier"}),
        generic_in().changed(headers=generic_in().headers | SIGNED),
        generic_in().changed(body=b"[]"),
    ],
    "/sms/generic/receipt": [
        generic("receipt", {"id": ID, "status": "lu"}),
        generic("receipt", {"status": "delivered"}),
        generic("receipt", {"id": ID, "status": "delivered"}, at=1),
        generic("receipt", {"id": ID, "status": "delivered"}).changed(body=b"{"),
    ],
    "/sms/brevo/receipt": [
        brevo_receipt(ID, "replied"),
        brevo_receipt(ID, ""),
        brevo_receipt(ID).changed(body=b"\xff"),
        brevo_receipt(ID).changed(body=b"[]"),
        brevo_receipt(ID).changed(query={"id": ID}),
    ],
}
"""What a forger, a repeater, or a broken gateway sends."""


async def rows(database: Database) -> int:
    async with database.transaction() as session:
        counts = [await session.scalar(select(func.count()).select_from(table)) for table in (IncomingSms, SmsReceipt)]
        return sum(count or 0 for count in counts)


def addresses(app: FastAPI) -> set[str]:
    return {path for _, path in routes(app) if path.startswith("/sms/")}


def test_every_address_that_providers_call_is_tried(open_app: FastAPI) -> None:
    tried = {f"/sms/{{provider}}/{path.rpartition('/')[2]}" for path in GOOD}
    assert addresses(open_app) == tried
    assert set(BROKEN) == set(GOOD)


@pytest.mark.parametrize("path", sorted(GOOD))
async def test_a_good_call_is_kept_once_and_answered_200(path: str, play: Play, database: Database) -> None:
    for _ in range(2):
        assert (await play(GOOD[path])).status_code == 200
    assert await rows(database) == 1


@pytest.mark.parametrize("path", sorted(GOOD))
async def test_no_other_call_leaves_a_row_or_a_word(
    path: str, play: Play, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    good = GOOD[path]
    for sent in [good.changed(headers={}, query={}), *BROKEN[path], good.changed(method="PUT")]:
        answer = await play(sent)
        assert 400 <= answer.status_code < 500, sent
        assert TEXT not in answer.text
    assert await rows(database) == 0
    kept = [record for record in caplog.records if record.name.startswith("hent") or record.levelno >= logging.WARNING]
    written = "\n".join(JsonLines().format(record) for record in kept)
    assert "/sms/{provider}/" in written
    for secret in (TEXT[:20], PHONE, "639980001", NEW, OLD, ID):
        assert secret not in written


@pytest.mark.parametrize("secret", [NEW, OLD])
async def test_two_secrets_are_good_while_one_is_replaced(secret: str, play: Play) -> None:
    for sent in (kannel_in(secret=secret), generic_in(secret=secret), brevo_receipt(ID, secret=secret)):
        assert (await play(sent)).status_code == 200
    for sent in (kannel_in(secret=NEW[:-1]), generic_in(secret=""), brevo_receipt(ID, secret=OLD + "x")):
        assert (await play(sent)).status_code == 401


@pytest.mark.parametrize("late", [FRESH_FOR + 5, -FRESH_FOR - 5])
async def test_a_signed_call_played_again_later_is_refused(late: int, play: Play, database: Database) -> None:
    assert (await play(generic_in(at=BEGAN - late))).status_code == 401
    assert await rows(database) == 0


async def test_a_signature_holds_for_its_body_alone(play: Play, database: Database) -> None:
    good = generic_in()
    assert (await play(good.changed(body=generic_in(text="autre chose").body))).status_code == 401
    assert (
        await play(brevo_receipt(ID).changed(query=brevo_receipt(ID).query | {"id": str(uuid4())}))
    ).status_code == 401
    assert await rows(database) == 0


async def test_a_provider_that_is_not_ours_or_has_no_way_in_does_not_exist(play: Play) -> None:
    for path in ("/sms/orange/in", "/sms/orange/receipt", "/sms/brevo/in", "/sms/line/in", "/sms/line/receipt"):
        assert (await play(kannel_in().changed(path=path))).status_code == 404


async def test_the_text_is_sealed_and_the_rest_is_as_the_gateway_said(
    play: Play, database: Database, sealer: Sealer
) -> None:
    await play(kannel_in("uuid-1", "Ça dépend 😀"))
    async with database.transaction() as session:
        row = (await session.scalars(select(IncomingSms))).one()
    assert (row.provider, row.reference, row.phone, row.sender) == ("kannel", "uuid-1", PHONE, "38080")
    assert row.written_at is not None
    assert sealer.open(row.sealed or b"") == "Ça dépend 😀"


@pytest.mark.parametrize("sender", ["38080", "CAF", "+33261910001", "+32470000001"])
async def test_what_no_person_of_ours_wrote_is_kept_as_handled_without_its_text(
    sender: str, play: Play, database: Database
) -> None:
    sent = kannel_in()
    assert (await play(sent.changed(headers=sent.headers | {"x-kannel-from": sender}))).status_code == 200
    async with database.transaction() as session:
        row = (await session.scalars(select(IncomingSms))).one()
    assert (row.phone, row.sealed) == (sender, None)
    assert row.handled_at is not None


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (kannel_receipt(ID, "8", "ACK/"), SmsStatus.accepted, ""),
        (kannel_receipt(ID, "16", "NACK/0x0000000b/Invalid Destination Address"), SmsStatus.failed, "no_such_number"),
        (kannel_receipt(ID, "2", "id:1A stat:UNDELIV err:001 text:Bonjour Maelle"), SmsStatus.failed, "unreachable"),
        (kannel_receipt(ID, "2", "stat:UNHEARD text:stat:EXPIRED"), SmsStatus.failed, "UNHEARD"),
        (brevo_receipt(ID, "hardBounce"), SmsStatus.failed, "no_such_number"),
        (brevo_receipt(ID, "soft_bounce"), SmsStatus.failed, "unreachable"),
        (brevo_receipt(ID, "sent"), SmsStatus.accepted, ""),
        (generic("receipt", {"id": ID, "status": "unknown"}), SmsStatus.unknown, ""),
        (generic("receipt", {"id": ID, "status": "failed", "code": "E42"}), SmsStatus.failed, "E42"),
    ],
)
async def test_codes_become_words_of_ours(
    sent: Sent, status: SmsStatus, code: str, play: Play, database: Database
) -> None:
    assert (await play(sent)).status_code == 200
    async with database.transaction() as session:
        row = (await session.scalars(select(SmsReceipt))).one()
    assert (row.reference, row.status, row.code) == (ID, status, code)


async def test_too_long_a_body_is_refused(play: Play) -> None:
    refused: httpx.Response = await play(kannel_in(text="a" * 70_000))
    assert refused.status_code == 413
