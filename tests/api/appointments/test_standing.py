"""What has become of an appointment since a card told of it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.standing import State, of_person, state
from api.appointments.tables import Appointment, Status
from tests import factories

STARTS = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
ENDS = STARTS + timedelta(minutes=30)
BEFORE = STARTS - timedelta(days=1)
ADDRESS = "12 rue des Ajoncs, 29200 Brest"
CARD = {"kind": "appointment", "id": "x", "starts_at": STARTS.isoformat(), "ends_at": ENDS.isoformat()}
PLACED = CARD | {"address": ADDRESS}
OFF = CARD | {"cancelled": True}


def row(**given: object) -> Appointment:
    made = {"starts_at": STARTS, "duration_minutes": 30, "status": Status.unknown, "address": ADDRESS}
    return Appointment(**made | given)


@pytest.mark.parametrize(
    ("card", "now_is", "found"),
    [
        pytest.param(CARD, row(), State.stands, id="as it was told"),
        pytest.param(PLACED, row(), State.stands, id="there as well"),
        pytest.param(CARD, row(starts_at=STARTS + timedelta(days=1)), State.changed, id="another hour"),
        pytest.param(PLACED, row(address="1 place des Ajoncs, 29000 Quimper"), State.changed, id="another place"),
        pytest.param(CARD, row(address="1 place des Ajoncs, 29000 Quimper"), State.stands, id="a place never told"),
        pytest.param(CARD, row(status=Status.revoked), State.cancelled, id="cancelled by the service"),
        pytest.param(CARD, row(status=Status.excused), State.cancelled, id="cancelled by them"),
        pytest.param(CARD, row(starts_at=STARTS - timedelta(days=2)), State.over, id="it took place earlier"),
        pytest.param(OFF, row(), State.stands, id="it stands again"),
        pytest.param(CARD, None, State.unknown, id="may not be looked at"),
        pytest.param(OFF, None, State.cancelled, id="told as cancelled"),
    ],
)
def test_a_card_says_what_is_true_now(card: dict[str, object], now_is: Appointment | None, found: State) -> None:
    assert state(card, now_is, BEFORE) is found


@pytest.mark.parametrize("now_is", [row(), None])
def test_it_is_over_at_its_end_and_not_at_its_beginning(now_is: Appointment | None) -> None:
    assert state(CARD, now_is, ENDS) is State.over
    assert state(CARD, now_is, ENDS - timedelta(seconds=1)) is not State.over


async def test_only_ones_own_are_looked_at(session: AsyncSession) -> None:
    mine = await factories.appointment(session, await factories.person(session), STARTS)
    theirs = await factories.appointment(session, await factories.person(session), STARTS)
    found = await of_person(session, mine.beneficiary_id, {str(mine.id), str(theirs.id), str(uuid4())})
    assert found == {str(mine.id): mine}
