"""A need and nothing else is searched for at once, unless it answers a question of ours."""

from tests.scripted_rasa import ScriptedRasa, doubts, says
from tests.talking import Talk

SEARCH = {"name": "search_support", "entities": {}, "reads": True}


async def test_rasa_is_told_that_it_is_a_search_and_reads_which(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("search_support", "support_ask_place") if asked["intent"] else doubts()
    assert await talk.say("Bonjour, microcrédit à Rennes svp") == ["support_ask_place"]
    assert rasa.asked[-1]["intent"] == SEARCH
    assert rasa.asked[-1]["text"] == "bonjour microcredit a rennes s il vous plait"


async def test_what_answers_a_question_of_ours_is_for_rasa(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("search_training", "training_ask_trade")
    await talk.say("je voudrais une formation")
    await talk.say("un psy")
    assert rasa.asked[-1]["intent"] is None


async def test_what_says_more_is_for_rasa(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say("mon psy dit que je dois changer de rendez-vous")
    assert rasa.asked[-1]["intent"] is None
