"""Every refusal in plain French for people, with a status and a word for machines; nothing else ever leaves."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from api.conversations.pressing import pressing
from api.core.errors import HentError, NotFound, Unavailable, Unreadable
from api.privacy.audience import Channel
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.voice import Voice, Voices

log = logging.getLogger("hent.web")

WHOSE_PAGE = "X-Hent-Authority"
"""The code of the authority whose page asks: while the database is away nothing else says it."""


async def call_instead(request: Request) -> JSONResponse:
    """The number to call, and the urgent one when the message in hand needs it."""
    voice = _nearest(request)
    message = speak([Saying("database_down")], Channel.web, voice).text
    danger = pressing(await _text_of(request))
    if danger:
        message = speak([Saying(danger.says)], Channel.web, voice).text
    return answer(Unavailable(message), urgent=danger.kind if danger else None)


def _nearest(request: Request) -> Voice:
    """Of the authority whose page it is, if it was ever read; else of everybody's."""
    voices: Voices = request.app.state.voices
    theirs = voices.last_known(request.headers.get(WHOSE_PAGE, ""))
    return theirs if theirs.authority["phone"] else voices.last_known(request.app.state.settings.default_authority)


async def try_again(_: Request) -> JSONResponse:
    """For somebody at work, who has no number to call."""
    return answer(Unavailable("Le bureau est en panne. Rien n'est perdu : réessayez dans une minute."))


def register(app: FastAPI, when_away: Callable[[Request], Awaitable[JSONResponse]] = call_instead) -> None:
    """Give every error its answer; `when_away` is the one that people read while PostgreSQL is away."""

    async def no_database(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, DBAPIError) and not error.connection_invalidated and not _is_outage(error):
            return await _unexpected(request, error)
        log.error("database away: %s", type(error).__name__)
        return await when_away(request)

    app.add_exception_handler(HentError, _expected)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http)
    for error in (OperationalError, InterfaceError, InternalError, PoolTimeout, OSError):
        app.add_exception_handler(error, no_database)
    app.add_exception_handler(Exception, _unexpected)


def answer(error: HentError, **more: Any) -> JSONResponse:
    """The refusal as JSON."""
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
    body = {"error": error.error, "message": error.message, **more}
    return JSONResponse(body, status_code=error.status, headers=headers)


async def _expected(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HentError), "registered for HentError"
    return answer(error)


async def _unreadable(_: Request, error: Exception) -> JSONResponse:
    """A body that does not fit; which field is said, never what was in it."""
    assert isinstance(error, RequestValidationError), "registered for RequestValidationError"
    fields = sorted({".".join(str(part) for part in problem["loc"][1:]) for problem in error.errors()})
    return answer(Unreadable(), fields=fields)


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException), "registered for HTTPException"
    # FastAPI makes a 400 of whatever stops it from reading a body, a body that is cut off for its size among them.
    if isinstance(error.__cause__, HentError):
        return answer(error.__cause__)
    refusal = NotFound() if error.status_code == NotFound.status else Unreadable(error="refused")
    refusal.status = error.status_code
    return answer(refusal)


async def _unexpected(_: Request, error: Exception) -> JSONResponse:
    return unexpected(error)


def unexpected(error: Exception) -> JSONResponse:
    """What nobody foresaw: its kind and its place in the log, and a sentence."""
    log.error("unexpected", exc_info=(type(error), error, error.__traceback__))
    return answer(HentError(error="unexpected"))


def _is_outage(error: DBAPIError) -> bool:
    # Class 57: the server was stopped; 08: the connection broke; none: it was never made.
    state = getattr(error.orig, "sqlstate", None)
    return state is None or state[:2] in {"57", "08", "53"}


async def _text_of(request: Request) -> str:
    """The text of the message in hand, wherever the request broke; nothing when there is none."""
    try:
        body = json.loads(await request.body())
    except (ValueError, RuntimeError):
        return ""
    text = body.get("text", "") if isinstance(body, dict) else ""
    return text if isinstance(text, str) else ""
