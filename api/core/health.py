"""Is a question answered now? Each missing part is named, for machines."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.database import Database
from api.core.heartbeats import anyone_alive


async def missing_parts(database: Database, revision: str, rasa_ready: bool) -> list[str]:
    """What a question would lack: database, migrations, worker, rasa. Empty when it would be answered."""
    missing = [] if rasa_ready else ["rasa"]
    try:
        async with database.transaction() as session:
            missing += await _migrations(session, revision)
            missing += [] if await anyone_alive(session) else ["worker"]
    except (SQLAlchemyError, OSError):
        missing.append("database")
    return missing


async def missing_tables(database: Database, revision: str) -> list[str]:
    """What a page that only reads and writes rows would lack: database, migrations."""
    try:
        async with database.transaction() as session:
            return await _migrations(session, revision)
    except (SQLAlchemyError, OSError):
        return ["database"]


async def _migrations(session: AsyncSession, revision: str) -> list[str]:
    found = await session.scalar(text("SELECT version_num FROM alembic_version"))
    return [] if found == revision else ["migrations"]
