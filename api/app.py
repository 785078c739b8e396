"""The public server, assembled: one place that knows every part."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import anyio
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from prometheus_client import CollectorRegistry
from sqlalchemy.exc import SQLAlchemyError

from api.conversations.rasa import Rasa
from api.core import heap
from api.core.background import background
from api.core.bus import Bus
from api.core.clock import now
from api.core.database import Database
from api.core.errors import NotFound
from api.core.health import missing_parts
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.metrics import endpoints as metrics
from api.metrics.state import house
from api.migrations.run import head
from api.texts.voice import Voices
from channels.sms import demo
from channels.sms import endpoints as sms
from channels.sms.registry import Providers
from channels.web import endpoints, refusals, telephone
from channels.web.guard import Guard
from channels.web.pages import add_pages


def create_app(settings: Settings) -> FastAPI:
    """The server for these settings; the simulated telephone exists in the demo only."""
    app = FastAPI(title="Hent", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    app.state.database = Database(settings.database_url, settings.database_pool)
    app.state.bus = Bus(settings.database_url)
    app.state.sealer = Sealer(settings.secret_key.get_secret_value())
    app.state.voices = Voices()
    app.state.rasa = Rasa(settings.rasa_url, settings.rasa_token.get_secret_value(), settings.rasa_timeout_seconds)
    app.state.providers = Providers.of(settings)
    app.add_middleware(Guard)
    refusals.register(app)
    app.include_router(endpoints.router)
    app.include_router(sms.router)
    if settings.demo:
        app.include_router(demo.router)
        app.include_router(telephone.router)
    _add_health(app)
    app.include_router(metrics.router(settings.metrics_token, lambda: _house(app.state.database)))
    add_pages(app)
    return app


async def _house(database: Database) -> CollectorRegistry:
    async with database.transaction() as session:
        return await house(session, now())


def _add_health(app: FastAPI) -> None:
    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/health/ready")
    async def ready() -> JSONResponse:
        missing = await missing_parts(app.state.database, head(), await app.state.rasa.ready())
        return JSONResponse({"ready": not missing, "missing": missing}, status_code=503 if missing else 200)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with background(app.state.bus.run()):
        # The number to call must be known before PostgreSQL is away, not looked for afterwards.
        with suppress(SQLAlchemyError, OSError, NotFound), anyio.move_on_after(5):
            async with app.state.database.transaction() as session:
                await app.state.voices.of(session, app.state.settings.default_authority)
        heap.settle()
        yield
    await app.state.providers.close()
    await app.state.rasa.close()
    await app.state.database.close()
