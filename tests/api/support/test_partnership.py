from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import communes
from api.authorities.tables import OrganisationKind
from api.core import clock
from api.knowledge.reviewing import due
from api.privacy.audience import Channel
from api.support.partnership import Offer, offers, work
from api.texts.library import entries
from api.texts.schemas import Saying
from api.texts.service import speak
from tests import factories
from tests.factories import AUTHORITY
from tests.test_content import VOICE

TODAY = date(2026, 12, 1)
AUTHORITIES = {"cd22", "cd29", "cd35", "cd56", "region", "brest", "rennes"}
GUINGAMP = communes()["22070"]


async def told(session: AsyncSession, code: str = AUTHORITY, today: date = TODAY) -> list[str]:
    await factories.authority(session, code)
    return [saying.name for saying in await work(session, code, None, today)]


async def test_what_exists_under_an_authority_is_told_between_whom_to_call_and_what_follows(
    session: AsyncSession,
) -> None:
    told_there = await told(session)

    assert told_there[0] == "search_job"
    assert told_there[1:-1] == [
        offer.text for offer in offers() if AUTHORITY in offer.authorities and not offer.organisation
    ]
    assert told_there[-1] == "job_next"


async def test_what_no_source_says_of_an_authority_is_not_told_there(session: AsyncSession) -> None:
    assert "job_teams" in await told(session, "cd29")
    assert "job_teams" not in await told(session, "cd22")


async def test_what_is_done_by_a_team_is_told_only_where_the_team_is(session: AsyncSession) -> None:
    assert "job_plie" not in await told(session)

    await factories.organisation(session, name="PLIE du Ponant", kind=OrganisationKind.plie, phone="+33261913010")
    said = {saying.name: saying.facts for saying in await work(session, AUTHORITY, None, TODAY)}

    assert said["job_plie"] == {"team": "PLIE du Ponant", "team_phone": "+33261913010"}


async def test_an_offer_is_not_told_before_its_day(session: AsyncSession) -> None:
    first = min(offer.fact.stated[0].valid_from for offer in offers())

    assert await told(session, today=first - timedelta(days=1)) == ["search_job", "job_next"]


async def test_offers_are_read_again_in_time_and_told_with_care_when_they_were_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    last = max(offer.fact.stated[-1].review_by for offer in offers())
    assert {offer.fact.name for offer in offers()} <= {review.fact.name for review in due(last)}

    monkeypatch.setattr(clock, "today", lambda: last + timedelta(days=1))
    assert "vérifiée" in speak([Saying("job_teams")], Channel.web, VOICE).text


async def test_training_is_offered_where_the_person_is(session: AsyncSession) -> None:
    await factories.authority(session)

    near = (await work(session, AUTHORITY, GUINGAMP, TODAY))[-1].facts
    nowhere = (await work(session, AUTHORITY, None, TODAY))[-1].facts

    assert (near["town"], near["insee"]) == ("Guingamp", "22070")
    assert (nowhere["town"], nowhere["insee"]) == (None, "")


@pytest.mark.parametrize("offer", offers(), ids=lambda offer: offer.text)
def test_every_offer_is_written_for_authorities_that_exist(offer: Offer) -> None:
    assert offer.text in entries()
    assert offer.authorities
    assert set(offer.authorities) <= AUTHORITIES
