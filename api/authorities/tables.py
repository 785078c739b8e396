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
