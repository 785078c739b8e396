"""Once each, at its hour, or written down why not; and never to whom it must not go."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from api.appointments import changes
from api.appointments.asking import in_words
from api.appointments.reminding.deciding import decide
from api.appointments.reminding.occasions import of_appointments
from api.appointments.tables import Excuse, Status
from api.authorities.tables import Authority
from api.conversations import routes
from api.conversations.outbox import SENDER
from api.conversations.service import by_number
from api.conversations.silence import silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
from api.conversations.tables import Choice, Conversation, Message
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Reason
from api.privacy.audience import Channel
from api.texts.gsm import segments
from api.texts.voice import Voices
from tests import factories
from tests.api.appointments.reminding.conftest import ONE_DAY, PHONE, THREE_DAYS, VISIT, House, at

SAID = (
    "Département du Finistère : RDV vendredi 27 novembre à 9 h 30.\nLieu : 12 rue des Ajoncs, 29200 Brest.\n"
    "Vous venez ? Répondez OUI ou NON. Tél 02 61 91 00 10"
)
MINUTE = timedelta(minutes=1)


async def test_it_goes_three_days_and_one_day_before_once_each(house: House) -> None:
    await house.visit()
    moments = (THREE_DAYS - MINUTE, THREE_DAYS, THREE_DAYS + MINUTE, ONE_DAY - MINUTE, ONE_DAY, ONE_DAY + MINUTE, VISIT)
    assert [await house.look(now) for now in moments] == [0, 1, 0, 0, 1, 0, 0]
    assert await house.sent() == [SAID, SAID]
    assert segments(SAID) == 1


async def test_it_is_a_message_of_the_conversation_with_a_question(house: House) -> None:
    await house.visit()
    await house.look(THREE_DAYS)
    (asked,) = await house.asks()
    sms = await house.session.get_one(OutgoingSms, asked.sms_id)
    message = await house.session.get_one(Message, sms.message_id)
    talk = await house.session.get_one(Conversation, message.conversation_id)
    assert (talk.phone, sms.kind, sms.phone) == (PHONE, SmsKind.reminder, PHONE)
    offered = await house.session.scalars(select(Choice).order_by(Choice.ordinal))
    assert [one.payload for one in offered] == [
        {"ask": str(asked.id), "answer": "yes"},
        {"ask": str(asked.id), "answer": "no"},
    ]
    assert segments(sms.text or "") <= 2


async def test_the_person_s_authority_pays_wherever_the_conversation_began(house: House) -> None:
    other = await factories.authority(house.session, "cd35")
    talk = await by_number(house.session, PHONE, SENDER, other.code)
    await house.visit()
    await house.look(THREE_DAYS)
    (sms,) = await house.session.scalars(select(OutgoingSms))
    message = await house.session.get_one(Message, sms.message_id)
    assert (message.conversation_id, sms.authority_code) == (talk.id, house.person.authority_code)


async def test_moved_it_is_reminded_of_again(house: House) -> None:
    row = await house.visit()
    await house.look(ONE_DAY)
    row.starts_at = VISIT + timedelta(days=5)
    await house.session.flush()
    assert await house.look(at("2026-12-01 10:00")) == 1
    assert len(await house.sent()) == 2


async def test_nothing_goes_in_quiet_hours_and_what_was_held_up_goes_as_soon_as_it_may(house: House) -> None:
    await house.visit()
    assert await house.look(THREE_DAYS + timedelta(hours=10, minutes=30)) == 0
    assert await house.look(at("2026-11-25 08:00")) == 1


async def test_when_both_were_held_up_only_the_last_goes(house: House) -> None:
    await house.visit()
    await house.look(ONE_DAY + timedelta(hours=1))
    assert await house.why() == [("one_day", None)]


@pytest.mark.parametrize("status", [Status.excused, Status.revoked])
async def test_what_was_cancelled_is_not_reminded_of(house: House, status: Status) -> None:
    await house.visit(status=status, cancelled_at=VISIT - timedelta(days=10))
    assert await house.look(THREE_DAYS) == 0


async def test_what_is_cancelled_while_one_looks_is_left_alone(house: House) -> None:
    row = await house.visit()
    (due,) = await of_appointments(house.session, THREE_DAYS)
    await changes.cancel(house.session, row, THREE_DAYS)
    await house.session.flush()
    assert not await decide(house.session, Voices(), [due], THREE_DAYS)
    assert await house.why() == []


Before = Callable[[House], Awaitable[object]]


async def _confirmed(house: House) -> None:
    changes.confirm(await house.visit(), THREE_DAYS - timedelta(days=1))


async def _excused(house: House) -> None:
    await house.visit(excuse=Excuse.transport)


async def _moves(house: House) -> None:
    row = await house.visit()
    asked = Asked(Reason.appointment_change, f"Déplacer : {in_words(row)}", "cd29", Channel.web, person=house.person)
    await ask_human(house.session, asked, THREE_DAYS - timedelta(days=1))


async def _theirs(house: House) -> None:
    await house.visit(changeable=False)


async def _just_made(house: House) -> None:
    await house.visit(source_updated_at=THREE_DAYS + MINUTE)


async def _confidential(house: House) -> None:
    await house.visit()
    house.person.confidential = True


async def _shared(house: House) -> None:
    await house.visit()
    await factories.person(house.session, phone=PHONE)


async def _no_number(house: House) -> None:
    await house.visit()
    house.person.phone = None


async def _landline(house: House) -> None:
    await house.visit()
    house.person.phone = "+33261910099"


async def _foreign(house: House) -> None:
    await house.visit()
    house.person.phone = "+32470123456"


async def _stop(house: House) -> None:
    await house.visit()
    await silence(house.session, PHONE, Silence.stop)


async def _two_failures(house: House) -> None:
    await house.visit()
    for nth, status in enumerate((SmsStatus.delivered, SmsStatus.failed, SmsStatus.dead)):
        made = {"phone": PHONE, "sender": "Hent", "kind": SmsKind.reply, "text": "Bonjour", "status": status}
        house.session.add(OutgoingSms(**made, created_at=THREE_DAYS - timedelta(days=9 - nth)))


async def _switched_off(house: House) -> None:
    await house.visit()
    authority = await house.session.get_one(Authority, "cd29")
    authority.no_reminders = ["three_days"]


async def _violence(house: House) -> None:
    await house.visit()
    talk = await factories.conversation(house.session, channel=Channel.sms, phone=PHONE, sender="Hent")
    (await factories.turn(house.session, talk)).intent = "emergency_violence"


@pytest.mark.parametrize(
    ("before", "why"),
    [
        (_confirmed, "already_answered"),
        (_excused, "already_answered"),
        (_moves, "already_answered"),
        (_theirs, "source_reminds"),
        (_just_made, "just_made"),
        (_confidential, "confidential"),
        (_shared, "shared"),
        (_no_number, "no_mobile"),
        (_landline, "no_mobile"),
        (_foreign, "no_mobile"),
        (_stop, "silent"),
        (_two_failures, "failures"),
        (_switched_off, "switched_off"),
        (_violence, "threatened"),
    ],
)
async def test_why_not_is_written_down_and_nothing_goes(house: House, before: Before, why: str) -> None:
    await before(house)
    await house.session.flush()
    assert await house.look(THREE_DAYS + 2 * MINUTE) == 1
    assert await house.why() == [("three_days", why)]
    assert await house.sent() == []
    assert await house.session.scalar(select(func.count()).select_from(Message)) == (why == "threatened")


async def test_what_we_withheld_ourselves_is_no_failure(house: House) -> None:
    await house.visit()
    made = {"phone": PHONE, "sender": "Hent", "kind": SmsKind.reply, "text": "Bonjour", "status": SmsStatus.dead}
    house.session.add_all(OutgoingSms(**made, why=routes.Why.withdrawn) for _ in range(2))
    await house.session.flush()
    assert await house.look(THREE_DAYS) == 1
    assert await house.why() == [("three_days", None)]


@pytest.mark.parametrize("last", [SmsStatus.delivered, SmsStatus.sent])
async def test_one_failure_is_not_two(house: House, last: SmsStatus) -> None:
    await house.visit()
    for nth, status in enumerate((SmsStatus.failed, last)):
        made = {"phone": PHONE, "sender": "Hent", "kind": SmsKind.reply, "text": "Bonjour", "status": status}
        house.session.add(OutgoingSms(**made, created_at=THREE_DAYS - timedelta(days=9 - nth)))
    await house.session.flush()
    await house.look(THREE_DAYS)
    assert await house.why() == [("three_days", None)]


@pytest.mark.parametrize("phone", ["+262692123456", "+590690123456", "+33780000000"])
async def test_mobiles_overseas_are_mobiles(house: House, phone: str) -> None:
    await house.visit()
    house.person.phone = phone
    await house.session.flush()
    await house.look(THREE_DAYS)
    assert await house.why() == [("three_days", None)]
