"""What SMS cost is written by authority, the dearest first, and what each sum is made of."""

import pytest

from api.commands.sms import written
from api.conversations.costs import Cost, Sum, count
from api.conversations.silence import silenced
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
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


async def test_stops_that_a_database_lost_are_put_in_again(hent: Run, database: Database) -> None:
    for _ in range(2):
        ended = await hent("sms", "stop", typed_in="06 39 98 00 01\n\n+33639980002\n06 39 98 00 01\n")
        assert ended.stdout == "2 numéros ne recevront plus rien de nous-mêmes.\n"
    async with database.transaction() as session:
        assert await silenced(session, "+33639980001") is await silenced(session, "+33639980002") is Silence.stop


async def test_a_list_that_cannot_be_read_changes_nothing(hent: Run, database: Database) -> None:
    ended = await hent("sms", "stop", typed_in="06 39 98 00 01\n06 39 98\n")
    assert (ended.exit_code, "06 39" in ended.output) == (1, False)
    async with database.transaction() as session:
        assert await silenced(session, "+33639980001") is None
