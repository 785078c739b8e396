"""Who of a team is written to."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation
from api.caseworkers.tables import Caseworker, Role
from api.mails.service import Mail, queue_mail
from api.mails.tables import MailKind


async def recipients(session: AsyncSession, team: Organisation) -> list[str]:
    """The team's own address; where it has none, those of its members who answer people."""
    if team.email:
        return [team.email]
    answering = Caseworker.role.in_([Role.caseworker, Role.supervisor])
    members = select(Caseworker.email).where(Caseworker.organisation_id == team.id, Caseworker.active, answering)
    return list(await session.scalars(members.order_by(Caseworker.email)))


async def write_to(
    session: AsyncSession, team: Organisation, kind: MailKind, letter: tuple[str, str], reference: str
) -> None:
    """The same letter, once to each of them: `reference` says what it tells. `letter`: subject and text."""
    subject, text = letter
    for address in await recipients(session, team):
        await queue_mail(session, Mail(kind, address, subject, text, f"{reference}/{team.id.hex}/{address}"))
