"""A file becomes confidential at once, a link is given in person, and both leave a trace whoever does it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from api.appointments.reminding.deciding import decide
from api.appointments.reminding.occasions import Occasion, subject_of
from api.appointments.tables import Reminder, ReminderKind
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.conversations import returning
from api.conversations.routes import Why
from api.conversations.silence import silence, silenced
from api.conversations.sms_tables import Silence, SmsStatus
from api.conversations.tables import Message
from api.core.clock import paris
from api.core.database import Database
from api.core.errors import Conflict, NotAllowed, NotAllowedHere, NotFound
from api.core.sealing import Sealer
from api.desk import feed
from api.desk.people import marking, noting
from api.desk.people.card import card
from api.desk.people.posting import Order, post
from api.desk.tables import Access
from api.identity.links import redeem
from api.texts.formats import full_date
from api.texts.voice import Voices
from tests import factories
from tests.api.appointments.reminding.conftest import at
from tests.api.desk.conftest import NOW, Team
from tests.api.desk.people.conftest import ALL, request_of, sent


async def marked(
    database: Database, who: Account, person: UUID, confidential: bool, shown: frozenset[str] = ALL
) -> None:
    async with database.transaction() as session:
        await marking.mark(session, who, person, confidential, shown, NOW)


async def traces(database: Database) -> list[tuple[UUID, str]]:
    async with database.transaction() as session:
        rows = await session.execute(select(Access.caseworker_id, Access.what).order_by(Access.created_at))
        return [(who, what) for who, what in rows]


async def test_the_mark_is_set_and_lifted_and_each_change_leaves_a_trace(
    team: Team, database: Database, person: Beneficiary
) -> None:
    for confidential in (True, True, False):
        await marked(database, team.nolwenn, person.id, confidential)
        async with database.transaction() as session:
            assert (await session.get_one(Beneficiary, person.id)).confidential is confidential
    assert await traces(database) == [(team.nolwenn.id, noting.MARK)] * 2


async def test_what_waits_for_the_morning_does_not_leave_once_the_file_is_confidential(
    team: Team, database: Database, person: Beneficiary
) -> None:
    night = NOW.replace(hour=23)
    await post(database, team.nolwenn, Order(person.id, [person.id], "Venez au CDAS"), night)
    async with database.transaction() as session:
        before = await feed.last(session, team.nolwenn.organisation_id)
        await marking.mark(session, team.nolwenn, person.id, True, ALL, night + timedelta(hours=1))
        told = await feed.since(session, team.nolwenn.organisation_id, before)
    [sms] = await sent(database)
    assert (sms.status, sms.why) == (SmsStatus.dead, Why.withdrawn)
    assert [one.escalation_id for one in told] == [(await request_of(database, person)).id]


async def test_a_link_to_an_answer_that_went_to_the_telephone_opens_nothing_once_the_file_is_confidential(
    team: Team, database: Database, sealer: Sealer, person: Beneficiary
) -> None:
    async with database.transaction() as session:
        ours, other = [await factories.conversation(session, nudge_phone=to) for to in (person.phone, "+33639980999")]
        used, unused, others = [
            await returning.make(session, sealer, where.id, 1, NOW) for where in (ours, ours, other)
        ]
        _, bearer, _ = await returning.redeem(session, sealer, used, NOW)
        await marking.mark(session, team.nolwenn, person.id, True, ALL, NOW)
        with pytest.raises(NotFound):
            await returning.redeem(session, sealer, unused, NOW)
        with pytest.raises(NotAllowed):
            await returning.opened_by(session, sealer, bearer)
        assert (await returning.redeem(session, sealer, others, NOW))[0] == other.id


async def test_a_reminder_that_waits_is_taken_back_once_the_file_is_confidential(
    team: Team, database: Database, person: Beneficiary
) -> None:
    evening, visit = at("2026-11-24 19:59"), at("2026-11-27 09:30")
    async with database.transaction() as session:
        row = await factories.appointment(session, person, visit, source_updated_at=visit - timedelta(days=30))
        due = Occasion(ReminderKind.three_days, subject_of(row), person.id, row.id)
        assert await decide(session, Voices(), [due], evening)
        await marking.mark(session, team.nolwenn, person.id, True, ALL, evening)
        assert list(await session.scalars(select(Reminder.why))) == ["withdrawn"]
        assert list(await session.scalars(select(Message))) == []
    assert await sent(database) == []


async def test_that_reminders_were_asked_for_is_kept_with_who_noted_it_and_when(
    team: Team, database: Database, person: Beneficiary
) -> None:
    await marked(database, team.nolwenn, person.id, True)
    for asked in (True, True):
        async with database.transaction() as session:
            await marking.ask_reminders(session, team.nolwenn, person.id, asked, ALL, NOW)
    async with database.transaction() as session:
        row = await session.get_one(Beneficiary, person.id)
        assert (row.reminders_asked_at, row.reminders_asked_by) == (NOW, team.nolwenn.id)
        known = await card(session, team.nolwenn, person.id, ALL, NOW)
        assert known.reminders == f"noté le {full_date(paris(NOW))} par Nolwenn Kerdoncuff"
        assert known.can.write is False
    assert [what for _, what in await traces(database)] == [noting.MARK, noting.REMINDERS]


async def test_a_wish_is_for_the_number_that_was_theirs_and_is_noted_anew_for_another(
    team: Team, database: Database, person: Beneficiary
) -> None:
    await marked(database, team.nolwenn, person.id, True)
    shown = []
    for phone in (person.phone, "+33639980998", None):
        async with database.transaction() as session:
            row = await session.get_one(Beneficiary, person.id)
            row.phone = phone
            known = await card(session, team.nolwenn, person.id, ALL, NOW)
            shown.append((known.reminders is not None, known.lapsed))
            if phone:
                await marking.ask_reminders(session, team.nolwenn, person.id, True, ALL, NOW)
                assert row.reminders_asked_phone == phone
                continue
            with pytest.raises(Conflict):
                await marking.ask_reminders(session, team.nolwenn, person.id, True, ALL, NOW)
            await marking.ask_reminders(session, team.nolwenn, person.id, False, ALL, NOW)
            assert row.reminders_asked_at is None
    assert shown == [(False, False), (False, True), (False, True)]


@pytest.mark.parametrize("how", ["not wanted any more", "marked anew"])
async def test_what_was_asked_for_ends_with_the_wish_and_with_the_mark(
    team: Team, database: Database, person: Beneficiary, how: str
) -> None:
    await marked(database, team.nolwenn, person.id, True)
    async with database.transaction() as session:
        await marking.ask_reminders(session, team.nolwenn, person.id, True, ALL, NOW)
        if how == "marked anew":
            for confidential in (False, True):
                await marking.mark(session, team.nolwenn, person.id, confidential, ALL, NOW)
        else:
            await marking.ask_reminders(session, team.nolwenn, person.id, False, ALL, NOW)
        known = await card(session, team.nolwenn, person.id, ALL, NOW)
        assert (known.confidential, known.reminders) == (True, None)


async def test_reminders_are_asked_for_where_the_file_is_confidential_and_the_mark_is_seen(
    team: Team, database: Database, person: Beneficiary
) -> None:
    async with database.transaction() as session:
        with pytest.raises(Conflict):
            await marking.ask_reminders(session, team.nolwenn, person.id, True, ALL, NOW)
        with pytest.raises(NotAllowedHere):
            await marking.ask_reminders(session, team.nolwenn, person.id, True, ALL - {"confidential"}, NOW)
        with pytest.raises(NotFound):
            await marking.ask_reminders(session, team.stranger, person.id, True, ALL, NOW)


@pytest.mark.parametrize("why", Silence)
async def test_a_number_that_somebody_checked_is_written_to_again_unless_it_said_stop(
    team: Team, database: Database, person: Beneficiary, why: Silence
) -> None:
    assert person.phone
    async with database.transaction() as session:
        await silence(session, person.phone, why)
        known = await card(session, team.nolwenn, person.id, ALL, NOW)
        assert known.can.check_number is (why is not Silence.stop)
        await marking.number_checked(session, team.nolwenn, person.id)
        assert await silenced(session, person.phone) is (why if why is Silence.stop else None)
    assert (team.nolwenn.id, noting.NUMBER) in await traces(database)


async def test_only_whoever_follows_and_sees_the_mark_changes_it(
    team: Team, database: Database, person: Beneficiary
) -> None:
    with pytest.raises(NotFound):
        await marked(database, team.stranger, person.id, True)
    with pytest.raises(NotAllowedHere):
        await marked(database, team.nolwenn, person.id, True, ALL - {"confidential"})


async def test_a_link_identifies_this_person_once_for_seven_days(
    team: Team, database: Database, person: Beneficiary, sealer: Sealer
) -> None:
    async with database.transaction() as session:
        made = await marking.link(session, sealer, team.nolwenn, person.id, "https://hent.example.org/", NOW)
    address, secret = made.url.split("#lien=")
    assert (address, made.expires_at) == ("https://hent.example.org/", NOW + timedelta(days=7))
    async with database.transaction() as session:
        assert await redeem(session, sealer, secret, NOW + timedelta(days=6)) == person.id
        with pytest.raises(NotFound):
            await redeem(session, sealer, secret, NOW + timedelta(days=6))
    assert await traces(database) == [(team.nolwenn.id, noting.LINK)]


async def test_nobody_makes_a_link_for_whom_another_organisation_follows(
    team: Team, database: Database, person: Beneficiary, sealer: Sealer
) -> None:
    for who in (team.stranger, replace(team.nolwenn, organisation_id=team.stranger.organisation_id)):
        async with database.transaction() as session:
            with pytest.raises(NotFound):
                await marking.link(session, sealer, who, person.id, "https://hent.example.org", NOW)
