"""The caseworkers' desk, assembled: a server of its own, on a port of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from api.core import heap
from api.core.background import background
from api.core.bus import Bus
from api.core.database import Database
from api.core.health import missing_tables
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.metrics import endpoints as metrics
from api.migrations.run import head
from channels.desk import (
    accounts,
    endpoints,
    journal,
    mails,
    me,
    notices,
    people,
    ready_texts,
    team,
    transcripts,
    undelivered,
    unreached,
)
from channels.desk.fanout import Fanout
from channels.desk.pages import add_pages
from channels.web import refusals
from channels.web.guard import Guard


def create_desk_app(settings: Settings) -> FastAPI:
    """The desk for these settings. It needs the database, and neither Rasa nor a worker."""
    app = FastAPI(title="Hent, bureau", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    app.state.database = Database(settings.database_url, settings.database_pool)
    app.state.bus = Bus(settings.database_url)
    app.state.sealer = Sealer(settings.secret_key.get_secret_value())
    app.state.fanout = Fanout(app.state.database, app.state.bus)
    app.add_middleware(Guard)
    refusals.register(app, refusals.try_again)
    for part in (
        endpoints,
        people,
        team,
        ready_texts,
        me,
        accounts,
        notices,
        journal,
        transcripts,
        undelivered,
        unreached,
    ):
        app.include_router(part.router)
    if settings.demo:
        app.include_router(mails.router)
    _add_health(app)
    app.include_router(metrics.router(settings.metrics_token))
    add_pages(app)
    return app


def _add_health(app: FastAPI) -> None:
    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/health/ready")
    async def ready() -> JSONResponse:
        missing = await missing_tables(app.state.database, head())
        return JSONResponse({"ready": not missing, "missing": missing}, status_code=503 if missing else 200)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with background(app.state.bus.run()):
        heap.settle()
        yield
    await app.state.database.close()
