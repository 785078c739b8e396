"""Somebody who has another person's telephone, first name and date of birth, and what there is for them to find."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from api.appointments.tables import Status
from api.authorities.tables import Organisation, OrganisationKind
from api.beneficiaries.tables import Beneficiary
from api.conversations import service
from api.conversations.inbound import Arrived, store, take_in
from api.conversations.outbox import SENDER
from api.conversations.routes import Routes
from api.conversations.tables import Author, Mode
from api.core.clock import now, today
from api.core.database import Database
from api.core.sealing import Sealer
from api.escalations.service import Asked, open_request, route_for
from api.escalations.tables import Reason
from api.identity.service import digest_word
from api.pathways.tables import FactKind
from api.privacy.audience import Channel
from api.texts.formats import clock_time, day
from channels.sms.demo import SimulatedProvider
from tests import factories
from tests.api.pathways.journals import live
from tests.rules_rasa import RulesRasa, rules
from tests.talking import Talk

BORN = date(1990, 5, 14)
WORD = "goéland"
THEIRS = "56"
"""The département that follows whoever is known; an unknown telephone is answered by another."""
VISIT = timedelta(days=5, hours=3)
MINUTE = 7
"""Of the hour at which they are expected: at noon sharp it would be read in the hours of any authority."""


@dataclass(frozen=True)
class Planted:
    """What a file holds that can be recognised in a sentence."""

    words: frozenset[str]

    def found_in(self, texts: list[str]) -> set[str]:
        """Which of it these texts tell, typography aside."""
        read = " ".join(texts).replace("\u00a0", " ").replace("\u202f", " ").lower()
        return {word for word in self.words if word.lower() in read}


async def file_of(database: Database, sealer: Sealer, phone: str, *, confidential: bool) -> Planted:
    """Everything that a file can hold: who follows them, both appointments, journal, contract, an open request."""
    async with database.transaction() as session:
        house = await factories.authority(session, "cd56")
        house.phone, house.departement, house.name = "+33261910056", THEIRS, "Département du Morbihan"
        made: dict[str, Any] = {
            "name": "Maison des Semis",
            "phone": "+33261910778",
            "address": "7 rue des Semis, Vannes",
        }
        made |= {"kind": OrganisationKind.conseil_departemental, "authority_code": "cd56", "commune_insee": "56260"}
        team = await factories.organisation(session, **made)
        worker = await factories.caseworker(
            session, organisation_id=team.id, first_name="Gwenola", last_name="Plantevin", phone="+33261910777"
        )
        followed = {"authority_code": "cd56", "organisation_id": team.id, "caseworker_id": worker.id}
        person = await factories.person(
            session,
            first_name="Soazig",
            last_name="Kermarrec",
            birth_date=BORN,
            phone=phone,
            confidential=confidential,
            agreed_word_digest=digest_word(sealer, WORD),
            commune_insee="56260",
            **followed,
        )
        at = (now() + VISIT).replace(minute=MINUTE)
        where = {"organisation_id": team.id, "caseworker_id": worker.id, "place_name": "Salle des Semis"}
        where |= {"address": "7 rue des Semis, Vannes", "documents": ["le carnet des semis"]}
        await factories.appointment(session, person, at, **where)
        await factories.appointment(session, person, now() - timedelta(days=3), status=Status.noshow, **where)
        ends = today() + timedelta(days=50)
        await _journal(session, person, ends)
        await _request(session, person)
        await _hours(session, team)
    spoken = {day(at).split(" ", 1)[1], clock_time(at), day(ends).split(" ", 1)[1]}
    names = {"Soazig", "Kermarrec", "Gwenola", "Plantevin", "Maison des Semis", "rue des Semis", "Salle des Semis"}
    numbers = {"02 61 91 07 78", "02 61 91 07 77", "02 61 91 00 56", "Morbihan", "Vannes"}
    return Planted(frozenset(spoken | names | numbers | {"carnet des semis"}))


async def _journal(session: Any, person: Beneficiary, ends: date) -> None:
    journal: list[tuple[FactKind, int, Any]] = [(FactKind.rights_opened, 90, {}), (FactKind.known, 80, {})]
    journal += [(FactKind.oriented, 60, {"path": "social", "organisation": str(person.organisation_id)})]
    journal += [(FactKind.notified, 50, {}), (FactKind.assigned, 50, {"caseworker": str(person.caseworker_id)})]
    journal += [(FactKind.contract_signed, 40, {"ends_on": ends.isoformat()})]
    await live(session, person, now(), *journal)


async def _hours(session: Any, team: Organisation) -> None:
    for place in range(3):
        await factories.slot(session, team, now() + timedelta(days=8 + place, minutes=11), address="7 rue des Semis")


async def _request(session: Any, person: Beneficiary) -> None:
    asked = Asked(Reason.complaint, "les semis", "cd56", Channel.web, person=person)
    await open_request(session, asked, await route_for(session, asked, now()), now())


@dataclass
class Partner:
    """Plays one channel, with one telephone; keeps what they read."""

    talk: Talk
    rasa: RulesRasa
    phone: str
    channel: Channel
    read: list[tuple[str, list[str]]] = field(default_factory=list)
    """(what was tried, what was said in return, buttons included), in order."""

    async def begin(self) -> "Partner":
        """On the web, or by SMS through the door of all of them."""
        if self.channel is Channel.web:
            await self.talk.begin()
            return self
        await self._sms("bonjour")
        await self.talk.ring(self.phone)
        await self.talk.answer()
        return self

    async def tries(self, what: str, text: str) -> list[str]:
        """Write, and read what comes in return; a wait for somebody is ended, so that the assistant goes on."""
        after = (await self.talk.conversation()).last_seq
        await (self.talk.write(text) if self.channel is Channel.web else self._sms(text))
        await self.talk.answer()
        said = await self._said(after)
        self.read.append((what, said))
        if (await self.talk.conversation()).mode is Mode.waiting and text != "annuler":
            await self.tries(f"{what}, then back", "annuler")
        return said

    async def asks(self, *intents: str) -> None:
        """These, or every intent of the table, each by its rule; by SMS the first of what is offered is answered."""
        for intent, done in rules():
            if intents and intent not in intents:
                continue
            self.rasa.means = intent, done
            # Never the same words: whoever repeats themselves is taken for a machine.
            said = await self.tries(intent, f"question {str(len(self.read)).translate(_LETTERS)}")
            if self.channel is Channel.sms and any("\n1 " in line for line in said):
                await self.tries(f"{intent}, then 1", "1")

    @property
    def heard(self) -> list[str]:
        """Every sentence."""
        return [line for _, said in self.read for line in said]

    async def _sms(self, text: str) -> None:
        routes = Routes.only(SimulatedProvider())
        async with self.talk.database.transaction() as session:
            await store(session, self.talk.sealer, "demo", Arrived(str(uuid4()), self.phone, SENDER, text))
        while await take_in(self.talk.database, self.talk.sealer, routes, factories.AUTHORITY):
            pass

    async def _said(self, after: int) -> list[str]:
        async with self.talk.database.transaction() as session:
            rows = await service.read(session, self.talk.id, after)
        return [
            line
            for message, choices in rows
            if message.author is not Author.person
            for line in (message.text, *(choice.title for choice in choices))
        ]


_LETTERS = str.maketrans("0123456789", "bcdfgjklmn")
"""A figure may be read as an hour."""
