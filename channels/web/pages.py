"""The pages: files as they are, but for the sentence that a browser without JavaScript needs."""

from html import escape
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles

from api.texts.formats import phone
from api.texts.voice import Voice
from channels.web.dependencies import TheSettings, TheVoices

STATIC = Path(__file__).parent / "static"
PLACE = "<!--authority-->"

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(settings: TheSettings, voices: TheVoices) -> HTMLResponse:
    """The chat; in a demonstration, with the simulated telephone beside it."""
    page = (STATIC / ("demo.html" if settings.demo else "index.html")).read_text()
    return HTMLResponse(page.replace(PLACE, call(voices.last_known(settings.default_authority))))


@router.get("/favicon.ico")
async def icon() -> FileResponse:
    """Browsers ask for it whatever the page says."""
    return FileResponse(STATIC / "hent.svg", media_type="image/svg+xml")


def add_pages(app: FastAPI) -> None:
    """Serve the pages and what they are made of."""
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def call(voice: Voice) -> str:
    """Whom to call, as a sentence of HTML; nothing when the authority was never read."""
    number = voice.authority["phone"]
    if not number:
        return ""
    name, hours = escape(voice.authority["name"]), escape(voice.authority["hours"])
    return f'Appelez {name} au <a href="tel:{escape(number)}">{escape(phone(number))}</a>, {hours}.'
