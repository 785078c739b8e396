"""/metrics exists for whoever has its token, and tells nothing about anybody."""

import httpx
import pytest
from pydantic import SecretStr

from api.app import create_app
from api.core.database import Database
from api.core.settings import Settings
from api.desk_app import create_desk_app
from tests import factories

TOKEN = "a token for tests, and for nothing else"
SHOWN = f"Bearer {TOKEN}"


@pytest.fixture
def settings(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DATABASE_URL", database_url)
    for name in ("SECRET_KEY", "RASA_TOKEN", "ACTIONS_TOKEN"):
        monkeypatch.setenv(f"HENT_{name}", "a secret for tests")
    monkeypatch.setenv("HENT_METRICS_TOKEN", TOKEN)
    return Settings()


async def get(settings: Settings, path: str, shown: str = "", *, desk: bool = False) -> httpx.Response:
    app = create_desk_app(settings) if desk else create_app(settings)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hent.test") as client:
        response = await client.get(path, headers={b"Authorization": shown.encode()})
    await app.state.database.close()
    return response


@pytest.mark.parametrize("shown", ["", "Bearer é", f"Basic {TOKEN}", f"Bearer {TOKEN}2"])
async def test_without_the_token_there_is_no_such_page(settings: Settings, shown: str) -> None:
    nothing, refused = await get(settings, "/no-such-page"), await get(settings, "/metrics", shown)
    assert (refused.status_code, refused.content) == (404, nothing.content)


@pytest.mark.parametrize("desk", [False, True])
async def test_without_a_token_in_the_settings_nobody_reads_it(settings: Settings, desk: bool) -> None:
    settings.metrics_token = SecretStr("")
    assert (await get(settings, "/metrics", "Bearer ", desk=desk)).status_code == 404


async def test_a_request_is_counted_by_its_template(settings: Settings, database: Database) -> None:
    async with database.transaction() as session:
        await factories.authority(session)
    await get(settings, "/chat/messages?after=0")
    figures = (await get(settings, "/metrics", SHOWN)).text
    assert 'hent_http_seconds_count{method="GET",route="/chat/messages",status="401"}' in figures
    assert "hent_workers_alive" in figures


async def test_the_desk_counts_its_own(settings: Settings) -> None:
    assert "hent_http_seconds" in (await get(settings, "/metrics", SHOWN, desk=True)).text
