"""Writing the journal and reading it: facts are added, and corrected by other facts, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.core.clock import paris
from api.core.errors import Conflict, NotFound, Unreadable
from api.pathways.details import checked
from api.pathways.facts import Fact
from api.pathways.tables import FactKind, PathwayFact


@dataclass(frozen=True)
class News:
    """A fact as a source tells it."""

    beneficiary_id: UUID
    kind: FactKind
    happened_on: date
    source: str
    source_id: str
    """The source's own name for it: told again, it is the same fact."""
    known_at: datetime
    detail: dict[str, Any] = field(default_factory=dict)
    """As `api/pathways/tables.py` describes it for each kind."""
    replaces: UUID | None = None
    """Id of the fact that this one corrects."""
    withdrawn: bool = False
    """What it corrects never happened."""


async def record(session: AsyncSession, news: News) -> PathwayFact:
    """Add a fact, once; the row that stands for it, the same when it is told again.

    What corrects a fact that was corrected already corrects the correction. Raises NotFound for an unknown person or
    corrected fact; Conflict when the same name stands for something else, or when a correction is of another kind;
    Unreadable for a detail of the wrong shape, a day to come, or a withdrawal of nothing.
    """
    detail = {} if news.withdrawn else checked(news.kind, news.detail)
    _refuse_the_impossible(news)
    await _alone(session, news.beneficiary_id)
    chain = await _chain(session, news)
    named = select(PathwayFact).where(PathwayFact.source == news.source, PathwayFact.source_id == news.source_id)
    told = await session.scalar(named)
    if told is None:
        return await _added(session, news, detail, chain[-1].id if chain else None)
    if not _same(told, news, detail, chain):
        raise Conflict("Cette référence désigne déjà un autre fait.", error="another_fact")
    return told


async def facts_of(session: AsyncSession, beneficiary_id: UUID) -> list[Fact]:
    """The whole journal of a person, corrected and withdrawn facts included, in no order that means anything."""
    return (await journals_of(session, [beneficiary_id]))[beneficiary_id]


async def journals_of(session: AsyncSession, beneficiary_ids: Sequence[UUID]) -> dict[UUID, list[Fact]]:
    """The same of many people, by id; empty for whoever has none."""
    rows = await session.scalars(select(PathwayFact).where(PathwayFact.beneficiary_id.in_(beneficiary_ids)))
    found: dict[UUID, list[Fact]] = {one: [] for one in beneficiary_ids}
    for row in rows:
        fact = Fact(row.id, row.kind, row.happened_on, row.known_at, row.replaces_id, row.withdrawn, row.detail)
        found[row.beneficiary_id].append(fact)
    return found


def _refuse_the_impossible(news: News) -> None:
    if news.happened_on > paris(news.known_at).date():
        raise Unreadable("Un fait ne peut pas être connu avant d'avoir eu lieu.", error="not_yet")
    if news.withdrawn and not news.replaces:
        raise Unreadable("Pour retirer un fait, il faut dire lequel.", error="withdraws_nothing")


async def _alone(session: AsyncSession, beneficiary_id: UUID) -> None:
    """One writer at a time in a journal: two corrections at once would correct the same fact."""
    person = select(Beneficiary.id).where(Beneficiary.id == beneficiary_id).with_for_update(key_share=True)
    if await session.scalar(person) is None:
        raise NotFound("Cette personne n'existe pas.", error="unknown_person")


async def _chain(session: AsyncSession, news: News) -> list[PathwayFact]:
    """The fact that is corrected, then its corrections, each by the next; empty for what corrects nothing."""
    if news.replaces is None:
        return []
    journal = await session.scalars(select(PathwayFact).where(PathwayFact.beneficiary_id == news.beneficiary_id))
    rows = {row.id: row for row in journal}
    if news.replaces not in rows:
        raise NotFound("Ce fait n'est pas dans ce journal.", error="unknown_fact")
    corrections = {row.replaces_id: row for row in rows.values()}
    chain = [rows[news.replaces]]
    while chain[-1].id in corrections:
        chain.append(corrections[chain[-1].id])
    if chain[0].kind is not news.kind:
        raise Conflict("Une correction ne change pas la nature d'un fait.", error="another_kind")
    return chain


def _same(told: PathwayFact, news: News, detail: dict[str, Any], chain: list[PathwayFact]) -> bool:
    said = (told.beneficiary_id, told.kind, told.happened_on, told.withdrawn, told.detail)
    if said != (news.beneficiary_id, news.kind, news.happened_on, news.withdrawn, detail):
        return False
    return told in chain[1:] if chain else told.replaces_id is None


async def _added(session: AsyncSession, news: News, detail: dict[str, Any], replaces_id: UUID | None) -> PathwayFact:
    row = PathwayFact(
        beneficiary_id=news.beneficiary_id,
        kind=news.kind,
        happened_on=news.happened_on,
        known_at=news.known_at,
        source=news.source,
        source_id=news.source_id,
        replaces_id=replaces_id,
        withdrawn=news.withdrawn,
        detail=detail,
    )
    session.add(row)
    await session.flush()
    return row
