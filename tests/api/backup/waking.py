"""A house that wakes elsewhere from a dump, and what goes out of it then."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from api.backup.dumps import dump
from api.backup.restoring import restore
from api.conversations.delivery import send_due
from api.conversations.routes import Routes, Sms
from api.conversations.settling import settle
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer

PHONE = "+33639980001"


class Telephone:
    """Takes everything, and remembers what."""

    repeats_safely = hands_over_again = False
    tells_all = True

    def __init__(self) -> None:
        self.taken: list[Sms] = []

    async def send(self, sms: Sms) -> str | None:
        """Keep it."""
        self.taken.append(sms)
        return None


async def put[Row](database: Database, row: Row) -> Row:
    async with database.transaction() as session:
        session.add(row)
    return row


def sms(status: SmsStatus, **given: Any) -> OutgoingSms:
    made: dict[str, Any] = {"phone": PHONE, "sender": "Hent", "kind": SmsKind.reply, "text": "Bonjour"}
    return OutgoingSms(**(made | {"id": uuid4(), "status": status, "next_attempt_at": now()} | given))


async def restored(living: Database, empty: str, folder: Path) -> Database:
    """The house as it wakes elsewhere from a dump of now."""
    await restore(dump(living.url, folder, now()), empty, Sealer("a key for tests"), reminders=True)
    return Database(empty)


async def left(database: Database, sealer: Sealer) -> list[UUID]:
    """What goes out once a worker is there, after everything that it does with an outbox."""
    telephone = Telephone()
    routes = Routes.only(telephone)
    async with database.transaction() as session:
        await settle(session, routes)
    while await send_due(database, sealer, routes):
        pass
    return [one.id for one in telephone.taken]


async def status_of(database: Database, sms_id: UUID) -> tuple[SmsStatus, str | None]:
    async with database.transaction() as session:
        row = await session.get_one(OutgoingSms, sms_id)
        return row.status, row.why
