"""The desk's people: who is followed and what is due, one person whole, what is done for them, writing first."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response, status

from api.core.clock import now
from api.desk.card import fields_of
from api.desk.people import card, following, marking, posting, sheet, visits, writing
from api.desk.people.due import What
from channels.desk import people_schemas as schemas
from channels.desk.dependencies import TheAccount, from_desk
from channels.web.dependencies import TheDatabase, TheSealer, TheSession, TheSettings

router = APIRouter(prefix="/desk", tags=["people"], dependencies=[Depends(from_desk)])

LAST_PAGE = 10_000
NOTHING = status.HTTP_204_NO_CONTENT


async def _shown(session: TheSession, who: TheAccount) -> frozenset[str]:
    return await fields_of(session, who.organisation_id)


TheFields = Annotated[frozenset[str], Depends(_shown)]


def _wanted(due: What | None = None, search: Annotated[str, Query(max_length=200)] = "") -> following.Wanted:
    return following.Wanted(due, search)


TheWish = Annotated[following.Wanted, Depends(_wanted)]


@router.get("/people")
async def people(
    session: TheSession,
    who: TheAccount,
    shown: TheFields,
    wanted: TheWish,
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> schemas.PeoplePage:
    """Those whom one follows, by what is due, fifty at a time."""
    return schemas.PeoplePage.model_validate(await following.page(session, who, wanted, shown, now(), page))


@router.get("/people.csv")
async def export(session: TheSession, who: TheAccount, shown: TheFields, wanted: TheWish) -> Response:
    """The same list, for a spreadsheet."""
    file = await sheet.sheet(session, who, wanted, shown, now())
    headers = {"Content-Disposition": 'attachment; filename="mes-personnes.csv"'}
    return Response(file, media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/people/write/preview")
async def preview(draft: schemas.Draft, session: TheSession, who: TheAccount) -> schemas.Preview:
    """What each would read, what it costs, who is not written to."""
    return schemas.Preview.model_validate(await writing.preview(session, who, draft.people, draft.text, now()))


@router.post("/people/write", status_code=status.HTTP_202_ACCEPTED)
async def write(sending: schemas.Sending, database: TheDatabase, who: TheAccount) -> schemas.Posted:
    """To each of them; who may not be written to is left out, and counted."""
    order = posting.Order(sending.id, sending.people, sending.text)
    return schemas.Posted.model_validate(await posting.post(database, who, order, now()))


@router.get("/people/{person}")
async def read(person: UUID, session: TheSession, who: TheAccount, shown: TheFields) -> schemas.PersonCard:
    """One person: what one may read, what comes, what was, what one can do."""
    return schemas.PersonCard.model_validate(await card.card(session, who, person, shown, now()))


@router.get("/people/{person}/slots")
async def slots(
    person: UUID, session: TheSession, who: TheAccount, appointment: UUID | None = None, after: UUID | None = None
) -> schemas.Hours:
    """Free hours for them, for a new appointment or in the place of one."""
    found = await visits.free(session, who, person, now(), moved=appointment, after=after)
    return schemas.Hours.model_validate(found)


@router.post("/people/{person}/appointments", status_code=status.HTTP_201_CREATED)
async def book(person: UUID, booking: schemas.Booking, session: TheSession, who: TheAccount) -> schemas.Booked:
    """Take an hour for them; they are told."""
    return schemas.Booked(id=await visits.book(session, who, person, booking.id, booking.slot, now()))


@router.post("/people/{person}/appointments/{appointment}/move")
async def move(
    person: UUID, appointment: UUID, moving: schemas.Moving, session: TheSession, who: TheAccount
) -> schemas.Booked:
    """Another hour instead; they are told."""
    return schemas.Booked(id=await visits.move(session, who, person, appointment, moving.slot, now()))


@router.post("/people/{person}/appointments/{appointment}/cancel", status_code=NOTHING)
async def cancel(person: UUID, appointment: UUID, session: TheSession, who: TheAccount) -> None:
    """It will not take place; they are told."""
    await visits.cancel(session, who, person, appointment, now())


@router.put("/people/{person}/confidential", status_code=NOTHING)
async def mark(person: UUID, marked: schemas.Mark, session: TheSession, who: TheAccount, shown: TheFields) -> None:
    """The file is confidential from now on, or is not any more."""
    await marking.mark(session, who, person, marked.confidential, shown, now())


@router.put("/people/{person}/reminders", status_code=NOTHING)
async def reminders(person: UUID, wish: schemas.Wish, session: TheSession, who: TheAccount, shown: TheFields) -> None:
    """The person of a confidential file asked to be reminded, or does not want it any more."""
    await marking.ask_reminders(session, who, person, wish.asked, shown, now())


@router.post("/people/{person}/number-checked", status_code=NOTHING)
async def number_checked(person: UUID, session: TheSession, who: TheAccount) -> None:
    """The number of the file is theirs after all."""
    await marking.number_checked(session, who, person)


@router.post("/people/{person}/link")
async def link(
    person: UUID, session: TheSession, sealer: TheSealer, settings: TheSettings, who: TheAccount
) -> schemas.Link:
    """An address to give in person: whoever opens it is known as this person."""
    made = await marking.link(session, sealer, who, person, settings.public_url, now())
    return schemas.Link.model_validate(made)
