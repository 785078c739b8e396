"""Rasa's own door, in front of a database of the tests."""

from collections.abc import AsyncIterator

import httpx
import pytest

from actions.listener import create_listener
from api.core.database import Database
from tests import factories
from tests.actions.living import House
from tests.actions.test_listener import TOKEN


@pytest.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_listener(database, TOKEN))
    async with httpx.AsyncClient(transport=transport, base_url="http://actions") as client:
        yield client


@pytest.fixture
def house(database: Database, client: httpx.AsyncClient) -> House:
    return House(database, client)


@pytest.fixture
async def courses(database: Database) -> list[str]:
    """Three courses in welding, in Brest; their ids."""
    async with database.transaction() as session:
        made = [
            await factories.training_session(session, await factories.training(session, title=f"Soudeur {name}"))
            for name in ("arc", "mig", "tig")
        ]
        return [str(one.id) for one in made]
