"""Six digits by SMS: asked for, sealed, compared."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations.silence import silenced
from api.conversations.sms_tables import Silence
from api.core.sealing import Sealer, new_code
from api.identity.limits import may_ask
from api.identity.tables import IdentityCheck

LIVES = timedelta(minutes=10)
TRIES = 5
PURPOSE = "identity code"


async def candidate(session: AsyncSession, check: IdentityCheck) -> Beneficiary | None:
    """The one person with this number and this birth date whose file may be opened by a code.

    None where whoever has the telephone said that they are somebody else.
    """
    if check.phone and await silenced(session, check.phone) is Silence.wrong_number:
        return None
    same = select(Beneficiary).where(
        Beneficiary.phone == check.phone,
        Beneficiary.birth_date == check.birth_date,
        Beneficiary.confidential.is_(False),
    )
    found = list(await session.scalars(same.limit(2)))
    return found[0] if len(found) == 1 else None


async def is_shared(session: AsyncSession, phone: str | None) -> bool:
    """Whether several people have this number."""
    count = await session.scalar(select(func.count()).where(Beneficiary.phone == phone))
    return (count or 0) > 1


async def prepare(
    session: AsyncSession, sealer: Sealer, check: IdentityCheck, address: bytes | None, now: datetime
) -> tuple[Beneficiary | None, str] | None:
    """A new code for this check, and who it is for if anybody; None when too many were asked for.

    A code is made for nobody as well: the same rows, the same words, the same time.
    """
    if not await may_ask(session, sealer.digest("phone", check.phone or ""), address):
        return None
    person, code = await candidate(session, check), new_code()
    check.beneficiary_id = person.id if person else None
    check.code_digest = sealer.digest(PURPOSE, f"{check.id}:{code}")
    check.code_expires_at = now + LIVES
    check.tries = 0
    return person, code


def is_right(sealer: Sealer, check: IdentityCheck, code: str) -> bool:
    """Whether this is the code that was sent, to somebody."""
    known = check.code_digest is not None and sealer.matches(PURPOSE, f"{check.id}:{code}", check.code_digest)
    return known and check.beneficiary_id is not None
