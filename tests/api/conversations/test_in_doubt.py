"""What may be urgent and is not surely so: the answer stands, and a number beside it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from api.conversations.in_doubt import LATELY
from api.conversations.tables import Conversation, Mode
from api.conversations.urgent import Urgency, recognise, suspect
from api.core.clock import now
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

DOUBTFUL = "je tourne en rond chez moi et je pleure"


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Understands a greeting, and nothing else."""
    known = {"bonjour": says("greet", "greet")}
    return ScriptedRasa(lambda asked: known.get(asked["text"], says("nlu_fallback", "not_understood", confidence=0.1)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (DOUBTFUL, Urgency.distress),
        ("je vois tout en noir", Urgency.distress),
        ("on doit partir de chez nous", Urgency.shelter),
    ],
)
def test_what_weighs_nearly_enough_is_in_doubt_and_raises_no_alarm(text: str, kind: Urgency) -> None:
    assert recognise(text) is None
    assert suspect(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "je veux mourir",
        "quand est mon rendez-vous",
        "mon ordinateur est mort",
        "je suis à la rue Jean Jaurès, où se passe mon rendez-vous ?",
        "",
    ],
)
def test_what_is_urgent_and_what_is_harmless_is_not_in_doubt(text: str) -> None:
    assert suspect(text) is None


async def test_the_answer_stands_and_ends_with_the_number(talk: Talk) -> None:
    assert await talk.say(DOUBTFUL) == ["not_understood", "perhaps_distress"]


async def test_nothing_is_doubted_of_what_is_understood(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("search_support", "support_ask_place")
    assert await talk.say(DOUBTFUL) == ["support_ask_place"]


async def test_the_same_number_is_not_given_again_at_once(talk: Talk) -> None:
    await talk.say(DOUBTFUL)
    assert "perhaps_distress" not in await talk.say(DOUBTFUL)
    for _ in range(LATELY):
        await talk.say("bonjour")
    assert await talk.say(DOUBTFUL) == ["not_understood", "perhaps_distress"]


async def test_another_number_is(talk: Talk) -> None:
    await talk.say(DOUBTFUL)
    assert "perhaps_shelter" in await talk.say("on doit partir de chez nous")


async def test_an_alarm_needs_no_second_number(talk: Talk) -> None:
    assert await talk.say("je veux mourir") == ["emergency_distress"]


async def test_the_number_comes_before_a_question(talk: Talk) -> None:
    await talk.say("zorglub")
    assert await talk.say(DOUBTFUL) == ["perhaps_distress", "not_understood_twice"]


@pytest.mark.parametrize("mode", [Mode.waiting, Mode.caseworker])
async def test_while_one_waits_the_number_is_given_and_to_a_human_it_is_left(talk: Talk, mode: Mode) -> None:
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(mode=mode, waiting_until=now() + timedelta(hours=1)))
    assert ("perhaps_distress" in await talk.say(DOUBTFUL)) is (mode is Mode.waiting)
