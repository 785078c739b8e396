"""What an endpoint of the desk may ask for: who is signed in, and that a page of ours asks."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Cookie, Depends, Header, Request
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers import accounts, tries
from api.caseworkers.accounts import Account
from api.core.clock import now
from api.core.errors import NotAllowed, NotAllowedHere
from channels.desk.fanout import Fanout
from channels.web.dependencies import TheDatabase, TheSealer, TheSession

COOKIE = "hent_desk"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def from_desk(request: Request, x_hent_desk: Annotated[str, Header()] = "") -> None:
    """A header that no form and no link of another site can send, for whatever changes something."""
    if request.method not in READING and x_hent_desk != "1":
        raise NotAllowedHere("Cette demande ne vient pas du bureau.", error="not_from_desk")


def _token(hent_desk: Annotated[str, Cookie()] = "") -> str:
    if not hent_desk:
        raise NotAllowed("Votre session est terminée. Connectez-vous.", error="signed_out")
    return hent_desk


TheToken = Annotated[str, Depends(_token)]


async def _who(session: TheSession, sealer: TheSealer, token: TheToken) -> Account:
    return await accounts.by_session(session, sealer, token, now())


TheAccount = Annotated[Account, Depends(_who)]


async def _entering(session: TheSession, sealer: TheSealer, token: TheToken) -> Account:
    return await accounts.entering(session, sealer, token, now())


TheEntering = Annotated[Account, Depends(_entering)]
"""Whoever is signed in, a second factor still to be enrolled included: for what is open to them."""


def _fanout(request: Request) -> Fanout:
    fanout: Fanout = request.app.state.fanout
    return fanout


TheFanout = Annotated[Fanout, Depends(_fanout)]


async def _counting(database: TheDatabase) -> AsyncIterator[AsyncSession]:
    """A transaction that a refusal does not undo: it holds the count of wrong passwords."""
    refusal: NotAllowed | None = None
    async with database.transaction() as session:
        try:
            yield session
        except NotAllowed as error:
            refusal = error
    if refusal:
        raise refusal


CountingSession = Annotated[AsyncSession, Depends(_counting, scope="function")]


async def _try(request: Request, sealer: TheSealer, database: TheDatabase) -> AsyncIterator[None]:
    """One try of this address, taken back when it was right."""
    address = tries.digest_of(sealer, request.client and request.client.host)
    async with database.transaction() as session:
        one = await tries.begin(session, address)
    yield
    async with database.transaction() as session:
        await tries.succeeded(session, one)


counted = Depends(_try, scope="function")
