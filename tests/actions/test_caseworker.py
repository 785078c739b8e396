"""Who follows somebody, who stands in, and what is done for whoever has nobody."""

from typing import Any

import pytest

from api.core.clock import today
from api.pathways.tables import FactKind
from api.privacy.audience import Level
from tests import factories
from tests.actions.living import CASEWORKER, LATE, LEADS_ON, STATUS, House
from tests.actions.test_listener import talking


async def test_the_professional_is_named_with_their_number(house: House) -> None:
    async with house.database.transaction() as session:
        worker = await factories.caseworker(session)
    person = await house.lives((FactKind.assigned, 12, {"caseworker": str(worker.id)}))
    who = await talking(house.database, level=Level.code, beneficiary_id=person.id)

    said = {saying.name: saying.facts for saying in await house.ask(CASEWORKER, who)}

    assert list(said) == ["caseworker_is", "caseworker_since", "caseworker_hours", "caseworker_call"]
    assert said["caseworker_is"] == {"name": "Nolwenn Kerdoncuff", "phone": "+33261910011"}
    assert said["caseworker_since"]["changed"] is False


async def test_whoever_stands_in_is_named_during_an_absence(house: House) -> None:
    async with house.database.transaction() as session:
        other = await factories.caseworker(session, first_name="Ronan")
        worker = await factories.caseworker(session, absent_from=today(), stand_in_id=other.id)
    person = await house.lives(caseworker_id=worker.id)

    assert await house.told(CASEWORKER, person) == [
        "caseworker_is",
        "caseworker_absent",
        "caseworker_stand_in",
        "caseworker_hours",
        "caseworker_call",
    ]


@pytest.mark.parametrize(
    ("rule", "facts", "said"),
    [
        ("nobody yet", [(FactKind.known, 9, None)], ["caseworker_none", "caseworker_call"]),
        ("nobody, and overdue", [LATE], ["caseworker_none", "pathway_request", "caseworker_call"]),
        ("closed", [(FactKind.closed, 9, None)], ["pathway_closed", LEADS_ON]),
    ],
)
async def test_whoever_has_nobody_is_told_what_is_done_about_it(
    house: House, rule: str, facts: list[tuple[FactKind, int, Any]], said: list[str]
) -> None:
    assert await house.told(CASEWORKER, await house.lives(*facts)) == said, rule


async def test_whoever_has_somebody_to_call_is_only_told_whom(house: House) -> None:
    async with house.database.transaction() as session:
        worker = await factories.caseworker(session)

    assert "pathway_request" not in await house.told(CASEWORKER, await house.lives(LATE, caseworker_id=worker.id))
    assert await house.asked() == []


async def test_a_professional_of_before_a_move_is_not_named(house: House) -> None:
    async with house.database.transaction() as session:
        worker = await factories.caseworker(session)
    before = (FactKind.assigned, 90, {"caseworker": str(worker.id)})
    person = await house.lives(before, (FactKind.moved, 21, {"authority": "cd56"}), caseworker_id=worker.id)

    assert await house.told(CASEWORKER, person) == ["caseworker_none", "caseworker_call"]
    assert "caseworker_is" not in await house.told(STATUS, person)
