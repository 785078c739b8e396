"""Two requests in one message are both answered, in one turn, each once; what asks something is said last."""

import re
from datetime import date

import httpx
import pytest

from api.conversations.closing import close_turn
from api.conversations.deciding import decide
from api.conversations.leases import LeaseLost
from api.conversations.opening import open_turn
from api.texts.gsm import segments
from tests import factories
from tests.api.conversations.test_turn import expire, lease_of
from tests.scripted_rasa import ScriptedRasa, says, says_both
from tests.talking import Talk

PHONE, BORN = "+33639980001", date(1990, 5, 14)
TEXT = "combien touche une personne seule et comment je conteste"
AMOUNT, APPEAL = ("rsa_amount", "rsa_amount"), ("appeal_decision", "appeal_decision")
VISIT = ("ask_next_appointment", "appointment_none")


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Hears two requests in what is cut, and one in the rest."""
    return ScriptedRasa(lambda asked: says_both(AMOUNT, APPEAL) if asked["hearing"]["pieces"] else says(*AMOUNT))


async def test_both_are_answered_in_their_order_and_the_page_shows_two_messages(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say(TEXT) == ["rsa_amount", "appeal_decision"]
    assert rasa.asked[0]["hearing"]["pieces"] == ["combien touche une personne seule", "et comment je conteste"]
    assert len(await talk.messages(1)) == 2


async def test_two_requests_with_one_answer_are_given_it_once(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says_both(AMOUNT, ("appeal_decision", "rsa_amount"))
    assert await talk.say(TEXT) == ["rsa_amount"]


async def test_what_has_no_seam_is_read_once(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say("combien touche une personne seule") == ["rsa_amount"]
    assert rasa.asked[0]["hearing"]["pieces"] == []


async def test_by_sms_they_are_one_message(talk: Talk) -> None:
    await talk.ring(PHONE)
    await talk.say(TEXT)
    [sms] = await talk.telephone(PHONE)
    assert segments(sms) <= 4


async def test_what_asks_something_is_said_last(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says_both(("complain", "complain"), AMOUNT)
    assert await talk.say(TEXT) == ["rsa_amount", "complain"]
    assert await talk.say("oui") == ["rsa_amount", "complain"]
    assert rasa.asked[-1]["intent"] == {"name": "complain", "entities": {"answer": "yes"}}


async def test_a_worker_that_comes_back_too_late_leaves_each_answer_once(talk: Talk) -> None:
    await talk.write(TEXT)
    conversation, lease = await lease_of(talk)
    async with talk.database.transaction() as session:
        turn = await open_turn(session, talk.sealer, conversation, lease)  # type: ignore[arg-type]
    assert turn
    decision = await decide(turn, talk.rasa)
    await expire(talk)
    await talk.answer()
    with pytest.raises(LeaseLost):
        async with talk.database.transaction() as session:
            await close_turn(session, talk.sealer, talk.tools.voices, turn, decision)
    assert [name for message in await talk.messages() for name in message.says] == ["rsa_amount", "appeal_decision"]


async def test_a_failure_is_asked_again_as_a_whole(talk: Talk, rasa: ScriptedRasa) -> None:
    answers = iter([httpx.Response(502), says_both(AMOUNT, APPEAL)])
    rasa.answer = lambda asked: next(answers)
    assert await talk.say(TEXT) == ["rsa_amount", "appeal_decision"]
    assert rasa.asked[0]["turn"] == rasa.asked[1]["turn"]


async def test_the_general_one_is_answered_before_and_the_personal_one_after_the_identity(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    async with talk.database.transaction() as session:
        await factories.person(session, phone=PHONE, birth_date=BORN)
    rasa.answer = lambda asked: says(*VISIT) if asked["hearing"]["only"] else says_both(VISIT, AMOUNT)
    assert await talk.say(TEXT) == ["rsa_amount", "ask_number"]
    await talk.say("0639980001 14/05/1990")
    code = re.search(r"\d{6}", (await talk.telephone(PHONE))[-1])
    assert code
    assert (await talk.say(code[0]))[:2] == ["identified", "appointment_none"]
    assert rasa.asked[-1]["hearing"]["only"] == "ask_next_appointment"


async def test_an_urgent_word_is_answered_alone_and_rasa_is_not_asked(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say("c'est quand mon rdv et je veux mourir") == ["emergency_distress"]
    assert rasa.asked == []


async def test_that_nothing_was_shown_is_not_said_beside_an_answer(talk: Talk, rasa: ScriptedRasa) -> None:
    """ "Où en est mon dossier. C'est long" was told that no course had been shown, and then asked who was asking."""
    nothing = ("ask_training_detail", "training_nothing_shown")
    rasa.answer = lambda asked: says_both(AMOUNT, nothing)
    assert await talk.say(TEXT) == ["rsa_amount"]
    rasa.answer = lambda asked: says(*nothing)
    assert await talk.say("la deuxième elle dure combien") == ["training_nothing_shown"]
