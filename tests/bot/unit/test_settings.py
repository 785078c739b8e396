"""The environment: what is missing is said by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from hent_bot.settings import DatabaseSettings, channel_token, read_secret_files

VARIABLES = {"HOST": "/run/pg", "NAME": "hent", "USER": "hent_rasa", "PASSWORD": "p@ss/word"}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A complete environment."""
    for name, value in VARIABLES.items():
        monkeypatch.setenv(f"HENT_RASA_DB_{name}", value)
    monkeypatch.delenv("HENT_RASA_DB_PORT", raising=False)


def test_a_password_needs_no_escaping() -> None:
    arguments = DatabaseSettings.from_environment().connect_args()
    assert arguments == {"host": "/run/pg", "dbname": "hent", "user": "hent_rasa", "password": "p@ss/word"}


def test_a_port_is_passed_when_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HENT_RASA_DB_PORT", "5433")
    assert DatabaseSettings.from_environment().connect_args()["port"] == 5433


@pytest.mark.parametrize("name", ["HOST", "NAME", "USER"])
def test_a_missing_variable_stops_the_start(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(f"HENT_RASA_DB_{name}")
    with pytest.raises(RuntimeError, match=f"HENT_RASA_DB_{name}"):
        DatabaseSettings.from_environment()


def test_a_channel_without_a_token_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HENT_RASA_TOKEN", "")
    with pytest.raises(RuntimeError, match="HENT_RASA_TOKEN"):
        channel_token()


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("of-the-house\n")
    # Set first, so that what is read does not outlive the test.
    monkeypatch.setenv("HENT_RASA_TOKEN", "")
    monkeypatch.setenv("HENT_RASA_TOKEN_FILE", str(tmp_path / "token"))
    read_secret_files()
    assert channel_token() == "of-the-house"
