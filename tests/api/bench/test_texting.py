import pytest

from api.bench.chain import Hopeless
from api.bench.reminding import reminders
from api.bench.texting import Texting


async def test_reminders_are_decided_sent_and_told_of() -> None:
    figures = {figure.name: figure.value for figure in await reminders(lambda _: None, 100)}
    assert figures.keys() == {"reminders_decided_rate", "reminders_sent_rate"}
    assert all(value > 0 for value in figures.values())


def test_a_house_that_does_not_answer_makes_the_measure_hopeless() -> None:
    with pytest.raises(Hopeless):
        Texting(9, lambda _: None).measure()
