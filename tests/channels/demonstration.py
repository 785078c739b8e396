"""The settings of a demonstration, for servers that tests start in this process."""

import pytest

from api.core.settings import Settings

GIVEN = {
    "SECRET_KEY": "a key for tests, and for nothing else",
    "RASA_TOKEN": "token",
    "ACTIONS_TOKEN": "token",
    "RASA_URL": "http://127.0.0.1:9",
    "DEFAULT_AUTHORITY": "cd29",
    "DEMO": "1",
}
"""Nothing listens where Rasa should be."""


def demonstration(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Settings:
    """Read from the environment, as a server does."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    for name, value in GIVEN.items():
        monkeypatch.setenv(f"HENT_{name}", value)
    return Settings()
