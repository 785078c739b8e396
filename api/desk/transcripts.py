"""A conversation leaves the house only with two people's agreement: who asked, who agreed, and when it left is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker
from api.conversations.service import readable
from api.core.errors import Conflict, NotAllowedHere, NotFound
from api.desk.leaving import named, written
from api.desk.scope import check_role, reachable
from api.desk.tables import Access, TranscriptRequest
from api.escalations.tables import Escalation
from api.privacy.masking import mask_secrets

GOOD_FOR = timedelta(days=7)
"""To be agreed to from the day that it is asked, then to be taken from the day that it is agreed to."""
ASKED = "/desk/escalations/{escalation}/transcript"
APPROVED = "/desk/transcripts/{transcript}/approve"
TAKEN = "/desk/transcripts/{transcript}"


@dataclass(frozen=True)
class Pending:
    """One that somebody may agree to, or take."""

    id: UUID
    escalation: UUID
    line: str
    asked_by: str
    why: str
    asked_at: datetime
    approved_by: str | None
    can_approve: bool
    can_take: bool


async def ask(session: AsyncSession, who: Account, escalation_id: UUID, why: str, now: datetime) -> UUID:
    """Ask for a copy; the same asked twice is one request, as long as it is good.

    Raises NotAllowedHere, NotFound; Conflict without a conversation; Unreadable without a reason.
    """
    row = await reachable(session, who, escalation_id, lock=True)
    if row.conversation_id is None:
        raise Conflict("Cette demande n'a pas de conversation.", error="no_conversation")
    kept = mask_secrets(readable(why)).text
    mine = (TranscriptRequest.escalation_id == row.id, TranscriptRequest.asked_by == who.id)
    known = await session.scalar(select(TranscriptRequest.id).where(*mine, *_good(now)).limit(1))
    if known:
        return known
    asked = TranscriptRequest(escalation_id=row.id, asked_by=who.id, why=kept, asked_at=now)
    session.add(asked)
    await _journal(session, who, row, ASKED)
    return asked.id


async def pending(session: AsyncSession, who: Account, now: datetime) -> list[Pending]:
    """Those of one's organisation that one may agree to, and one's own, the oldest first. Raises NotAllowedHere."""
    check_role(who)
    asker, approver = aliased(Caseworker), aliased(Caseworker)
    rows = (
        select(TranscriptRequest, Escalation.line, asker, approver)
        .join(Escalation, Escalation.id == TranscriptRequest.escalation_id)
        .join(asker, asker.id == TranscriptRequest.asked_by)
        .outerjoin(approver, approver.id == TranscriptRequest.approved_by)
        .where(Escalation.organisation_id == who.organisation_id, *_good(now))
        .where(or_(TranscriptRequest.asked_by == who.id, TranscriptRequest.approved_by.is_(None)))
        .order_by(TranscriptRequest.asked_at, TranscriptRequest.id)
    )
    return [_pending(who, *row) for row in await session.execute(rows)]


async def approve(session: AsyncSession, who: Account, transcript_id: UUID, now: datetime) -> None:
    """The second person's agreement; given twice it is given once.

    Raises:
        NotAllowedHere: it is one's own.
        NotFound: there is none, not any more, or not of one's organisation.
        Conflict: a third person agreed first.
    """
    asked, row = await _reached(session, who, transcript_id, now)
    if asked.asked_by == who.id:
        raise NotAllowedHere("Une autre personne doit donner son accord.", error="two_people")
    if asked.approved_by == who.id:
        return
    if asked.approved_by:
        raise Conflict("Un collègue a déjà donné son accord.", error="approved")
    asked.approved_by, asked.approved_at = who.id, now
    await _journal(session, who, row, APPROVED)


async def take(session: AsyncSession, who: Account, transcript_id: UUID, now: datetime) -> str:
    """The copy itself, for who asked. A download that broke may be made again; each one is in the journal.

    Raises NotAllowedHere, NotFound; Conflict before the second person agreed, or when the person erased it.
    """
    asked, row = await _reached(session, who, transcript_id, now)
    if asked.asked_by != who.id:
        raise NotAllowedHere("Seule la personne qui l'a demandée prend cette copie.", error="not_yours")
    asked.taken_at = asked.taken_at or now
    text = await written(session, row, asked, now)
    await _journal(session, who, row, TAKEN)
    return text


def _good(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Not too old: from the agreement if there is one, or else from the day it was asked."""
    return (func.coalesce(TranscriptRequest.approved_at, TranscriptRequest.asked_at) > now - GOOD_FOR,)


async def _reached(
    session: AsyncSession, who: Account, transcript_id: UUID, now: datetime
) -> tuple[TranscriptRequest, Escalation]:
    """The request for a copy, and what it is a copy of, locked: the escalation first, as everywhere."""
    check_role(who)
    mine = select(TranscriptRequest).where(TranscriptRequest.id == transcript_id, *_good(now))
    known = await session.scalar(mine)
    if known is None:
        raise _unknown()
    try:
        row = await reachable(session, who, known.escalation_id, lock=True)
    except NotFound as another_team:
        raise _unknown() from another_team
    asked = await session.scalar(mine.with_for_update().execution_options(populate_existing=True))
    if asked is None:
        raise _unknown()
    return asked, row


async def _journal(session: AsyncSession, who: Account, row: Escalation, what: str) -> None:
    """Each step, also of somebody's own caseworker: a copy goes where nobody follows it."""
    session.add(Access(caseworker_id=who.id, beneficiary_id=row.beneficiary_id, escalation_id=row.id, what=what))
    await session.flush()


def _pending(
    who: Account, asked: TranscriptRequest, line: str, asker: Caseworker, approver: Caseworker | None
) -> Pending:
    mine = asked.asked_by == who.id
    return Pending(
        id=asked.id,
        escalation=asked.escalation_id,
        line=line,
        asked_by=named(asker),
        why=asked.why,
        asked_at=asked.asked_at,
        approved_by=named(approver) if approver else None,
        can_approve=not mine and approver is None,
        can_take=mine and approver is not None,
    )


def _unknown() -> NotFound:
    return NotFound("Cette demande de copie n'existe pas, ou n'est plus valable.", error="unknown_transcript")
