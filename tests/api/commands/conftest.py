"""Commands typed by hand, against the tests' own database."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from typer.testing import CliRunner, Result

from api.cli import assemble

Run = Callable[..., Awaitable[Result]]


@pytest.fixture
def hent(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`await hent("person", "export", …)`: what `.venv/bin/hent` does, with output and exit code."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    for name in ("SECRET_KEY", "RASA_TOKEN", "ACTIONS_TOKEN"):
        monkeypatch.setenv(f"HENT_{name}", "only for tests")

    async def run(*words: object, typed_in: str = "") -> Result:
        typed = [str(word) for word in words]
        # A command has an event loop of its own, which cannot run inside that of the test.
        return await asyncio.to_thread(CliRunner().invoke, assemble(typed[0]), typed, input=typed_in)

    return run
