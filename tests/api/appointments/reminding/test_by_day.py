"""A reminder that could not leave in time waits for the morning; an answer never does."""

from datetime import timedelta

import pytest

from api.conversations.delivery import send_due
from api.conversations.routes import Routes
from api.conversations.sms_tables import OutgoingSms, SmsKind
from api.core.database import Database
from api.core.sealing import Sealer
from tests.api.appointments.reminding.conftest import PHONE, THREE_DAYS
from tests.api.conversations.test_delivery import Provider

EVENING, MORNING = THREE_DAYS + timedelta(hours=10, minutes=1), THREE_DAYS + timedelta(hours=22)


async def test_only_what_we_start_waits_for_the_morning(
    database: Database, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.transaction() as session:
        for kind in (SmsKind.reminder, SmsKind.reply):
            made = {"phone": PHONE, "sender": "Hent", "text": "Bonjour", "next_attempt_at": THREE_DAYS}
            session.add(OutgoingSms(kind=kind, **made))
    provider = Provider()
    for moment, taken in ((EVENING, 1), (MORNING, 2)):
        monkeypatch.setattr("api.conversations.delivery.now", lambda moment=moment: moment)
        await send_due(database, sealer, Routes.only(provider))
        assert len(provider.taken) == taken
