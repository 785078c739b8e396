"""What words alone tell is answered without Rasa, whoever asks and whatever else is going on."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from api.conversations.tables import Turn
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

PHONE = "+33639980013"


@pytest.mark.parametrize(
    ("text", "name", "intent"),
    [
        ("c'est quoi un référent ?", "word_referent", "ask_caseworker"),
        ("ça veut dire quoi indu", "word_overpayment", "rsa_overpayment"),
        ("on aura la prime de Noël ?", "christmas_bonus", "rsa_payment_date"),
        ("vous êtes ouverts le samedi ?", "office", "ask_help"),
        ("c'est où la maison du département", "office", "ask_help"),
        ("Bonjour madame. C'est où vos bureaux ? Merci d'avance.", "office", "ask_help"),
    ],
)
async def test_it_is_answered_at_once_and_nobody_is_asked_who_they_are(
    talk: Talk, rasa: ScriptedRasa, text: str, name: str, intent: str
) -> None:
    assert await talk.say(text) == [name]
    assert rasa.asked == []
    async with talk.database.transaction() as session:
        assert await session.scalar(select(Turn.intent)) == intent


async def test_a_telephone_that_is_nobodys_is_answered_too(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> None:
    phone = await Talk(house, sealer, rasa.client()).ring(PHONE)
    assert await phone.say("sa veu dir koi orientation") == ["word_orientation"]


async def test_beside_another_request_rasa_is_asked_that_one_and_both_are_answered(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    rasa.answer = lambda asked: says("rsa_amount", "rsa_amount")
    assert await talk.say("C'est combien le RSA ? Et la prime de Noël, c'est quand ?") == [
        "rsa_amount",
        "christmas_bonus",
    ]
    assert await talk.say("C'est quoi un référent ? Et combien touche une personne seule ?") == [
        "word_referent",
        "rsa_amount",
    ]
    assert [one["text"] for one in rasa.asked] == ["c est combien le rsa", "et combien touche une personne seule"]


async def test_once_we_know_who_asks_only_the_other_is_answered(talk: Talk, rasa: ScriptedRasa) -> None:
    async with talk.database.transaction() as session:
        await factories.person(session, phone=PHONE, birth_date=date(1990, 5, 14))
    rasa.answer = lambda asked: says("ask_next_appointment", "appointment_none")
    asked = "C'est quand mon rendez-vous ? Et la prime de Noël, c'est quand ?"
    assert await talk.say(asked) == ["christmas_bonus", "ask_number"]
    await talk.say("0639980013 14/05/1990")
    code = re.search(r"\d{6}", (await talk.telephone(PHONE))[-1])
    assert code
    assert await talk.say(code[0]) == ["identified", "appointment_none"]


async def test_what_is_not_understood_beside_it_takes_nothing_from_it(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("nlu_fallback", "not_understood", confidence=0.1)
    assert await talk.say("Je vous écris du bateau. Vous êtes ouverts le samedi ?") == ["office"]


async def test_a_question_of_ours_is_said_again_after_the_meaning_of_a_word(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("search_training", "training_ask_trade")
    await talk.say("je voudrais une formation")
    assert await talk.say("c'est quoi un référent ?") == ["word_referent", "back_to_question", "training_ask_trade"]


async def test_whoever_says_who_they_are_may_ask_what_a_word_means(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("ask_next_appointment", "identify_first")
    assert await talk.say("c'est quand mon rendez-vous") == ["ask_number"]
    assert "word_cer" in await talk.say("c'est quoi le CER ?")


async def test_an_office_is_told_again_after_pardon(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("explain_simpler", "explain_simpler")
    await talk.say("vous êtes ouverts le samedi ?")
    assert await talk.say("pardon ?") == ["said_more_simply", "office"]


async def test_where_we_are_is_the_place_of_an_appointment_for_whoever_may_hear_of_theirs(
    house: Database, sealer: Sealer, rasa: ScriptedRasa
) -> None:
    async with house.transaction() as session:
        person = await factories.person(session, phone=PHONE)
        await factories.appointment(session, person, now() + timedelta(days=3))
    rasa.answer = lambda asked: says("ask_appointment_place", "appointment_contact")
    phone = await Talk(house, sealer, rasa.client()).ring(PHONE)
    assert await phone.say("vous êtes où ?") != ["office"]
    assert await phone.say("adresse du CDAS") == ["office"]


async def test_a_short_question_leans_on_our_last_answer(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say("c'est quoi la prime de Noël") == ["christmas_bonus"]
    assert await talk.say("faut faire une demande ?") == ["bonus_ask"]
    assert await talk.say("et c'est combien pour un couple ?") == ["bonus_sum"]
    assert rasa.asked == []


async def test_it_leans_on_nothing_once_something_else_was_said(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("rsa_amount", "rsa_amount")
    await talk.say("c'est quoi la prime de Noël")
    assert await talk.say("c'est combien le RSA d'une personne seule qui n'a pas d'autre revenu du tout") == [
        "rsa_amount"
    ]
    assert await talk.say("et c'est combien pour un couple ?") == ["household_amount"]


async def test_a_general_answer_gives_way_to_a_narrower_one(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("rsa_eligibility", "rsa_eligibility")
    assert await talk.say("j'ai un titre de séjour d'un an, j'ai droit au RSA ?") == ["foreign_permit"]
    assert await talk.say("j'ai droit au RSA ?") == ["rsa_eligibility"]


async def test_whoever_does_not_want_to_answer_a_letter_is_told_why_to(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("ask_letter", "ask_letter", "letter_ask_day")
    await talk.say("j'ai reçu un courrier de contrôle")
    asked = len(rasa.asked)
    assert "letter_refused" in await talk.say("et si je veux pas ?")
    assert len(rasa.asked) == asked


async def test_after_a_denial_an_office_is_told_with_all_that_is_known_of_it(talk: Talk) -> None:
    """It broke, and whatever was written afterwards waited for ever: a second danger too."""
    await talk.say("je veux mourir")
    assert await talk.say("jvais pas me suicider. c'est où vos bureaux") == ["danger_denied", "office"]
    assert await talk.say("je veux mourir") == ["emergency_distress"]
