"""The seven collectivités, and under them the organisations that follow people."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from api.core.columns import REFERENCE, Base, Privacy, choice_of, column, key, rules


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
        lazy="selectin", viewonly=True, primaryjoin="and_(Authority.code == Notice.authority_code, Notice.is_closure)"
    )
    """When it is closed by notice, beside its hours and public holidays; read with it, whoever promises an answer."""

    def hours_but(self, own: Hours | None = None) -> Hours:
        """Its hours, or those of one of its teams, without what a notice closes (`opening.spans`)."""
        closed = [[one.starts_at.isoformat(), one.ends_at.isoformat()] for one in self.closures]
        return {**(own or self.hours), CLOSED: closed} if closed else own or self.hours


class Notice(Base):
    """What everybody who writes to an authority should know between two instants: shown above the chat."""

    __tablename__ = "notices"
    __table_args__ = rules(
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
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

    @hybrid_property
    def is_closure(self) -> bool:
        """Whether nobody is there to answer meanwhile."""
        return self.kind is NoticeKind.closure

    @is_closure.inplace.expression
    @classmethod
    def _is_closure(cls) -> ColumnElement[bool]:
        return cls.kind == NoticeKind.closure


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
