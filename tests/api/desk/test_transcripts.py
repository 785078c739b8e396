"""A conversation leaves only with two people's agreement, and every step is written down."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.accounts import Account
from api.conversations import service
from api.conversations.tables import Author, MessageStatus
from api.core.clock import now
from api.core.errors import Conflict, NotAllowedHere, NotFound, Unreadable
from api.desk import acting, transcripts
from api.desk.leaving import NOT_FOR
from api.desk.tables import Access
from api.escalations.events import add_event
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Escalation, Event, Reason
from api.privacy.audience import Channel
from tests import factories
from tests.api.desk.conftest import Team

WHY = "La personne le demande pour son avocat"
SAID, BEFORE, AFTER, NOTE = "mon loyer n'est pas payé", "une autre affaire", "encore autre chose", "à voir en équipe"


async def asked(session: AsyncSession, team: Team) -> Escalation:
    """A request in the middle of a conversation that holds more."""
    talk = await factories.conversation(session)
    moment = now() - timedelta(hours=3)
    for author, text in [(Author.person, BEFORE), (Author.assistant, "Voici"), (Author.person, SAID)]:
        message = await factories.said(session, talk, author, text, MessageStatus.answered)
        message.created_at = moment = moment + timedelta(minutes=5)
    wish = Asked(Reason.asked, SAID, factories.AUTHORITY, Channel.web, talk.id, team.person)
    row = (await ask_human(session, wish, now())).escalation
    row.created_at = moment + timedelta(minutes=1)
    await add_event(session, row.id, Event.note, text=NOTE, author_id=team.nolwenn.id)
    await session.flush()
    return row


async def granted(session: AsyncSession, team: Team, row: Escalation, moment: datetime) -> UUID:
    """Nolwenn asked, Ronan agreed."""
    one = await transcripts.ask(session, team.nolwenn, row.id, WHY, moment)
    await transcripts.approve(session, team.ronan, one, moment)
    return one


async def test_it_holds_what_was_said_of_this_request_and_says_what_it_is_not_for(
    team: Team, session: AsyncSession
) -> None:
    row = await asked(session, team)
    text = await transcripts.take(session, team.nolwenn, await granted(session, team, row, now()), now())
    assert SAID in text
    assert NOT_FOR in text
    assert f"Motif : {WHY}" in text
    assert f"Demandée par {team.nolwenn.name}" in text
    assert f"Accordée par {team.ronan.name}" in text
    assert BEFORE not in text
    assert NOTE not in text


async def test_what_was_said_after_it_was_closed_is_not_in_it(team: Team, session: AsyncSession) -> None:
    row = await asked(session, team)
    await acting.close(session, team.nolwenn, row.id, row.version, "answered", now())
    talk = await service.locked(session, row.conversation_id)  # type: ignore[arg-type]
    later = await factories.said(session, talk, Author.person, AFTER, MessageStatus.answered)
    later.created_at = now() + timedelta(minutes=1)
    text = await transcripts.take(session, team.nolwenn, await granted(session, team, row, now()), now())
    assert SAID in text
    assert AFTER not in text


async def test_nobody_agrees_with_themselves(team: Team, session: AsyncSession) -> None:
    row = await asked(session, team)
    one = await transcripts.ask(session, team.nolwenn, row.id, WHY, now())
    with pytest.raises(NotAllowedHere):
        await transcripts.approve(session, team.nolwenn, one, now())
    with pytest.raises(Conflict):
        await transcripts.take(session, team.nolwenn, one, now())


async def test_only_who_asked_takes_it(team: Team, session: AsyncSession) -> None:
    one = await granted(session, team, await asked(session, team), now())
    with pytest.raises(NotAllowedHere):
        await transcripts.take(session, team.ronan, one, now())


async def test_for_another_team_it_does_not_exist(team: Team, session: AsyncSession) -> None:
    row = await asked(session, team)
    one = await transcripts.ask(session, team.nolwenn, row.id, WHY, now())
    for unknown in (one, uuid4()):
        with pytest.raises(NotFound) as refused:
            await transcripts.approve(session, team.stranger, unknown, now())
        assert refused.value.error == "unknown_transcript"
    with pytest.raises(NotFound):
        await transcripts.ask(session, team.stranger, row.id, WHY, now())
    assert await transcripts.pending(session, team.stranger, now()) == []


async def test_asked_twice_it_is_one_and_agreed_to_twice_it_is_once(team: Team, session: AsyncSession) -> None:
    row = await asked(session, team)
    first, second = [await transcripts.ask(session, team.nolwenn, row.id, WHY, now()) for _ in range(2)]
    assert first == second
    await transcripts.approve(session, team.ronan, first, now())
    await transcripts.approve(session, team.ronan, first, now())
    assert (await journaled(session)).count(transcripts.APPROVED) == 1


async def test_without_a_reason_nothing_is_asked(team: Team, session: AsyncSession) -> None:
    row = await asked(session, team)
    with pytest.raises(Unreadable):
        await transcripts.ask(session, team.nolwenn, row.id, "  ", now())


async def test_each_shows_what_one_may_do(team: Team, session: AsyncSession) -> None:
    row = await asked(session, team)
    one = await transcripts.ask(session, team.nolwenn, row.id, WHY, now())
    assert await may(session, team.nolwenn) == [(one, False, False)]
    assert await may(session, team.ronan) == [(one, True, False)]
    await transcripts.approve(session, team.ronan, one, now())
    assert await may(session, team.nolwenn) == [(one, False, True)]
    assert await may(session, team.ronan) == []


@pytest.mark.parametrize("days", [8, 30])
async def test_an_agreement_is_good_for_a_week(team: Team, session: AsyncSession, days: int) -> None:
    row = await asked(session, team)
    one = await granted(session, team, row, now())
    later = now() + timedelta(days=days)
    with pytest.raises(NotFound):
        await transcripts.take(session, team.nolwenn, one, later)
    assert await transcripts.ask(session, team.nolwenn, row.id, WHY, later) != one


async def test_every_step_stands_in_the_journal(team: Team, session: AsyncSession) -> None:
    one = await granted(session, team, await asked(session, team), now())
    await transcripts.take(session, team.nolwenn, one, now())
    await transcripts.take(session, team.nolwenn, one, now())
    assert sorted(await journaled(session)) == sorted(
        [transcripts.ASKED, transcripts.APPROVED, transcripts.TAKEN, transcripts.TAKEN]
    )


async def may(session: AsyncSession, who: Account) -> list[tuple[UUID, bool, bool]]:
    """What `who` is shown: which, may they agree, may they take it."""
    shown = await transcripts.pending(session, who, now())
    return [(one.id, one.can_approve, one.can_take) for one in shown]


async def journaled(session: AsyncSession) -> list[str]:
    """What stands there of all of them."""
    return list(await session.scalars(select(Access.what)))
