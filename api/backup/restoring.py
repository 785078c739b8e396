"""A dump becomes a house again: loaded, held back, then marked as ours, in this order whatever dies in between."""

import tempfile
from pathlib import Path

from sqlalchemy import inspect, text

from api.backup.awakening import Awakened, awaken, end_what_was_over, last_sign, start_what_was_due
from api.backup.dumps import load, revision_of
from api.core.clock import now
from api.core.database import NO_LIMIT, Database
from api.core.sealing import Sealer
from api.migrations.run import head


class NotRestored(Exception):
    """Why nothing was done, in a French sentence."""


async def restore(file: Path, url: str, sealer: Sealer, *, reminders: bool) -> Awakened:
    """Put the dump into the empty database at `url`. `reminders`: whether the house starts any by itself.

    Killed before its end, it leaves a database without the mark of a migration: `hent migrate` refuses it, so that no
    worker ever sends what was not held back yet. It is then dropped, and restored again.

    Raises NotRestored, and ProgramFailed when the file cannot be read: nothing was changed then.
    """
    revision = revision_of(file, url)
    if revision != head():
        raise NotRestored(
            f"Cette sauvegarde vient d'une autre version de Hent (migration {revision}, ici {head()}). "
            "Restaurez-la avec la version qui l'a faite, puis mettez à jour."
        )
    database = Database(url, statement=NO_LIMIT)
    try:
        if not await _empty(database):
            raise NotRestored("La base n'est pas vide. Une restauration se fait dans une base neuve.")
        with tempfile.TemporaryDirectory() as folder:
            load(file, url, Path(folder))
        await _start(database, sealer, reminders=reminders)
        return await _marked(database, revision)
    finally:
        await database.close()


async def wake(url: str, sealer: Sealer, *, reminders: bool) -> Awakened:
    """Hold back what may have left, in a database that was brought back by other means, to a moment of before.

    No worker may have run on it since.
    """
    database = Database(url, statement=NO_LIMIT)
    try:
        await _start(database, sealer, reminders=reminders)
        async with database.transaction() as session:
            return await awaken(session, now())
    finally:
        await database.close()


async def _start(database: Database, sealer: Sealer, *, reminders: bool) -> None:
    await end_what_was_over(database, sealer, now())
    if reminders:
        async with database.transaction() as session:
            since = await last_sign(session)
        await start_what_was_due(database, since, now())


async def _marked(database: Database, revision: str) -> Awakened:
    async with database.transaction() as session:
        found = await awaken(session, now())
        # In the transaction that held everything back: marked, and awake, or neither.
        mark = text("INSERT INTO alembic_version (version_num) VALUES (:revision)")
        await session.execute(mark, {"revision": revision})
        return found


async def _empty(database: Database) -> bool:
    async with database.engine.connect() as connection:
        return not await connection.run_sync(
            lambda plain: inspect(plain).get_table_names() or "rasa" in inspect(plain).get_schema_names()
        )
