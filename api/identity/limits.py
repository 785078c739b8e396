"""How many codes may be asked for: five an hour for a number, sixty for an address (a social centre shares one)."""

from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.identity.tables import CodeRequest

WINDOW = timedelta(hours=1)
FOR_A_NUMBER = 5
FOR_AN_ADDRESS = 60


async def may_ask(session: AsyncSession, phone_digest: bytes, address_digest: bytes | None) -> bool:
    """Whether one more code may be asked for; the request is counted whether or not a code will be sent."""
    recent = CodeRequest.created_at > func.now() - WINDOW
    mine = or_(CodeRequest.phone_digest == phone_digest, CodeRequest.address_digest == address_digest)
    counts = select(
        func.count().filter(CodeRequest.phone_digest == phone_digest),
        func.count().filter(CodeRequest.address_digest == address_digest),
    ).where(recent, mine)
    by_number, by_address = (await session.execute(counts)).one()
    allowed: bool = by_number < FOR_A_NUMBER and by_address < FOR_AN_ADDRESS
    if allowed:
        session.add(CodeRequest(phone_digest=phone_digest, address_digest=address_digest))
        await session.flush()
    return allowed
