"""What the partnership offers to whoever looks for work, where they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import Commune
from api.authorities.service import authority_of
from api.authorities.tables import Organisation, OrganisationKind
from api.core.documents import read_yaml
from api.knowledge.facts import REFERENCE, Fact, partnership
from api.texts.schemas import Saying

Teams = Mapping[OrganisationKind, Organisation]


@dataclass(frozen=True)
class Offer:
    """One entry of `data/reference/partnership.yml`: a dated fact, and where it holds."""

    fact: Fact
    authorities: tuple[str, ...]
    """Codes of those where a source says that it exists."""
    organisation: OrganisationKind | None
    """It exists only where the authority has a team of this kind."""

    @property
    def text(self) -> str:
        """The entry of `data/texts/support.yml` that tells it."""
        return f"job_{self.fact.name}"


@lru_cache
def offers() -> tuple[Offer, ...]:
    """All of them, in the order of the file."""
    written: dict[str, dict[str, Any]] = read_yaml(REFERENCE / "partnership.yml")
    return tuple(
        Offer(fact, tuple(written[name]["authorities"]), _kind(written[name].get("organisation")))
        for name, fact in partnership().items()
    )


async def work(session: AsyncSession, authority_code: str, near: Commune | None, today: date) -> list[Saying]:
    """Whom to call for work, what else exists under this authority, and what may come before or beside a job.

    `near`: where training can be looked for; None when nobody said where they are.
    """
    authority = await authority_of(session, authority_code)
    teams = await _teams(session, authority_code)
    there = [offer for offer in offers() if authority_code in offer.authorities and _has_team(offer, teams)]
    here = [(offer, stated.value) for offer in there if (stated := offer.fact.holds(authority.departement, today))]
    following = {"town": near.name if near else None, "insee": near.insee if near else "", "phone": authority.phone}
    return [
        Saying("search_job", {"offers": [called for _, called in here], "phone": authority.phone}),
        *(Saying(offer.text, _contact(offer, teams)) for offer, _ in here),
        Saying("job_next", following),
    ]


def _has_team(offer: Offer, teams: Teams) -> bool:
    return offer.organisation is None or offer.organisation in teams


def _contact(offer: Offer, teams: Teams) -> dict[str, object]:
    team = teams[offer.organisation] if offer.organisation else None
    return {"team": team.name, "team_phone": team.phone} if team else {}


async def _teams(session: AsyncSession, authority_code: str) -> dict[OrganisationKind, Organisation]:
    """One team of each kind; of several the first by name."""
    rows = select(Organisation).where(Organisation.authority_code == authority_code).order_by(Organisation.name.desc())
    return {team.kind: team for team in await session.scalars(rows)}


def _kind(written: str | None) -> OrganisationKind | None:
    return OrganisationKind(written) if written else None
