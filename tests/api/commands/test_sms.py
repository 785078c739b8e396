"""What SMS cost is written by authority, the dearest first, and what each sum is made of."""

import pytest

from api.commands.sms import written
from api.conversations.costs import Cost, Sum, count
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.core.clock import now
from api.core.database import Database
from tests.api.commands.conftest import Run

BREST = Cost("Brest", "brevo", SmsKind.reply, Sum(1, 1, 0, 60))
FINISTERE = [
    Cost("Finistère", "kannel", SmsKind.reminder, Sum(2, 4, 2, 90)),
    Cost("Finistère", "kannel", SmsKind.code, Sum(1, 1, 0, 45)),
]


def test_each_authority_has_its_sum_and_its_parts_the_dearest_first() -> None:
    assert written([BREST, *FINISTERE]) == [
        "Finistère : 3 SMS, 5 segments, 0,14 € (et 2 segments sans prix connu)",
        "  kannel, reminder : 2 SMS, 4 segments, 0,09 € (et 2 segments sans prix connu)",
        "  kannel, code : 1 SMS, 1 segments, 0,04 €",
        "Brest : 1 SMS, 1 segments, 0,06 €",
        "  brevo, reply : 1 SMS, 1 segments, 0,06 €",
    ]


async def test_a_month_is_read_and_another_has_nothing(hent: Run, database: Database) -> None:
    async with database.transaction() as session:
        row = OutgoingSms(phone="+33639980001", sender="Hent", kind=SmsKind.reply, text="x", status=SmsStatus.sent)
        row.sent_at, row.segments, row.provider = now(), 2, "kannel"
        session.add(row)
        await session.flush()
        await count(session, [row])
    assert "sans collectivité : 1 SMS, 2 segments" in (await hent("sms", "costs")).stdout
    assert "Aucun SMS" in (await hent("sms", "costs", "--month", "2025-01")).stdout


@pytest.mark.parametrize("month", ["novembre", "2026-13"])
async def test_a_month_that_cannot_be_read_is_refused(hent: Run, month: str) -> None:
    assert (await hent("sms", "costs", "--month", month)).exit_code == 2
