"""A reminder that has not left yet goes with its appointment."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from api.appointments import changes
from api.appointments.reminding.withdrawing import withdraw
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Message
from tests.api.appointments.reminding.conftest import THREE_DAYS, VISIT, House
from tests.api.appointments.reminding.test_deciding import MINUTE


async def test_what_has_not_left_yet_is_withdrawn_with_its_appointment(house: House) -> None:
    row = await house.visit()
    await house.visit(VISIT + timedelta(hours=1))
    await house.look(THREE_DAYS)
    assert await withdraw(house.session, THREE_DAYS) == 0
    await changes.cancel(house.session, row, THREE_DAYS)
    await house.session.flush()
    assert await withdraw(house.session, THREE_DAYS + MINUTE) == 1
    assert [why for _, why in await house.why()].count("withdrawn") == 1
    (left,) = await house.sent()
    assert "à 10 h 30" in left
    assert await house.session.scalar(select(func.count()).select_from(Message)) == 1


@pytest.mark.parametrize("status", [SmsStatus.sending, SmsStatus.sent, SmsStatus.delivered])
async def test_what_may_have_left_stays(house: House, status: SmsStatus) -> None:
    row = await house.visit()
    await house.look(THREE_DAYS)
    await house.session.execute(update(OutgoingSms).values(status=status))
    await changes.cancel(house.session, row, THREE_DAYS)
    await house.session.flush()
    assert await withdraw(house.session, THREE_DAYS + MINUTE) == 0
