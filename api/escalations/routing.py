"""Whose request it is: the person's own caseworker, who stands in, or a team; by commune where nobody is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import communes, distance_km
from api.authorities.hours import Hours
from api.authorities.naming import home_in
from api.authorities.opening import is_open, next_opening
from api.authorities.service import authority_for_commune
from api.authorities.tables import Authority, Organisation, OrganisationKind
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.reaching import Absence
from api.caseworkers.tables import Caseworker, Role
from api.conversations.tables import Author, Conversation, Message
from api.desk import feed
from api.desk.tables import FeedKind
from api.escalations.delays import due_at, on_duty
from api.escalations.events import add_event, closed
from api.escalations.tables import Escalation, Event, Kind, Priority, Reason

READING = frozenset({Role.caseworker, Role.supervisor})
"""Who reads messages: nobody else is asked to answer one."""
RECEIVING = (
    OrganisationKind.conseil_departemental,
    OrganisationKind.delegataire_rsa,
    OrganisationKind.plie,
    OrganisationKind.autre,
    OrganisationKind.france_travail,
    OrganisationKind.mission_locale,
    OrganisationKind.siae,
)
"""Who receives somebody of whom nothing is known, the widest public first; métropoles have no team of a département."""


@dataclass(frozen=True)
class Route:
    """Where a request goes."""

    authority: Authority
    team: Organisation | None
    """None only where the authority has no team."""
    assigned: Caseworker | None = None
    """Whom it is meant for: somebody who is there; None: the whole team."""
    stand_in: bool = False
    """Whether `assigned` answers in the place of the person's own caseworker."""

    @property
    def hours(self) -> Hours:
        """When somebody is there to answer."""
        return self.authority.hours_left(self.team.hours if self.team else None)

    @property
    def phone(self) -> str:
        """Of whoever answers."""
        return self.team.phone if self.team else self.authority.phone


async def route_of(
    session: AsyncSession, person: Beneficiary | None, insee: str | None, authority_code: str, now: datetime
) -> Route:
    """Where a request of this person goes; without one, to a team of the commune, or else of the authority."""
    if person is None:
        return await team_near(session, insee, authority_code)
    own = await session.get(Caseworker, person.caseworker_id) if person.caseworker_id else None
    stand_in = await session.get(Caseworker, own.stand_in_id) if own and own.stand_in_id else None
    for worker in (own, stand_in):
        if worker and (route := await _meant_for(session, worker, now)):
            return Route(route.authority, route.team, worker, stand_in=worker is stand_in)
    followed_by = person.organisation_id or (own.organisation_id if own else None)
    team = await session.get(Organisation, followed_by) if followed_by else None
    return await _of(session, team) if team else await team_near(session, person.commune_insee, person.authority_code)


async def team_near(session: AsyncSession, insee: str | None, authority_code: str) -> Route:
    """The team that receives the people of a commune, or else the authority's first: somebody must see it."""
    if insee and (authority := await session.get(Authority, authority_for_commune(insee))):
        team = _nearest(await _teams(session, authority.code), insee)
        if team:
            return Route(authority, team)
    authority = await session.get_one(Authority, authority_code)
    return Route(authority, _nearest(await _teams(session, authority_code), insee))


async def place_of(session: AsyncSession, conversation_id: UUID | None) -> str | None:
    """INSEE code of where somebody unknown lives: as they told us when asked, or else as they last said."""
    conversation = await session.get(Conversation, conversation_id) if conversation_id else None
    if conversation is None or conversation.commune_insee:
        return conversation.commune_insee if conversation else None
    written = select(Message.text).where(Message.conversation_id == conversation_id, Message.author == Author.person)
    texts = await session.scalars(written.order_by(Message.seq.desc()))
    return next((commune.insee for text in texts if (commune := home_in(text))), None)


async def place_request(session: AsyncSession, conversation_id: UUID, insee: str, now: datetime) -> dict[str, object]:
    """Somebody unknown said in which commune they live: what nobody has taken yet goes to the team there.

    Under the conversation's lock; whatever is being taken at this moment stays where it is. Returns the facts of what
    is told: team, phone, due_on, open_now, opens_at. Raises NotFound outside Brittany.
    """
    conversation = await session.get_one(Conversation, conversation_id)
    route = await team_near(session, insee, conversation.authority_code)
    conversation.commune_insee = insee
    rows = await _unowned(session, conversation_id)
    left = [(row, row.organisation_id) for row in rows if route.team and row.organisation_id != route.team.id]
    for row, before in left:
        await _move(session, row, route, now)
        for where in filter(None, (before, row.organisation_id)):
            rings = where == row.organisation_id and row.kind is Kind.to_answer
            urgent = rings and row.priority is Priority.urgent
            await feed.publish(session, where, feed.News(FeedKind.escalation, row.id, rings=rings, urgent=urgent))
    due = rows[0].due_at if rows else due_at(route.hours, route.authority.answer_days, now)
    return {
        "team": route.team.name if route.team else None,
        "phone": route.phone,
        "due_on": due,
        "open_now": is_open(route.hours, now),
        "opens_at": next_opening(route.hours, now),
    }


async def _unowned(session: AsyncSession, conversation_id: UUID) -> list[Escalation]:
    """Open requests of somebody unknown that nobody has, locked; the first that was asked comes first."""
    mine = select(Escalation).where(
        Escalation.conversation_id == conversation_id,
        Escalation.owner_id.is_(None),
        Escalation.beneficiary_id.is_(None),
    )
    free = mine.order_by(Escalation.created_at, Escalation.id).with_for_update(key_share=True, skip_locked=True)
    rows = list(await session.scalars(free.execution_options(populate_existing=True)))
    shut = await closed(session, [row.id for row in rows])
    return [row for row in rows if row.id not in shut]


async def _move(session: AsyncSession, row: Escalation, route: Route, now: datetime) -> None:
    row.authority_code, row.organisation_id = route.authority.code, route.team.id if route.team else None
    row.assigned_id = None
    row.version += 1
    if row.reason is not Reason.letter:
        # What is told next; a letter's own date stands, wherever it is answered.
        row.due_at = due_at(route.hours, route.authority.answer_days, now)
    await add_event(session, row.id, Event.passed_on, target_id=row.organisation_id)


async def _meant_for(session: AsyncSession, worker: Caseworker, now: datetime) -> Route | None:
    """The team of somebody who is there to answer in time; None when they are not."""
    if not worker.active or worker.role not in READING:
        return None
    route = await _of(session, await session.get_one(Organisation, worker.organisation_id))
    absence = Absence(worker.absent_from, worker.absent_until) if worker.absent_from else None
    until = due_at(route.hours, route.authority.answer_days, now)
    return route if on_duty(worker.hours or route.hours, absence, now, until) else None


async def _of(session: AsyncSession, team: Organisation) -> Route:
    return Route(await session.get_one(Authority, team.authority_code), team)


async def _teams(session: AsyncSession, authority_code: str) -> list[Organisation]:
    """Those where somebody reads messages; where nobody does anywhere, all of them. By name."""
    teams = select(Organisation).where(Organisation.authority_code == authority_code)
    found = list(await session.scalars(teams.order_by(Organisation.name, Organisation.id)))
    readers = select(Caseworker.organisation_id).where(Caseworker.active, Caseworker.role.in_(READING))
    staffed = set(await session.scalars(readers.distinct()))
    return [team for team in found if team.id in staffed] or found


def _nearest(teams: Iterable[Organisation], insee: str | None) -> Organisation | None:
    """Of the kind that receives most widely; of several the nearest, or else the first by its name."""
    here = communes().get(insee or "")

    def far(team: Organisation) -> tuple[int, float]:
        there = communes().get(team.commune_insee)
        return RECEIVING.index(team.kind), distance_km(here, there) if here and there else 0.0

    return min(teams, key=far, default=None)
