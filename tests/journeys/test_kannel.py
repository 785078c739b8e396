"""Through a real Kannel and an operator of ours: what is written is answered once, as the handset shows it."""

import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select

from api.conversations.sms_tables import IncomingSms, OutgoingSms, SmsKind, SmsReceipt, SmsStatus
from api.conversations.tables import Author, Message
from api.core.database import Database, notify
from api.core.sealing import Sealer
from api.core.settings import Settings
from tests import factories
from tests.channels.web.conftest import settings as settings
from tests.journeys.gateway import House, connected, environment
from tests.journeys.kannel import Kannel, Way, listens, require_kannel, until
from tests.journeys.sms_house import HASTE, serving
from tests.journeys.smsc import Smsc
from tests.scripted_rasa import ScriptedRasa

pytestmark = pytest.mark.kannel

PHONE, OTHER = "+33639980001", "+33639980002"


@pytest_asyncio.fixture
async def gateway(
    request: pytest.FixtureRequest,
    settings: Settings,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[tuple[Smsc, Kannel]]:
    """Operator and Kannel, and the environment of an installation that uses them; by smsbox unless a test says how."""
    require_kannel()
    kannel, smsc = Kannel(tmp_path, way=getattr(request, "param", Way.smsbox)), Smsc()
    for name, value in environment(kannel).items():
        monkeypatch.setenv(name, value)
    async with database.transaction() as session:
        (await factories.authority(session)).sms_price = 45
    async with connected(smsc, kannel):
        yield smsc, kannel


@pytest_asyncio.fixture
async def house(
    gateway: tuple[Smsc, Kannel], database: Database, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """Public server and worker, in this process."""
    for module, name, value in HASTE:
        monkeypatch.setattr(module, name, value)
    made = House(*gateway, database)
    async with serving(Settings(), database, sealer, ScriptedRasa().client(), made.kannel.ports.app):
        await until(lambda: listens(made.kannel.ports.app), "the server answers")
        yield made


@pytest.mark.parametrize("gateway", list(Way), indirect=True)
async def test_a_question_comes_in_and_its_answer_goes_out_as_the_handset_shows_it(house: House) -> None:
    house.smsc.write(PHONE, "Où en est mon dossier ? Ça dépend de l’âge 😀")
    [shown] = await house.answered(PHONE)
    await house.ends(SmsStatus.delivered)
    async with house.database.transaction() as session:
        rows = select(Message.author, Message.text).order_by(Message.seq)
        asked, answer = (await session.execute(rows)).all()
        sms = (await session.scalars(select(OutgoingSms))).one()
    assert asked == (Author.person, "Où en est mon dossier ? Ça dépend de l’âge 😀")
    assert answer == (Author.assistant, shown)
    assert (sms.segments, sms.price) == (len(house.smsc.parts), 45 * len(house.smsc.parts))
    assert {part.coding for part in house.smsc.parts} == {0}


async def send(house: House, text: str, phone: str = PHONE) -> None:
    """An SMS that somebody of ours writes."""
    async with house.database.transaction() as session:
        session.add(
            OutgoingSms(phone=phone, sender="Hent", kind=SmsKind.reply, text=text, authority_code=factories.AUTHORITY)
        )
        await notify(session, "sms")


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        ("Rendez-vous à 10 h : 5 € [salle 2]\nÀ bientôt".replace("À", "A").replace("ô", "o"), 0),
        ("Ça vous va ? À bientôt, Maëlle 😀", 8),
        ("ê" * 150, 8),
        ("é" * 400, 0),
    ],
)
async def test_what_goes_out_is_shown_letter_by_letter(house: House, text: str, coding: int) -> None:
    await send(house, text)
    assert await house.answered(PHONE) == [text]
    assert {part.coding for part in house.smsc.parts} == {coding}
    assert {part.sender for part in house.smsc.parts} == {"38080"}


async def test_a_question_in_three_parts_out_of_order_is_one_message(house: House) -> None:
    long = "é" * 150 + "à" * 150 + "b" * 50
    house.smsc.write(PHONE, long, order=[2, 0, 1])
    await house.answered(PHONE)
    assert await house.count(IncomingSms) == 1
    async with house.database.transaction() as session:
        assert long in list(await session.scalars(select(Message.text)))


async def test_a_question_that_the_operator_hands_over_again_is_answered_once(house: House) -> None:
    house.smsc.write(PHONE, "encore")
    await house.answered(PHONE)
    house.smsc.write(PHONE, "encore")
    house.smsc.write(OTHER, "bonjour")
    await house.answered(OTHER)
    assert await house.count(IncomingSms) == 3
    assert len(house.smsc.handset(PHONE)) == 1


@pytest.mark.parametrize(
    ("receipt", "refuse", "status", "why"),
    [
        ("DELIVRD", 0, SmsStatus.delivered, None),
        ("UNDELIV", 0, SmsStatus.failed, "unreachable"),
        ("EXPIRED", 0, SmsStatus.failed, "expired"),
        (None, 0, SmsStatus.accepted, None),
        (None, 0x0B, SmsStatus.failed, "no_such_number"),
    ],
)
async def test_what_the_operator_tells_is_known(
    house: House, receipt: str | None, refuse: int, status: SmsStatus, why: str | None
) -> None:
    house.smsc.receipt, house.smsc.refuse = receipt, refuse
    await send(house, "Bonjour")
    await house.ends(status)
    async with house.database.transaction() as session:
        assert (await session.scalars(select(OutgoingSms.why))).one() == why
        codes = list(await session.scalars(select(SmsReceipt.code)))
    assert not [code for code in codes if "Bonjour" in code]


async def test_a_forged_call_reaches_nobody(house: House) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{house.kannel.ports.app}", trust_env=False) as http:
        headers = {"X-Kannel-From": PHONE, "X-Kannel-To": "38080"}
        for auth in (httpx.BasicAuth("", ""), httpx.BasicAuth("hent", "a-guess-of-somebody")):
            refused = await http.post("/sms/kannel/in", params={"id": "1"}, headers=headers, content="STOP", auth=auth)
            assert refused.status_code == 401
            assert (await http.get("/sms/kannel/receipt", params={"id": "1", "type": "1"})).status_code == 401
    assert (await house.count(IncomingSms), await house.count(SmsReceipt)) == (0, 0)


ALPHABETS = ("abc éàù ?", "ab{}€[]", "aêô ’", "a😀ê", "€a" * 3 + "b")


async def test_segments_are_counted_as_kannel_cuts_them(house: House) -> None:
    chance = random.Random(5)
    lengths = [*range(60, 75), *range(130, 140), *range(150, 170), *range(300, 310), *range(450, 465), *range(1, 40, 3)]
    texts = {
        f"+336399{number:05}": "".join(chance.choices(ALPHABETS[number % 5], k=chance.choice(lengths))).strip() or "a"
        for number in range(300)
    }
    house.smsc.receipt = None
    async with house.database.transaction() as session:
        for phone, text in texts.items():
            session.add(OutgoingSms(phone=phone, sender="Hent", kind=SmsKind.reply, text=text))
        await notify(session, "sms")
    await house.ends(SmsStatus.accepted, 300)
    async with house.database.transaction() as session:
        counted = {row.phone: row.segments for row in await session.scalars(select(OutgoingSms))}
    cut = Counter(part.phone for part in house.smsc.parts)
    wrong = {phone: (counted[phone], cut[phone]) for phone in texts if counted[phone] != cut[phone]}
    assert wrong == {}
    assert [phone for phone, text in texts.items() if house.smsc.handset(phone) != [text]] == []
