"""The people who are followed. An RSA file is a household's file: two people may share a case and a number."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, and_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, instant, key, rules

TWO_YEARS = 730
"""CNIL's reference for the social sector (2023): the active base lasts two years after the last contact."""


class Fund(StrEnum):
    """Who pays the RSA (RDV-Solidarités: caisse_affiliation)."""

    caf = "caf"
    msa = "msa"


class Title(StrEnum):
    """How a person is addressed (rdv-insertion: title)."""

    madame = "madame"
    monsieur = "monsieur"


class HouseholdRole(StrEnum):
    """A person's place in the household's file (rdv-insertion: role)."""

    demandeur = "demandeur"
    conjoint = "conjoint"


class Household(Base):
    """One case at CAF or MSA."""

    __tablename__ = "households"
    __table_args__ = rules(kept=Retention(why="as long as its members", days=TWO_YEARS, after="last_contact_at"))

    id: Mapped[UUID] = key()
    fund: Mapped[Fund] = choice_of(Fund, Privacy.intimate)
    case_number: Mapped[str] = column(Privacy.personal, unique=True)
    last_contact_at: Mapped[datetime] = instant()


class Beneficiary(Base):
    """One person. The telephone number is a way to reach them, never a proof of who they are."""

    __tablename__ = "beneficiaries"
    __table_args__ = rules(
        CheckConstraint("phone ~ '^[+][0-9]{8,15}$'", name="phone_is_e164"),
        CheckConstraint("(reminders_asked_at IS NULL) = (reminders_asked_by IS NULL)", name="who_asked_is_dated"),
        Index("ix_beneficiaries_names", "folded_last_name", "folded_first_name"),
        kept=Retention(why="two years after the last contact", days=TWO_YEARS, after="last_contact_at"),
    )

    id: Mapped[UUID] = key()
    household_id: Mapped[UUID] = column(Privacy.personal, ForeignKey("households.id", ondelete="CASCADE"), index=True)
    role: Mapped[HouseholdRole] = choice_of(HouseholdRole, Privacy.personal)
    title: Mapped[Title] = choice_of(Title, Privacy.personal)
    first_name: Mapped[str] = column(Privacy.personal)
    last_name: Mapped[str] = column(Privacy.personal)
    folded_first_name: Mapped[str] = column(Privacy.personal)
    folded_last_name: Mapped[str] = column(Privacy.personal)
    """Without accents or capitals, to recognise a name that must not reach Rasa."""
    birth_date: Mapped[date] = column(Privacy.personal)
    phone: Mapped[str | None] = column(Privacy.personal, index=True)
    email: Mapped[str | None] = column(Privacy.personal)
    commune_insee: Mapped[str] = column(Privacy.personal)
    authority_code: Mapped[str] = column(Privacy.personal, ForeignKey("authorities.code"), index=True)
    organisation_id: Mapped[UUID | None] = column(Privacy.personal, ForeignKey("organisations.id"), index=True)
    caseworker_id: Mapped[UUID | None] = column(Privacy.personal, ForeignKey("caseworkers.id"), index=True)
    confidential: Mapped[bool] = column(Privacy.intimate, default=False)
    """Nothing automatic says a place, a name or a history; only a link given in person identifies."""
    reminders_asked_at: Mapped[datetime | None] = column(Privacy.intimate)
    """Since when a confidential file is reminded of its appointments all the same, because its person asked for it."""
    reminders_asked_by: Mapped[UUID | None] = column(Privacy.personal, ForeignKey("caseworkers.id"), index=True)
    """Who was asked, in person: what comes by telephone may come from whoever else holds it."""
    reminders_asked_phone: Mapped[str | None] = column(Privacy.personal)
    """The number of the file at that moment."""
    agreed_word_digest: Mapped[bytes | None] = column(Privacy.secret)
    """Keyed digest of the word agreed with the caseworker, folded; for a number that several people share."""
    demo_note: Mapped[str | None] = column(Privacy.public)
    """Demonstration only: what this invented person can expect to be told."""
    last_contact_at: Mapped[datetime] = instant()

    @hybrid_property
    def wants_reminders(self) -> bool:
        """Whether that wish still holds: who holds another telephone was asked nothing."""
        return self.reminders_asked_phone is not None and self.reminders_asked_phone == self.phone

    @wants_reminders.inplace.expression
    @classmethod
    def _wants_reminders(cls) -> ColumnElement[bool]:
        # Never NULL: what is neither true nor false would be no bar.
        known = cls.reminders_asked_phone.is_not(None)
        return and_(known, cls.reminders_asked_phone.is_not_distinct_from(cls.phone))
