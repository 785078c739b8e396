"""Wanting to join a course: nothing is sent before a yes, and it is sent once, to whoever follows the person."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.core.clock import PARIS
from api.desk.acting import close_unsigned
from api.escalations.service import Asked
from api.escalations.tables import Escalation, Reason
from api.privacy.audience import Channel
from api.training.applying import Applicant, apply, in_general
from api.training.picking import Picked
from api.training.shown import offer_of
from api.training.tables import Entry, Recruitment, Teaching, TrainingApplication
from tests import factories

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)
TODAY = NOW.date()


@pytest.fixture
async def person(session: AsyncSession) -> Beneficiary:
    return await factories.person(session)


def applicant(person: Beneficiary, *, hears_file: bool = True) -> Applicant:
    asked = Asked(Reason.training_application, "oui", person.authority_code, Channel.web, person=person)
    return Applicant(person.id, asked, NOW, hears_file)


async def chosen(session: AsyncSession, **given: Any) -> Picked:
    made = await factories.training_session(session, await factories.training(session), **given)
    return Picked(await offer_of(session, made.id, None))


async def many(session: AsyncSession, table: Any) -> int:
    return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_nothing_is_sent_before_a_yes(session: AsyncSession, person: Beneficiary) -> None:
    picked = await chosen(session)

    [said] = await apply(session, applicant(person), picked, agreed=False)

    assert said.name == "training_apply_confirm"
    assert said.facts["title"] == "Titre professionnel soudeur"
    assert (await many(session, TrainingApplication), await many(session, Escalation)) == (0, 0)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({}, "Veut suivre : Titre professionnel soudeur, Brest, entrée toute l'année"),
        (
            {
                "entry": Entry.fixed,
                "starts_on": datetime(2027, 1, 11, tzinfo=PARIS).date(),
                "teaching": Teaching.remote,
            },
            "Veut suivre : Titre professionnel soudeur, à distance, le 11 janvier 2027",
        ),
    ],
)
async def test_a_yes_is_written_and_told_once(
    session: AsyncSession, person: Beneficiary, given: dict[str, Any], line: str
) -> None:
    picked = await chosen(session, **given)

    [said] = await apply(session, applicant(person), picked, agreed=True)

    assert said.name == "training_applied"
    assert said.facts["provider_phone"] == "+33261910020"
    assert said.facts["due_on"] is not None
    [told] = await session.scalars(select(Escalation))
    assert (told.reason, told.line, told.beneficiary_id) == (Reason.training_application, line, person.id)
    assert await many(session, TrainingApplication) == 1


async def test_the_same_course_twice_is_one_wish_and_says_since_when(
    session: AsyncSession, person: Beneficiary
) -> None:
    picked = await chosen(session)
    await apply(session, applicant(person), picked, agreed=True)

    for agreed in (False, True):
        [said] = await apply(session, applicant(person), picked, agreed=agreed)
        assert said.name == "training_already_applied"
        assert said.facts["asked_on"] is not None
    assert (await many(session, TrainingApplication), await many(session, Escalation)) == (1, 1)


async def test_whoever_hears_nothing_of_the_file_does_not_hear_that_they_asked_before(
    session: AsyncSession, person: Beneficiary
) -> None:
    picked, who = await chosen(session), applicant(person, hears_file=False)
    first = [await apply(session, who, picked, agreed=agreed) for agreed in (False, True)]
    again = [await apply(session, who, picked, agreed=agreed) for agreed in (False, True)]

    assert [said.name for [said] in again] == [said.name for [said] in first]
    assert (await many(session, TrainingApplication), await many(session, Escalation)) == (1, 1)


async def test_two_courses_are_two_wishes(session: AsyncSession, person: Beneficiary) -> None:
    for insee in (factories.BREST, factories.QUIMPER):
        made = await factories.training_session(session, await factories.training(session), insee)
        await apply(session, applicant(person), Picked(await offer_of(session, made.id, None)), agreed=True)

    assert (await many(session, TrainingApplication), await many(session, Escalation)) == (2, 2)


async def test_another_person_may_want_the_same(session: AsyncSession, person: Beneficiary) -> None:
    picked, other = await chosen(session), await factories.person(session, first_name="Yann")

    said = [await apply(session, applicant(who), picked, agreed=True) for who in (person, other)]

    assert [one.name for [one] in said] == ["training_applied"] * 2


async def test_what_was_answered_may_be_asked_again_where_nothing_of_it_is_said(
    session: AsyncSession, person: Beneficiary
) -> None:
    picked, who = await chosen(session), applicant(person, hears_file=False)
    await apply(session, who, picked, agreed=True)
    [told] = await session.scalars(select(Escalation))
    await close_unsigned(session, told.id, None, NOW)

    [said] = await apply(session, who, picked, agreed=True)

    assert said.facts["again"] is False
    assert await many(session, TrainingApplication) == 1


@pytest.mark.parametrize("agreed", [False, True])
async def test_what_has_closed_meanwhile_is_not_asked_for(
    session: AsyncSession, person: Beneficiary, agreed: bool
) -> None:
    closed = await chosen(session, recruitment=Recruitment.closed)

    for picked in (closed, Picked(gone=True)):
        [said] = await apply(session, applicant(person), picked, agreed=agreed)
        assert said.name == "training_closed"
        assert in_general(picked, TODAY, could_identify=True)[0].name == "training_closed"
    assert await many(session, Escalation) == 0


async def test_no_course_or_several_are_asked_about(session: AsyncSession, person: Beneficiary) -> None:
    offers = [(await chosen(session)).offer for _ in range(2)]
    several = Picked(among=[offer for offer in offers if offer])

    said = [await apply(session, applicant(person), picked, agreed=True) for picked in (several, Picked())]

    assert [one.name for [one] in said] == ["training_apply_which", "training_nothing_shown"]


@pytest.mark.parametrize(("could_identify", "can_tell"), [(True, True), (False, False)])
async def test_everybody_hears_whom_to_call(session: AsyncSession, could_identify: bool, can_tell: bool) -> None:
    picked = await chosen(session)

    [said] = in_general(picked, TODAY, could_identify=could_identify)
    assert said.name == "apply_training"
    assert said.facts["provider_phone"] == "+33261910020"
    assert said.facts["can_tell"] is can_tell

    [nothing] = in_general(Picked(), TODAY, could_identify=could_identify)
    assert (nothing.facts["can_tell"], nothing.facts["shown"]) == (False, False)


async def test_the_line_of_a_request_is_ours(session: AsyncSession, person: Beneficiary) -> None:
    who = applicant(person)
    await apply(session, replace(who, asked=replace(who.asked, line="oui svp")), await chosen(session), agreed=True)

    assert "oui" not in str(await session.scalar(select(Escalation.line)))
