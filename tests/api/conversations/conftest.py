"""A conversation in a house with one authority and a scripted Rasa."""

import pytest
import pytest_asyncio

from api.core.database import Database
from api.core.sealing import Sealer
from tests import factories
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Says good morning until a test decides otherwise."""
    return ScriptedRasa()


@pytest_asyncio.fixture
async def house(database: Database) -> Database:
    """A database that knows one authority."""
    async with database.transaction() as session:
        await factories.authority(session)
    return database


@pytest_asyncio.fixture
async def talk(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    """A web conversation that has just begun."""
    return await Talk(house, sealer, rasa.client()).begin()
