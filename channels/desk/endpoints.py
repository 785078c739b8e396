"""The desk: sign in, see who waits, take one, answer, give back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response, status
from fastapi.responses import StreamingResponse

from api.caseworkers import accounts
from api.core.clock import now
from api.desk import acting, moving, queue, reading, thread
from channels.desk import schemas, stream
from channels.desk.dependencies import (
    COOKIE,
    CountingSession,
    TheAccount,
    TheFanout,
    TheToken,
    counted,
    from_desk,
)
from channels.web.dependencies import TheDatabase, TheSealer, TheSession, TheSettings

router = APIRouter(prefix="/desk", tags=["desk"], dependencies=[Depends(from_desk)])

LAST_NUMBER = 2**63 - 1
"""The largest that PostgreSQL's bigint holds; past it a query fails."""
NOTHING = status.HTTP_204_NO_CONTENT


@router.post("/session", dependencies=[counted])
async def sign_in(
    credentials: schemas.Credentials,
    response: Response,
    session: CountingSession,
    sealer: TheSealer,
    settings: TheSettings,
) -> schemas.SignedIn:
    """A cookie that no script reads and no other site sends; it opens nothing before the code, where one is due."""
    password = credentials.password.get_secret_value()
    due = settings.asks_second_factor
    signed = await accounts.sign_in(session, sealer, credentials.email, password, now(), factor_due=due)
    response.set_cookie(COOKIE, signed.token, httponly=True, samesite="strict", secure=not settings.demo)
    return schemas.SignedIn(needs_code=signed.needs_code)


@router.post("/session/code", status_code=NOTHING, dependencies=[counted])
async def give_code(code: schemas.Code, token: TheToken, session: CountingSession, sealer: TheSealer) -> None:
    """The second factor."""
    await accounts.give_code(session, sealer, token, code.code.get_secret_value(), now())


@router.delete("/session", status_code=NOTHING)
async def sign_out(response: Response, token: TheToken, session: TheSession, sealer: TheSealer) -> None:
    """Here and at once."""
    await accounts.sign_out(session, sealer, token, now())
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")


@router.post("/invitation", status_code=NOTHING, dependencies=[counted])
async def accept(invitation: schemas.Invitation, session: CountingSession, sealer: TheSealer) -> None:
    """A first password, by a link that is good once."""
    token, password = invitation.token.get_secret_value(), invitation.password.get_secret_value()
    await accounts.accept_invitation(session, sealer, token, password, now())


@router.get("/queue")
async def waiting(
    filters: Annotated[schemas.Filters, Query()], session: TheSession, who: TheAccount
) -> schemas.QueuePage:
    """Who waits in one's organisation, fifty at a time."""
    wanted = queue.Wanted(**filters.model_dump(exclude={"page"}))
    found = await queue.queue(session, who, wanted, after=(filters.page - 1) * queue.PAGE)
    return schemas.QueuePage.model_validate(found)


@router.get("/escalations/{escalation}")
async def read(
    escalation: UUID, session: TheSession, who: TheAccount, after: Annotated[int, Query(ge=0, le=schemas.LAST_SEQ)] = 0
) -> schemas.Thread:
    """One escalation, with what was said past `after` and all that happened to it."""
    return schemas.Thread.model_validate(await thread.thread(session, who, escalation, after))


@router.post("/escalations/{escalation}/take")
async def take(escalation: UUID, seen: schemas.Seen, session: TheSession, who: TheAccount) -> schemas.Version:
    """From now on this caseworker answers."""
    return schemas.Version(version=await acting.take(session, who, escalation, seen.version, now()))


@router.post("/escalations/{escalation}/give-back")
async def give_back(escalation: UUID, seen: schemas.Seen, session: TheSession, who: TheAccount) -> schemas.Version:
    """To the queue: a colleague takes it."""
    return schemas.Version(version=await acting.give_back(session, who, escalation, seen.version, now()))


@router.post("/escalations/{escalation}/hand-back")
async def hand_back(escalation: UUID, seen: schemas.Seen, session: TheSession, who: TheAccount) -> schemas.Version:
    """To the assistant: the human part ends."""
    return schemas.Version(version=await acting.hand_back(session, who, escalation, seen.version, now()))


@router.post("/escalations/{escalation}/assign")
async def assign(escalation: UUID, to: schemas.Assigning, session: TheSession, who: TheAccount) -> schemas.Version:
    """To a colleague, or to oneself."""
    version = await moving.assign(session, who, escalation, to.version, to.caseworker, now())
    return schemas.Version(version=version)


@router.post("/escalations/{escalation}/pass-on")
async def pass_on(escalation: UUID, to: schemas.PassingOn, session: TheSession, who: TheAccount) -> schemas.Version:
    """To another organisation, with a comment."""
    version = await moving.pass_on(session, who, escalation, to.version, to.organisation, to.comment, now())
    return schemas.Version(version=version)


@router.post("/escalations/{escalation}/snooze")
async def snooze(escalation: UUID, aside: schemas.Snoozing, session: TheSession, who: TheAccount) -> schemas.Version:
    """Out of the list for a while."""
    version = await moving.snooze(session, who, escalation, aside.version, aside.until, now())
    return schemas.Version(version=version)


@router.post("/escalations/{escalation}/close")
async def close(escalation: UUID, closing: schemas.Closing, session: TheSession, who: TheAccount) -> schemas.Version:
    """It was dealt with."""
    version = await acting.close(session, who, escalation, closing.version, closing.outcome, now())
    return schemas.Version(version=version)


@router.post("/escalations/{escalation}/reopen")
async def reopen(escalation: UUID, seen: schemas.Seen, session: TheSession, who: TheAccount) -> schemas.Version:
    """It was not."""
    return schemas.Version(version=await acting.reopen(session, who, escalation, seen.version, now()))


@router.post("/escalations/{escalation}/reply", status_code=status.HTTP_202_ACCEPTED)
async def reply(escalation: UUID, written: schemas.Written, session: TheSession, who: TheAccount) -> schemas.Stored:
    """To the person, in their conversation."""
    seq = await acting.reply(session, who, escalation, str(written.id), written.text, now())
    return schemas.Stored(seq=seq)


@router.post("/escalations/{escalation}/note", status_code=NOTHING)
async def note(escalation: UUID, written: schemas.Written, session: TheSession, who: TheAccount) -> None:
    """For colleagues only."""
    await acting.note(session, who, escalation, str(written.id), written.text, now())


@router.post("/escalations/{escalation}/read", status_code=NOTHING)
async def mark_read(escalation: UUID, read_to: schemas.Read, session: TheSession, who: TheAccount) -> None:
    """This caseworker has read as far as that."""
    await reading.mark_read(session, who, escalation, read_to.seq)


@router.get("/events")
async def events(
    database: TheDatabase,
    fanout: TheFanout,
    sealer: TheSealer,
    token: TheToken,
    after: Annotated[int, Query(ge=0, le=LAST_NUMBER)] = 0,
    last_event_id: Annotated[str, Header()] = "",
) -> StreamingResponse:
    """What changes, as server-sent events, resumed after `Last-Event-ID`, or else after `after`."""
    known = last_event_id.isdecimal() and len(last_event_id) <= len(str(LAST_NUMBER))
    start = min(int(last_event_id), LAST_NUMBER) if known else after
    listening = stream.Listening(database, fanout, sealer, token)
    body = listening.events(await listening.begin(start), start)
    return StreamingResponse(body, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
