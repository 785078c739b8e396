"""How often an address may try to sign in: twenty wrong passwords or codes in ten minutes, whoever they name."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.tables import SignInTry
from api.core.errors import TooMany
from api.core.sealing import Sealer

WINDOW = timedelta(minutes=10)
AT_MOST = 20
"""A team shares one address, and mistypes; a list of stolen passwords has thousands."""
PURPOSE = "desk address"
NETWORK = 64
"""Bits. Of IPv6 one subscriber has 2^64 addresses (RFC 6177): they count as one."""


async def begin(session: AsyncSession, address: bytes) -> UUID:
    """Count one more, before it is known whether it is right: ten at once are ten, at whichever desks they are.

    To be committed before the password is looked at. By PostgreSQL's clock, which all the desks share.

    Raises:
        TooMany: with the seconds until the oldest is forgotten.
    """
    # One at a time of an address: of two at once each would see the other's place as free.
    await session.execute(select(func.pg_advisory_xact_lock(int.from_bytes(address[:8], signed=True))))
    mine = SignInTry.address_digest == address
    await session.execute(delete(SignInTry).where(mine, SignInTry.created_at <= func.now() - WINDOW))
    counted = select(SignInTry.created_at, func.now()).where(mine).order_by(SignInTry.created_at)
    recent = (await session.execute(counted)).all()
    if len(recent) >= AT_MOST:
        oldest, moment = recent[0]
        wait = ceil((oldest + WINDOW - moment).total_seconds())
        raise TooMany("Trop d'essais depuis cette adresse. Attendez un peu, puis réessayez.", retry_after=wait)
    one = SignInTry(address_digest=address)
    session.add(one)
    await session.flush()
    return one.id


async def succeeded(session: AsyncSession, try_id: UUID) -> None:
    """It was right: a team that arrives in the morning locks nobody out."""
    await session.execute(delete(SignInTry).where(SignInTry.id == try_id))


def digest_of(sealer: Sealer, host: str | None) -> bytes:
    """The keyed digest of whoever connects, by their IP address as text; all that the table knows of them."""
    return sealer.digest(PURPOSE, _one_subscriber(host or ""))


def _one_subscriber(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> NETWORK << NETWORK))
