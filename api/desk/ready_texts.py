"""Texts to begin an answer with: one's own, a team's, an authority's. A caseworker reads them before they are sent."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation, OrganisationKind
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker, Role
from api.conversations.service import readable
from api.core.errors import NotAllowedHere, NotFound, TooLarge
from api.desk import variables
from api.desk.scope import READING
from api.desk.scope import reachable as reachable_request
from api.desk.tables import ReadyText

LONGEST_TITLE = 80
"""Signs."""


class Scope(StrEnum):
    """Whose a text is."""

    own = "own"
    team = "team"
    authority = "authority"


ORDER = list(Scope)


@dataclass(frozen=True)
class Draft:
    """A text as it is written."""

    scope: Scope
    title: str
    text: str


@dataclass(frozen=True)
class Ready:
    """A text as it is offered; `editable` by whoever asks."""

    id: UUID
    scope: Scope
    title: str
    text: str
    editable: bool


async def reachable(session: AsyncSession, who: Account) -> list[Ready]:
    """All that `who` is offered, with variables in braces: one's own first, then the team's. Raises NotAllowedHere."""
    writable = await _writable(session, who)
    rows = await session.scalars(select(ReadyText).where(_offered(who)).order_by(ReadyText.title, ReadyText.id))
    found = [Ready(row.id, scope_of(row), row.title, row.text, scope_of(row) in writable) for row in rows]
    return sorted(found, key=lambda one: ORDER.index(one.scope))


async def filled(session: AsyncSession, who: Account, escalation_id: UUID, now: datetime) -> list[Ready]:
    """The same for a request, with what is known filled in. Raises NotAllowedHere, NotFound."""
    row = await reachable_request(session, who, escalation_id)
    known = await variables.known(session, who, row, now)
    return [replace(one, text=variables.fill(one.text, known)) for one in await reachable(session, who)]


async def write(session: AsyncSession, who: Account, draft: Draft) -> UUID:
    """A new text; the same words sent again are the same text. Raises NotAllowedHere, TooLarge, Unreadable."""
    whose = await _whose(session, who, draft.scope)
    title, text = _checked(draft)
    # One's own row: whoever sends twice at once waits for themselves, and for nobody else.
    await session.get(Caseworker, who.id, with_for_update={"key_share": True})
    same = select(ReadyText).filter_by(**whose, title=title, text=text)
    row = await session.scalar(same) or ReadyText(**whose, title=title, text=text)
    session.add(row)
    await session.flush()
    return row.id


async def rewrite(session: AsyncSession, who: Account, text_id: UUID, draft: Draft) -> None:
    """Other words, or for others. Raises NotAllowedHere, NotFound, TooLarge, Unreadable."""
    row = await _editable(session, who, text_id)
    whose = await _whose(session, who, draft.scope)
    row.title, row.text = _checked(draft)
    row.organisation_id, row.caseworker_id = whose["organisation_id"], whose["caseworker_id"]
    await session.flush()


async def remove(session: AsyncSession, who: Account, text_id: UUID) -> None:
    """Offered no more. Raises NotAllowedHere, NotFound."""
    await session.delete(await _editable(session, who, text_id))
    await session.flush()


def scope_of(row: ReadyText) -> Scope:
    """Whose a row is."""
    if row.caseworker_id:
        return Scope.own
    return Scope.team if row.organisation_id else Scope.authority


def _offered(who: Account) -> ColumnElement[bool]:
    of_all = and_(ReadyText.caseworker_id.is_(None), ReadyText.organisation_id.is_(None))
    return and_(
        ReadyText.authority_code == who.authority_code,
        or_(of_all, ReadyText.caseworker_id == who.id, ReadyText.organisation_id == who.organisation_id),
    )


async def _writable(session: AsyncSession, who: Account) -> frozenset[Scope]:
    """The scopes that `who` writes in. An authority speaks by its administrators, and by its own teams' supervisors.

    Raises NotAllowedHere for a role that has none.
    """
    if who.role is Role.administrator:
        return frozenset({Scope.authority})
    if who.role not in READING:
        raise NotAllowedHere
    if who.role is not Role.supervisor:
        return frozenset({Scope.own})
    kind = (await session.get_one(Organisation, who.organisation_id)).kind
    return frozenset(Scope) if kind is OrganisationKind.conseil_departemental else frozenset({Scope.own, Scope.team})


async def _whose(session: AsyncSession, who: Account, scope: Scope) -> dict[str, Any]:
    """The columns that say whose a text of this scope is. Raises NotAllowedHere."""
    if scope not in await _writable(session, who):
        raise NotAllowedHere
    return {
        "authority_code": who.authority_code,
        "organisation_id": who.organisation_id if scope is Scope.team else None,
        "caseworker_id": who.id if scope is Scope.own else None,
    }


async def _editable(session: AsyncSession, who: Account, text_id: UUID) -> ReadyText:
    """The row, locked. Raises NotAllowedHere, and NotFound when nothing of this id is offered to `who`."""
    writable = await _writable(session, who)
    mine = select(ReadyText).where(ReadyText.id == text_id, _offered(who)).with_for_update()
    row = await session.scalar(mine)
    if row is None:
        raise NotFound("Ce texte n'existe pas.", error="unknown_text")
    if scope_of(row) not in writable:
        raise NotAllowedHere
    return row


def _checked(draft: Draft) -> tuple[str, str]:
    title, text = " ".join(readable(draft.title).split()), readable(draft.text)
    if len(title) > LONGEST_TITLE:
        raise TooLarge(f"Écrivez un titre de {LONGEST_TITLE} signes au plus.")
    variables.check(text)
    return title, text
