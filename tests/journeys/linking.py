"""A personal link, made as a caseworker makes it: with the house's own key and its own command's function."""

import asyncio

from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.identity.links import make
from tests.journeys.records import Records


def personal_link(records: Records, phone: str) -> str:
    """The token of a new link to the file of this number."""
    rows = records.all("SELECT id FROM beneficiaries WHERE phone = :phone", phone=phone)
    assert len(rows) == 1, f"one file has the number {phone}"
    secrets = (records.stack.folder / "secrets.env").read_text()
    key = next(line.partition("=")[2].strip() for line in secrets.splitlines() if line.startswith("HENT_SECRET_KEY"))

    async def made() -> str:
        database = Database(records.stack.database_url)
        async with database.transaction() as session:
            token = await make(session, Sealer(key), rows[0][0], now())
        await database.close()
        return token

    return asyncio.run(made())
