"""What tests stand on: one PostgreSQL a run, one migrated database a worker, one rolled-back transaction a test."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import NullPool, create_engine, delete, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker

from api.conversations import rereading
from api.core.database import Database
from api.core.installation import Kind
from api.core.sealing import Sealer
from api.migrations.everything import METADATA
from api.migrations.run import migrate
from api.supervisor.postgres import temporary
from tests.stack import Stack, running

RASA_PASSWORD = "only-for-tests"


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """The address of a fresh, migrated, empty database."""
    with temporary() as server:
        url = make_url(server.url).set(database="hent_tests")
        engine = create_engine(server.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE hent_tests"))
        plain = url.render_as_string(hide_password=False)
        migrate(plain, Kind.demo, RASA_PASSWORD)
        yield plain


@pytest_asyncio.fixture(scope="session")
async def shared_database(database_url: str) -> AsyncIterator[Database]:
    """The one engine of this run."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest_asyncio.fixture
async def connection(shared_database: Database) -> AsyncIterator[AsyncConnection]:
    """A connection whose transaction is rolled back whatever the test did."""
    async with shared_database.engine.connect() as connection:
        transaction = await connection.begin()
        yield connection
        await transaction.rollback()


@pytest_asyncio.fixture
async def session(connection: AsyncConnection) -> AsyncIterator[AsyncSession]:
    """A session inside that transaction; code under test may commit, which only ends a savepoint."""
    async with _session(connection) as session:
        yield session


@pytest_asyncio.fixture
async def database(shared_database: Database) -> AsyncIterator[Database]:
    """A database that really commits, emptied of people and conversations afterwards."""
    yield shared_database
    async with shared_database.transaction() as session:
        # Ten times faster than TRUNCATE, which makes new files for each of 25 tables.
        for table in reversed(METADATA.sorted_tables):
            if table.name != "installation":
                await session.execute(delete(table))


@pytest.fixture
def sealer() -> Sealer:
    """Digests and seals under a key of the tests."""
    return Sealer("a key for tests, and for nothing else")


INTENTS = sorted(path.stem for path in (Path(__file__).parents[1] / "data" / "nlu").glob("*/*.yml"))


class _Undecided:
    """A second reader to which all intents are alike: what a scripted Rasa thinks stands."""

    def read(self, text: str) -> dict[str, float]:
        return dict.fromkeys(INTENTS, 0.0)


@pytest.fixture(autouse=True)
def nothing_is_heard_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test writes down for Rasa to think is not corrected by what the words really mean."""
    monkeypatch.setattr(rereading, "shipped", _Undecided)


@asynccontextmanager
async def _session(connection: AsyncConnection) -> AsyncIterator[AsyncSession]:
    maker = async_sessionmaker(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
    async with maker() as session:
        yield session


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole house, real Rasa included: started once a run, shared by every test that needs it."""
    folder = tmp_path_factory.mktemp("house")
    with running(folder) as house:
        yield house
