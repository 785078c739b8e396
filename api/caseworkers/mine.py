"""What somebody changes of their own account: the password is asked for again, for a desk may have been left open."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers import accounts, passwords, second_factor, sessions
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker, CaseworkerAccount, CaseworkerSession
from api.core.errors import NotAllowed
from api.core.sealing import Sealer


async def enrol(session: AsyncSession, sealer: Sealer, who: Account, password: str, now: datetime) -> tuple[str, str]:
    """A new second factor's secret, and its address for a QR code.

    Raises:
        NotAllowed: it is not their password; it is counted as when signing in.
        Conflict: there is a second factor already.
    """
    await _known(session, who.id, password, now)
    return await second_factor.enrol(session, sealer, who.id)


async def confirm(session: AsyncSession, sealer: Sealer, who: Account, token: str, code: str, now: datetime) -> None:
    """From now on a code is asked for at each sign-in. This session is proved by it; those elsewhere end.

    Raises Conflict and Unreadable, as `second_factor.confirm_enrolment`.
    """
    await second_factor.confirm_enrolment(session, sealer, who.id, code, now)
    await _end_elsewhere(session, sealer, who, token, now)
    await sessions.prove(session, sessions.is_open(sealer, token, now), now)


async def change_password(
    session: AsyncSession, sealer: Sealer, who: Account, token: str, old: str, new: str, now: datetime
) -> None:
    """A new password; sessions elsewhere end.

    Raises:
        NotAllowed: the old one is not theirs; it is counted.
        Unreadable: the new one is refused.
    """
    account = await _known(session, who.id, old, now)
    worker = await session.get_one(Caseworker, who.id)
    passwords.check(new, worker.first_name, worker.last_name)
    account.password_digest = await passwords.digest(new)
    await session.flush()
    await _end_elsewhere(session, sealer, who, token, now)


async def _known(session: AsyncSession, account_id: UUID, password: str, now: datetime) -> CaseworkerAccount:
    account = await session.get(CaseworkerAccount, account_id, with_for_update=True)
    right = account is not None and await passwords.is_right(password, account.password_digest)
    if account is None or not await accounts.counted(session, account, right, now):
        raise NotAllowed(f"Ce mot de passe n'est pas le vôtre. {accounts.AGAIN}", error="wrong_password")
    return account


async def _end_elsewhere(session: AsyncSession, sealer: Sealer, who: Account, token: str, now: datetime) -> None:
    here = CaseworkerSession.token_digest == sealer.digest(sessions.PURPOSE, token)
    await sessions.end(session, (CaseworkerSession.caseworker_id == who.id) & ~here, now)
