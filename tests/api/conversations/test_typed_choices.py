"""What is typed in answer to our last question is what its button stands for; urgent words come first all the same."""

import httpx

from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk


async def test_a_title_that_is_typed_is_the_button(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("nlu_fallback", "not_understood")
    await talk.say("hmm")
    await talk.say("parler à quelqu'un")
    assert rasa.asked[-1]["intent"] == {"name": "request_human", "entities": {}}


async def test_what_was_typed_before_the_question_was_read_does_not_answer_it(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("nlu_fallback", "not_understood")
    await talk.write("hmm")
    await talk.write("parler à quelqu'un")
    await talk.answer()
    assert [asked["intent"] for asked in rasa.asked] == [None, None]


async def test_other_words_go_to_the_assistant(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("nlu_fallback", "not_understood")
    await talk.say("hmm")
    await talk.say("combien touche une personne seule")
    assert rasa.asked[-1]["intent"] is None


async def test_urgent_words_are_heard_before_any_choice(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("nlu_fallback", "not_understood")
    await talk.say("hmm")
    assert await talk.say("je veux mourir") == ["emergency_distress"]


async def test_try_again_may_be_typed(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: httpx.Response(500)
    assert await talk.say("combien touche une personne seule") == ["still_trouble"]
    rasa.answer = lambda asked: says("rsa_amount", "rsa_amount")
    assert await talk.say("réessayer") == ["rsa_amount"]
    assert rasa.asked[-1]["text"] == "combien touche une personne seule"


async def test_a_place_alone_is_where_to_look_for_what_was_just_offered(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say("la mission locale peut payer mon permis ?") == ["licence_who_pays"]
    rasa.answer = lambda asked: says("search_support", "support_ask_theme")
    await talk.say("je suis à lannion")
    assert rasa.asked[-1]["intent"] == {"name": "search_support", "entities": {"theme": "permis"}, "reads": True}
    assert rasa.asked[-1]["text"] == "je suis a lannion"


async def test_a_place_alone_is_nothing_to_a_help_that_is_one_way_among_others(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("report_hindrance", "transport_that_day")
    await talk.say("zorglub le bus")
    await talk.say("je suis à lannion")
    assert rasa.asked[-1]["intent"] is None
