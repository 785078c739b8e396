"""Every intent is answered on a page and by SMS: what the dialogues hear, of the real Rasa and the real actions."""

import re
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from api.core.documents import read_yaml
from api.privacy.audience import Channel
from api.texts.gsm import segments
from api.texts.library import entries
from api.texts.schemas import Saying
from api.texts.service import speak
from tests.test_content import VOICE

FOLDER = Path(__file__).parent / "bot"
INTENTS: list[str] = list(read_yaml(FOLDER / "intents.yml"))
DIALOGUES: list[dict[str, Any]] = [
    dialogue for file in sorted((FOLDER / "dialogues").glob("*.yml")) for dialogue in read_yaml(file)
]
TURNS = [
    (turn["intent"], tuple(turn["hears"]), Channel(dialogue.get("channel", Channel.web)))
    for dialogue in DIALOGUES
    for turn in dialogue["turns"]
    if turn.get("intent") in INTENTS and turn.get("hears")
]
NUMBER = re.compile(r"\b(0\d( \d\d){4}|3\d{3}|1\d{1,2})\b")
SMALL_TALK = {"greet", "goodbye", "thank", "affirm", "deny"}
"""Words between two answers: the page shows the number all along."""
IDENTIFIES = {"ask_number", "cannot_say_here"}
"""Said before who is speaking is known, whatever was asked."""


def said(names: Sequence[str], channel: Channel) -> str:
    french = [name for name in names if entries()[name].language is None]
    return speak([Saying(name, entries()[name].example) for name in french], channel, VOICE).text


def answers(intent: str) -> list[tuple[str, ...]]:
    """In French, to whoever needs not say first who they are."""
    heard = [names for asked, names, _ in TURNS if asked == intent and not IDENTIFIES & set(names)]
    return [names for names in heard if any(entries()[name].language is None for name in names)]


@pytest.mark.parametrize(("intent", "channel"), list(product(INTENTS, Channel)))
def test_every_intent_has_an_answer_with_a_number_on_a_page_and_by_sms(intent: str, channel: Channel) -> None:
    texts = [said(names, channel) for names in answers(intent)]
    assert texts, "a dialogue asks it"
    assert all(texts)
    assert any(NUMBER.search(text) for text in texts) or intent in SMALL_TALK


BY_SMS = sorted(
    {(intent, names) for intent, names, channel in TURNS if channel is Channel.sms and "training_item" not in names}
)
"""A list of courses is as long as their names: tests/api/training has its own rule."""


@pytest.mark.parametrize(("intent", "names"), BY_SMS, ids=str)
def test_a_whole_answer_by_sms_takes_two_segments(intent: str, names: tuple[str, ...]) -> None:
    assert segments(said(names, Channel.sms)) <= 2
