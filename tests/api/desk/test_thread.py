"""A thread shows all that was said and done; who looks at somebody else's file is written down."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import pytest
from sqlalchemy import select, update

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.conversations.service import DOTS, locked
from api.conversations.tables import Author, MessageStatus, Mode
from api.core.clock import PARIS
from api.core.database import Database
from api.desk import acting, feed
from api.desk.card import card_of, fields_of
from api.desk.labels import EVENTS, KINDS, REASONS, STAGES
from api.desk.tables import Access
from api.desk.thread import Thread, thread
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Event, Kind, Reason
from api.pathways.state import Stage
from api.privacy.audience import Channel
from tests import factories
from tests.api.desk.conftest import NOW, Team
from tests.api.desk.test_acting import done
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk


async def seen(database: Database, who: Account, request_id: UUID, after: int = 0) -> Thread:
    async with database.transaction() as session:
        return await thread(session, who, request_id, after)


async def looks(database: Database) -> list[tuple[UUID, UUID | None]]:
    async with database.transaction() as session:
        rows = await session.scalars(select(Access).order_by(Access.created_at))
        return [(row.caseworker_id, row.beneficiary_id) for row in rows]


async def test_all_that_was_said_is_there_however_long(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    async with database.transaction() as session:
        conversation = await locked(session, talk.id)
        for nth in range(250):
            await factories.said(session, conversation, Author.person, f"{nth}", MessageStatus.answered)
    whole = await seen(database, team.nolwenn, request_id)
    assert [message.seq for message in whole.messages] == list(range(1, 251))
    assert [message.text for message in (await seen(database, team.nolwenn, request_id, 248)).messages] == [
        "248",
        "249",
    ]


async def test_words_hidden_by_mistake_come_to_light_on_a_desk_that_has_them(
    team: Team, database: Database, talk: Talk, request_id: UUID, rasa: ScriptedRasa
) -> None:
    rasa.answer = lambda asked: says("ask_next_appointment", "identify_first")
    assert await talk.say("c kan mon rdv") == ["ask_number"]
    seq = await talk.write("mon fils est malade")
    [hidden] = (await seen(database, team.nolwenn, request_id, seq - 1)).messages
    assert (hidden.text, hidden.settled) == (DOTS, False)
    await done(database, acting.take, team.nolwenn, request_id)
    async with database.transaction() as session:
        told = await feed.last(session, team.nolwenn.organisation_id)
    await talk.answer()
    async with database.transaction() as session:
        assert await feed.last(session, team.nolwenn.organisation_id) > told
    [shown, _] = (await seen(database, team.nolwenn, request_id, seq - 1)).messages
    assert (shown.text, shown.settled) == ("mon fils est malade", True)


async def test_an_answer_is_settled_once_it_was_seen(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    await done(database, acting.reply, team.nolwenn, request_id)

    async def settled() -> bool:
        return (await seen(database, team.nolwenn, request_id)).messages[-1].settled

    assert not await settled()
    async with database.transaction() as session:
        conversation = await locked(session, talk.id)
        conversation.read_seq = conversation.last_seq
    assert await settled()


async def test_it_says_who_did_what(team: Team, database: Database, request_id: UUID) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    await done(database, acting.reply, team.nolwenn, request_id)
    await done(database, acting.note, team.ronan, request_id, reference="b", text="Je la connais")
    held = await seen(database, team.nolwenn, request_id)
    assert (held.state, held.mine, held.mode) == ("open", True, Mode.caseworker)
    assert not (await seen(database, team.ronan, request_id)).mine
    assert [(one.author, one.name) for one in held.messages] == [
        (Author.system, None),
        (Author.caseworker, team.nolwenn.name),
    ]
    await done(database, acting.close, team.nolwenn, request_id, outcome="called")
    told = await seen(database, team.nolwenn, request_id)
    assert told.state == "closed"
    assert [(one.label, one.by, one.text) for one in told.events] == [
        ("Demande reçue", None, None),
        ("Prise en charge", team.nolwenn.name, None),
        ("Réponse envoyée", team.nolwenn.name, None),
        ("Note", team.ronan.name, "Je la connais"),
        ("Clôturée", team.nolwenn.name, "Personne appelée"),
    ]


async def test_a_look_at_the_file_of_somebody_whom_one_does_not_follow_is_written_down_once(
    team: Team, database: Database, request_id: UUID
) -> None:
    async with database.transaction() as session:
        await session.execute(update(Beneficiary).values(caseworker_id=team.nolwenn.id))
    for after in (0, 1, 5):
        await seen(database, team.nolwenn, request_id, after)
        await seen(database, team.ronan, request_id, after)
    assert await looks(database) == [(team.ronan.id, team.person.id)]
    async with database.transaction() as session:
        await session.execute(update(Access).values(created_at=datetime.now(UTC) - timedelta(hours=1)))
    await seen(database, team.ronan, request_id, 3)
    assert len(await looks(database)) == 2


async def test_somebody_unknown_has_no_card_and_no_file_to_look_at(team: Team, database: Database, talk: Talk) -> None:
    async with database.transaction() as session:
        asked = Asked(Reason.asked, "bonjour", factories.AUTHORITY, Channel.web, talk.id)
        unknown = (await ask_human(session, asked, NOW)).escalation
    # By its name, the first team of the authority: the CDAS de Brest.
    shown = await seen(database, team.nolwenn, unknown.id)
    assert (shown.card, shown.person) == (None, None)
    assert await looks(database) == []


async def test_a_card_says_where_somebody_stands(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        person, whose = team.person, team.nolwenn.organisation_id
        fields = await fields_of(session, whose)
        empty = await card_of(session, person.id, fields, NOW)
        await factories.appointment(session, person, datetime(2026, 11, 30, 9, 30, tzinfo=PARIS), organisation_id=whose)
        await factories.pathway_fact(session, person.id, "contract_signed", date(2026, 6, 1), ends_on="2027-03-03")
        card = await card_of(session, person.id, fields, NOW)
    assert (empty.stage, empty.next_appointment, empty.contract) == (None, None, None)
    assert card.name == "Maëlle Le Goff"
    assert card.stage == "Contrat signé"
    assert card.next_appointment == "lundi 30 novembre à 9 h 30, rendez-vous d'orientation"
    assert card.contract == "jusqu’au 3 mars 2027"


@pytest.mark.parametrize(
    ("words", "named"),
    [(REASONS, Reason), (KINDS, Kind), (EVENTS, Event), (STAGES, Stage)],
    ids=["reason", "kind", "event", "stage"],
)
def test_everything_has_its_words(words: dict[StrEnum, str | None], named: type[StrEnum]) -> None:
    assert set(words) == set(named)
