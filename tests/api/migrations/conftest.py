"""An empty database, to be brought up to date."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text


@pytest.fixture
def empty_url(database_url: str) -> Iterator[str]:
    """A database of its own on this run's server."""
    name = f"try_{uuid4().hex[:8]}"
    server = create_engine(database_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(database_url).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name}"))
