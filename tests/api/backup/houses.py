"""Databases of their own, made beside that of the tests, as raw SQL sees them."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import NullPool, create_engine, make_url, text


@contextmanager
def made(server: str, like: str = "template1") -> Iterator[str]:
    """A database beside that of the tests, a copy of `like`, dropped at the end."""
    name = f"hent_{uuid4().hex[:12]}"
    run(server, f"CREATE DATABASE {name} TEMPLATE {like}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    run(server, f"DROP DATABASE {name} WITH (FORCE)")


def run(url: str, *statements: str) -> None:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]
