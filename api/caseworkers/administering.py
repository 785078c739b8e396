"""What an administrator does with the accounts of their authority; never with their own, never with a message."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation
from api.caseworkers import accounts
from api.caseworkers.accounts import Account
from api.caseworkers.addresses import address, number
from api.caseworkers.listing import check_administrator, teams_of
from api.caseworkers.tables import AccountInvitation, Caseworker, CaseworkerAccount, Role
from api.core.errors import Conflict, NotAllowedHere, NotFound
from api.core.sealing import Sealer
from api.desk.tables import Access
from api.mails import letters
from api.mails.service import queue_mail


@dataclass(frozen=True)
class Newcomer:
    """Somebody to invite; `organisation_id` None: in the administrator's own team."""

    first_name: str
    last_name: str
    email: str
    phone: str
    role: Role
    organisation_id: UUID | None = None


@dataclass(frozen=True)
class Post:
    """What an invitation is sealed with, and where its link leads."""

    sealer: Sealer
    desk_url: str


async def add(session: AsyncSession, who: Account, post: Post, new: Newcomer, now: datetime) -> None:
    """A new account, and its invitation by e-mail.

    Raises:
        NotFound: the team is not one of the authority's.
        Conflict: the address is known already.
        Unreadable: the address or the number cannot be used.
    """
    teams = await teams_of(session, who)
    team = new.organisation_id or who.organisation_id
    if team not in {one.id for one in teams}:
        raise NotFound("Cette équipe n'existe pas.", error="unknown_organisation")
    made = {
        "first_name": new.first_name,
        "last_name": new.last_name,
        "email": address(new.email),
        "phone": number(new.phone),
    }
    row = insert(Caseworker).values(organisation_id=team, role=new.role, active=True, **made)
    known = await accounts.by_email(session, new.email)
    # The same twice at the same moment is one account.
    worker = None if known else await session.scalar(row.on_conflict_do_nothing().returning(Caseworker))
    if worker is None:
        raise Conflict("Un compte a déjà cette adresse.", error="email_taken")
    await _journal(session, who, "/desk/accounts", worker)
    await _invite(session, post, worker, now)


async def invite(session: AsyncSession, who: Account, post: Post, caseworker_id: UUID, now: datetime) -> None:
    """A new invitation by e-mail; an earlier one opens nothing any more. Raises NotAllowedHere, NotFound, Conflict."""
    worker = await _theirs(session, who, caseworker_id, "invite")
    if not worker.active:
        raise Conflict("Réactivez d'abord ce compte.", error="inactive")
    await _invite(session, post, worker, now)


async def end_sessions(session: AsyncSession, who: Account, caseworker_id: UUID, now: datetime) -> None:
    """Signed out everywhere. Raises NotAllowedHere, NotFound."""
    worker = await _theirs(session, who, caseworker_id, "end-sessions")
    await accounts.end_sessions(session, worker.id, now)


async def remove_second_factor(session: AsyncSession, who: Account, caseworker_id: UUID, now: datetime) -> None:
    """A telephone was lost: another is enrolled at the next sign-in. Raises NotAllowedHere, NotFound."""
    worker = await _theirs(session, who, caseworker_id, "remove-second-factor")
    account = await session.get(CaseworkerAccount, worker.id, with_for_update=True)
    if account:
        account.totp_sealed = account.totp_step = None
        await session.flush()
    await accounts.end_sessions(session, worker.id, now)


async def deactivate(session: AsyncSession, who: Account, caseworker_id: UUID, now: datetime) -> None:
    """Nobody signs in by it any more, here or by an invitation on its way. Raises NotAllowedHere, NotFound."""
    worker = await _theirs(session, who, caseworker_id, "deactivate")
    worker.active = False
    unused = (AccountInvitation.caseworker_id == worker.id, AccountInvitation.used_at.is_(None))
    await session.execute(delete(AccountInvitation).where(*unused))
    await accounts.end_sessions(session, worker.id, now)


async def activate(session: AsyncSession, who: Account, caseworker_id: UUID) -> None:
    """As before. Raises NotAllowedHere, NotFound."""
    (await _theirs(session, who, caseworker_id, "activate")).active = True
    await session.flush()


async def _theirs(session: AsyncSession, who: Account, caseworker_id: UUID, act: str) -> Caseworker:
    """Somebody else of the administrator's authority, locked; what is done to them stands in the journal."""
    check_administrator(who)
    mine = (
        select(Caseworker)
        .join(Organisation, Organisation.id == Caseworker.organisation_id)
        .where(Caseworker.id == caseworker_id, Organisation.authority_code == who.authority_code)
    )
    worker = await session.scalar(mine.with_for_update(of=Caseworker, key_share=True))
    if worker is None:
        raise NotFound("Ce compte n'existe pas.", error="account_unknown")
    if worker.id == who.id:
        raise NotAllowedHere("Demandez-le à un autre administrateur.", error="oneself")
    await _journal(session, who, f"/desk/accounts/{{caseworker}}/{act}", worker)
    return worker


async def _invite(session: AsyncSession, post: Post, worker: Caseworker, now: datetime) -> None:
    token = await accounts.invite(session, post.sealer, worker.id, now)
    mail = letters.invitation(worker, post.desk_url, token, now + accounts.INVITED_FOR)
    await queue_mail(session, mail, post.sealer)


async def _journal(session: AsyncSession, who: Account, what: str, whose: Caseworker) -> None:
    session.add(Access(caseworker_id=who.id, what=what, account_id=whose.id))
    await session.flush()
