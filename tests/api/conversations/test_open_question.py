"""Our question narrows what the next message means; what digresses from it is answered, and the question said again."""

from datetime import datetime

import pytest

from api.conversations.coming_back import asks
from api.conversations.questions import open_question, questions
from api.conversations.tables import Author, Choice, Message
from api.core.clock import PARIS
from api.texts.library import entries
from api.texts.schemas import Saying
from tests.scripted_rasa import ScriptedRasa, doubts, says
from tests.talking import Talk
from tests.test_topics import domain_intents

TRADE = "training_ask_trade"


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Asks for a trade until a test decides otherwise."""
    return ScriptedRasa(lambda asked: says("search_training", TRADE))


@pytest.fixture
async def asked(talk: Talk, rasa: ScriptedRasa) -> Talk:
    """A talk in which a trade was just asked for."""
    assert await talk.say("je voudrais une formation") == [TRADE]
    return talk


async def test_rasa_is_told_what_would_answer(asked: Talk, rasa: ScriptedRasa) -> None:
    await asked.say("le bois")
    assert [one["hearing"]["expected"] for one in rasa.asked] == [{}, {"inform": None, "search_training": None}]


async def test_a_yes_or_no_of_any_kind_stands_for_the_buttons(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("complain", "complain")
    await talk.say("c'est nul")
    await talk.say("bah carrément que oui")
    yes, no = ({"name": "complain", "entities": {"answer": word}} for word in ("yes", "no"))
    assert rasa.asked[-1]["hearing"]["expected"] == {"affirm": yes, "deny": no}


def test_where_times_are_offered_others_may_be_wished_for() -> None:
    slot = {"intent": "reschedule_appointment", "entities": {"appointment": "3f0c", "slot": "8a1e"}}
    last = Message(author=Author.assistant, says=["move_slots"])
    asked = open_question(last, [Choice(ordinal=1, title="mardi", payload=slot, words=[])])
    thursday = {"appointment": "3f0c", "wanted": "2026-12-03/2026-12-03/12:00/18:00"}
    now = datetime(2026, 11, 26, 10, 0, tzinfo=PARIS)
    assert asked.time_in("plutôt jeudi aprem", now) == {"intent": "reschedule_appointment", "entities": thursday}
    assert asked.time_in("c'est combien le RSA ?", now) is None
    assert open_question(last, []).time_in("plutôt jeudi aprem", now) is None
    assert open_question(Message(author=Author.assistant, says=["cancel_sure"]), []).time_in("jeudi", now) is None


def test_another_time_to_be_called_changes_what_was_offered_or_agreed() -> None:
    now = datetime(2026, 11, 26, 10, 0, tzinfo=PARIS)
    window = {"intent": "request_callback", "entities": {"window": "1"}}
    offered = [Choice(ordinal=1, title="vendredi, 9 h à 12 h", payload=window, words=[])]
    asked = open_question(Message(author=Author.assistant, says=["callback_when"]), offered)
    agreed = open_question(Message(author=Author.assistant, says=["callback_done"]), [])
    wanted = {"intent": "request_callback", "entities": {"wanted": "2026-11-27/2026-11-27/12:00/18:00"}}
    assert [one.time_in("plutôt demain aprem", now) for one in (asked, agreed)] == [wanted, wanted]
    assert agreed.time_in("merci beaucoup", now) is None


def test_what_was_agreed_asks_nothing_more() -> None:
    assert asks(Saying("callback_when"))
    assert not asks(Saying("callback_done"))


async def test_what_we_ask_ourselves_of_nobody_narrows_nothing(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.write("je voudrais une formation")
    await talk.write("le bois")
    await talk.answer()
    assert [one["hearing"]["expected"] for one in rasa.asked] == [{}, {}]


async def test_another_question_is_answered_and_ours_is_said_again(asked: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("ask_training_funding", "ask_training_funding")
    assert await asked.say("qui paie ?") == ["ask_training_funding", "back_to_question", TRADE]
    rasa.answer = lambda asked: says("inform", "training_ask_place")
    assert await asked.say("le bois") == ["training_ask_place"]
    assert rasa.asked[-1]["hearing"]["expected"] == {"inform": None, "search_training": None}


async def test_thanks_are_answered_and_the_question_said_again(asked: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("thank", "thank")
    assert await asked.say("merci c'est gentil") == ["thank_in_between", "back_to_question", TRADE]


async def test_after_a_second_digression_the_question_is_left(asked: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("ask_training_funding", "ask_training_funding")
    assert (await asked.say("qui paie ?"))[-1] == TRADE
    assert await asked.say("et qui paie le bus ?") == ["ask_training_funding"]


@pytest.mark.parametrize(
    ("intent", "name"), [("stop_flow", "stop_flow"), ("complain", "complain"), ("search_job", "out_of_scope")]
)
async def test_whoever_turns_away_is_not_asked_again(asked: Talk, rasa: ScriptedRasa, intent: str, name: str) -> None:
    rasa.answer = lambda asked: says(intent, name)
    assert await asked.say("laisse tomber tout cela") == [name]


async def test_what_is_not_understood_is_said_so_and_the_question_again(asked: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: doubts()
    assert await asked.say("zorglub") == ["not_understood", "back_to_question", TRADE]
    assert await asked.say("zorglub") == ["not_understood_twice"]


async def test_a_button_of_another_answer_is_no_digression(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("greet", "greet")
    await talk.say("bonjour")
    choices = await talk.choices()
    rasa.answer = lambda asked: says("search_training", TRADE)
    await talk.say("je voudrais une formation")
    rasa.answer = lambda asked: says("rsa_eligibility", "rsa_eligibility")
    assert await talk.say("Mes droits au RSA", choices["Mes droits au RSA"]) == ["rsa_eligibility"]


async def test_pardon_says_the_last_answer_in_its_short_form(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("rsa_declaration", "rsa_declaration")
    long = await talk.say("comment je déclare")
    rasa.answer = lambda asked: says("explain_simpler", "explain_simpler")
    assert await talk.say("pardon ?") == ["said_more_simply", *long]
    first, second = [message.text for message in await talk.messages() if message.says]
    assert len(second) < len(first)
    assert await talk.say("j'ai pas compris") == ["explain_simpler"]


async def test_pardon_by_sms_says_it_in_everyday_words_then_offers_a_person(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.ring("+33639989901")
    rasa.answer = lambda asked: says("rsa_declaration", "rsa_declaration")
    await talk.say("comment je déclare")
    rasa.answer = lambda asked: says("explain_simpler", "explain_simpler")
    assert await talk.say("pardon ?") == ["said_more_simply", "rsa_declaration"]
    assert "Vous dites ce que vous avez gagné" in (await talk.messages())[-1].text
    assert await talk.say("j'ai pas compris") == ["explain_simpler"]


async def test_pardon_by_sms_offers_a_person_where_no_simpler_words_are_written(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.ring("+33639989901")
    rasa.answer = lambda asked: says("ask_privacy", "ask_privacy")
    await talk.say("que faites-vous de mes données")
    rasa.answer = lambda asked: says("explain_simpler", "explain_simpler")
    assert await talk.say("pardon ?") == ["explain_simpler"]


def test_every_question_is_a_text_and_its_intents_are_known() -> None:
    assert set(questions()) <= set(entries())
    assert all({*one.answers, *one.leaves} <= domain_intents() for one in questions().values())
