"""Collectivités and their teams from a file written by hand: checked whole, then added or brought up to date."""

import re
from collections.abc import Sequence
from typing import Annotated, Self

import phonenumbers
import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import communes
from api.authorities.hours import ORDER
from api.authorities.sites import origin
from api.authorities.tables import Authority, AuthorityKind, Organisation, OrganisationKind

_SHORT = re.compile(r"[13]\d{3}")
_HOUR = r"^([01]\d|2[0-3]):[0-5]\d$"


def _phone(written: str) -> str:
    """As the database keeps it, E.164."""
    try:
        read = phonenumbers.parse(written, "FR")
    except phonenumbers.NumberParseException as error:
        raise ValueError(f"le numéro {written} ne se compose pas") from error
    if not phonenumbers.is_possible_number(read):
        raise ValueError(f"le numéro {written} ne se compose pas")
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


def _team_phone(written: str) -> str:
    """The same, or a short number of four digits, as France Travail's."""
    plain = written.replace(" ", "")
    return plain if _SHORT.fullmatch(plain) else _phone(written)


def _hours(written: dict[str, list[tuple[str, str]]]) -> dict[str, list[tuple[str, str]]]:
    unknown = set(written) - set(ORDER)
    if unknown:
        raise ValueError(f"jour inconnu : {', '.join(sorted(unknown))} (mon, tue, wed, thu, fri, sat, sun)")
    if any(opens >= closes for spans in written.values() for opens, closes in spans):
        raise ValueError("une heure de fermeture vient avant l'ouverture")
    return written


def _commune(insee: str) -> str:
    if insee not in communes():
        raise ValueError(f"{insee} n'est le code INSEE d'aucune commune de Bretagne")
    return insee


Phone = Annotated[str, AfterValidator(_phone)]
TeamPhone = Annotated[str, AfterValidator(_team_phone)]
Site = Annotated[str, AfterValidator(origin)]
Hour = Annotated[str, Field(pattern=_HOUR)]
Hours = Annotated[dict[str, list[tuple[Hour, Hour]]], AfterValidator(_hours)]


class Card(BaseModel):
    """What a file may say: nothing that is not read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TeamCard(Card):
    """A team, by its name in its collectivité."""

    name: str
    kind: OrganisationKind
    phone: TeamPhone
    address: str
    commune_insee: Annotated[str, AfterValidator(_commune)]
    directions: str | None = None
    hours: Hours | None = None
    email: str | None = None


class AuthorityCard(Card):
    """A collectivité, by its code."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9]{2,20}$")]
    name: str
    kind: AuthorityKind
    departement: str | None = None
    phone: Phone
    address: str
    hours: Hours
    answer_days: Annotated[int, Field(ge=1, le=10)] = 2
    sms_price: int | None = None
    sites: tuple[Site, ...] = ()
    organisations: tuple[TeamCard, ...] = ()

    @model_validator(mode="after")
    def _departement_has_its_number(self) -> Self:
        if (self.kind is AuthorityKind.departement) != (self.departement is not None):
            raise ValueError("departement: le numéro d'un département, et de rien d'autre")
        return self


def read_cards(text: str) -> list[AuthorityCard]:
    """The cards of a YAML file. Raises pydantic.ValidationError, or yaml.YAMLError."""
    return TypeAdapter(list[AuthorityCard]).validate_python(yaml.safe_load(text))


async def put(session: AsyncSession, cards: Sequence[AuthorityCard]) -> None:
    """Add them, or bring them up to date; twice is once. What a file leaves out stays: people may be followed there."""
    for card in cards:
        own = card.model_dump(mode="json", exclude={"organisations"})
        await session.merge(Authority(**own | {"kind": card.kind}))
        await session.flush()
        for team in card.organisations:
            await _put_team(session, card.code, team)


async def _put_team(session: AsyncSession, code: str, card: TeamCard) -> None:
    here = select(Organisation).where(Organisation.authority_code == code, Organisation.name == card.name)
    row = await session.scalar(here) or Organisation(authority_code=code)
    for name, value in card.model_dump(mode="json").items():
        setattr(row, name, value)
    row.kind = card.kind
    session.add(row)
    await session.flush()
