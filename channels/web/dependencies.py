"""What an endpoint may ask for: a session, the conversation that the token opens, the parts of the house."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Header, Request
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.front import Fronts
from api.conversations.returning import Opened, opened_by
from api.core.bus import Bus
from api.core.database import Database
from api.core.errors import NotAllowed
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.texts.voice import Voices


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def _bus(request: Request) -> Bus:
    bus: Bus = request.app.state.bus
    return bus


def _sealer(request: Request) -> Sealer:
    sealer: Sealer = request.app.state.sealer
    return sealer


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _voices(request: Request) -> Voices:
    voices: Voices = request.app.state.voices
    return voices


def _fronts(request: Request) -> Fronts:
    fronts: Fronts = request.app.state.fronts
    return fronts


TheDatabase = Annotated[Database, Depends(_database)]
TheBus = Annotated[Bus, Depends(_bus)]
TheSealer = Annotated[Sealer, Depends(_sealer)]
TheSettings = Annotated[Settings, Depends(_settings)]
TheVoices = Annotated[Voices, Depends(_voices)]
TheFronts = Annotated[Fronts, Depends(_fronts)]


async def _session(database: TheDatabase) -> AsyncIterator[AsyncSession]:
    async with database.transaction() as session:
        yield session


# scope="function": committed before the answer leaves, or a 202 could speak of a row that was never kept.
TheSession = Annotated[AsyncSession, Depends(_session, scope="function")]


def _token(authorization: Annotated[str, Header()] = "") -> str:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAllowed
    return token


TheToken = Annotated[str, Depends(_token)]


async def _conversation(session: TheSession, sealer: TheSealer, token: TheToken) -> Opened:
    return await opened_by(session, sealer, token)


TheConversation = Annotated[Opened, Depends(_conversation)]


async def _reader(database: TheDatabase, sealer: TheSealer, token: TheToken) -> Opened:
    """The conversation for somebody who may wait long: no connection is held meanwhile (32 emptied the pool)."""
    async with database.transaction() as session:
        return await opened_by(session, sealer, token)


TheReader = Annotated[Opened, Depends(_reader)]
