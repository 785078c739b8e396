"""The journal of a pathway: facts that are only ever added. Where somebody stands is derived from it, never stored."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, instant, key, rules


class FactKind(StrEnum):
    """What may happen to a pathway, in the order in which the law lays it out (CASF L.262-27 to L.262-36)."""

    rights_opened = "rights_opened"
    known = "known"
    """The authority learnt of the rights: its six weeks begin (CASF D.262-65-2)."""
    oriented = "oriented"
    """detail: {"path": social | professional | socio_professional, "organisation": uuid}."""
    notified = "notified"
    """The person was told of their orientation: the month for the contract begins (C. trav. D.5411-14-1)."""
    assigned = "assigned"
    """A référent follows the person from now on. detail: {"caseworker": uuid}."""
    appointment_offered = "appointment_offered"
    appointment_held = "appointment_held"
    contract_signed = "contract_signed"
    """detail: {"ends_on": date}."""
    contract_ended = "contract_ended"
    """Before its date: broken off, or replaced by none."""
    step_planned = "step_planned"
    """detail: {"step": a word that names it, "title": in words, "due_on": date or null}."""
    step_done = "step_done"
    """detail: {"step": the same word}."""
    moved = "moved"
    """Another authority follows the person from now on: its own six weeks begin. detail: {"authority": code}."""
    closed = "closed"
    """No longer followed: rights ended, or back to work."""


class PathwayFact(Base):
    """One fact. A correction is a new row that replaces an earlier one; a trigger refuses every update."""

    __tablename__ = "pathway_facts"
    __table_args__ = rules(
        UniqueConstraint("source", "source_id"),
        # One correction each: a chain, never a tree, so that one row of it stands.
        UniqueConstraint("replaces_id"),
        CheckConstraint("NOT withdrawn OR replaces_id IS NOT NULL", name="only_a_correction_withdraws"),
        Index("ix_pathway_facts_person", "beneficiary_id", "happened_on"),
        kept=Retention(why="as long as the person is followed", parent="beneficiaries"),
    )

    id: Mapped[UUID] = key()
    beneficiary_id: Mapped[UUID] = column(Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"))
    kind: Mapped[FactKind] = choice_of(FactKind, Privacy.intimate)
    happened_on: Mapped[date] = column(Privacy.intimate)
    known_at: Mapped[datetime] = instant()
    """When we learnt of it, which may be months later."""
    source: Mapped[str] = column(Privacy.technical)
    source_id: Mapped[str] = column(Privacy.technical)
    replaces_id: Mapped[UUID | None] = column(Privacy.technical, ForeignKey("pathway_facts.id", ondelete="CASCADE"))
    withdrawn: Mapped[bool] = column(Privacy.technical, default=False)
    """The fact that this row replaces never happened."""
    detail: Mapped[dict[str, Any]] = column(Privacy.intimate)
