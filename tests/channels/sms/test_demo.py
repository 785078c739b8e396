"""The simulated telephone: the same chain by SMS, in a demonstration only."""

from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.conversations.delivery import send_due
from api.conversations.inbound import take_in
from api.conversations.receipts import Told
from api.conversations.routes import Routes, Sms
from api.conversations.sms_tables import SmsStatus
from api.core.database import Database
from api.core.settings import Settings
from channels.sms.demo import SimulatedProvider
from tests import factories
from tests.channels.web.conftest import app, http, settings  # noqa: F401  (fixtures)
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk

PATH = "/demo/phones/0639980001/messages"


async def test_what_is_typed_and_what_is_answered_are_shown_in_order(
    http: httpx.AsyncClient,  # noqa: F811
    app: FastAPI,  # noqa: F811
    database: Database,
) -> None:
    assert (await http.post(PATH, json={"text": "bonjour"})).status_code == 202
    assert await take_in(database, app.state.sealer, Routes.only(SimulatedProvider()), "cd29") == 1
    talk = Talk(database, app.state.sealer, ScriptedRasa().client())
    assert await talk.answer() == 1
    await send_due(database, app.state.sealer, Routes.only(SimulatedProvider()))
    shown = (await http.get("/demo/phones/+33639980001/messages")).json()
    assert [message["direction"] for message in shown] == ["in", "out"]


async def test_an_unreadable_number_is_refused(http: httpx.AsyncClient) -> None:  # noqa: F811
    refused = await http.get("/demo/phones/abc/messages")
    assert (refused.status_code, refused.json()["error"]) == (422, "unreadable_number")


async def test_invented_people_are_listed_with_what_to_expect(http: httpx.AsyncClient, database: Database) -> None:  # noqa: F811
    async with database.transaction() as session:
        await factories.person(session, phone="+33639980001", demo_note="Un rendez-vous demain.")
        await factories.person(session, first_name="Sans", last_name="Note")
    listed = (await http.get("/demo/people")).json()
    assert [(person["phone"], person["note"]) for person in listed] == [("+33639980001", "Un rendez-vous demain.")]


async def test_outside_a_demonstration_there_is_no_telephone(
    settings: Settings,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    production = create_app(settings.model_copy(update={"demo": False}))
    transport = httpx.ASGITransport(production)
    async with httpx.AsyncClient(transport=transport, base_url="http://hent") as browser:
        for path in (PATH, "/demo/people"):
            assert (await browser.get(path)).status_code == 404
    await production.state.rasa.close()
    await production.state.database.close()


@pytest.mark.parametrize(
    ("ending", "told"),
    [("0001", [SmsStatus.delivered]), ("9997", [SmsStatus.failed]), ("9998", [SmsStatus.unknown]), ("9999", [])],
)
async def test_reserved_numbers_decide_what_is_told(ending: str, told: list[SmsStatus]) -> None:
    receipts: list[Told] = []

    async def tell(receipt: Told) -> None:
        receipts.append(receipt)

    sms = Sms(uuid4(), f"+3363998{ending}", "Bonjour")
    await SimulatedProvider(tell).send(sms)
    assert [(receipt.reference, receipt.status) for receipt in receipts] == [(str(sms.id), status) for status in told]
