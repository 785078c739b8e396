"""One filling for all the tests of a module."""

from collections.abc import AsyncIterator

import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.database import Database
from tests.api.seed.filling import plant


@pytest_asyncio.fixture(scope="module")
async def planted(shared_database: Database) -> AsyncIterator[AsyncSession]:
    """A filled database. Another filling in the same module would wait for its end: the rows are the same."""
    async with shared_database.engine.connect() as connection:
        transaction = await connection.begin()
        async with AsyncSession(connection, expire_on_commit=False) as session:
            await plant(session)
            yield session
        await transaction.rollback()


@pytest_asyncio.fixture
async def filled(planted: AsyncSession) -> AsyncIterator[AsyncSession]:
    """The same for a test that writes: what it did is undone."""
    undone = await planted.begin_nested()
    yield planted
    await undone.rollback()
    planted.expunge_all()
