"""The web chat: begin, write, read."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, status
from fastapi.responses import PlainTextResponse, Response, StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.notices import standing
from api.authorities.service import authority_of
from api.conversations import proving, returning, service
from api.conversations.cards import calendar_file
from api.conversations.learning import marking
from api.conversations.reading import mark_read
from api.conversations.returning import Opened
from api.conversations.showing import reader_of
from api.conversations.transcript import NAME, transcript
from api.core.bus import heard
from api.core.clock import now
from api.core.errors import NotAllowed
from api.desk import human_part
from api.privacy.audience import Channel
from api.texts.schemas import Saying
from api.texts.service import speak
from channels.web import cards, stream
from channels.web.dependencies import (
    TheBus,
    TheConversation,
    TheDatabase,
    TheReader,
    TheSealer,
    TheSession,
    TheSettings,
    TheVoices,
)
from channels.web.schemas import (
    LAST_SEQ,
    AuthorityCard,
    Beginning,
    Helpful,
    LinkToken,
    NewConversation,
    Read,
    Returned,
    ShownNotice,
    Stored,
    Transcript,
    Written,
)

router = APIRouter(prefix="/chat", tags=["chat"])

WAIT_AT_MOST = 30.0
"""Seconds; below the minute after which proxies cut a silent connection."""


@router.get("/authority")
async def authority(
    session: TheSession, settings: TheSettings, voices: TheVoices, code: str | None = None
) -> AuthorityCard:
    """Whom to call, at the authority of this `code`: shown on every page, whatever happens to the conversation."""
    whose = code or settings.default_authority
    voice = await voices.of(session, whose)
    welcome = speak([Saying("welcome")], Channel.web, voice).text
    told = [ShownNotice(kind=one.kind, text=one.text) for one in await standing(session, whose, now())]
    return AuthorityCard(**voice.authority, welcome=welcome, notices=told)


@router.post("/conversations", status_code=status.HTTP_201_CREATED)
async def begin(
    request: Request,
    session: TheSession,
    sealer: TheSealer,
    settings: TheSettings,
    beginning: Beginning | None = None,
) -> NewConversation:
    """A new conversation; nothing is known of who opens it but a digest of their address, and whose page it was."""
    address = sealer.digest("address", request.client.host) if request.client else None
    code = beginning and beginning.authority
    whose = (await authority_of(session, code)).code if code else settings.default_authority
    conversation, token = await service.begin(session, sealer, whose, address)
    return NewConversation(conversation=conversation.id, token=token)


@router.post("/messages", status_code=status.HTTP_202_ACCEPTED)
async def write(written: Written, session: TheSession, sealer: TheSealer, opened: TheConversation) -> Stored:
    """Stored, then answered by a worker; the answer is read, not returned."""
    incoming = service.Incoming(str(written.id), written.text, written.choice, opened.since)
    return Stored(seq=await service.receive(session, sealer, opened.conversation.id, incoming))


@router.post("/read", status_code=status.HTTP_204_NO_CONTENT)
async def mark(read: Read, session: TheSession, opened: TheConversation) -> None:
    """The person has seen everything up to here."""
    await mark_read(session, opened.conversation, read.seq)


@router.post("/messages/{seq}/helpful", status_code=status.HTTP_204_NO_CONTENT)
async def judge(
    seq: Annotated[int, Path(ge=1, le=LAST_SEQ)], judged: Helpful, session: TheSession, opened: TheConversation
) -> None:
    """Whether this answer helped; whoever reads by a link judges what it shows."""
    await marking.mark(session, opened, seq, helpful=judged.helpful)


@router.post("/return", status_code=status.HTTP_201_CREATED)
async def come_back(link: LinkToken, session: TheSession, sealer: TheSealer) -> Returned:
    """The link of an SMS opens what a caseworker answered, once, where the conversation did not begin."""
    conversation, token, first = await returning.redeem(session, sealer, link.token, now())
    return Returned(conversation=conversation, token=token, first=first)


@router.post("/identity/link", status_code=status.HTTP_204_NO_CONTENT)
async def redeem_link(link: LinkToken, session: TheSession, sealer: TheSealer, opened: TheConversation) -> None:
    """A personal link, given in person by a caseworker, says who is speaking."""
    await service.recognise_by_link(session, sealer, opened.conversation, link.token)


@router.post("/identity/again", status_code=status.HTTP_204_NO_CONTENT)
async def prove_again(session: TheSession, voices: TheVoices, opened: TheConversation) -> None:
    """Ask who is speaking, for whoever wants to see again what is hidden."""
    voice = await voices.of(session, opened.conversation.authority_code)
    await proving.ask_again(session, voice, opened.conversation.id, now(), opened.since)


@router.post("/identity/end", status_code=status.HTTP_204_NO_CONTENT)
async def leave(session: TheSession, opened: TheConversation) -> None:
    """Forget who is speaking: somebody else sits here now, or will."""
    await proving.leave(session, opened.conversation.id, now())


@router.get("/messages")
async def read(
    database: TheDatabase,
    bus: TheBus,
    opened: TheReader,
    after: Annotated[int, Query(ge=0, le=LAST_SEQ)] = 0,
    wait: Annotated[float, Query(ge=0)] = 0,
    *,
    hidden: bool = False,
) -> Transcript:
    """What came after `after`; waits up to `wait` seconds for something to come.

    Whoever has a message has read it, unless the page that asks is `hidden`.
    """
    deadline = asyncio.get_running_loop().time() + min(wait, WAIT_AT_MOST)
    reached = 0 if hidden else after
    known: set[str | None] = set()
    with bus.waiting(f"out:{opened.conversation.id}") as event:
        while True:
            event.clear()
            async with database.transaction() as session:
                await mark_read(session, opened.conversation, reached)
                shown = await _transcript(session, opened, after)
            reached = 0
            known.add(shown.known_since)
            left = deadline - asyncio.get_running_loop().time()
            if shown.messages or left <= 0 or len(known) > 1 or bus.ended:
                return shown
            await heard(event, min(left, stream.a_while()))


@router.get("/events")
async def events(
    database: TheDatabase,
    bus: TheBus,
    opened: TheReader,
    last_event_id: Annotated[str, Header()] = "0",
) -> StreamingResponse:
    """The same as server-sent events, resumed after `Last-Event-ID`."""
    known = last_event_id.isdecimal() and len(last_event_id) <= len(str(LAST_SEQ))
    after = min(int(last_event_id), LAST_SEQ) if known else 0
    body = stream.events(database, bus, opened.conversation.id, max(after, opened.first - 1), opened.since)
    return StreamingResponse(body, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


@router.get("/messages/{seq}/calendar/{nth}")
async def calendar(
    seq: Annotated[int, Path(ge=1, le=LAST_SEQ)],
    nth: Annotated[int, Path(ge=1, le=LAST_SEQ)],
    session: TheSession,
    opened: TheConversation,
) -> Response:
    """The appointment of a card, counted from 1 in its message, as a file for a calendar."""
    attached = {"Content-Disposition": f'attachment; filename="{cards.FILE}"'}
    return Response(await calendar_file(session, opened, seq, nth), media_type="text/calendar", headers=attached)


@router.get("/transcript")
async def keep(session: TheSession, opened: TheConversation) -> PlainTextResponse:
    """The conversation as a file, for whoever has it: all that they may read of it."""
    attached = {"Content-Disposition": f'attachment; filename="{NAME}"'}
    reader = reader_of(opened.conversation, now(), opened.since)
    text = await transcript(session, opened.conversation.id, now(), opened.first, reader)
    return PlainTextResponse(text, headers=attached)


async def _transcript(session: AsyncSession, opened: Opened, after: int) -> Transcript:
    rows = await service.read(session, opened.conversation.id, max(after, opened.first - 1))
    # Looked at last: a row that was erased in between is then known to be gone.
    found = await service.as_it_stands(session, opened.conversation.id)
    if found is None:
        raise NotAllowed
    fresh, kept = found
    who, first = await human_part.answering(session, fresh), max(opened.first, kept)
    shown = await cards.shown(session, fresh, rows, opened.since)
    known_since = reader_of(fresh, now(), opened.since).known_since
    told = {"mode": fresh.mode, "who": who, "first": first, "known_since": known_since, "messages": shown}
    return Transcript.model_validate(told)
