"""The pages: everybody's, each authority's own, and the one that other sites show in a frame."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Path, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import SQLAlchemyError

from api.authorities.front import Fronts
from api.conversations.routes import ANYBODY
from api.core.errors import NotFound, Unavailable
from api.core.settings import Settings
from api.texts.voice import Voices
from channels.web.dependencies import TheDatabase, TheFronts, TheSettings, TheVoices
from channels.web.guard import shown_by
from channels.web.markup import CALL, Whom, call, framed_page, home_page, own_page
from channels.web.pieces import AGAIN, FOR_EVER, LOADER, STATIC, pieces

Code = Annotated[str, Path(pattern="^[a-z0-9]{2,20}$")]
ANYWHERE = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""A page of another site may load it, whatever that page asks of what it loads."""

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(settings: TheSettings, voices: TheVoices) -> HTMLResponse:
    """The chat; in a demonstration, with the simulated telephone beside it."""
    whom = _known(voices, settings)
    if settings.demo:
        return HTMLResponse((STATIC / "demo.html").read_text("utf-8").replace(CALL, call(whom)))
    return HTMLResponse(home_page(whom))


@router.get("/chez/{code}")
async def own(
    code: str, database: TheDatabase, fronts: TheFronts, settings: TheSettings, voices: TheVoices
) -> HTMLResponse:
    """An authority's own page; everybody's, for a code that nobody has or while nothing can be read."""
    try:
        front = await fronts.of(database, code)
    except (NotFound, SQLAlchemyError, OSError) as missing:
        status = NotFound.status if isinstance(missing, NotFound) else Unavailable.status
        return HTMLResponse(home_page(_known(voices, settings)), status)
    return HTMLResponse(own_page(front, sms_number(settings, code)))


@router.get("/embed/{code}")
async def framed(code: Code, database: TheDatabase, fronts: TheFronts) -> HTMLResponse:
    """The chat for a frame in a page of one of the authority's sites, and of no other."""
    front = await fronts.of(database, code)
    # A site that isolates itself (COEP) shows only frames that do so too.
    isolated = {"Cross-Origin-Embedder-Policy": "require-corp"}
    headers = ANYWHERE | isolated | {"Content-Security-Policy": shown_by(front.sites)}
    return HTMLResponse(framed_page(front), headers=headers)


@router.get("/embed.js")
async def loader(request: Request) -> Response:
    """What other sites put in their pages."""
    return pieces()[LOADER].answer(request, AGAIN, **ANYWHERE)


@router.get("/made/{digest}/{name}")
async def made(digest: str, name: str, request: Request) -> Response:
    """A piece of a page. Of another version, beside which this one runs for a moment, it is what we have."""
    if name not in pieces():
        raise NotFound
    piece = pieces()[name]
    return piece.answer(request, FOR_EVER if digest == piece.digest else AGAIN)


@router.get("/favicon.ico")
async def icon() -> FileResponse:
    """Browsers ask for it whatever the page says."""
    return FileResponse(STATIC / "hent.svg", media_type="image/svg+xml")


def add_pages(app: FastAPI) -> None:
    """Serve the pages and what they are made of."""
    app.state.fronts = Fronts()
    # Now, and not before somebody's eyes: a module that cannot be put together with the others is found at the start.
    pieces()
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def _known(voices: Voices, settings: Settings) -> Whom:
    return Whom(**voices.last_known(settings.default_authority).authority)


def sms_number(settings: Settings, code: str) -> str | None:
    """Where the people of an authority may write by SMS; None without a number that takes answers."""
    names = settings.sms_routes.get(code) or settings.sms_routes.get(ANYBODY) or list(settings.sms_providers)
    senders = [settings.sms_providers[name].sender for name in names[:1]]
    return next((sender for sender in senders if sender.lstrip("+").replace(" ", "").isdecimal()), None)
