"""A house to dump, and an empty database to put it into."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from sqlalchemy import make_url

from api.core import heartbeats
from api.core.database import Database
from api.core.installation import Kind
from api.migrations.run import migrate
from tests import factories
from tests.api.backup.houses import made
from tests.api.backup.waking import PHONE
from tests.conftest import RASA_PASSWORD


@pytest.fixture(scope="package")
def migrated(database_url: str) -> Iterator[str]:
    """The name of a migrated database that nobody is connected to: a copy takes a tenth of a second."""
    with made(database_url) as url:
        migrate(url, Kind.production, RASA_PASSWORD)
        yield str(make_url(url).database)


@pytest.fixture
def house(database_url: str, migrated: str) -> Iterator[str]:
    """A migrated database of its own."""
    with made(database_url, migrated) as url:
        yield url


@pytest.fixture
def empty(database_url: str) -> Iterator[str]:
    """A new database, on which nothing has been done."""
    with made(database_url) as url:
        yield url


@pytest_asyncio.fixture
async def living(house: str) -> AsyncIterator[Database]:
    """A house with one authority, one person and a sign of life."""
    database = Database(house)
    async with database.transaction() as session:
        await factories.person(session, phone=PHONE)
        await heartbeats.beat(session, "worker-1")
    yield database
    await database.close()
