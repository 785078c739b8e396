"""The desk in this process, on a real database: two teams, each with a caseworker and somebody who waits."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import httpx
import pyotp
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities import notices
from api.authorities.tables import NoticeKind, Organisation
from api.caseworkers import accounts
from api.caseworkers.tables import Caseworker, Role
from api.conversations.outbox import SENDER
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.conversations.tables import Author, MessageStatus
from api.core.background import background
from api.core.clock import now
from api.core.database import Database
from api.core.settings import Settings
from api.desk.tables import ReadyText, TranscriptRequest
from api.desk_app import create_desk_app
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Reason
from api.privacy.audience import Channel, Level
from tests import factories
from tests.api.caseworkers.desk_accounts import cheaply
from tests.channels.web.conftest import settings as settings

PASSWORD = "une longue phrase pour entrer"
SAID = "Mon propriétaire reprend le logement"
"""What somebody wrote; whoever may not read it must find no word of it."""
FAMILY = "Tréguidel"
PHONE = "+33639980077"
NOTICE = "Une grève est prévue. Appelez le 02 61 91 00 01."


@dataclass
class Team:
    """An organisation, who works there, and what waits for them."""

    organisation: Organisation
    caseworker: Caseworker
    escalation: UUID
    conversation: UUID
    person: UUID
    appointment: UUID
    """To come, of this person, with this team."""
    text: UUID
    """A ready-made one, of this team."""
    transcript: UUID
    """Asked for by this team's caseworker."""
    sms: UUID
    """One that did not arrive, to this team's person."""
    notice: UUID
    """To come, of this team's authority."""
    colleagues: dict[str, Caseworker] = field(default_factory=dict)


ROLES = {
    "Ronan": Role.caseworker,
    "Erwan": Role.supervisor,
    "Aziliz": Role.administrator,
    "Sarah": Role.auditor,
}
"""Colleagues of whoever the tests speak for."""
Browser = Callable[..., Awaitable[httpx.AsyncClient]]


async def worker(session: AsyncSession, app: FastAPI, organisation: UUID, first: str, role: Role) -> Caseworker:
    """A professional who has set a password."""
    made = await factories.caseworker(session, organisation_id=organisation, first_name=first, role=role)
    token = await accounts.invite(session, app.state.sealer, made.id, now())
    await accounts.accept_invitation(session, app.state.sealer, token, PASSWORD, now())
    return made


async def team(
    session: AsyncSession, app: FastAPI, name: str, first: str, authority: str = factories.AUTHORITY
) -> Team:
    """A team with a caseworker, and somebody of theirs who asked for a human in so many words."""
    code = (await factories.authority(session, authority)).code
    organisation = await factories.organisation(session, name=name, authority_code=code)
    somebody = await worker(session, app, organisation.id, first, Role.caseworker)
    person = await factories.person(session, organisation_id=organisation.id, last_name=FAMILY)
    talk = await factories.conversation(session, beneficiary_id=person.id, level=Level.link)
    said = await factories.said(session, talk, Author.person, SAID, MessageStatus.answered)
    asked = Asked(Reason.asked, SAID, code, Channel.web, talk.id, person)
    promise = await ask_human(session, asked, now())
    text = ReadyText(authority_code=code, organisation_id=organisation.id, title="Accueil", text="Bonjour {prenom}")
    copy = TranscriptRequest(escalation_id=promise.escalation.id, asked_by=somebody.id, why="Elle la demande")
    visit = await factories.appointment(session, person, now() + timedelta(days=3), organisation_id=organisation.id)
    lost = OutgoingSms(phone=PHONE, sender=SENDER, kind=SmsKind.reply, text=SAID, status=SmsStatus.dead)
    lost.message_id = said.id
    session.add_all([text, copy, lost])
    await session.flush()
    soon = now() + timedelta(days=30)
    told = await notices.add(session, code, NoticeKind.strike, NOTICE, (soon, soon + timedelta(days=1)))
    asked_for = promise.escalation.id, talk.id, person.id, visit.id, text.id, copy.id, lost.id, told.id
    return Team(organisation, somebody, *asked_for)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test signs somebody in: at full cost most of its time went into passwords."""
    cheaply(monkeypatch)


@pytest_asyncio.fixture
async def app(settings: Settings, database: Database) -> AsyncIterator[FastAPI]:
    """The application, listening to PostgreSQL."""
    app = create_desk_app(settings)
    async with background(app.state.bus.run()):
        yield app
    await app.state.database.close()


@pytest_asyncio.fixture
async def ours(app: FastAPI, database: Database) -> Team:
    """The team that the tests speak for, with one account of each role."""
    async with database.transaction() as session:
        made = await team(session, app, "CDAS de Brest", "Nolwenn")
        for first, role in ROLES.items():
            made.colleagues[first] = await worker(session, app, made.organisation.id, first, role)
    return made


@pytest_asyncio.fixture
async def theirs(app: FastAPI, database: Database) -> Team:
    """Another team of the same authority."""
    async with database.transaction() as session:
        return await team(session, app, "CDAS de Quimper", "Gwenola")


@pytest_asyncio.fixture
async def elsewhere(app: FastAPI, database: Database) -> Team:
    """A team of another authority."""
    async with database.transaction() as session:
        return await team(session, app, "CDAS de Rennes", "Soizic", "cd35")


@pytest_asyncio.fixture
async def browser(app: FastAPI) -> AsyncIterator[Browser]:
    """Opens the desk: signed in as somebody, or as nobody."""
    async with AsyncExitStack() as opened:

        async def open_as(who: Caseworker | None = None) -> httpx.AsyncClient:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            http = httpx.AsyncClient(transport=transport, base_url="http://desk.example.org", timeout=20)
            await opened.enter_async_context(http)
            http.headers["X-Hent-Desk"] = "1"
            if who:
                signed = await http.post("/desk/session", json={"email": who.email, "password": PASSWORD})
                assert (signed.status_code, signed.json()) == (200, {"needs_code": False})
            return http

        yield open_as


@pytest_asyncio.fixture
async def nobody(browser: Browser) -> httpx.AsyncClient:
    """A browser that has not signed in."""
    return await browser()


@pytest_asyncio.fixture
async def desk(browser: Browser, ours: Team) -> httpx.AsyncClient:
    """Our caseworker's."""
    return await browser(ours.caseworker)


@pytest.fixture
def path(ours: Team) -> str:
    """Of what waits for our team."""
    return f"/desk/escalations/{ours.escalation}"


async def enrol(http: httpx.AsyncClient, password: str = PASSWORD) -> pyotp.TOTP:
    """As far as the telephone."""
    begun = await http.post("/desk/me/second-factor", json={"password": password})
    assert begun.status_code == 200
    return pyotp.TOTP(begun.json()["secret"])
