"""What the environment tells this process. Every variable begins with `HENT_`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_FILE = "_FILE"


def read_secret_files() -> None:
    """Give each `HENT_…` whose value lies in the file that `HENT_…_FILE` names, as containers hand secrets over.

    endpoints.yml is filled from variables alone. Raises OSError when a file cannot be read.
    """
    for name in [name for name in os.environ if name.startswith("HENT_") and name.endswith(_FILE)]:
        if os.environ[name]:
            os.environ[name[: -len(_FILE)]] = Path(os.environ[name]).read_text(encoding="utf-8").strip()


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        # Rasa swallows ImportError and AttributeError here, and would go on with a store in memory.
        raise RuntimeError(f"{name} is not set")
    return value


@dataclass(frozen=True)
class DatabaseSettings:
    """How to reach PostgreSQL. `host` is a name, an address, or the folder of a Unix socket (it begins with "/")."""

    host: str
    name: str
    user: str
    password: str
    port: int | None = None

    @classmethod
    def from_environment(cls) -> DatabaseSettings:
        """Read HENT_RASA_DB_{HOST,NAME,USER,PASSWORD} and, if set, HENT_RASA_DB_PORT. Raises RuntimeError."""
        port = os.environ.get("HENT_RASA_DB_PORT", "")
        return cls(
            host=_required("HENT_RASA_DB_HOST"),
            name=_required("HENT_RASA_DB_NAME"),
            user=_required("HENT_RASA_DB_USER"),
            # A Unix socket with peer or trust authentication has no password.
            password=os.environ.get("HENT_RASA_DB_PASSWORD", ""),
            port=int(port) if port else None,
        )

    def connect_args(self) -> dict[str, object]:
        """Arguments of `psycopg2.connect`: passed apart from the URL, so that no password needs escaping."""
        arguments: dict[str, object] = {"host": self.host, "dbname": self.name, "user": self.user}
        if self.password:
            arguments["password"] = self.password
        if self.port:
            arguments["port"] = self.port
        return arguments


def channel_token() -> str:
    """The secret that the server shows in `Authorization: Bearer` (HENT_RASA_TOKEN). Raises RuntimeError."""
    return _required("HENT_RASA_TOKEN")
