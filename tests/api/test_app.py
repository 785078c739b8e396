"""The public server starts whatever it finds: what is missing is said, and comes later."""

import httpx
import pytest

from api.app import create_app
from api.core.database import Database
from tests.channels.demonstration import demonstration


async def test_the_site_starts_before_its_collectivite_is_loaded(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It settles the heap of a whole process, which is this one's.
    monkeypatch.setattr("api.app.heap.settle", lambda: None)
    app = create_app(demonstration(monkeypatch, database.url))
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=httpx.ASGITransport(app)) as http:
        assert (await http.get("http://hent/health/live")).status_code == 200
