"""The desk's page: files as they are, and what it shares with the public site, which is kept there."""

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from channels.web.pages import STATIC as PUBLIC

STATIC = Path(__file__).parent / "static"

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home() -> FileResponse:
    """The desk; it asks to sign in by itself."""
    return FileResponse(STATIC / "desk.html")


@router.get("/favicon.ico")
async def icon() -> FileResponse:
    """Browsers ask for it whatever the page says."""
    return FileResponse(PUBLIC / "hent.svg", media_type="image/svg+xml")


def add_pages(app: FastAPI) -> None:
    """Serve the page and what it is made of."""
    app.include_router(router)
    files = StaticFiles(directory=STATIC)
    files.all_directories.append(PUBLIC)
    app.mount("/static", files, name="static")
