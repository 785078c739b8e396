"""Invented rows for tests: everything has a default, and a test names only what it is about."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.tables import Appointment, LocationType, Slot
from api.authorities.communes import communes
from api.authorities.tables import Authority, AuthorityKind, Organisation, OrganisationKind
from api.beneficiaries.tables import Beneficiary, Fund, Household, HouseholdRole, Title
from api.caseworkers.tables import Caseworker
from api.conversations.service import next_message
from api.conversations.tables import Author, Conversation, Message, MessageStatus, Turn, TurnKind
from api.core.folding import fold
from api.pathways.tables import FactKind, PathwayFact
from api.privacy.audience import Channel
from api.support.tables import SupportService
from api.training.tables import Entry, Recruitment, Training, TrainingSession

BREST, QUIMPER, RENNES, LANDERNEAU = "29019", "29232", "35238", "29103"
AUTHORITY = "cd29"


async def authority(session: AsyncSession, code: str = AUTHORITY) -> Authority:
    """The authority of this code, made once a transaction."""
    known = await session.get(Authority, code)
    if known:
        return known
    made = Authority(
        code=code,
        name="Département du Finistère",
        kind=AuthorityKind.departement,
        departement="29",
        phone="+33261910001",
        address="1 place des Ajoncs, 29000 Quimper",
        hours={"mon": [["08:30", "12:00"]]},
    )
    await _added(session, made)
    # What was just written has not read what closes it; in a session of its own it does.
    await session.refresh(made, ["closures"])
    return made


async def organisation(session: AsyncSession, **given: Any) -> Organisation:
    """A team that receives people, in Brest."""
    made: dict[str, Any] = {
        "authority_code": (await authority(session)).code,
        "name": "Centre départemental d'action sociale",
        "kind": OrganisationKind.conseil_departemental,
        "phone": "+33261910010",
        "address": "12 rue des Ajoncs, 29200 Brest",
        "commune_insee": BREST,
    }
    return await _added(session, Organisation(**(made | given)))


async def caseworker(session: AsyncSession, **given: Any) -> Caseworker:
    """A professional of an organisation."""
    made: dict[str, Any] = {
        "first_name": "Nolwenn",
        "last_name": "Kerdoncuff",
        "email": f"{uuid4().hex}@exemple.fr",
        "phone": "+33261910011",
    }
    where = given.pop("organisation_id", None) or (await organisation(session)).id
    return await _added(session, Caseworker(organisation_id=where, **(made | given)))


async def person(session: AsyncSession, **given: Any) -> Beneficiary:
    """Somebody who is followed, alone in the household, without a telephone unless given one."""
    household = await _added(session, Household(fund=Fund.caf, case_number=uuid4().hex))
    made: dict[str, Any] = {
        "role": HouseholdRole.demandeur,
        "title": Title.madame,
        "first_name": "Maëlle",
        "last_name": "Le Goff",
        "birth_date": date(1990, 5, 14),
        "commune_insee": BREST,
        "authority_code": (await authority(session)).code,
    } | given
    names = {"folded_first_name": fold(made["first_name"]), "folded_last_name": fold(made["last_name"])}
    return await _added(session, Beneficiary(household_id=household.id, **names, **made))


async def appointment(session: AsyncSession, whose: Beneficiary, starts_at: datetime, **given: Any) -> Appointment:
    """An appointment of half an hour at an office, to come or not yet filled in."""
    made: dict[str, Any] = {
        "source": "test",
        "source_id": uuid4().hex,
        "starts_at": starts_at,
        "duration_minutes": 30,
        "location_type": LocationType.public_office,
        "address": "12 rue des Ajoncs, 29200 Brest",
        "category": "rsa_orientation",
        "title": "rendez-vous d'orientation",
        "documents": [],
    }
    where = given.pop("organisation_id", None) or (await organisation(session)).id
    return await _added(session, Appointment(beneficiary_id=whose.id, organisation_id=where, **(made | given)))


async def slot(session: AsyncSession, team: Organisation, starts_at: datetime, **given: Any) -> Slot:
    """A free half-hour of a team, for an orientation, at its office."""
    made: dict[str, Any] = {
        "category": "rsa_orientation",
        "duration_minutes": 30,
        "location_type": LocationType.public_office,
        "place_name": team.name,
        "address": team.address,
    }
    return await _added(session, Slot(organisation_id=team.id, starts_at=starts_at, **(made | given)))


async def pathway_fact(session: AsyncSession, whose: UUID, kind: str, on: date, **detail: Any) -> PathwayFact:
    """One fact of somebody's journal, known on the day it happened."""
    made = {"source": "test", "source_id": uuid4().hex, "withdrawn": False, "detail": detail}
    return await _added(session, PathwayFact(beneficiary_id=whose, kind=FactKind(kind), happened_on=on, **made))


async def training(session: AsyncSession, **given: Any) -> Training:
    """A course in welding."""
    made: dict[str, Any] = {
        "source": "test",
        "source_id": uuid4().hex,
        "title": "Titre professionnel soudeur",
        "objective": "Souder des pièces de métal.",
        "provider": "Ateliers du Ponant",
        "trades": ["soudure"],
        "certifying": True,
    } | given
    searched = fold(f"{made['title']} {made['objective']} {made['provider']}")
    return await _added(session, Training(search_text=searched, **made))


async def training_session(session: AsyncSession, of: Training, insee: str = BREST, **given: Any) -> TrainingSession:
    """A permanent entry, open, in the middle of a commune."""
    made: dict[str, Any] = {
        "commune_insee": insee,
        "latitude": communes()[insee].latitude,
        "longitude": communes()[insee].longitude,
        "entry": Entry.permanent,
        "recruitment": Recruitment.open,
        "phone": "+33261910020",
        "updated_on": date(2026, 11, 16),
    }
    return await _added(session, TrainingSession(training_id=of.id, **(made | given)))


async def service(session: AsyncSession, insee: str = BREST, **given: Any) -> SupportService:
    """Help with the driving licence, in the middle of a commune, for whoever asks."""
    made: dict[str, Any] = {
        "source": "test",
        "source_id": uuid4().hex,
        "name": "Auto-école solidaire",
        "structure": "Route Ouverte",
        "description": "Passer le permis à son rythme.",
        "themes": ["mobilite--preparer-un-permis"],
        "audiences": ["tous-publics"],
        "reception": ["en-presentiel"],
        "open_to": ["usagers", "professionnels"],
        "commune_insee": insee,
        "latitude": communes()[insee].latitude,
        "longitude": communes()[insee].longitude,
        "zone": [],
        "updated_on": date(2026, 11, 16),
    }
    return await _added(session, SupportService(**(made | given)))


async def conversation(session: AsyncSession, **given: Any) -> Conversation:
    """A conversation on the web with nobody in particular."""
    made: dict[str, Any] = {"channel": Channel.web, "authority_code": (await authority(session)).code} | given
    web = {"token_digest": uuid4().bytes} if made["channel"] is Channel.web else {}
    return await _added(session, Conversation(**(web | made)))


async def turn(session: AsyncSession, of: Conversation) -> Turn:
    """One message of the person, being answered."""
    of.last_seq += 1
    said = Message(
        conversation_id=of.id,
        seq=of.last_seq,
        author=Author.person,
        text="Bonjour",
        says=[],
        status=MessageStatus.received,
        created_at=datetime.now(UTC),
    )
    message = await _added(session, said)
    made = await _added(session, Turn(conversation_id=of.id, message_id=message.id, kind=TurnKind.first))
    message.turn_id = made.id
    await session.flush()
    return made


async def said(
    session: AsyncSession, conversation: Conversation, author: Author, text: str, status: MessageStatus
) -> Message:
    """One more message of a conversation."""
    return await _added(session, next_message(conversation, author, text, status))


async def _added[Row](session: AsyncSession, row: Row) -> Row:
    session.add(row)
    await session.flush()
    return row
