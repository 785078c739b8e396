"""Five hundred questions by SMS while everything is killed in turn: each is answered, and none twice."""

import asyncio
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from api.conversations.sms_tables import IncomingSms, OutgoingSms, SmsStatus
from api.core.database import Database
from api.core.installation import Kind
from api.migrations.run import migrate
from tests import factories
from tests.conftest import RASA_PASSWORD
from tests.journeys.gateway import House, connected, environment
from tests.journeys.kannel import Kannel, require_kannel, until
from tests.journeys.mortals import Postgres, Server
from tests.journeys.smsc import Smsc

pytestmark = pytest.mark.kannel

HOW_MANY = 500
DEATHS = 2
"""Of bearerbox. Each may repeat the SMS that the operator had just taken: SMPP cannot tell (docs/sms-provider.md)."""
LATER = "+33639980999"


@dataclass
class Mortal(House):
    """All of it may die."""

    postgres: Postgres
    server: Server

    async def shown(self, phones: list[str], how_many: int) -> None:
        """Wait until so many of these telephones show an answer."""

        async def holds() -> bool:
            return sum(bool(self.smsc.handset(phone)) for phone in phones) >= how_many

        await until(holds, f"{how_many} answers", 240)

    async def handed_over(self, phones: set[str]) -> int:
        """How often we gave the answers to these telephones to bearerbox."""
        async with self.database.transaction() as session:
            rows = select(func.coalesce(func.sum(OutgoingSms.attempts), 0)).where(OutgoingSms.phone.in_(phones))
            return await session.scalar(rows) or 0

    async def odd(self, phones: list[str]) -> dict[str, tuple[int, list[SmsStatus], int]]:
        """Telephones for which not all is well: SMS that came, what became of the answers, and how many are shown."""
        async with self.database.transaction() as session:
            came = Counter(await session.scalars(select(IncomingSms.phone)))
            rows = (await session.execute(select(OutgoingSms.phone, OutgoingSms.status))).all()
        ends = {phone: [status for row, status in rows if row == phone] for phone in phones}
        found = {phone: (came[phone], ends[phone], len(self.smsc.handset(phone))) for phone in phones}
        return {phone: one for phone, one in found.items() if one != (1, [SmsStatus.delivered], 1)}


@pytest_asyncio.fixture
async def mortal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Mortal]:
    """Operator, Kannel, PostgreSQL, and the house in a process of its own."""
    require_kannel()
    folder = _short_folder()
    kannel, smsc, postgres = Kannel(tmp_path), Smsc(), Postgres(folder)
    await postgres.start()
    url = postgres.cluster.database.url
    migrate(url, Kind.demo, RASA_PASSWORD)
    secret = {
        "HENT_SECRET_KEY": "a key for tests, and for nothing else",
        "HENT_RASA_TOKEN": "-",
        "HENT_ACTIONS_TOKEN": "-",
    }
    for name, value in {
        "DATABASE_URL": url,
        "HENT_DEFAULT_AUTHORITY": "cd29",
        **secret,
        **environment(kannel, "bearerbox"),
    }.items():
        monkeypatch.setenv(name, value)
    database, server = Database(url), Server(tmp_path, kannel.ports.app)
    async with database.transaction() as session:
        await factories.authority(session)
    try:
        async with connected(smsc, kannel, ["bearerbox"]):
            await server.start()
            yield Mortal(smsc, kannel, database, postgres, server)
    finally:
        await server.kill()
        await database.close()
        postgres.kill()
        shutil.rmtree(postgres.cluster.home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _short_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="hent-", dir="/tmp"))
    folder.chmod(0o711)
    return folder


async def test_everything_is_killed_amid_five_hundred_questions_and_each_is_answered_once(mortal: Mortal) -> None:
    phones = [f"+3363998{1000 + number}" for number in range(HOW_MANY)]
    deaths = asyncio.create_task(_die_in_turn(mortal, phones))
    for place, phone in enumerate(phones):
        mortal.smsc.write(phone, f"question {place}")
        await asyncio.sleep(0.02)
    await deaths
    # Somebody writes later: that theirs is accepted says what never got there.
    await asyncio.sleep(5)
    mortal.smsc.write(LATER, "et moi ?")
    await mortal.answered(LATER, seconds=180)
    with suppress(AssertionError):
        await mortal.ends(SmsStatus.delivered, HOW_MANY + 1, 180)
    odd = await mortal.odd(phones)
    repeated = {phone for phone, one in odd.items() if one == (1, [SmsStatus.delivered], 2)}
    # The answer came. What a dying bearerbox had said yes to and not yet kept was its receipt.
    untold = {phone for phone, one in odd.items() if one == (1, [SmsStatus.accepted], 1)}
    assert {phone: one for phone, one in odd.items() if phone not in repeated | untold} == {}
    assert max(len(repeated), len(untold)) <= DEATHS
    assert await mortal.handed_over(repeated) == len(repeated)
    assert await mortal.count(OutgoingSms) == await mortal.count(IncomingSms) == HOW_MANY + 1


async def _die_in_turn(mortal: Mortal, phones: list[str]) -> None:
    await mortal.shown(phones, 50)
    # An answer that was just shown is still being noted: death comes whenever it likes.
    await asyncio.sleep(random.uniform(0, 0.5))
    await mortal.kannel.kill("bearerbox")
    mortal.smsc.bound.clear()
    await asyncio.sleep(1)
    await mortal.kannel.run("bearerbox")
    await mortal.shown(phones, 150)
    await mortal.server.kill()
    await mortal.server.start()
    await mortal.shown(phones, 250)
    mortal.postgres.kill()
    await asyncio.sleep(1)
    await mortal.postgres.start()
    await mortal.shown(phones, 350)
    await asyncio.sleep(random.uniform(0, 0.5))
    await mortal.server.kill()
    await mortal.kannel.kill("bearerbox")
    mortal.postgres.kill()
    await mortal.postgres.start()
    await mortal.kannel.run("bearerbox")
    await mortal.server.start()
