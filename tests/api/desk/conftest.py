"""A house with two teams, two colleagues in one of them, and somebody who asked for a human in a conversation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker
from api.core.clock import PARIS
from api.core.database import Database
from api.core.sealing import Sealer
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Escalation, Reason
from api.privacy.audience import Channel
from tests import factories
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)


@dataclass
class Team:
    """Two colleagues, somebody of another team, and a person whom none of them follows."""

    nolwenn: Account
    ronan: Account
    stranger: Account
    person: Beneficiary


def account(worker: Caseworker) -> Account:
    """As signed in."""
    name = f"{worker.first_name} {worker.last_name}"
    return Account(worker.id, name, worker.first_name, worker.role, worker.organisation_id, factories.AUTHORITY)


async def ask(session: AsyncSession, team: Team, talk: UUID | None = None, reason: Reason = Reason.asked) -> Escalation:
    """The person of this team asks for a human."""
    asked = Asked(reason, "je veux parler à quelqu'un", factories.AUTHORITY, Channel.web, talk, team.person)
    return (await ask_human(session, asked, NOW)).escalation


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Says good morning until a test decides otherwise."""
    return ScriptedRasa()


@pytest_asyncio.fixture
async def team(database: Database) -> Team:
    """Committed: what tests do is done by several at once."""
    async with database.transaction() as session:
        ours = await factories.organisation(session, name="CDAS de Brest")
        theirs = await factories.organisation(session, name="CDAS de Quimper")
        nolwenn = await factories.caseworker(session, organisation_id=ours.id)
        ronan = await factories.caseworker(session, organisation_id=ours.id, first_name="Ronan", last_name="Le Bras")
        stranger = await factories.caseworker(session, organisation_id=theirs.id, first_name="Gwenola")
        person = await factories.person(session, organisation_id=ours.id)
        return Team(account(nolwenn), account(ronan), account(stranger), person)


@pytest_asyncio.fixture
async def talk(team: Team, database: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    """The conversation in which a human was asked for."""
    return await Talk(database, sealer, rasa.client()).begin()


@pytest_asyncio.fixture
async def request_id(team: Team, database: Database, talk: Talk) -> UUID:
    """What was asked there."""
    async with database.transaction() as session:
        return (await ask(session, team, talk.id)).id
