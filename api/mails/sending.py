"""E-mails on their way out: a row written with what caused it, then sent by the worker, again if need be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.mails.tables import MailStatus, OutgoingMail

PAUSES = (30, 120, 600, 3600, 6 * 3600)
"""Seconds before each new attempt; after the last one the row is dead."""
LONGEST = 60.0
"""Seconds that one handing over may take in all."""
UNFINISHED_AFTER = timedelta(seconds=2 * LONGEST)
"""A row that is being sent for so long belonged to a worker that died."""
SHOWN = 50


class NotSent(Exception):
    """It was not taken, or nobody knows: it is sent again."""


class Refused(Exception):
    """The server will never take it: nobody has this address."""


@dataclass(frozen=True)
class Letter:
    """What a carrier is handed. `id` names the e-mail: the same id twice is one message to whoever sorts them."""

    id: UUID
    recipient: str
    subject: str
    text: str
    written_at: datetime


class Carrier(Protocol):
    """A way out for e-mails."""

    async def send(self, letter: Letter) -> None:
        """Hand it over. Raises NotSent, Refused."""


class Keeper:
    """Takes everything and hands nothing over: in a demonstration the outbox is the mailbox."""

    async def send(self, letter: Letter) -> None:
        """Nothing to do: `sent` is written by whoever asked."""


async def send_due(database: Database, sealer: Sealer, carrier: Carrier) -> bool:
    """Send what is due first; False when nothing is. No transaction is open while the carrier is asked.

    A worker that dies between the handing over and its mark has sent it, and nobody knows: it goes once more, under the
    same Message-ID. An e-mail twice is a nuisance; an alert that nobody got is somebody who waits.
    """
    async with database.transaction() as session:
        letter = await _claim(session, sealer)
    if letter is None:
        return False
    try:
        await carrier.send(letter)
    except NotSent:
        await _mark(database, letter.id, MailStatus.queued)
    except Refused:
        await _mark(database, letter.id, MailStatus.dead)
    else:
        await _mark(database, letter.id, MailStatus.sent)
    return True


async def kept(session: AsyncSession, sealer: Sealer) -> list[tuple[OutgoingMail, str]]:
    """The last e-mails with their texts, the newest first: for a demonstration."""
    rows = select(OutgoingMail).order_by(OutgoingMail.created_at.desc(), OutgoingMail.id).limit(SHOWN)
    return [(row, _text(row, sealer)) for row in await session.scalars(rows)]


async def _claim(session: AsyncSession, sealer: Sealer) -> Letter | None:
    """One at a time: a server may take a minute, and what waits behind must not look abandoned meanwhile."""
    waiting = (
        select(OutgoingMail)
        .where(OutgoingMail.status.in_([MailStatus.queued, MailStatus.sending]), OutgoingMail.next_attempt_at <= now())
        .order_by(OutgoingMail.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = await session.scalar(waiting)
    if row is None:
        return None
    row.status, row.attempts, row.next_attempt_at = MailStatus.sending, row.attempts + 1, now() + UNFINISHED_AFTER
    return Letter(row.id, row.recipient, row.subject, _text(row, sealer), row.created_at)


def _text(row: OutgoingMail, sealer: Sealer) -> str:
    return row.text if row.text is not None else sealer.open(row.sealed or b"") or ""


async def _mark(database: Database, mail_id: UUID, status: MailStatus) -> None:
    async with database.transaction() as session:
        row = await session.get(OutgoingMail, mail_id, with_for_update=True)
        if row is None or row.status is not MailStatus.sending:
            # Purged meanwhile, or finished by whoever thought that we were dead.
            return
        if status is MailStatus.queued and row.attempts > len(PAUSES):
            status = MailStatus.dead
        if status is MailStatus.queued:
            row.next_attempt_at = now() + timedelta(seconds=PAUSES[row.attempts - 1])
        row.status, row.sent_at = status, now() if status is MailStatus.sent else None
