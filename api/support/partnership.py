"""What the partnership offers to whoever looks for work, where they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune
from api.authorities.service import authority_of
from api.authorities.tables import Organisation, OrganisationKind
from api.core.documents import read_yaml
from api.texts.schemas import Saying

FILE = Path(__file__).parents[2] / "data" / "reference" / "partnership.yml"


@dataclass(frozen=True)
class Offer:
    """One entry of `data/reference/partnership.yml`."""

    text: str
    """The entry of `data/texts/support.yml` that says it."""
    label: str
    authorities: tuple[str, ...]
    """Codes of those where a source says that it exists."""
    source: str
    valid_from: date
    review_by: date
    organisation: OrganisationKind | None = None
    """It exists only where the authority has a team of this kind."""


@lru_cache
def offers() -> tuple[Offer, ...]:
    """All of them, in the order of the file."""
    return tuple(_offer(entry) for entry in read_yaml(FILE))


async def work(session: AsyncSession, authority_code: str, near: Commune | None, today: date) -> list[Saying]:
    """Whom to call for work, what else exists under this authority, and what may come before or beside a job.

    `near`: where training can be looked for; None when nobody said where they are.
    """
    authority = await authority_of(session, authority_code)
    teams = await _teams(session, authority_code)
    here = [offer for offer in offers() if _exists(offer, authority_code, teams, today)]
    following = {"town": near.name if near else None, "insee": near.insee if near else "", "phone": authority.phone}
    return [
        Saying("search_job", {"offers": [offer.label for offer in here], "phone": authority.phone}),
        *(Saying(offer.text, _contact(offer, teams)) for offer in here),
        Saying("job_next", following),
    ]


def _exists(offer: Offer, code: str, teams: Mapping[OrganisationKind, Organisation], today: date) -> bool:
    has_team = offer.organisation is None or offer.organisation in teams
    return has_team and code in offer.authorities and offer.valid_from <= today


def _contact(offer: Offer, teams: Mapping[OrganisationKind, Organisation]) -> dict[str, object]:
    team = teams[offer.organisation] if offer.organisation else None
    return {"team": team.name, "team_phone": team.phone} if team else {}


async def _teams(session: AsyncSession, authority_code: str) -> dict[OrganisationKind, Organisation]:
    """One team of each kind; of several the first by name."""
    rows = select(Organisation).where(Organisation.authority_code == authority_code).order_by(Organisation.name.desc())
    return {team.kind: team for team in await session.scalars(rows)}


def _offer(entry: dict[str, Any]) -> Offer:
    kind = OrganisationKind(entry["organisation"]) if "organisation" in entry else None
    return Offer(**entry | {"authorities": tuple(entry["authorities"]), "organisation": kind})
