"""What is asked of courses that were shown: how many months, one named by its trade, a question and why it is asked."""

import pytest

from tests.api.conversations.test_following import hears, shows_list
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("420h sa fait cb de mois", "Titre professionnel soudeur : 420 heures, soit environ 12 semaines (3 mois)"),
        ("la 2 ca fait combien de semaines", "Commis de cuisine : 70 heures, soit environ 2 semaines"),
        ("1540 heures c'est combien de mois", "1540 heures, c'est environ 44 semaines (10 mois) à temps plein."),
    ],
)
async def test_hours_are_told_in_weeks_and_months(talk: Talk, rasa: ScriptedRasa, text: str, told: str) -> None:
    """ "700h ça fait combien de mois" was answered with the sum of the RSA."""
    await shows_list(talk, rasa)
    names, heard = await hears(talk, text)
    assert names == ["course_months"]
    assert told in heard
    assert rasa.asked == []


async def test_a_course_of_those_shown_may_be_named_by_its_trade(talk: Talk, rasa: ScriptedRasa) -> None:
    await shows_list(talk, rasa)
    names, text = await hears(talk, "la formation cuisine il faut parler bien francais ?")
    assert names == ["course_french"]
    assert "Conditions pour Commis de cuisine" in text
    assert (await hears(talk, "la formation secretaire il faut parler bien francais ?"))[0] != ["course_french"]


async def test_what_explains_a_question_is_no_other_request(talk: Talk, rasa: ScriptedRasa) -> None:
    await shows_list(talk, rasa)
    assert (await hears(talk, "et ya une aide pour le permis ? g 37 ans jai jamais pu"))[0] == ["course_licence"]
    both, _ = await hears(talk, "c loin!! g pas le permis ya une aide pour le passer ?")
    assert set(both) == {"course_place", "course_licence"}
    assert rasa.asked == []
    await hears(talk, "c'est payé ? j'ai pas le bac")
    assert rasa.asked


async def test_a_shorter_one_is_looked_for_where_a_place_is_named(talk: Talk, rasa: ScriptedRasa) -> None:
    await shows_list(talk, rasa)
    names, text = await hears(talk, "ya plus court ? genre 2 mois")
    assert names == ["course_shorter"]
    assert "Commis de cuisine : 70 heures, soit environ 2 semaines à temps plein." in text
    assert rasa.asked == []
    await hears(talk, "et un truc court a Quimper ?")
    assert rasa.asked
