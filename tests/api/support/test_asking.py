from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.clock import PARIS
from api.escalations.service import Asked
from api.escalations.tables import Escalation, Reason
from api.privacy.audience import Channel
from api.support.asking import ask_caseworker, confirm, service_named
from tests import factories
from tests.factories import AUTHORITY

NOW = datetime(2026, 11, 23, 9, tzinfo=PARIS)


async def somebody_asks(session: AsyncSession) -> Asked:
    person: Any = await factories.person(session)
    return Asked(Reason.support, "oui", AUTHORITY, Channel.web, person=person)


async def test_a_caseworker_is_told_which_service_is_wanted(session: AsyncSession) -> None:
    service = await factories.service(session, name="Prêt de voiture", structure="Les Quatre Chemins")
    asked = await somebody_asks(session)

    said = await ask_caseworker(session, service, asked, NOW)

    [row] = await session.scalars(select(Escalation))
    assert (row.reason, row.line) == (Reason.support, "Prêt de voiture (Les Quatre Chemins)")
    assert asked.person is not None
    assert row.beneficiary_id == asked.person.id
    assert [saying.name for saying in said] == ["support_asked"]
    assert (said[0].facts["service"], said[0].facts["again"]) == ("Prêt de voiture", False)


async def test_one_service_is_asked_for_once_and_two_are_two_requests(session: AsyncSession) -> None:
    car, licence = await factories.service(session, name="Voiture"), await factories.service(session, name="Permis")
    asked = await somebody_asks(session)

    again = [(await ask_caseworker(session, service, asked, NOW))[0].facts["again"] for service in (car, car, licence)]

    assert again == [False, True, False]
    assert len(list(await session.scalars(select(Escalation)))) == 2


async def test_nothing_is_asked_before_the_service_is_named_again(session: AsyncSession) -> None:
    service = await factories.service(session)

    said = confirm(service)

    assert (said.name, said.facts) == ("support_confirm_asking", {"service": service.name, "id": str(service.id)})


@pytest.mark.parametrize("written", ["", "permis", "7d0c2f7e-4c55-4b6b-9a5f-0d1f3c8f2b11"])
async def test_what_is_no_service_of_ours_is_nothing(session: AsyncSession, written: str) -> None:
    assert await service_named(session, written) is None


async def test_a_service_is_found_by_its_id(session: AsyncSession) -> None:
    service = await factories.service(session)

    assert await service_named(session, str(service.id)) is service
