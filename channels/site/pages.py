"""The site's pages, and the policy under which they embed Hent: one script, one frame, and nobody else."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException

from api.authorities.hours import opening_phrase
from api.core import clock
from api.knowledge.facts import KINDS, Stated
from api.texts.formats import FILTERS
from channels.web.pieces import STATIC as PUBLIC

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
PAGES = {"/": "home.html", "/rsa": "rsa.html", "/actualites": "news.html", "/contact": "contact.html"}

_PARTS = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
_PARTS.filters.update(FILTERS, hours=opening_phrase, before=lambda days: clock.today() - timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Host:
    """Whose site it is, what it shows, and where the chat and the desk are."""

    authority: dict[str, Any]
    """As `data/seed/authorities.yml` writes it."""
    content: dict[str, Any]
    """News, and what to try: `data/seed/site.yml`."""
    chat_url: str
    desk_url: str

    @property
    def policy(self) -> str:
        """What a browser may load here. A path in `script-src`: no other file of the chat runs in this page."""
        return (
            f"default-src 'none'; script-src 'self' {self.chat_url}/embed.js; style-src 'self'; img-src 'self'; "
            f"frame-src {self.chat_url}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
        )


@dataclass(slots=True)
class Cited:
    """Dated facts as a page names them; those that it named are listed at its end, with their sources."""

    departement: str
    found: dict[str, tuple[str, Stated]] = field(default_factory=dict)

    def __call__(self, kind: str, name: str) -> Any:
        """The value that holds today. Raises KeyError for a fact that nobody wrote or that does not hold yet."""
        fact = KINDS[kind]()[name]
        stated = fact.holds(self.departement, clock.today())
        if stated is None or stated.value is None:
            raise KeyError(name)
        self.found[name] = (fact.label, stated)
        return stated.value


def add_pages(app: FastAPI, host: Host) -> None:
    """Serve the site of `host`, and what its pages are made of."""
    router = APIRouter(include_in_schema=False)
    for path, name in PAGES.items():
        _serve(router, path, name, host)

    @router.get("/favicon.ico")
    async def icon() -> FileResponse:
        return FileResponse(STATIC / "mark.svg", media_type="image/svg+xml")

    # This one of the chat's files, and no other: what else its pages are made of runs at its own origin.
    @router.get("/static/base.css")
    async def base() -> FileResponse:
        return FileResponse(PUBLIC / "base.css")

    async def absent(_: Request, error: Exception) -> HTMLResponse:
        assert isinstance(error, HTTPException), "registered for HTTPException"
        return _page(host, "absent.html", "", error.status_code)

    app.include_router(router)
    app.add_exception_handler(HTTPException, absent)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def _serve(router: APIRouter, path: str, name: str, host: Host) -> None:
    async def page() -> HTMLResponse:
        return _page(host, name, path)

    router.add_api_route(path, page, methods=["GET"], name=name)


def _page(host: Host, name: str, path: str, status: int = 200) -> HTMLResponse:
    """Put together at each visit: a fact may change overnight."""
    cite = Cited(host.authority["departement"])
    whole = _PARTS.get_template(name).render(host=host, cite=cite, path=path, **host.content)
    return HTMLResponse(whole, status, {"Content-Security-Policy": host.policy})
