"""The invented site of a département, assembled: a demonstration's own, on another origin than the chat it embeds."""

from fastapi import FastAPI

from api.core.settings import Settings
from api.seed import files
from channels.site.pages import Host, add_pages
from channels.web.guard import Guard

AUTHORITY = "cd29"
"""Whose page it is."""


def create_site_app(settings: Settings) -> FastAPI:
    """The site for these settings. It knows neither database nor conversation: what it embeds, it cannot read."""
    app = FastAPI(title="Site d'un département", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard)
    _add_health(app)
    authority = next(one for one in files.authorities() if one["code"] == AUTHORITY)
    add_pages(app, Host(authority, files.site(), settings.public_url, settings.desk_url))
    return app


def _add_health(app: FastAPI) -> None:
    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "ok"}
