"""Every promise is said in short sentences, whoever answers, whatever the hour, kept or not."""

from itertools import product

import pytest

from api.core.folding import words
from api.privacy.audience import Channel
from api.texts.gsm import segments
from api.texts.library import entries
from api.texts.schemas import Saying
from api.texts.service import speak
from tests.test_content import LONGEST_SENTENCE, MEAN_SENTENCE, VOICE, sentences

FLAGS = ("again", "late", "open_now", "own", "stand_in", "ask_commune")
SAID = ("human_asked", "human_asked_nowhere", "human_asked_of_mine", "complaint_noted", "letter_noted")


@pytest.mark.parametrize("name", SAID)
def test_whatever_is_true_of_a_promise_it_is_said_shortly(name: str) -> None:
    entry = entries()[name]
    for flags in product((False, True), repeat=len(FLAGS)):
        facts = entry.example | dict(zip(FLAGS, flags, strict=True))
        for without in ({}, {"team": None}, {"opens_at": None}):
            web, sms = (speak([Saying(name, facts | without)], channel, VOICE).text for channel in Channel)
            lengths = [len(words(one)) for one in sentences(web)]
            assert max(lengths) <= LONGEST_SENTENCE
            assert sum(lengths) / len(lengths) <= MEAN_SENTENCE
            assert "\n\n" not in web
            assert segments(sms) <= 2


def test_a_name_is_said_only_by_the_text_that_tells_who() -> None:
    facts = entries()["human_asked_of_mine"].example | {"team": "Notre équipe", "ask_commune": False}
    for name in ("human_asked", "human_asked_nowhere"):
        for channel in Channel:
            assert facts["answered_by"] not in speak([Saying(name, facts)], channel, VOICE).text
    assert entries()["human_asked_of_mine"].tells == "who"
    assert entries()["human_asked_of_mine"].sms is None
