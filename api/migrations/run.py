"""Bring a database up to date while people write; refuse one that Hent did not make."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy import Connection, NullPool, create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from api.core.database import IDLE, LINE, NO_LIMIT, limits
from api.core.installation import Kind
from api.migrations.everything import METADATA

log = logging.getLogger("hent.migrate")

RASA_ROLE = "hent_rasa"
LOCK = timedelta(milliseconds=500)
"""How long a step waits for a table: all who write wait behind it. Half of the second after which PostgreSQL looks for
deadlocks, so that it is never somebody's message that is broken off."""
PAUSES = (1, 2, 4, 8, 15, 30, 30, 30, 30, 30, 30, 30)
"""Seconds before each new attempt: four minutes in all, which no transaction of ours lasts."""


class ForeignDatabase(Exception):
    """The database holds tables that are not ours, or is not of the kind asked for."""


class DatabaseBusy(Exception):
    """Somebody holds a table: nothing was changed."""


def migrate(url: str, kind: Kind, rasa_password: str) -> None:
    """Create or upgrade everything in the database at `url` (SQLAlchemy form), then Rasa's role: all of it or nothing.

    Raises ForeignDatabase before anything is changed when the database is not Hent's, or of another kind, and
    DatabaseBusy when a table stays held after twelve attempts.
    """
    for pause in (*PAUSES, None):
        try:
            _attempt(url, kind, rasa_password)
        except OperationalError as error:
            if not isinstance(error.orig, (LockNotAvailable, DeadlockDetected)):
                raise
            if pause is None:
                raise DatabaseBusy("Une transaction tient la base depuis quatre minutes : rien n'a changé.") from error
            log.warning("a table is held: trying again in %s s", pause)
            time.sleep(pause)
        else:
            return


def _attempt(url: str, kind: Kind, rasa_password: str) -> None:
    with _changing(url) as connection:
        _refuse_foreign(connection, kind)
        command.upgrade(configuration(connection), "head")
        mark = text("INSERT INTO installation (id, kind) VALUES (1, :kind) ON CONFLICT DO NOTHING")
        connection.execute(mark, {"kind": kind})
        _provide_rasa_role(connection, rasa_password)


@contextmanager
def _changing(url: str) -> Iterator[Connection]:
    """A transaction that waits for nobody, alone of its kind."""
    line = LINE | {"options": limits(IDLE, NO_LIMIT, LOCK)}
    engine = create_engine(url, hide_parameters=True, connect_args=line, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('hent migrate'))"))
        yield connection


def configuration(connection: Connection) -> Config:
    """Alembic's configuration, without a file: one place less to keep in step."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The revision that this code expects."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return ScriptDirectory.from_config(config).get_current_head() or ""


def drift(connection: Connection) -> list[object]:
    """What the tables in code and the database do not agree on; empty when migrations say it all."""
    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, _: kind != "schema" or name in (None, "rasa"),
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), METADATA))


def _refuse_foreign(connection: Connection, kind: Kind) -> None:
    tables = inspect(connection).get_table_names()
    if tables and "installation" not in tables:
        raise ForeignDatabase("Cette base de données n'a pas été créée par Hent : elle reste intacte.")
    found = connection.scalar(text("SELECT kind FROM installation")) if tables else None
    if found and found != kind:
        raise ForeignDatabase(f"Cette base de données est de type « {found} », pas « {kind} » : elle reste intacte.")


def _provide_rasa_role(connection: Connection, password: str) -> None:
    known = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": RASA_ROLE})
    statement = "ALTER" if known else "CREATE"
    password_clause = sql.Literal(password).as_string()
    connection.execute(text(f"{statement} ROLE {RASA_ROLE} LOGIN PASSWORD {password_clause}"))
    for line in (
        f"ALTER ROLE {RASA_ROLE} SET search_path = rasa",
        f"ALTER ROLE {RASA_ROLE} SET idle_in_transaction_session_timeout = '{IDLE.total_seconds():.0f}s'",
        f"GRANT USAGE ON SCHEMA rasa TO {RASA_ROLE}",
        f"GRANT SELECT, INSERT ON rasa.events TO {RASA_ROLE}",
        f"GRANT USAGE ON SEQUENCE rasa.events_id_seq TO {RASA_ROLE}",
        # FOR SHARE needs the right to update; Rasa's store only ever reads the fence.
        f"GRANT SELECT, UPDATE ON rasa.fences TO {RASA_ROLE}",
    ):
        connection.execute(text(line))
