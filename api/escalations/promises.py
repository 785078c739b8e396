"""What may honestly be said of an answer to come: who gives it, by when, and whom to call meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.opening import is_open, next_opening
from api.authorities.tables import Authority, Organisation
from api.caseworkers.tables import Caseworker
from api.escalations.routing import Route
from api.escalations.tables import Escalation


@dataclass(frozen=True)
class Promise:
    """Facts of the texts that announce it."""

    escalation: Escalation
    fresh: bool
    """False when the same was already asked for: the first request stands."""
    late: bool
    """What was promised then has not been kept."""
    open_now: bool
    opens_at: datetime | None
    route: Route
    """As the request stands: a colleague who took it is `assigned`."""
    ask_commune: bool = False
    """Nobody knows where they live yet: the right team is found once they say it."""

    @property
    def facts(self) -> dict[str, object]:
        """For sentences."""
        return {
            "again": not self.fresh,
            "late": self.late,
            "asked_on": self.escalation.created_at,
            "due_on": self.escalation.due_at,
            "open_now": self.open_now,
            "opens_at": self.opens_at,
            "phone": self.route.phone,
            "team": self.route.team.name if self.route.team else None,
            "ask_commune": self.ask_commune,
        }

    @property
    def who(self) -> dict[str, object]:
        """Facts about the person who answers, for whoever may hear who follows them; empty when it is a whole team."""
        by = self.route.assigned
        if by is None:
            return {}
        own = by.id == self.escalation.caseworker_id
        return {"answered_by": f"{by.first_name} {by.last_name}", "stand_in": self.route.stand_in, "own": own}


def promised(row: Escalation, route: Route, now: datetime, *, fresh: bool, ask_commune: bool = False) -> Promise:
    """The promise of a request that goes this way, seen at `now`."""
    opens_at = next_opening(route.hours, now)
    late = row.due_at < now
    return Promise(row, fresh, late, is_open(route.hours, now), opens_at, route, ask_commune)


async def as_it_stands(session: AsyncSession, row: Escalation, route: Route) -> Route:
    """Where a request is that was asked for before: with whoever took it, or in the queue where it was put."""
    team = await session.get(Organisation, row.organisation_id) if row.organisation_id else None
    authority = await session.get_one(Authority, team.authority_code if team else row.authority_code)
    if row.owner_id:
        return Route(authority, team, await session.get_one(Caseworker, row.owner_id))
    same = route.assigned and row.assigned_id == route.assigned.id
    return Route(authority, team, route.assigned, route.stand_in) if same else Route(authority, team)
