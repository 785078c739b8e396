"""An operator, Kannel, and our house behind it: what a test of SMS looks at."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import func, select

from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.core.database import Database
from tests.journeys.kannel import HOOK, PASSWORD, Kannel, Way, until
from tests.journeys.smsc import OURS, Smsc


def environment(kannel: Kannel) -> dict[str, str]:
    """What tells an installation of this Kannel."""
    line = {"kind": "bearerbox", "url": f"tcp://127.0.0.1:{kannel.ports.box}", "sender": OURS}
    http = {
        "kind": "kannel",
        "url": f"http://127.0.0.1:{kannel.ports.send}/cgi-bin/sendsms",
        "sender": OURS,
        "secret": PASSWORD,
        "hook_secrets": [HOOK],
        "callback_url": f"http://127.0.0.1:{kannel.ports.app}",
    }
    ways = {Way.smsbox: http, Way.alone: line, Way.beside: line | {"box": "hent"}}
    return {"HENT_DEMO": "0", "HENT_SMS_PROVIDERS": json.dumps({"kannel": ways[kannel.way]})}


@asynccontextmanager
async def connected(smsc: Smsc, kannel: Kannel) -> AsyncIterator[None]:
    """Operator and Kannel run, and know each other, until the block ends."""
    await smsc.listen(kannel.ports.smpp)
    try:
        await kannel.start()
        await asyncio.wait_for(smsc.bound.wait(), 10)
        yield
    finally:
        await kannel.stop()
        await smsc.close()


@dataclass
class House:
    """All of it."""

    smsc: Smsc
    kannel: Kannel
    database: Database

    async def answered(self, phone: str, how_many: int = 1, seconds: float = 20) -> list[str]:
        """What this telephone shows, once it shows so much."""

        async def holds() -> bool:
            return len(self.smsc.handset(phone)) >= how_many

        await until(holds, f"{how_many} answers at {phone}", seconds)
        return self.smsc.handset(phone)

    async def ends(self, status: SmsStatus, how_many: int = 1, seconds: float = 20) -> None:
        """Wait until so many SMS have ended so."""

        async def holds() -> bool:
            async with self.database.transaction() as session:
                rows = select(func.count()).select_from(OutgoingSms).where(OutgoingSms.status == status)
                return await session.scalar(rows) == how_many

        await until(holds, f"{how_many} {status}", seconds)

    async def count(self, table: type) -> int:
        """Rows of a table."""
        async with self.database.transaction() as session:
            return await session.scalar(select(func.count()).select_from(table)) or 0
