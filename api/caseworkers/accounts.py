"""Who may work at a desk: invited, signed in by a password and a code, refused in the same words whoever they are.

A wrong password or code is counted in the transaction in hand: whoever opened it keeps it when NotAllowed is raised.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation
from api.caseworkers import passwords, second_factor, sessions
from api.caseworkers.tables import AccountInvitation, Caseworker, CaseworkerAccount, CaseworkerSession, Role
from api.core.errors import NotAllowed, NotAllowedHere, NotFound
from api.core.sealing import Sealer, new_token

INVITATION = "desk invitation"
INVITED_FOR = timedelta(days=7)
TRIES = 5
LOCKED_MINUTES = 15
AGAIN = f"Après {TRIES} erreurs, attendez {LOCKED_MINUTES} minutes."
"""Said to everybody each time, so that it tells nothing of anybody's account."""


@dataclass(frozen=True)
class Account:
    """Who is signed in, and for which team of which authority."""

    id: UUID
    name: str
    first_name: str
    role: Role
    organisation_id: UUID
    authority_code: str
    second_factor: bool = False
    """Whether a code is asked for at each sign-in."""
    due: bool = False
    """A second factor must be enrolled first: until then only that is open to them."""


@dataclass(frozen=True)
class SignedIn:
    """A session's token; it opens nothing before the code, where one is needed."""

    token: str
    needs_code: bool


async def sign_in(
    session: AsyncSession, sealer: Sealer, email: str, password: str, now: datetime, *, factor_due: bool = False
) -> SignedIn:
    """A new session for who has this address and this password.

    `factor_due`: nobody works with a password alone; without a second factor the session opens its enrolment only.

    Raises:
        NotAllowed: the same words, in about the same time, for somebody unknown, locked out or gone.
    """
    worker = await by_email(session, email)
    whose = worker.id if worker and worker.active else None
    kept = await session.scalar(
        select(CaseworkerAccount.password_digest).where(CaseworkerAccount.caseworker_id == whose)
    )
    right = await passwords.is_right(password, kept)
    # Locked only now: while it is compared, a second try must not wait longer than one at an account that is not.
    account = await session.get(CaseworkerAccount, whose, with_for_update=True) if whose else None
    if account is None or not await counted(session, account, right and account.password_digest == kept, now):
        raise NotAllowed(f"Cette adresse et ce mot de passe ne vont pas ensemble. {AGAIN}", error="wrong_password")
    if kept and passwords.is_dated(kept):
        account.password_digest = await passwords.digest(password)
    needs_code = second_factor.is_on(account)
    if not needs_code:
        account.failures = 0
    proved = not needs_code and not factor_due
    return SignedIn(await sessions.begin(session, sealer, account.caseworker_id, proved, now), needs_code)


async def give_code(session: AsyncSession, sealer: Sealer, token: str, code: str, now: datetime) -> None:
    """Prove the session of this token by the second factor; a code is good once.

    Raises:
        NotAllowed: no such session, a wrong code, or too many of them.
    """
    mine = sessions.is_open(sealer, token, now)
    whose = await session.scalar(select(CaseworkerSession.caseworker_id).where(mine))
    if whose is None:
        raise _signed_out()
    # The account first, here and everywhere: two that wait for each other would both fail.
    account = await session.get_one(CaseworkerAccount, whose, with_for_update=True)
    opened = await session.scalar(select(CaseworkerSession).where(mine))
    if opened is None:
        raise _signed_out()
    if opened.proved:
        return
    step = second_factor.right_step(sealer, account, code, now)
    if not await counted(session, account, step is not None, now):
        raise NotAllowed(f"Ce code n'est pas le bon. {AGAIN}", error="wrong_code")
    # Only now: the right password alone must not give five more tries of the code.
    account.failures, account.totp_step = 0, step
    opened.proved, opened.seen_at = True, now
    await session.flush()


async def by_session(session: AsyncSession, sealer: Sealer, token: str, now: datetime) -> Account:
    """Who is signed in with this token.

    Raises:
        NotAllowed: nobody, not any more, or not yet.
        NotAllowedHere: a second factor must be enrolled first.
    """
    who = await entering(session, sealer, token, now)
    if who.due:
        raise NotAllowedHere("Protégez d'abord votre compte par un code.", error="second_factor_due")
    return who


async def entering(session: AsyncSession, sealer: Sealer, token: str, now: datetime) -> Account:
    """The same, for what is open before a second factor is enrolled: its enrolment. Raises NotAllowed."""
    found = (
        select(CaseworkerSession, Caseworker, CaseworkerAccount, Organisation.authority_code)
        .join(Caseworker, Caseworker.id == CaseworkerSession.caseworker_id)
        .join(Organisation, Organisation.id == Caseworker.organisation_id)
        .outerjoin(CaseworkerAccount, CaseworkerAccount.caseworker_id == Caseworker.id)
        .where(sessions.is_open(sealer, token, now), Caseworker.active)
    )
    row = (await session.execute(found)).one_or_none()
    factor = bool(row and row[2] and second_factor.is_on(row[2]))
    # Where there is a second factor, whoever did not give it is nobody yet.
    if row is None or (factor and not row[0].proved):
        raise _signed_out()
    opened, worker, _, authority_code = row
    await sessions.seen(session, opened, now)
    name, due = f"{worker.first_name} {worker.last_name}", not opened.proved
    return Account(worker.id, name, worker.first_name, worker.role, worker.organisation_id, authority_code, factor, due)


async def sign_out(session: AsyncSession, sealer: Sealer, token: str, now: datetime) -> None:
    """End the session of this token, if there is one."""
    await sessions.end(session, sessions.is_open(sealer, token, now), now)


async def end_sessions(session: AsyncSession, caseworker_id: UUID, now: datetime) -> None:
    """Sign a caseworker out everywhere: a computer was lost, or they leave."""
    await sessions.end(session, CaseworkerSession.caseworker_id == caseworker_id, now)


async def invite(session: AsyncSession, sealer: Sealer, caseworker_id: UUID, now: datetime) -> str:
    """A new invitation's token, to be shown once; an earlier one that was not used opens nothing any more."""
    mine = (AccountInvitation.caseworker_id == caseworker_id, AccountInvitation.used_at.is_(None))
    await session.execute(delete(AccountInvitation).where(*mine))
    token = new_token()
    digest = sealer.digest(INVITATION, token)
    session.add(AccountInvitation(token_digest=digest, caseworker_id=caseworker_id, expires_at=now + INVITED_FOR))
    await session.flush()
    return token


async def accept_invitation(session: AsyncSession, sealer: Sealer, token: str, password: str, now: datetime) -> None:
    """Set the password of who was invited; it ends their sessions, and a lock-out. The invitation is used up.

    Raises:
        NotFound: whatever was wrong with the invitation.
        Unreadable: the password is refused; the invitation can still be used.
    """
    mine = (
        select(AccountInvitation, Caseworker)
        .join(Caseworker, Caseworker.id == AccountInvitation.caseworker_id)
        .where(AccountInvitation.token_digest == sealer.digest(INVITATION, token), Caseworker.active)
        .where(AccountInvitation.used_at.is_(None), AccountInvitation.expires_at > now)
        .with_for_update(of=AccountInvitation)
    )
    found = (await session.execute(mine)).one_or_none()
    if found is None:
        raise NotFound("Cette invitation n'est plus valable. Demandez-en une autre.", error="invitation_unknown")
    invitation, worker = found
    passwords.check(password, worker.first_name, worker.last_name)
    invitation.used_at = now
    digest = await passwords.digest(password)
    known = await session.get(CaseworkerAccount, worker.id, with_for_update=True)
    account = known or CaseworkerAccount(caseworker_id=worker.id)
    account.password_digest, account.failures, account.locked_until = digest, 0, None
    session.add(account)
    await session.flush()
    await end_sessions(session, worker.id, now)


async def by_email(session: AsyncSession, email: str) -> Caseworker | None:
    """The caseworker of this address, however it is written."""
    # PostgreSQL takes no NUL, and no address has a sign that cannot be printed.
    written = email.strip().lower() if email.strip().isprintable() else ""
    return await session.scalar(select(Caseworker).where(func.lower(Caseworker.email) == written))


async def counted(session: AsyncSession, account: CaseworkerAccount, right: bool, now: datetime) -> bool:
    """Whether a try that is `right` or not counts as right; too many wrong ones lock the account for a while."""
    if account.locked_until and now < account.locked_until:
        # Not counted: somebody who goes on trying would keep its holder out for ever.
        return False
    if not right:
        account.failures += 1
        if account.failures >= TRIES:
            account.failures, account.locked_until = 0, now + timedelta(minutes=LOCKED_MINUTES)
        await session.flush()
    return right


def _signed_out() -> NotAllowed:
    return NotAllowed("Votre session est terminée. Connectez-vous.", error="signed_out")
