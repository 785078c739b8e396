"""What a command typed by hand stands on: the environment's database and secrets, or the demonstration's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.core.settings import Settings
from api.supervisor.keys import demo_secrets
from api.supervisor.postgres import embedded

FOLDER = Path(os.environ.get("HENT_FOLDER", Path(__file__).parents[2] / ".hent"))
"""Everything that a demonstration keeps: its database, its secrets, its logs."""


@contextmanager
def installation() -> Iterator[Settings]:
    """The settings in force. Without DATABASE_URL, the demonstration's own PostgreSQL is started for the command."""
    if "DATABASE_URL" in os.environ:
        yield Settings()
        return
    FOLDER.mkdir(mode=0o711, parents=True, exist_ok=True)
    with embedded(FOLDER) as database:
        os.environ.update(demo_secrets(FOLDER, os.environ), DATABASE_URL=database.url, HENT_DEMO="1")
        yield Settings()
