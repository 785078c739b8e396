"""Writing an e-mail into the outbox, with what caused it; the worker sends it."""

from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.clock import now
from api.core.database import notify
from api.core.sealing import Sealer
from api.mails.tables import MailKind, OutgoingMail

WAKE = "mail"
"""Told when something is to be sent."""


@dataclass(frozen=True)
class Mail:
    """What to write to whom: to a professional, and never what anybody said, nor who."""

    kind: MailKind
    recipient: str
    subject: str
    text: str
    reference: str | None = None
    """What must be told once: the same again is no second e-mail, whoever asks for it."""


async def queue_mail(session: AsyncSession, mail: Mail, sealer: Sealer | None = None) -> None:
    """Put it into the outbox, once by its reference. With a `sealer` its text is sealed: it holds a secret."""
    kept = {"sealed": sealer.seal(mail.text), "text": None} if sealer else {"text": mail.text}
    written = insert(OutgoingMail).values(
        kind=mail.kind,
        reference=mail.reference,
        recipient=mail.recipient,
        subject=mail.subject,
        # Aware and ours: the database's own clock would be a second one.
        next_attempt_at=now(),
        **kept,
    )
    await session.execute(written.on_conflict_do_nothing(index_elements=["reference"]))
    await notify(session, WAKE)
