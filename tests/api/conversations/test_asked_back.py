"""Where no reading is sure, what was meant is asked, and what is chosen is answered at once, about the same words."""

import pytest

from api.conversations import plainly
from api.conversations.meanings import LIKELY, Near, meanings, narrower_titles, titles
from api.knowledge.narrower import asked_by_itself
from api.texts.gsm import segments
from tests.scripted_rasa import ScriptedRasa, doubts, says
from tests.talking import Talk
from tests.test_topics import domain_intents

LONGEST_TITLE = 42
RANKED = (("search_training", 0.4), ("health_cover", 0.3), ("housing_help", 0.05))


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Is sure of what a button says, and of nothing else."""
    return ScriptedRasa(lambda asked: says("health_cover", "health_cover") if asked["intent"] else doubts(*RANKED))


async def test_the_likeliest_are_offered_in_peoples_words(talk: Talk) -> None:
    assert await talk.say("un truc vers brest") == ["asked_back"]
    assert list(await talk.choices()) == ["Trouver une formation", "La santé et la mutuelle", "Autre chose"]


@pytest.mark.parametrize("typed", ["2", "la santé et la mutuelle", "santé", "plutôt la mutuelle"])
async def test_what_is_chosen_is_answered_about_the_words_that_were_not_clear(
    talk: Talk, rasa: ScriptedRasa, typed: str
) -> None:
    await talk.say("un truc vers brest")
    assert await talk.say(typed) == ["health_cover"]
    unclear = (await talk.messages())[0]
    asked = rasa.asked[-1]
    assert asked["intent"] == {"name": "health_cover", "entities": {}, "reads": True}
    assert (asked["text"], asked["about"]) == ("un truc vers brest", str(unclear.id))


async def test_a_button_does_the_same(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say("un truc vers brest")
    choices = await talk.choices()
    assert await talk.say("La santé et la mutuelle", choices["La santé et la mutuelle"]) == ["health_cover"]
    assert rasa.asked[-1]["text"] == "un truc vers brest"


@pytest.mark.parametrize("typed", ["autre chose", "3", "non", "un truc vers brest"])
async def test_something_else_or_a_second_doubt_offers_a_person(talk: Talk, typed: str) -> None:
    await talk.say("un truc vers brest")
    assert await talk.say(typed) == ["not_understood_twice"]


async def test_a_doubt_about_something_else_is_asked_with_a_person_beside_it(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say("un truc vers brest")
    before = set(await talk.choices())
    rasa.answer = lambda asked: doubts(("search_training", 0.4), ("rsa_amount", 0.3), ("health_cover", 0.2))
    assert await talk.say("et combien ça fait") == ["asked_back_again"]
    assert set(await talk.choices()) - before == {"Le montant du RSA", "Prévenir une personne"}
    assert await talk.say("et combien ça fait") == ["not_understood_twice"]


async def test_what_is_asked_the_second_time_is_answered_by_a_yes(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say("un truc vers brest")
    rasa.answer = lambda asked: says("rsa_amount", "rsa_amount") if asked["intent"] else doubts(("rsa_amount", 0.4))
    assert await talk.say("et combien ça fait") == ["asked_back_again"]
    assert await talk.say("oui") == ["rsa_amount"]
    assert rasa.asked[-1]["text"] == "et combien ca fait"


@pytest.mark.parametrize("typed", ["oui", "c'est ça", "La santé et la mutuelle", "la santé"])
async def test_a_single_meaning_is_a_question_that_a_yes_answers(talk: Talk, rasa: ScriptedRasa, typed: str) -> None:
    rasa.answer = lambda asked: says("health_cover", "health_cover") if asked["intent"] else doubts(*RANKED[1:])
    assert await talk.say("le docteur") == ["asked_back"]
    assert list(await talk.choices()) == ["La santé et la mutuelle", "Autre chose"]
    assert "Vous parlez de ceci : « La santé et la mutuelle » ?" in (await talk.messages())[-1].text
    assert await talk.say(typed) == ["health_cover"]
    assert rasa.asked[-1]["text"] == "le docteur"


async def test_what_was_not_understood_then_half_understood_is_asked(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: doubts(("health_cover", 0.1))
    assert await talk.say("zorglub") == ["not_understood"]
    rasa.answer = lambda asked: doubts(*RANKED)
    assert await talk.say("un truc vers brest") == ["asked_back"]


async def test_another_question_is_answered_as_always(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say("un truc vers brest")
    rasa.answer = lambda asked: says("rsa_amount", "rsa_amount")
    assert await talk.say("combien touche une personne seule") == ["rsa_amount"]
    # "Autre chose" is ours: Rasa would refuse an intent of that name.
    assert rasa.asked[-1]["hearing"]["expected"] == {}


async def test_by_sms_the_choices_are_lines_and_their_numbers_choose(talk: Talk) -> None:
    phone = "+33639989901"
    await talk.ring(phone)
    await talk.say("un truc vers brest")
    [sms] = await talk.telephone(phone)
    assert "1 Trouver une formation\n2 La santé et la mutuelle\n3 Autre chose\nRépondez 1, 2 ou 3." in sms
    assert segments(sms) <= 2
    assert await talk.say("2") == ["health_cover"]


def test_danger_is_asked_first() -> None:
    found = meanings([{"name": "rsa_amount", "confidence": 0.4}, {"name": "emergency_food", "confidence": 0.15}])
    assert [one["intent"] for one in found] == ["emergency_food", "rsa_amount"]


def test_small_talk_is_never_asked_about() -> None:
    assert meanings([{"name": "thank", "confidence": 0.45}, {"name": "rsa_amount", "confidence": 0.1}]) == []


def test_every_request_has_a_name_of_its_own() -> None:
    small_talk = {"greet", "goodbye", "thank", "affirm", "deny", "stop_flow", "ask_help", "explain_simpler"}
    only_of_a_search = {"inform", "ask_more"}
    assert set(titles()) == domain_intents() - small_talk - only_of_a_search - {"bot_challenge", "out_of_scope"}
    assert len(set(titles().values())) == len(titles())
    assert all(len(title) <= 40 for title in titles().values())


HOSTED = "Je dors chez ma sœur à Vannes depuis janvier. Puis-je mettre son adresse pour le courrier ?"


async def test_a_narrower_answer_is_offered_by_its_own_name_and_given(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say(HOSTED) == ["asked_back"]
    choices = await talk.choices()
    assert list(choices)[0] == narrower_titles()["word_postal_address"]
    asked = len(rasa.asked)
    assert await talk.say("1") == ["word_postal_address"]
    assert len(rasa.asked) == asked


async def test_a_narrower_answer_that_we_have_no_more_is_answered_by_its_intent(
    talk: Talk, rasa: ScriptedRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.say(HOSTED)
    monkeypatch.setattr(plainly, "narrower_titles", dict)
    assert await talk.say("1") == ["health_cover"]
    assert rasa.asked[-1]["intent"] == {"name": "housing_help", "entities": {}, "reads": True}


async def test_danger_comes_first_then_what_says_it_most_precisely() -> None:
    near = [
        Near("mould", "housing_help", 0.5),
        Near("deposit", "housing_help", 0.3),
        Near("vitale", "health_cover", 0.2),
    ]
    ranking = [{"name": "housing_help", "confidence": 0.5}, {"name": "emergency_shelter", "confidence": 0.2}]
    said = [one["says"] or one["intent"] for one in meanings(ranking, near)]
    assert said == ["emergency_shelter", "mould", "deposit"]
    assert [one["says"] for one in meanings([], [Near("mould", "housing_help", LIKELY - 0.01)])] == []


def test_each_narrower_answer_that_may_be_asked_for_has_a_name() -> None:
    asked = {one.says for one in asked_by_itself() if not one.about}
    assert set(narrower_titles()) - asked == set()
    # What is asked by a word alone, or answers whoever is none of ours, is never offered.
    assert asked - set(narrower_titles()) == {"ask_help", "cry", "other_callers"}
    named = [*titles().values(), *narrower_titles().values()]
    assert len(set(named)) == len(named)
    assert max(map(len, named)) <= LONGEST_TITLE
