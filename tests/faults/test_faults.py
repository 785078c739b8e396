"""Whatever breaks, everybody is answered once, to their own question; and what would break that is seen."""

from collections.abc import AsyncIterator, Callable, Iterable
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import make_url, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import delivery, leases
from api.conversations.tables import Conversation
from tests.conftest import RASA_PASSWORD
from tests.faults import rasa
from tests.faults.__main__ import told
from tests.faults.clock import provide
from tests.faults.running import Runs, runs
from tests.faults.story import LAST, Asked, Fault, Job, Kind, Passes, Story, Thaws, Way, Works, Writes, draw

SEEDS = (*range(1, 17), 5199)
"""5199: somebody slow died of it, and that was not counted as a failure."""


@pytest.fixture(scope="session")
def faults_url(database_url: str) -> str:
    """A second database at the server of the tests, with a time of its own."""
    return provide(make_url(database_url).set(database="postgres").render_as_string(hide_password=False), RASA_PASSWORD)


@pytest_asyncio.fixture(scope="session")
async def house(faults_url: str) -> AsyncIterator[Runs]:
    """Where days are played."""
    async with runs(faults_url) as house:
        yield house


@pytest.mark.parametrize("seed", SEEDS)
async def test_nothing_is_lost_doubled_or_said_to_somebody_else(house: Runs, seed: int) -> None:
    outcome = await house.seed(seed)
    assert not outcome.findings.wrong, told(outcome)


async def test_a_lease_that_is_not_looked_at_is_found_out(house: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    async def held(session: AsyncSession, conversation_id: UUID, lease: UUID) -> Conversation:
        mine = select(Conversation).where(Conversation.id == conversation_id).with_for_update()
        return (await session.scalars(mine.execution_options(populate_existing=True))).one()

    monkeypatch.setattr(leases, "held", held)
    days = [overtaken(Fault(Kind.frozen, at)) for at in range(5, LAST[Job.turns], 5)]
    assert await any_wrong(house, days)


async def test_an_sms_that_may_have_left_and_is_sent_again_is_found_out(
    house: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "_may_leave", lambda row, routes: True)
    assert await any_wrong(house, [sent(Fault(Kind.killed, at)) for at in range(1, LAST[Job.send])])


async def test_an_answer_that_is_remembered_too_late_is_found_out(house: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    unfenced = "INSERT INTO rasa.events (sender_id, type_name, data) SELECT :sender, 'turn', :data WHERE :fence > 0"
    monkeypatch.setattr(rasa, "REMEMBER", text(unfenced))
    asked_again = Works(0, Job.turns, Fault(Kind.frozen, 26), (Asked.late,))
    assert await any_wrong(house, [Story(0, Way.plain, (0, 0), (Writes(0), asked_again, Thaws()))])


def overtaken(fault: Fault) -> Story:
    """A worker breaks in the middle of a turn, another one takes it, and the first goes on."""
    begins, ends = Works(0, Job.turns, fault), Works(1, Job.turns)
    return Story(0, Way.plain, (0, 0), (Writes(0), begins, Passes(16), ends, Thaws()))


def sent(fault: Fault) -> Story:
    """A worker breaks as it hands an SMS over, and another one comes upon what it left."""
    answered = Writes(3), Works(0, Job.take), Passes(2.5), Works(0, Job.turns)
    return Story(0, Way.plain, (0, 0), (*answered, Works(0, Job.send, fault), Passes(25), Works(1, Job.send)))


@pytest.mark.parametrize("day", [overtaken, sent])
async def test_what_is_planted_is_all_that_goes_wrong(house: Runs, day: Callable[[Fault], Story]) -> None:
    assert not await any_wrong(house, [day(Fault(kind, 8)) for kind in Kind])


async def any_wrong(house: Runs, days: Iterable[Story]) -> bool:
    """Whether one of these goes wrong."""
    for day in days:
        if (await house.play(day)).findings.wrong:
            return True
    return False


def test_a_seed_is_one_story() -> None:
    assert draw(7) == draw(7) != draw(8)


def test_a_story_without_a_fault_keeps_its_steps() -> None:
    story = draw(7)
    broken = next(number for number, step in enumerate(story.steps) if isinstance(step, Works) and step.fault)
    without = story.without(broken).steps
    assert isinstance(without[broken], Works)
    assert without[broken] != story.steps[broken]
    assert len(without) == len(story.steps)
