"""Operator, Kannel, PostgreSQL, and the house in a process of its own: all of it may die, and is counted afterwards."""

import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from api.conversations import untold
from api.conversations.sms_tables import IncomingSms, OutgoingSms, SmsStatus
from api.core.database import Database
from api.core.installation import Kind
from api.migrations.run import migrate
from tests import factories
from tests.conftest import RASA_PASSWORD
from tests.journeys.gateway import House, connected, environment
from tests.journeys.kannel import Kannel, Way, until
from tests.journeys.mortals import Postgres, Server
from tests.journeys.neighbour import Neighbour
from tests.journeys.smsc import Smsc

SECRETS = {
    "HENT_SECRET_KEY": "a key for tests, and for nothing else",
    "HENT_RASA_TOKEN": "-",
    "HENT_ACTIONS_TOKEN": "-",
}
UNDER_WAY = (SmsStatus.queued, SmsStatus.sending, SmsStatus.sent, SmsStatus.unknown)
LAST_WORDS = 10.0
"""Seconds in which an operator tells again what nobody acknowledged, and smsbox what we did not."""
End = tuple[int, list[SmsStatus], int]
"""Of a telephone: SMS that came from it, what became of the answers, and how many it shows."""


@dataclass
class Mortal(House):
    """All of it may die."""

    postgres: Postgres
    server: Server
    neighbour: Neighbour = field(default_factory=Neighbour)

    async def shown(self, phones: list[str], how_many: int) -> None:
        """Wait until so many of these telephones show an answer."""

        async def holds() -> bool:
            return sum(bool(self.smsc.handset(phone)) for phone in phones) >= how_many

        await until(holds, f"{how_many} answers", 240)

    async def handed_over(self, phones: Collection[str]) -> int:
        """How often we gave the answers to these telephones to Kannel."""
        async with self.database.transaction() as session:
            rows = select(func.coalesce(func.sum(OutgoingSms.attempts), 0)).where(OutgoingSms.phone.in_(phones))
            return await session.scalar(rows) or 0

    async def statuses(self) -> Counter[SmsStatus]:
        """How many answers stand where."""
        async with self.database.transaction() as session:
            return Counter(await session.scalars(select(OutgoingSms.status)))

    async def is_still(self, how_many: int, lost: int = 0) -> None:
        """Wait until the operator has the answers to so many, less what may be lost, then for what it still says."""

        async def taken() -> bool:
            found = await self.statuses()
            return found.total() >= how_many - lost and not any(found[status] for status in UNDER_WAY)

        async def told() -> bool:
            found = await self.statuses()
            return found.total() == how_many and found[SmsStatus.accepted] <= len(self.smsc.untold)

        await until(taken, "all answers are at the operator's", 180)
        with suppress(AssertionError):
            await until(told, "all else is told of", LAST_WORDS)

    async def wait_no_more(self) -> tuple[int, int]:
        """The operator's time is over: how many are given up at the first look, and at a second one."""
        sent_at, accepted_at = OutgoingSms.sent_at - untold.PATIENCE, OutgoingSms.accepted_at - untold.PATIENCE
        async with self.database.transaction() as session:
            await session.execute(update(OutgoingSms).values(sent_at=sent_at, accepted_at=accepted_at))
            # Before the house's own look sees that so much time has passed.
            first = await untold.settle(session)
        async with self.database.transaction() as session:
            return first, await untold.settle(session)

    async def ends_of(self, phones: list[str]) -> dict[str, End]:
        """What became of each."""
        async with self.database.transaction() as session:
            came = Counter(await session.scalars(select(IncomingSms.phone)))
            rows = (await session.execute(select(OutgoingSms.phone, OutgoingSms.status))).all()
        went = {phone: [status for row, status in rows if row == phone] for phone in phones}
        return {phone: (came[phone], went[phone], len(self.smsc.handset(phone))) for phone in phones}


@asynccontextmanager
async def living(folder: Path, patch: pytest.MonkeyPatch, way: Way) -> AsyncIterator[Mortal]:
    """All of it, until the block ends."""
    short = _short_folder()
    kannel, smsc, postgres = Kannel(folder, way=way), Smsc(), Postgres(short)
    await postgres.start()
    url = postgres.cluster.database.url
    migrate(url, Kind.demo, RASA_PASSWORD)
    installed = {"DATABASE_URL": url, "HENT_DEFAULT_AUTHORITY": "cd29", **SECRETS, **environment(kannel)}
    for name, value in installed.items():
        patch.setenv(name, value)
    database, server = Database(url), Server(folder, kannel.ports.app)
    async with database.transaction() as session:
        await factories.authority(session)
    made = Mortal(smsc, kannel, database, postgres, server)
    try:
        async with made.neighbour.serving(kannel.ports.neighbour), connected(smsc, kannel):
            await server.start()
            yield made
    finally:
        await server.kill()
        await database.close()
        postgres.kill()
        shutil.rmtree(postgres.cluster.home, ignore_errors=True)
        shutil.rmtree(short, ignore_errors=True)


def _short_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="hent-", dir="/tmp"))
    folder.chmod(0o711)
    return folder
