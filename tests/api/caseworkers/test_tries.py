"""Twenty wrong tries from one address in ten minutes, whoever they name and whichever desk they are made at."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers import tries
from api.caseworkers.tables import SignInTry
from api.caseworkers.tries import AT_MOST, WINDOW
from api.core.clock import now
from api.core.database import Database
from api.core.errors import TooMany
from api.core.sealing import Sealer
from api.migrations.everything import METADATA
from api.privacy.retention import purge

HERE, THERE = b"here" * 8, b"there" * 8


async def grow_older(session: AsyncSession, span: timedelta) -> None:
    await session.execute(update(SignInTry).values(created_at=SignInTry.created_at - span))


async def used_up(session: AsyncSession, address: bytes = HERE) -> list[UUID]:
    return [await tries.begin(session, address) for _ in range(AT_MOST)]


async def test_one_more_is_refused_until_the_oldest_is_forgotten(session: AsyncSession) -> None:
    first, *_ = await used_up(session)
    minute = timedelta(minutes=1)
    await session.execute(
        update(SignInTry).where(SignInTry.id == first).values(created_at=SignInTry.created_at - minute)
    )
    with pytest.raises(TooMany) as refused:
        await tries.begin(session, HERE)
    assert refused.value.retry_after == (WINDOW - minute).total_seconds()
    await grow_older(session, WINDOW - minute)
    await tries.begin(session, HERE)
    with pytest.raises(TooMany):
        await tries.begin(session, HERE)


async def test_another_address_is_not_concerned(session: AsyncSession) -> None:
    await used_up(session)
    await tries.begin(session, THERE)


async def test_a_refused_one_does_not_lengthen_the_wait_and_is_no_row(session: AsyncSession) -> None:
    await used_up(session)
    await grow_older(session, WINDOW / 2)
    for _ in range(3):
        with pytest.raises(TooMany):
            await tries.begin(session, HERE)
    assert await session.scalar(select(func.count()).select_from(SignInTry)) == AT_MOST
    await grow_older(session, WINDOW / 2)
    await tries.begin(session, HERE)
    assert await session.scalar(select(func.count()).select_from(SignInTry)) == 1


async def test_those_that_were_right_do_not_count(session: AsyncSession) -> None:
    await tries.succeeded(session, await tries.begin(session, HERE))
    await used_up(session)
    with pytest.raises(TooMany):
        await tries.begin(session, HERE)


async def test_of_many_at_once_no_more_than_twenty_begin(database: Database) -> None:
    async def one() -> bool:
        try:
            async with database.transaction() as session:
                await tries.begin(session, HERE)
        except TooMany:
            return False
        return True

    begun = await asyncio.gather(*(one() for _ in range(AT_MOST + 8)))
    assert sum(begun) == AT_MOST


async def test_what_nobody_counts_any_more_is_purged(session: AsyncSession) -> None:
    await used_up(session)
    assert await purge(session, METADATA, now() + timedelta(days=1, minutes=1)) == {"sign_in_tries": AT_MOST}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("192.0.2.1", "192.0.2.2", False, id="two addresses"),
        pytest.param("::ffff:192.0.2.1", "192.0.2.1", True, id="IPv4 over IPv6"),
        pytest.param("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True, id="one subscriber of IPv6"),
        pytest.param("2001:db8:0:1::1", "2001:db8:0:2::1", False, id="two of them"),
        pytest.param("a socket", None, False, id="no address"),
    ],
)
def test_an_address_is_known_by_a_keyed_digest_alone(sealer: Sealer, one: str, other: str | None, same: bool) -> None:
    assert (tries.digest_of(sealer, one) == tries.digest_of(sealer, other)) is same
    assert tries.digest_of(sealer, one) != tries.digest_of(Sealer("another key"), one)
