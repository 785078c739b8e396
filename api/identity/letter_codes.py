"""Nine digits in a letter, for whoever no SMS reaches: made when it is printed, good once, with the birth date."""

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.core.sealing import Sealer
from api.identity.tables import LetterCode

PURPOSE = "letter code"
LIVES = timedelta(days=28)
"""A letter takes days to arrive, and tells of appointments three weeks ahead."""
FIRST_DIGITS = "1234589"
"""Nine digits are neither a birth date nor a code by SMS; with 6 or 7 in front, a mobile whose nought was forgotten."""


async def make(session: AsyncSession, sealer: Sealer, beneficiary_id: UUID, moment: datetime) -> str:
    """A new code, to be printed and shown nowhere else. Those of letters already in the post stay good."""
    code = f"{secrets.choice(FIRST_DIGITS)}{secrets.randbelow(10**8):08d}"
    digest = sealer.digest(PURPOSE, code)
    session.add(LetterCode(code_digest=digest, beneficiary_id=beneficiary_id, expires_at=moment + LIVES))
    await session.flush()
    return code


def spaced(code: str) -> str:
    """As it is printed: "482 177 367"."""
    return f"{code[:3]} {code[3:6]} {code[6:]}"


async def redeem(session: AsyncSession, digest: bytes, born: date, moment: datetime) -> UUID | None:
    """The person whose code this is, if they were born on that day; all codes of theirs are used up.

    None for a file that has become confidential since: a letter lies where others read it.
    """
    held = (
        select(Beneficiary.id)
        .join(LetterCode, LetterCode.beneficiary_id == Beneficiary.id)
        .where(LetterCode.code_digest == digest, LetterCode.expires_at > moment)
        .where(Beneficiary.birth_date == born, Beneficiary.confidential.is_(False))
        .with_for_update(of=LetterCode)
    )
    found = await session.scalar(held)
    if found:
        await session.execute(delete(LetterCode).where(LetterCode.beneficiary_id == found))
    return found
