"""A complaint is told to the service after a yes, in the person's own words, and never before."""

import httpx

from api.core.database import Database
from api.escalations.tables import Priority, Reason
from tests.actions.calling import caller

COMPLAINT = ("action_complain", "complain")
ANGRY = "c'est une honte cette attente"


async def test_a_complaint_is_heard_and_told_after_a_yes(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    assert await one.say(*COMPLAINT, ANGRY) == ["complain"]
    assert await one.asked() == []
    assert await one.say(*COMPLAINT, "oui", answer="yes") == ["complaint_noted"]
    assert [(row.reason, row.priority, row.line) for row in await one.asked()] == [
        (Reason.complaint, Priority.high, ANGRY)
    ]


async def test_a_no_tells_nobody(database: Database, client: httpx.AsyncClient) -> None:
    one = await caller(database, client)
    assert await one.say(*COMPLAINT, ANGRY) == ["complain"]
    assert await one.say(*COMPLAINT, "non", answer="no") == ["complaint_kept"]
    assert await one.say(*COMPLAINT, "non", answer="no") == ["complaint_kept"]
    assert await one.asked() == []
