"""How tables are declared: every column says what it reveals, every table how long it is kept.

`tests/test_privacy.py` refuses a column without a class and a table without a retention.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnClause, ColumnElement, DateTime, Enum, MetaData, Uuid, func, literal_column
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column


class Privacy(StrEnum):
    """What a column reveals about a living person."""

    public = "public"
    """Nothing: reference data, published by an authority."""
    technical = "technical"
    """Identifiers, counters and dates that mean something only inside this database."""
    professional = "professional"
    """A caseworker's working identity."""
    personal = "personal"
    """Says who somebody is, or when and where they are expected."""
    intimate = "intimate"
    """What somebody wrote, or why they are followed: may tell health, family, money, danger."""
    secret = "secret"
    """Digests and sealed texts: worth nothing without the key, and never exported."""


@dataclass(frozen=True)
class Retention:
    """How long rows of a table are kept: `days` after the date in column `after`, or as long as their `parent`."""

    why: str
    days: int | None = None
    after: str | None = None
    parent: str | None = None


REFERENCE = Retention(why="reference data, replaced by its next edition")


class Base(DeclarativeBase):
    """Every table of ours; constraints are named so that an error says which rule was broken."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: DateTime(timezone=True), dict[str, Any]: JSONB, list[str]: JSONB}


def column(privacy: Privacy, *args: Any, **options: Any) -> MappedColumn[Any]:
    """A column that says what it reveals."""
    return mapped_column(*args, info={"privacy": privacy}, **options)


def key() -> MappedColumn[UUID]:
    """A random primary key: a number would tell how many people there are."""
    return mapped_column(Uuid, primary_key=True, default=uuid4, info={"privacy": Privacy.technical})


def instant(privacy: Privacy = Privacy.technical, **options: Any) -> MappedColumn[datetime]:
    """A moment set by the database when the row is written."""
    return mapped_column(DateTime(timezone=True), server_default=func.now(), info={"privacy": privacy}, **options)


def choice_of(kind: type[StrEnum], privacy: Privacy, **options: Any) -> MappedColumn[Any]:
    """An enumeration kept as its words, checked by the database."""
    words = Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=kind.__name__.lower(),
        values_callable=lambda members: [str(member) for member in members],
    )
    return mapped_column(words, info={"privacy": privacy}, **options)


def french(text: str) -> ColumnClause[Any]:
    """A text column as French full-text search reads it, without accents: for an index and for whoever searches it.

    The built-in configuration keeps "électricien" and "electricien" apart; `translate` is immutable, `unaccent` is not.
    """
    return literal_column(f"to_tsvector('french', translate(lower({text}), '{_ACCENTED}', '{_PLAIN}'))")


def french_query(words: str) -> ColumnElement[Any]:
    """What somebody searches, read as `french` reads a text: every word, "words in quotes" together, or, -without."""
    folded = func.translate(func.lower(words), _ACCENTED, _PLAIN)
    return func.websearch_to_tsquery(literal_column("'french'"), folded)


_ACCENTED, _PLAIN = "àâäéèêëîïôöùûüÿç’", "aaaeeeeiioouuuyc "


def rules(*constraints: Any, kept: Retention) -> tuple[Any, ...]:
    """A table's constraints and its retention, as SQLAlchemy wants them."""
    return (*constraints, {"info": {"retention": kept}})
