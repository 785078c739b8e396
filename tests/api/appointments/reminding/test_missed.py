"""After a missed appointment another hour is offered and taken, or a call; an old one is left alone."""

from datetime import timedelta

from sqlalchemy import select

from api.appointments.tables import Slot, Status
from api.conversations.tables import Choice
from tests import factories
from tests.api.appointments.reminding.conftest import VISIT, House, at
from tests.api.appointments.reminding.test_answering import names, reply


async def test_after_a_missed_one_another_is_offered_and_taken(house: House) -> None:
    await house.visit(status=Status.noshow, source_updated_at=VISIT + timedelta(hours=2))
    free = await factories.slot(house.session, house.team, VISIT + timedelta(days=6))
    assert await house.look(VISIT + timedelta(hours=3)) == 0
    morning = at("2026-11-28 10:00")
    assert await house.look(morning) == 1
    (text,) = await house.sent()
    assert "nous ne nous sommes pas vus le vendredi 27 novembre" in text
    offered = (await house.session.scalars(select(Choice).order_by(Choice.ordinal))).first()
    assert offered is not None
    assert offered.payload["answer"] == f"slot:{free.id}"
    said = names(await reply(house, f"slot:{free.id}", morning + timedelta(hours=1)))
    assert said == ["book_done", "appointment_at_office"]
    taken = await house.session.scalar(select(Slot.appointment_id).where(Slot.id == free.id))
    assert taken is not None


async def test_after_a_missed_one_without_a_free_hour_a_call_is_offered(house: House) -> None:
    await house.visit(status=Status.noshow, source_updated_at=VISIT + timedelta(hours=2), changeable=False)
    await house.look(at("2026-11-28 10:00"))
    (text,) = await house.sent()
    assert "APPEL" in text
    assert names(await reply(house, "no", at("2026-11-28 11:00"))) == ["reminder_declined"]


async def test_whoever_has_another_date_is_not_written_to_about_a_missed_one(house: House) -> None:
    await house.visit(status=Status.noshow, source_updated_at=VISIT + timedelta(hours=2))
    await house.visit(VISIT + timedelta(days=20))
    await house.look(at("2026-11-28 10:00"))
    assert await house.why() == [("missed", "has_another")]


async def test_an_old_missed_one_that_is_filled_in_now_is_left_alone(house: House) -> None:
    await house.visit(at("2026-09-01 09:30"), status=Status.noshow, source_updated_at=VISIT)
    assert await house.look(at("2026-11-28 10:00")) == 0
