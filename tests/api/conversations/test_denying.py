"""Whoever says that there is no danger is believed: no number again, and an answer to what they ask."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from api.conversations.denying import FILE, without_denial
from api.conversations.tables import Conversation, Mode
from api.core.clock import now
from api.core.documents import read_yaml
from api.core.normaliser import normalise
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

DANGER = "je veux mourir"


@pytest.fixture
def rasa() -> ScriptedRasa:
    return ScriptedRasa(lambda asked: says("rsa_amount", "rsa_amount"))


async def test_what_else_is_asked_is_answered_after_a_denial(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say(DANGER) == ["emergency_distress"]
    assert await talk.say("non c'est pas ça, c'est combien le RSA ?") == ["danger_denied", "rsa_amount"]
    assert rasa.asked[-1]["text"] == "c est combien le rsa"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (DANGER, "euh non je veux pas mourir hein. je demande si c'est combien le RSA"),
        (DANGER, "3114 c'est le suicide ? Mais ça n'a rien à voir monsieur, c'est combien le RSA ?"),
        ("il me frappe", "?? quel mal ? je parle du RSA, combien par mois. pourquoi le 17"),
        (DANGER, "j'ai pas dit que je voulais mourir, je suis juste fatiguée. c'est combien le RSA"),
        (DANGER, "bon... vous parlez que de suicide. moi je veux savoir c'est combien le RSA"),
        (DANGER, "non non je vais pas me foutre en l'air. c'est juste la fatigue. c'est combien le RSA ?"),
        ("je dors dehors", "arete avec le 115 jé un toi !! c'est combien le RSA"),
        ("il me frappe", "non personne me fé du mal. c'est combien le RSA"),
        ("je dors dehors", "pas ce soir, lundi. j'ai encore ma chambre là. c'est combien le RSA"),
    ],
)
async def test_whoever_says_what_they_asked_is_answered(before: str, text: str, talk: Talk) -> None:
    assert (await talk.say(before))[0].startswith("emergency_")
    assert await talk.say(text) == ["danger_denied", "rsa_amount"]


@pytest.mark.parametrize("text", ["et l'argent du RSA vient quand ?", "ok, l'argent du RSA"])
async def test_a_question_or_a_comma_is_no_denial(text: str, talk: Talk) -> None:
    await talk.say("j'ai plus rien à manger")
    assert await talk.say(text) == ["rsa_amount"]


async def test_a_danger_told_with_a_comma_is_still_heard(talk: Talk) -> None:
    await talk.say(DANGER)
    assert await talk.say("demain, je serai plus là pour personne, adieu") == ["emergency_distress"]


def test_what_stands_around_a_denial_goes_with_it() -> None:
    said = "c'est une expression je suis pas suicidaire. c'est quoi un conseiller en insertion"
    assert without_denial(said) == "c est quoi un conseiller en insertion"


async def test_a_denial_alone_is_asked_for_the_question(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say(DANGER)
    assert await talk.say("mais non, je suis pas suicidaire") == ["danger_denied_only"]
    assert rasa.asked == []


async def test_beside_somebody_who_is_waited_for_it_is_theirs_to_read(talk: Talk) -> None:
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(mode=Mode.waiting, waiting_until=now() + timedelta(hours=1)))
    await talk.say(DANGER)
    assert await talk.say("mais non, je suis pas suicidaire") == ["waiting_kept"]


async def test_words_that_tell_the_same_danger_are_no_denial(talk: Talk) -> None:
    await talk.say(DANGER)
    assert await talk.say("c'est pas ça, je vais me suicider") == ["emergency_distress"]


async def test_another_danger_is_heard_beside_a_denial(talk: Talk) -> None:
    await talk.say(DANGER)
    assert await talk.say("je suis pas suicidaire, mon mari me frappe") == ["emergency_violence"]


async def test_nothing_is_denied_where_nothing_was_feared(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say("c'est pas ça, c'est combien le RSA ?") == ["rsa_amount"]
    assert "pas ca" in rasa.asked[-1]["text"]


@pytest.mark.parametrize(
    "text",
    ["je sais pas ce soir où dormir", "j'ai pas de quoi manger", "ça va pas", "je veux pas rester dehors"],
)
def test_words_of_danger_are_no_denial(text: str) -> None:
    assert without_denial(text) == normalise(text)


def test_each_way_of_denying_can_be_met() -> None:
    assert [phrase for phrase in read_yaml(FILE)["phrases"] if without_denial(phrase)] == []
