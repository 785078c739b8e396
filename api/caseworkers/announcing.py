"""What an administrator tells everybody who writes to their authority: told, listed, taken back; never another's."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities import notices
from api.authorities.tables import NoticeKind
from api.caseworkers.accounts import Account
from api.caseworkers.listing import check_administrator
from api.core.clock import PARIS, paris
from api.core.errors import Unreadable
from api.desk.tables import Access
from api.texts.formats import clock_time, long_day

LASTS = timedelta(days=92)
"""At most: in a closure a year that is mistyped takes every day from what people are promised."""
AHEAD = timedelta(days=366)
NEW, END = "/desk/notices", "/desk/notices/{notice}/end"


@dataclass(frozen=True)
class Announced:
    """What is to be told, in days and hours of Paris.

    Without an hour it is from the beginning of the first day, or to the end of the last.
    """

    id: UUID
    kind: NoticeKind
    text: str
    first_day: date
    last_day: date
    first_hour: time | None = None
    last_hour: time | None = None

    @property
    def between(self) -> tuple[datetime, datetime]:
        """From when to when."""
        until = (self.last_day, self.last_hour) if self.last_hour else (self.last_day + timedelta(days=1), time.min)
        return datetime.combine(self.first_day, self.first_hour or time.min, PARIS), datetime.combine(*until, PARIS)


@dataclass(frozen=True)
class Shown:
    """One that is not over."""

    id: UUID
    kind: NoticeKind
    text: str
    when: str
    """In words: "Du jeudi 24 décembre 2026 à 14 h au samedi 26 décembre 2026 au soir"."""
    standing: bool
    """Whether people read it at this moment."""


async def listed(session: AsyncSession, who: Account, now: datetime) -> list[Shown]:
    """Those of the authority, what begins first before the rest. Raises NotAllowedHere."""
    check_administrator(who)
    read = {one.id for one in await notices.standing(session, who.authority_code, now)}
    return [
        Shown(one.id, one.kind, one.text, in_words(one.starts_at, one.ends_at), one.id in read)
        for one in await notices.to_come(session, who.authority_code, now)
    ]


async def announce(session: AsyncSession, who: Account, new: Announced, now: datetime) -> None:
    """Tell it; the same id again is the same notice.

    Raises:
        NotAllowedHere: by whoever administers nothing.
        Unreadable: a text that nobody should read, or days that cannot be meant.
    """
    check_administrator(who)
    _check(new, now)
    if await notices.add_once(session, new.id, who.authority_code, new.kind, new.text, new.between):
        await _journal(session, who, NEW)


async def end(session: AsyncSession, who: Account, notice_id: UUID, now: datetime) -> None:
    """It is over, or will not be; twice is once.

    Raises NotAllowedHere; NotFound for another authority's, as for none.
    """
    check_administrator(who)
    if await notices.end_one(session, who.authority_code, notice_id, now):
        await _journal(session, who, END)


def in_words(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when; whole days without their hours."""
    last = ends_at - timedelta(minutes=1)
    if not (_is_midnight(starts_at) and _is_midnight(ends_at)):
        until = f"{long_day(last)} au soir" if _is_midnight(ends_at) else _at(ends_at)
        return f"Du {long_day(starts_at) if _is_midnight(starts_at) else _at(starts_at)} au {until}"
    first, then = long_day(starts_at), long_day(last)
    return f"Le {first}" if first == then else f"Du {first} au {then}"


def _check(new: Announced, now: datetime) -> None:
    """By days first: the last that a calendar knows has no next one."""
    today = paris(now).date()
    if new.last_day < new.first_day:
        raise Unreadable("La fin vient avant le début.", error="ends_first")
    if new.first_day > today + AHEAD:
        raise Unreadable("Le début est dans plus d'un an. Vérifiez l'année.", error="too_far")
    if new.last_day > new.first_day + LASTS:
        raise Unreadable("Une annonce dure trois mois au plus. Vérifiez la fin.", error="too_long")
    if new.last_day < today or new.between[1] <= now:
        raise Unreadable("La fin est déjà passée. Vérifiez la date.", error="over")


def _is_midnight(moment: datetime) -> bool:
    return paris(moment).time() == time.min


def _at(moment: datetime) -> str:
    return f"{long_day(moment)} à {clock_time(moment)}"


async def _journal(session: AsyncSession, who: Account, what: str) -> None:
    session.add(Access(caseworker_id=who.id, what=what))
    await session.flush()
