"""The second factor of an account: a code of six digits that a telephone makes, good for 30 seconds (RFC 6238)."""

from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from pyotp import TOTP, random_base32
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.tables import Caseworker, CaseworkerAccount
from api.core.errors import Conflict, NotFound, Unreadable
from api.core.sealing import Sealer

STEP = 30
"""Seconds."""
SKEW = 1
"""Steps by which a telephone's clock may be early or late."""
ISSUER = "Hent"


def is_on(account: CaseworkerAccount) -> bool:
    """Whether a code is asked for: from the first one that was confirmed."""
    return account.totp_sealed is not None and account.totp_step is not None


async def enrol(session: AsyncSession, sealer: Sealer, account_id: UUID) -> tuple[str, str]:
    """A new secret and its address for a QR code, to be shown once; asked for only once a code confirmed it.

    Raises:
        NotFound: this caseworker has no account.
        Conflict: a second factor is there already; whoever found a desk open must not replace it.
    """
    account = await _account(session, account_id)
    if is_on(account):
        raise Conflict("Votre compte demande déjà un code.", error="enrolled")
    secret = random_base32()
    account.totp_sealed = sealer.seal(secret)
    await session.flush()
    return secret, await _address(session, account_id, secret)


async def pending(session: AsyncSession, sealer: Sealer, account_id: UUID) -> str:
    """The address for a QR code of an enrolment that waits for its first code. Raises NotFound for none."""
    account = await session.get(CaseworkerAccount, account_id)
    secret = sealer.open(account.totp_sealed) if account and account.totp_sealed and not is_on(account) else None
    if secret is None:
        raise NotFound("Recommencez depuis le début.", error="not_enrolling")
    return await _address(session, account_id, secret)


async def confirm_enrolment(session: AsyncSession, sealer: Sealer, account_id: UUID, code: str, now: datetime) -> None:
    """From now on a code is asked for; this one is used up.

    Raises:
        NotFound: this caseworker has no account.
        Conflict: it was confirmed before, or never begun.
        Unreadable: the code is not the right one.
    """
    account = await _account(session, account_id)
    if account.totp_sealed is None or is_on(account):
        raise Conflict("Recommencez depuis le début.", error="not_enrolling")
    step = right_step(sealer, account, code, now)
    if step is None:
        raise Unreadable("Ce code n'est pas le bon. Attendez le suivant.", error="wrong_code")
    account.totp_step = step
    await session.flush()


def right_step(sealer: Sealer, account: CaseworkerAccount, code: str, now: datetime) -> int | None:
    """The step of this code, if it is right at `now` and none of its step or a later one was taken; None otherwise."""
    secret = sealer.open(account.totp_sealed) if account.totp_sealed else None
    if secret is None:
        return None
    made, typed = TOTP(secret, interval=STEP), "".join(code.split()).encode()
    present = int(now.timestamp()) // STEP
    last = present - SKEW - 1 if account.totp_step is None else account.totp_step
    steps = range(max(present - SKEW, last + 1), present + SKEW + 1)
    return next((step for step in steps if compare_digest(made.generate_otp(step).encode(), typed)), None)


async def _address(session: AsyncSession, account_id: UUID, secret: str) -> str:
    worker = await session.get_one(Caseworker, account_id)
    return TOTP(secret, interval=STEP).provisioning_uri(name=worker.email, issuer_name=ISSUER)


async def _account(session: AsyncSession, account_id: UUID) -> CaseworkerAccount:
    account = await session.get(CaseworkerAccount, account_id, with_for_update=True)
    if account is None:
        raise NotFound("Ce compte n'existe pas.", error="account_unknown")
    return account
