"""A number that is told of oneself: taken where it says who is speaking, left where it is for something else."""

from tests.api.conversations.test_identification import asks_about_a_file, code_on, someone
from tests.scripted_rasa import ScriptedRasa, says_both
from tests.talking import Talk

__all__ = ["asks_about_a_file"]


async def test_a_number_in_the_question_is_not_asked_again(talk: Talk) -> None:
    await someone(talk)
    assert await talk.say("c kan mon rdv mon tel c le 06 39 98 00 01") == ["number_taken", "ask_birth_date"]
    assert await talk.say("14/05/1990") == ["code_sent"]
    assert (await talk.say(await code_on(talk)))[:2] == ["identified", "appointment_none"]


async def test_a_number_that_changes_is_not_taken_for_the_one_of_the_file(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda _: says_both(
        ("change_contact", "change_contact"), ("ask_next_appointment", "appointment_none")
    )
    await someone(talk)
    said = await talk.say("mon nouveau numero c le 06 39 98 00 02, et c kan mon rdv")
    assert said == ["change_contact", "ask_number"]
