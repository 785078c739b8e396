"""What Rasa is not sure of is read again; where both together are sure it is answered, else asked as before."""

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.conversations import rereading
from api.conversations.bands import bands
from api.conversations.reader import FILE, load
from api.conversations.rereading import likeliest, reread
from api.conversations.urgent.kinds import NAMES
from tests.scripted_rasa import ScriptedRasa, doubts, says
from tests.talking import Talk
from tests.test_topics import domain_intents

READER = load(FILE)
LIKELY = (("search_training", 0.45), ("health_cover", 0.4))
RANKING = [{"name": name, "confidence": confidence} for name, confidence in LIKELY]


class Hears:
    """A second reader that is sure of one thing."""

    def __init__(self, intent: str) -> None:
        self._said = dict.fromkeys(domain_intents(), -8.0) | {intent: 4.0}

    def read(self, text: str) -> dict[str, float]:
        return self._said


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Is sure of what it is told, and of nothing else."""

    def answer(asked: dict[str, Any]) -> httpx.Response:
        told = asked["intent"]
        return says(told["name"], told["name"]) if told else doubts(*LIKELY)

    return ScriptedRasa(answer)


def hears(monkeypatch: pytest.MonkeyPatch, intent: str) -> None:
    monkeypatch.setattr(rereading, "shipped", lambda: Hears(intent))


async def test_what_both_are_sure_of_is_answered(
    talk: Talk, rasa: ScriptedRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    hears(monkeypatch, "health_cover")
    assert await talk.say("le docteur, ça se paie ?") == ["health_cover"]
    first, second = rasa.asked
    assert (first["intent"], second["intent"]) == (None, {"name": "health_cover", "reads": True})
    assert (second["turn"], second["text"], second["fresh"]) == (first["turn"], first["text"], False)


async def test_what_rasa_is_sure_of_is_not_read_again(
    talk: Talk, rasa: ScriptedRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    hears(monkeypatch, "health_cover")
    rasa.answer = lambda asked: says("rsa_amount", "rsa_amount")
    assert await talk.say("combien touche une personne seule") == ["rsa_amount"]
    assert len(rasa.asked) == 1


async def test_what_neither_is_sure_of_is_asked(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say("le docteur, ça se paie ?") == ["asked_back"]
    assert len(rasa.asked) == 1


async def test_danger_that_only_rasa_and_its_second_hear_is_asked(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    hears(monkeypatch, "emergency_food")
    assert await talk.say("le docteur, ça se paie ?") == ["asked_back"]
    assert list(await talk.choices())[0] == "Je n'ai rien à manger"


async def test_where_rasa_fails_the_second_time_it_is_asked_all_over(
    talk: Talk, rasa: ScriptedRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    hears(monkeypatch, "health_cover")
    whole, failures = rasa.answer, [httpx.Response(500)]

    def fails_once(asked: dict[str, Any]) -> httpx.Response:
        return failures.pop() if asked["intent"] and failures else whole(asked)

    rasa.answer = fails_once
    assert await talk.say("le docteur, ça se paie ?") == ["health_cover"]
    assert [bool(one["intent"]) for one in rasa.asked] == [False, True, False, True]


def test_a_reader_that_tells_nothing_changes_nothing() -> None:
    assert reread("un truc", RANKING)[:2] == RANKING
    assert likeliest("un truc", [{"name": "greet", "confidence": bands().answer}])["name"] == "greet"


def test_an_intent_that_it_was_not_taught_is_not_lost() -> None:
    new = [{"name": "new_intent", "confidence": 0.9}, {"name": "greet", "confidence": 0.1}]
    assert reread("un truc", new)[0]["name"] == "new_intent"


@given(st.text(max_size=200), st.lists(st.floats(0, 1), max_size=5))
def test_any_text_gets_an_order_and_shares(text: str, thought: list[float]) -> None:
    names = sorted(READER.names)
    whole = max(sum(thought), 1)
    ranking = [{"name": name, "confidence": one / whole} for name, one in zip(names, thought, strict=False)]
    found = [one["confidence"] for one in reread(text, ranking)]
    assert found == sorted(found, reverse=True)
    assert 0 < sum(found) <= 1.001


def test_the_file_knows_every_intent_and_what_words_mean_together(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(READER.names) - set(NAMES) == domain_intents()
    monkeypatch.setattr(rereading, "shipped", lambda: READER)
    assert reread("toujours rien sur mon compte ce mois-ci", [])[0]["name"] == "rsa_payment_date"
    assert reread("la dame qui me suit a changé ou pas", [])[0]["name"] == "ask_caseworker"
    assert reread("je suis sur le quai, la réunion de demain tient toujours ?", [])[0]["name"] != "rsa_amount"
