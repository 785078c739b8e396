"""What may be urgent and is not surely so: the answer stands, and a number beside it."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import update

from api.conversations.in_doubt import LATELY
from api.conversations.tables import Conversation, Mode
from api.conversations.urgent import Urgency, faintly_urgent, nearly_urgent, recognise, suspect
from api.core.clock import now
from tests.scripted_rasa import ScriptedRasa, doubts, says
from tests.talking import Talk

DOUBTFUL = "je tourne en rond chez moi et je pleure"
NEARLY = "je vois tout en noir"
FAINT = "la voisine m'a laissé le canapé jusqu'à dimanche"


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Understands a greeting, and nothing else."""
    known = {"bonjour": says("greet", "greet")}
    return ScriptedRasa(lambda asked: known.get(asked["text"], says("nlu_fallback", "not_understood", confidence=0.1)))


@pytest.fixture(autouse=True)
def _no_narrower_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may be meant beside danger is another matter (test_asked_back.py)."""
    monkeypatch.setattr("api.conversations.narrowing.near", lambda *_, **__: [])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (DOUBTFUL, Urgency.distress),
        ("je vois tout en noir", Urgency.distress),
        ("faut qu'on parte de chez nous", Urgency.shelter),
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


@pytest.mark.parametrize("text", ["quelle heure il est", "zorglub", "vous connaissez un réparateur de vélos ?", ""])
def test_what_is_harmless_is_not_even_faintly_in_doubt(text: str) -> None:
    assert not faintly_urgent(text)


def test_what_is_in_doubt_is_so_faintly_too() -> None:
    assert faintly_urgent(DOUBTFUL)


async def test_where_nothing_is_understood_less_doubt_is_enough(talk: Talk) -> None:
    assert suspect(FAINT) is None
    assert await talk.say(FAINT) == ["not_understood", "perhaps_any"]


async def test_a_faint_doubt_is_told_beside_what_is_asked_back(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda _: doubts(("search_support", 0.4), ("housing_help", 0.3))
    assert await talk.say(FAINT) == ["perhaps_any", "asked_back"]


async def test_a_faint_doubt_says_nothing_beside_an_answer(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda _: says("housing_help", "housing_help")
    assert await talk.say(FAINT) == ["housing_help"]


async def test_the_answer_stands_and_ends_with_the_number(talk: Talk) -> None:
    assert await talk.say(DOUBTFUL) == ["not_understood", "perhaps_distress"]


async def test_what_is_understood_is_hardly_doubted(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("report_hindrance", "report_hindrance")
    leaving = "on doit quitter chez nous"
    assert suspect(leaving) == Urgency.shelter
    assert await talk.say(leaving) == ["report_hindrance"]


async def test_what_is_nearly_urgent_has_its_number_beside_any_answer(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("search_support", "support_ask_place")
    assert nearly_urgent(NEARLY) == Urgency.distress
    assert await talk.say(NEARLY) == ["perhaps_distress", "support_ask_place"]


async def test_what_leans_on_our_last_answer_is_not_doubted(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("ask_letter", "ask_letter")
    await talk.say("j'ai reçu une convocation")
    rasa.answer = lambda asked: says("missed_appointment", "missed_appointment", confidence=1.0)
    assert nearly_urgent("et si j'y vais pas") == Urgency.distress
    assert await talk.say("et si j'y vais pas") == ["not_coming"]


async def test_where_rasa_is_down_a_faint_doubt_is_enough(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda _: httpx.Response(500)
    assert await talk.say(FAINT) == ["still_trouble", "perhaps_any"]


async def test_the_same_number_is_not_given_again_at_once(talk: Talk) -> None:
    await talk.say(DOUBTFUL)
    assert "perhaps_distress" not in await talk.say(DOUBTFUL)
    for _ in range(LATELY):
        await talk.say("bonjour")
    assert await talk.say(DOUBTFUL) == ["not_understood", "perhaps_distress"]


async def test_another_number_is(talk: Talk) -> None:
    await talk.say(DOUBTFUL)
    assert "perhaps_shelter" in await talk.say("faut qu'on parte de chez nous")


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
