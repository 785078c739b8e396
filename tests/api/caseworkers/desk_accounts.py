"""Accounts for tests: one password, kept at the least cost, and what a telephone would show."""

from datetime import UTC, datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from pyotp import TOTP
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers import passwords, second_factor
from api.caseworkers.tables import Caseworker, CaseworkerAccount
from api.core.sealing import Sealer
from tests import factories

NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)
EMAIL, PASSWORD, WRONG = "nolwenn@exemple.fr", "trois bateaux bleus", "trois bateaux verts"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def account(session: AsyncSession, **given: Any) -> CaseworkerAccount:
    """An account that signs in by EMAIL and PASSWORD."""
    worker: Caseworker = await factories.caseworker(session, **({"email": EMAIL} | given))
    made = CaseworkerAccount(caseworker_id=worker.id, password_digest=CHEAP.hash(PASSWORD))
    session.add(made)
    await session.flush()
    return made


async def with_code(session: AsyncSession, sealer: Sealer) -> CaseworkerAccount:
    """The same, with a second factor confirmed the day before."""
    made = await account(session)
    made.totp_sealed, made.totp_step = sealer.seal(SECRET), step(NOON - timedelta(days=1))
    await session.flush()
    return made


def step(moment: datetime) -> int:
    """The step of RFC 6238 at this moment."""
    return int(moment.timestamp()) // second_factor.STEP


def code(moment: datetime, secret: str = SECRET) -> str:
    """What a telephone on time shows at this moment."""
    return TOTP(secret).generate_otp(step(moment))


def wrong_code(moment: datetime) -> str:
    """Six digits that no telephone shows about this moment."""
    near = {code(moment + timedelta(seconds=30 * steps)) for steps in range(-3, 4)}
    return next(digits for digits in (f"{number:06d}" for number in range(10)) if digits not in near)


def cheaply(monkeypatch: Any) -> None:
    """Passwords are kept at the least cost."""
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)
    monkeypatch.setattr(passwords, "_NOBODYS", CHEAP.hash("nobody's"))
