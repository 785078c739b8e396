"""The database: ours, of this version, in the right alphabet, at the right hour."""

from datetime import timedelta
from typing import cast

from psycopg import AsyncConnection
from sqlalchemy import select, text

from api.core.installation import Installation, Kind
from api.doctor.findings import House, Trouble
from api.migrations.run import RASA_ROLE, head

MAJOR = 18
SKEW = timedelta(seconds=2)
"""A code lasts ten minutes and a lease fifteen seconds: more would be seen by people."""
GO_DIRECTLY = "Nommez PostgreSQL lui-même dans DATABASE_URL : Hent garde ses connexions. Voir docs/deploy.md."


async def server(house: House) -> Trouble | None:
    """Its version, its encoding, its case and its French: search and names rest on them."""
    asked = text(
        "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding'), "
        "lower('É'), to_tsvector('french', 'formations') @@ to_tsquery('french', 'formation')"
    )
    major, encoding, lowered, stems = (await house.session.execute(asked)).one()
    if major < MAJOR:
        return Trouble(f"PostgreSQL {major} est trop ancien.", f"Hent demande PostgreSQL {MAJOR}.")
    if (encoding, lowered, stems) == ("UTF8", "é", True):
        return None
    return Trouble(
        "La base n'a pas l'alphabet qu'il faut : les accents et les recherches seraient faux.",
        "Recréez-la en UTF8 avec --locale-provider=builtin --builtin-locale=C.UTF-8, et restaurez.",
    )


async def tables(house: House) -> Trouble | None:
    """The migrations of this version, all of them."""
    known = await house.session.scalar(text("SELECT to_regclass('public.alembic_version')::text"))
    found = await house.session.scalar(text("SELECT version_num FROM alembic_version")) if known else None
    if found == head():
        return None
    return Trouble(
        f"Les tables sont à la migration {found or 'aucune'}, Hent attend {head()}.",
        "Lancez hent migrate avec cette version de Hent. Une base restaurée à moitié se refait : docs/deploy.md.",
    )


async def kind(house: House) -> Trouble | None:
    """A demonstration's database is not for real people, nor theirs for a demonstration."""
    found = await house.session.scalar(select(Installation.kind))
    wanted = Kind.demo if house.settings.demo else Kind.production
    if found is wanted:
        return None
    return Trouble(f"Cette base est de type « {found} », pas « {wanted} ».", "Corrigez HENT_DEMO ou DATABASE_URL.")


async def clock(house: House) -> Trouble | None:
    """Ours and the database's agree: what was written by one is compared with the other."""
    theirs = await house.session.scalar(text("SELECT clock_timestamp()"))
    apart = abs(theirs - house.now) if theirs else SKEW
    if apart <= SKEW:
        return None
    return Trouble(
        f"L'horloge et celle de la base diffèrent de {apart.total_seconds():.0f} secondes.",
        "Mettez les deux machines à l'heure : chrony ou systemd-timesyncd.",
    )


async def direct(house: House) -> Trouble | None:
    """Nothing stands between us and PostgreSQL: a pooler gives each connection a number that is not its process's."""
    ours = await (await house.session.connection()).get_raw_connection()
    told = cast("AsyncConnection", ours.driver_connection).info.backend_pid
    if await house.session.scalar(text("SELECT pg_backend_pid()")) == told:
        return None
    return Trouble("La base est derrière un intermédiaire, comme PgBouncer : ses délais sont perdus.", GO_DIRECTLY)


async def rasa_role(house: House) -> Trouble | None:
    """Rasa may write its events, and nothing of ours."""
    exists = await house.session.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": RASA_ROLE})
    rights = text(
        "SELECT has_table_privilege(:role, 'rasa.events', 'INSERT'), has_table_privilege(:role, 'messages', 'SELECT')"
    )
    found = (await house.session.execute(rights, {"role": RASA_ROLE})).one() if exists else (False, False)
    if tuple(found) == (True, False):
        return None
    return Trouble(f"Le rôle {RASA_ROLE} n'a pas les droits qu'il faut.", "Lancez hent migrate : il les redonne.")
