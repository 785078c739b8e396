"""The desk's pages, put together once from their parts; what they share with the public site is kept there."""

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from channels.web.pieces import STATIC as PUBLIC

STATIC = Path(__file__).parent / "static"
TEMPLATES = Path(__file__).parent / "templates"
"""Parts of pages: the dialogs of the desk."""
PAGES = {
    "/": "desk.html",
    "/people": "people.html",
    "/unreached": "unreached.html",
    "/team": "team.html",
    "/accounts": "accounts.html",
    "/notices": "notices.html",
    "/journal": "journal.html",
    "/account": "account.html",
}
"""Open to anybody: a page holds nothing, and asks to sign in by itself before it reads anything."""

router = APIRouter(include_in_schema=False)
_PARTS = Environment(loader=FileSystemLoader([STATIC, TEMPLATES]), autoescape=True, undefined=StrictUndefined)


@router.get("/favicon.ico")
async def icon() -> FileResponse:
    """Browsers ask for it whatever the page says."""
    return FileResponse(PUBLIC / "hent.svg", media_type="image/svg+xml")


def _serve(path: str, name: str) -> None:
    whole = _PARTS.get_template(name).render()

    async def page() -> HTMLResponse:
        return HTMLResponse(whole)

    router.add_api_route(path, page, methods=["GET"], name=name)


for _path, _name in PAGES.items():
    _serve(_path, _name)


def add_pages(app: FastAPI) -> None:
    """Serve the pages and what they are made of."""
    app.include_router(router)
    files = StaticFiles(directory=STATIC)
    files.all_directories.append(PUBLIC)
    app.mount("/static", files, name="static")
