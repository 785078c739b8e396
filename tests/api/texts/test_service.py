"""What is said, and what is kept back: the one function that decides it."""

import pytest

from api.privacy.audience import Audience, Channel, Level
from api.texts.schemas import IDENTIFY_FIRST, Saying
from api.texts.service import Verdict, judge, speak
from api.texts.voice import Voice

VOICE = Voice({"name": "Finistère", "phone": "+33261910029", "hours": "du lundi au vendredi"}, "29")
WHEN = Saying("appointment_next", {"starts_at": "2026-12-01T09:30:00+01:00", "title": "rendez-vous d'orientation"})
WHERE = Saying("appointment_at_office", {"place_name": "CDAS de Carhaix", "address": "1 rue Neuve, 29270 Carhaix"})
WHO = Saying("appointment_with", {"with_whom": "Anne Le Bihan"})


@pytest.mark.parametrize(
    ("audience", "verdict", "heard"),
    [
        pytest.param(Audience(Channel.web, Level.nobody), Verdict.identify, [], id="a stranger on the web identifies"),
        pytest.param(Audience(Channel.sms, Level.nobody), Verdict.refused, [], id="an unknown number hears nothing"),
        pytest.param(Audience(Channel.sms, Level.number), Verdict.said, [WHEN, WHERE], id="a number: when and where"),
        pytest.param(Audience(Channel.web, Level.code), Verdict.said, [WHEN, WHERE, WHO], id="a code: everything"),
        pytest.param(Audience(Channel.sms, Level.number, True), Verdict.refused, [], id="confidential by SMS: nothing"),
        pytest.param(
            Audience(Channel.web, Level.link, True), Verdict.said, [WHEN], id="confidential by link: no place"
        ),
    ],
)
def test_an_audience_hears_what_it_has_earned(audience: Audience, verdict: Verdict, heard: list[Saying]) -> None:
    assert judge("ask_next_appointment", [WHEN, WHERE, WHO], audience, VOICE) == (verdict, heard)


def test_an_action_without_a_person_leads_to_identification() -> None:
    audience = Audience(Channel.web, Level.nobody)
    assert judge("ask_documents", [Saying(IDENTIFY_FIRST)], audience, VOICE) == (Verdict.identify, [])


def test_an_identified_person_without_a_file_is_not_asked_for_ever() -> None:
    audience = Audience(Channel.web, Level.code)
    assert judge("ask_documents", [Saying(IDENTIFY_FIRST)], audience, VOICE)[0] is Verdict.refused


def test_a_confidential_file_is_given_the_number_of_the_authority_not_of_the_team() -> None:
    team = Saying("appointment_contact", {"phone": "+33261910077"})
    audience = Audience(Channel.web, Level.link, True)
    heard = judge("ask_next_appointment", [WHEN, team], audience, VOICE)[1]
    text = speak(heard, Channel.web, VOICE).text
    assert "02 61 91 00 29" in text
    assert "02 61 91 00 77" not in text


def test_general_answers_are_for_everyone() -> None:
    said = [Saying("rsa_amount")]
    assert judge("rsa_amount", said, Audience(Channel.sms, Level.nobody), VOICE) == (Verdict.said, said)


def test_a_personal_fact_under_a_general_intent_is_kept_back() -> None:
    audience = Audience(Channel.web, Level.code)
    assert judge("greet", [Saying("greet"), WHEN], audience, VOICE)[1] == [Saying("greet")]


def test_sentences_are_joined_and_the_last_buttons_shown() -> None:
    spoken = speak([Saying("greet"), Saying("not_understood")], Channel.web, VOICE)
    assert spoken.names == ("greet", "not_understood")
    assert "02 61 91 00 29" in spoken.text
    assert [button.intent for button in spoken.buttons][-1] == "request_human"


def test_an_sms_holds_only_what_a_gateway_sends_as_it_is() -> None:
    text = speak([Saying("rsa_amount")], Channel.sms, VOICE).text
    assert not set(text) & set("êçôû’«»…\xa0\u202f")


def test_an_authority_speaks_its_own_approved_words() -> None:
    from api.texts.tables import TextVersion

    version = TextVersion(authority_code="cd29", name="greet", version=2, web="Demat !", sms=None)
    voice = Voice(VOICE.authority, "29", {"greet": version})
    assert speak([Saying("greet")], Channel.web, voice).text == "Demat !"
