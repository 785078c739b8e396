"""What belongs to a demonstration is nowhere else, and the telephone's frame is for its site alone."""

import httpx
import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from api.app import create_app
from api.cli import assemble
from api.core import settings as given
from api.core.settings import Settings


async def telephone(app: FastAPI) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://hent") as http:
        return await http.get("/demo/telephone")


async def test_only_the_site_may_frame_the_telephone(settings: Settings) -> None:
    shown = await telephone(create_app(settings))
    policy = shown.headers["content-security-policy"]
    assert shown.status_code == 200
    assert policy.endswith("frame-ancestors http://127.0.0.1:8002 http://localhost:8002")
    assert "script-src 'self'" in policy


async def test_of_the_chat_s_files_the_site_gives_the_rules_of_every_page_and_nothing_that_runs(
    visitor: httpx.AsyncClient,
) -> None:
    for name, status in {"base.css": 200, "site.css": 200, "main.js": 404, "chat.js": 404, "index.html": 404}.items():
        assert (await visitor.get(f"/static/{name}")).status_code == status, name


async def test_there_is_no_telephone_outside_a_demonstration(settings: Settings) -> None:
    assert (await telephone(create_app(settings.model_copy(update={"demo": False})))).status_code == 404


def test_the_site_is_refused_outside_a_demonstration(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HENT_DEMO", "0")
    given.settings.cache_clear()
    refused = CliRunner().invoke(assemble("site"), ["site"])
    given.settings.cache_clear()
    assert refused.exit_code == 1
    assert "démonstration" in refused.output
