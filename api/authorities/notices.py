"""What an authority tells everybody who writes to it: an outage, a strike, a closure, between two instants."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import phonenumbers
from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.service import authority_of
from api.authorities.tables import Notice, NoticeKind
from api.core.errors import NotFound, Unreadable
from api.core.folding import words
from api.texts.readability import sentences

AHEAD = timedelta(days=3)
"""How long before it begins a closure or a strike is told: over a week-end. Nobody knows of an outage before."""
LONGEST = 300
"""Signs: four lines on a telephone, above the conversation."""
LONGEST_SENTENCE = 18
"""Words, as in whatever Hent says."""
NAMED_BY = 8
"""Hexadecimal digits of an id: enough to name one of a few hundred."""


async def add(
    session: AsyncSession, code: str, kind: NoticeKind, text: str, between: tuple[datetime, datetime]
) -> Notice:
    """Tell it from one instant to the other. Raises NotFound, and Unreadable for a text that nobody should read."""
    notice = Notice(**await _made(session, code, kind, text, between))
    session.add(notice)
    await session.flush()
    return notice


async def add_once(
    session: AsyncSession, notice_id: UUID, code: str, kind: NoticeKind, text: str, between: tuple[datetime, datetime]
) -> bool:
    """The same under an id of whoever asks; False: it was told before. Raises as `add`."""
    row = insert(Notice).values(id=notice_id, **await _made(session, code, kind, text, between))
    return await session.scalar(row.on_conflict_do_nothing().returning(Notice.id)) is not None


async def standing(session: AsyncSession, code: str, moment: datetime) -> Sequence[Notice]:
    """What is to be read on the pages of this authority at `moment`, what begins first before the rest."""
    announced = or_(
        Notice.starts_at <= moment, (Notice.kind != NoticeKind.outage) & (Notice.starts_at <= moment + AHEAD)
    )
    told = select(Notice).where(Notice.authority_code == code, Notice.ends_at > moment, announced)
    return list(await session.scalars(told.order_by(Notice.starts_at, Notice.id)))


async def to_come(session: AsyncSession, code: str | None, moment: datetime) -> Sequence[Notice]:
    """Every notice that is not over, of one authority or of all."""
    rows = select(Notice).where(Notice.ends_at > moment).order_by(Notice.authority_code, Notice.starts_at, Notice.id)
    return list(await session.scalars(rows.where(Notice.authority_code == code) if code else rows))


async def end(session: AsyncSession, name: str, moment: datetime) -> Notice:
    """It is over, or will not be. `name`: as `short` gives it. Raises NotFound."""
    found = [one for one in await to_come(session, None, moment) if short(one.id) == name]
    if not found:
        raise NotFound("Aucune annonce en cours ou à venir n'a ce nom.", error="unknown_notice")
    [notice] = found
    notice.ends_at = moment
    return notice


async def end_one(session: AsyncSession, code: str, notice_id: UUID, moment: datetime) -> bool:
    """The same by its id, for the authority that tells it; False: it is over. Raises NotFound for another's."""
    mine = select(Notice).where(Notice.id == notice_id, Notice.authority_code == code)
    notice = await session.scalar(mine.with_for_update())
    if notice is None:
        raise NotFound("Cette annonce n'existe pas.", error="unknown_notice")
    if notice.ends_at <= moment:
        return False
    notice.ends_at = moment
    return True


def checked(text: str) -> str:
    """The text as it is kept. Raises Unreadable when it is too long, or gives no number to call."""
    # PostgreSQL takes no NUL; of what cannot be printed people read nothing.
    said = "".join(sign for sign in text if sign.isprintable() or sign == "\n").strip()
    if not 0 < len(said) <= LONGEST:
        raise Unreadable(f"Écrivez {LONGEST} signes au plus.", error="notice_length")
    if any(len(words(sentence)) > LONGEST_SENTENCE for sentence in sentences(said)):
        raise Unreadable(f"Écrivez des phrases de {LONGEST_SENTENCE} mots au plus.", error="notice_sentence")
    if not _has_number(said):
        raise Unreadable("Donnez un numéro à appeler.", error="notice_number")
    return said


async def _made(
    session: AsyncSession, code: str, kind: NoticeKind, text: str, between: tuple[datetime, datetime]
) -> dict[str, Any]:
    authority = await authority_of(session, code)
    starts_at, ends_at = between
    if ends_at <= starts_at:
        raise Unreadable("La fin vient avant le début.", error="ends_first")
    said = {"text": checked(text), "starts_at": starts_at, "ends_at": ends_at}
    return {"authority_code": authority.code, "kind": kind} | said


def short(notice_id: UUID) -> str:
    """What is typed for one notice."""
    return notice_id.hex[:NAMED_BY]


def _has_number(text: str) -> bool:
    short_numbers = (word for word in words(text) if len(word) == 4 and word.isdecimal() and word.startswith("3"))
    return phonenumbers.PhoneNumberMatcher(text, "FR").has_next() or any(short_numbers)
