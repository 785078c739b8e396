"""Time as a fault run sees it: minutes pass in a millisecond, and one process may be wrong about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta, tzinfo
from typing import Any
from unittest.mock import patch

import psycopg
from sqlalchemy import NullPool, create_engine, make_url, text

from api.core import clock
from api.core.installation import Kind
from api.migrations.run import migrate

WRONG: ContextVar[timedelta] = ContextVar("how wrong the clock of this process is")
NAME = "hent_faults"
OWN_TIME = """
CREATE SCHEMA faults;
CREATE TABLE faults.clock AS SELECT interval '0' AS ahead;
CREATE TABLE faults.done (turn_id uuid NOT NULL);
CREATE FUNCTION faults.now() RETURNS timestamptz LANGUAGE sql STABLE
    RETURN pg_catalog.now() + (SELECT ahead FROM faults.clock);
DO $$
DECLARE one record;
BEGIN
    FOR one IN
        SELECT table_schema, table_name, column_name FROM information_schema.columns WHERE column_default = 'now()'
    LOOP
        EXECUTE format('ALTER TABLE %%I.%%I ALTER %%I SET DEFAULT faults.now()',
                       one.table_schema, one.table_name, one.column_name);
    END LOOP;
END $$;
ALTER DATABASE {name} SET search_path = faults, pg_catalog, public;
"""
"""`now()` is found in the first schema that has one: in this database, ours."""


def provide(server_url: str, rasa_password: str) -> str:
    """A migrated database of our own at this server, whose time is the run's; its address."""
    url = make_url(server_url).set(database=NAME).render_as_string(hide_password=False)
    with create_engine(server_url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        connection.execute(text(f"CREATE DATABASE {NAME}"))
    migrate(url, Kind.demo, rasa_password)
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.exec_driver_sql(OWN_TIME.format(name=NAME))
    return url


class Clock:
    """The time of a run, ahead of the real one: for our processes and for PostgreSQL alike."""

    def __init__(self, admin: "psycopg.AsyncConnection[Any]") -> None:
        self._admin = admin
        self.ahead = timedelta()

    async def passes(self, seconds: float) -> None:
        """So much time passes at once, for everybody."""
        self.ahead += timedelta(seconds=seconds)
        await self._admin.execute("UPDATE faults.clock SET ahead = %s", [self.ahead])

    @contextmanager
    def kept(self) -> Iterator[None]:
        """For the length of the block `api.core.clock` tells this time."""
        run = self

        class Moved(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime.now(tz) + run.ahead + WRONG.get(timedelta())

        with patch.object(clock, "datetime", Moved):
            yield
