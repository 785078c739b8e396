"""The seven collectivités, and under them the organisations that follow people."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, relationship

from api.authorities.hours import CLOSED, Hours
from api.core.columns import REFERENCE, Base, Privacy, Retention, choice_of, column, instant, key, rules


class AuthorityKind(StrEnum):
    """What a collectivité is."""

    departement = "departement"
    region = "region"
    metropole = "metropole"


class NoticeKind(StrEnum):
    """What happens."""

    outage = "outage"
    strike = "strike"
    closure = "closure"


class OrganisationKind(StrEnum):
    """Who follows a person; the first five words are rdv-insertion's (app/models/organisation.rb)."""

    conseil_departemental = "conseil_departemental"
    delegataire_rsa = "delegataire_rsa"
    france_travail = "france_travail"
    siae = "siae"
    autre = "autre"
    mission_locale = "mission_locale"
    plie = "plie"


class Authority(Base):
    """A collectivité of the partnership, with the telephone number that Hent gives."""

    __tablename__ = "authorities"
    __table_args__ = rules(
        CheckConstraint("(kind = 'departement') = (departement IS NOT NULL)", name="departement_has_its_number"),
        CheckConstraint("phone ~ '^[+][0-9]{8,15}$'", name="phone_is_e164"),
        kept=REFERENCE,
    )

    code: Mapped[str] = column(Privacy.public, primary_key=True)
    """A short word: cd29, region, brest."""
    name: Mapped[str] = column(Privacy.public)
    kind: Mapped[AuthorityKind] = choice_of(AuthorityKind, Privacy.public)
    departement: Mapped[str | None] = column(Privacy.public)
    phone: Mapped[str] = column(Privacy.public)
    address: Mapped[str] = column(Privacy.public)
    hours: Mapped[dict[str, Any]] = column(Privacy.public, JSONB)
    """Weekday ("mon"…"sun") to a list of [opens, closes] in Paris time: {"mon": [["08:30", "12:00"]]}."""
    answer_days: Mapped[int] = column(Privacy.public, default=2, server_default="2")
    """Working days within which somebody answers a request: what people are told, so it must be kept."""
    sms_price: Mapped[int | None] = column(Privacy.public)
    """Of one segment, in thousandths of a euro, by the authority's own contract; None: not known."""
    no_reminders: Mapped[list[str]] = column(Privacy.public, server_default="[]", default=list)
    """Kinds of reminders that it has switched off."""
    sites: Mapped[list[str]] = column(Privacy.public, server_default="[]", default=list)
    """Origins ("https://www.exemple.bzh") of the pages that may show the chat of this authority."""
    closures: Mapped[list["Notice"]] = relationship(
        lazy="selectin",
        viewonly=True,
        primaryjoin="and_(Authority.code == Notice.authority_code, Notice.kind == 'closure')",
    )
    """When it is closed beside its hours and public holidays: read with it, for whoever promises an answer."""

    def hours_left(self, own: Hours | None = None) -> Hours:
        """Its hours, or a team's `own`, with what a notice closes: `opening.spans` leaves that out."""
        # One that was taken back before it began ends before it starts, and closes nothing.
        held = [one for one in self.closures if one.starts_at < one.ends_at]
        closed = [[one.starts_at.isoformat(), one.ends_at.isoformat()] for one in held]
        return {**(own or self.hours), CLOSED: closed} if closed else own or self.hours


class Notice(Base):
    """What everybody who writes to an authority should know between two instants: shown above the chat.

    One that is taken back before it began ends before it starts.
    """

    __tablename__ = "notices"
    __table_args__ = rules(
        Index("ix_notices_authority_code", "authority_code", "ends_at"),
        kept=Retention(why="a year, to explain what was promised on those days", days=366, after="ends_at"),
    )

    id: Mapped[UUID] = key()
    authority_code: Mapped[str] = column(Privacy.public, ForeignKey("authorities.code"))
    kind: Mapped[NoticeKind] = choice_of(NoticeKind, Privacy.public)
    text: Mapped[str] = column(Privacy.public)
    starts_at: Mapped[datetime] = column(Privacy.public)
    ends_at: Mapped[datetime] = column(Privacy.public)
    created_at: Mapped[datetime] = instant(Privacy.public)


class Organisation(Base):
    """A team that receives people: the département's own, a délégataire, France Travail, a mission locale, a PLIE."""

    __tablename__ = "organisations"
    __table_args__ = rules(CheckConstraint("phone ~ '^([+][0-9]{8,15}|[0-9]{4})$'", name="phone_dials"), kept=REFERENCE)

    id: Mapped[UUID] = key()
    authority_code: Mapped[str] = column(Privacy.public, ForeignKey("authorities.code"), index=True)
    name: Mapped[str] = column(Privacy.public)
    kind: Mapped[OrganisationKind] = choice_of(OrganisationKind, Privacy.public)
    phone: Mapped[str] = column(Privacy.public)
    address: Mapped[str] = column(Privacy.public)
    commune_insee: Mapped[str] = column(Privacy.public)
    directions: Mapped[str | None] = column(Privacy.public)
    """How to get there without a car, in one or two sentences."""
    hours: Mapped[dict[str, Any] | None] = column(Privacy.public, JSONB)
    """As the authority's; None: the same as the authority's."""
    email: Mapped[str | None] = column(Privacy.public)
    """Of the whole team; None: each of its members is written to."""
