"""The people of the demonstration: who shares what, who is confidential, and what their notes say."""

import re

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.service import outlook_of
from api.authorities.tables import Organisation, OrganisationKind
from api.beneficiaries.service import owner_of_number
from api.beneficiaries.tables import Beneficiary, Household
from tests.api.seed.filling import NOON, noted

NOTES = select(Beneficiary.demo_note).where(Beneficiary.demo_note.is_not(None))


async def test_seven_authorities_follow_three_hundred_people_through_teams_of_every_kind(planted: AsyncSession) -> None:
    followed = set(await planted.scalars(select(Beneficiary.authority_code).distinct()))
    assert followed == {"cd22", "cd29", "cd35", "cd56", "region", "brest", "rennes"}
    assert set(await planted.scalars(select(Organisation.kind))) == set(OrganisationKind)
    assert (await planted.scalar(select(func.count()).select_from(Beneficiary)) or 0) >= 300


async def test_a_household_has_one_row_and_somebody_in_it(planted: AsyncSession) -> None:
    homes = set(await planted.scalars(select(Household.id)))
    assert homes == set(await planted.scalars(select(Beneficiary.household_id)))


async def test_a_number_of_two_households_and_one_of_a_couple_belong_to_nobody(planted: AsyncSession) -> None:
    for first, second, one_household in (("Rozenn", "Denis", False), ("Olena", "Andriy", True)):
        one, other = await noted(planted, first), await noted(planted, second)
        assert one.phone == other.phone
        assert (one.household_id == other.household_id) is one_household
        assert await owner_of_number(planted, one.phone or "") is None
    assert (await noted(planted, "Rozenn")).agreed_word_digest == b"digest of bruy\xc3\xa8re"


async def test_notes_name_the_days_of_the_appointments(planted: AsyncSession) -> None:
    assert "le lundi 30 novembre à 9 h 30" in ((await noted(planted, "Soazig")).demo_note or "")
    assert "le lundi 23 novembre à 15 h" in ((await noted(planted, "Assia")).demo_note or "")
    assert [note for note in await planted.scalars(NOTES) if note and "{" in note] == []


async def test_a_page_can_list_the_people_who_have_a_note(planted: AsyncSession) -> None:
    notes = [note or "" for note in await planted.scalars(NOTES)]
    assert 30 <= len(notes) <= 45
    sentences = [sentence for note in notes for sentence in re.split(r"(?<=[.?!]) ", note)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 25] == []


async def test_confidential_people_have_an_appointment_that_must_not_be_told(planted: AsyncSession) -> None:
    for first_name in ("Nadia", "Lucinda", "Nahla"):
        hidden = await noted(planted, first_name)
        assert hidden.confidential
        assert (await outlook_of(planted, hidden.id, NOON)).stands
        assert await owner_of_number(planted, hidden.phone or "") is None
