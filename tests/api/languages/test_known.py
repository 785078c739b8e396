"""Each card says who we are, how to have a person and which number to call, briefly, and who has read it."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.core.clock import today
from api.core.folding import fold
from api.knowledge.facts import KINDS
from api.languages import Language, languages, spoken_in
from api.languages.known import FOLDER, Reviewed, read
from api.privacy.audience import Channel
from api.texts.gsm import segments, to_gsm
from api.texts.library import LANGUAGES, Entry, entries
from api.texts.schemas import Saying
from api.texts.service import offered, speak
from tests.test_content import DIGIT, PLACEHOLDER, VOICE
from tests.test_topics import ROOT

EACH = [pytest.param(language, id=code) for code, language in languages().items()]
CARDS = [pytest.param(entry, id=entry.name) for entry in entries().values() if entry.topic == LANGUAGES]
NUMBERED = {
    "distress": {"suicide", "samu", "europe"},
    "violence": {"police", "europe", "sms_emergency", "violence", "child"},
    "shelter": {"shelter"},
    "food": {"shelter"},
}
PAGE = ROOT / "docs" / "languages-in-french.md"
IN_LATIN, IN_OTHERS = 2, 3
"""Segments of an SMS."""


def said(entry: Entry, channel: Channel) -> str:
    return speak([Saying(entry.name)], channel, VOICE).text


def test_at_least_ten_languages_are_spoken() -> None:
    assert len(languages()) >= 10
    assert len({language.name for language in languages().values()}) == len(languages())


@pytest.mark.parametrize("language", EACH)
def test_a_card_says_who_we_are_how_to_have_a_person_and_whom_to_call(language: Language) -> None:
    assert "RSA" in language.card
    for text in (language.card, language.again):
        assert "HUMAIN" in text
        assert "authority.phone" in text
        assert "numbers.europe" in text


@pytest.mark.parametrize("language", EACH)
def test_a_person_is_one_button_away(language: Language) -> None:
    for name in (language.card_name, language.again_name):
        [button] = offered(Saying(name), VOICE)
        assert (button.title, button.intent, button.words) == (language.human, "request_human", ("humain",))
        assert len(button.title) <= 40


@pytest.mark.parametrize("language", EACH)
def test_danger_gives_the_numbers_that_it_gives_in_french(language: Language) -> None:
    for kind, numbers in NUMBERED.items():
        assert set(re.findall(r"numbers\.(\w+)", language.urgent[kind].say)) == numbers
    assert numbers <= set(KINDS["numbers"]())
    assert "authority.phone" in language.urgent["food"].say


@pytest.mark.parametrize("entry", CARDS)
def test_numbers_are_named_and_read_in_their_order(entry: Entry) -> None:
    assert not DIGIT.search(PLACEHOLDER.sub("", entry.web))
    assert entry.language
    wanted = "digits" if entry.language.direction == "rtl" else "phone"
    assert set(re.findall(r"\| (\w+)", entry.web)) == {wanted}


@pytest.mark.parametrize("entry", CARDS)
def test_an_sms_is_short_in_its_own_letters(entry: Entry) -> None:
    text = said(entry, Channel.sms)
    assert entry.language
    if entry.language.latin:
        assert to_gsm(text) == text
        assert fold(text).split() == fold(said(entry, Channel.web)).split()
        assert segments(text) <= IN_LATIN
    else:
        assert text == said(entry, Channel.web)
        assert segments(text) <= IN_OTHERS


@pytest.mark.parametrize("entry", CARDS)
def test_nothing_french_is_added_to_it(entry: Entry) -> None:
    spoken = speak([Saying(entry.name)], Channel.sms, VOICE)
    assert "Répondez" not in spoken.text
    assert spoken.names == (entry.name,)


@pytest.mark.parametrize("language", EACH)
def test_who_has_read_a_card_is_named_with_a_day(language: Language) -> None:
    assert language.reviewed is None or (language.reviewed.by.strip() and language.reviewed.day <= today())


@pytest.mark.parametrize("language", EACH)
def test_no_sentence_is_newer_than_the_day_it_was_put_back_into_french(language: Language) -> None:
    found = language.back_translated
    assert found is None or (found.digest == language.digest and found.day <= today())
    assert language.compared == (found.day if found else None)


def test_a_sentence_that_changes_was_not_compared() -> None:
    language, other = languages()["en"], "I understand everything."
    changed = (replace(language, card=other), replace(language, again=other), replace(language, human=other))
    assert [one.compared for one in changed] == [None, None, None]


def test_what_is_said_to_danger_is_compared_too() -> None:
    language = languages()["en"]
    urgent = {**language.urgent, "food": language.urgent["food"]._replace(say="Good luck.")}
    assert replace(language, urgent=urgent).compared is None


def test_the_page_that_gives_each_card_in_french_is_of_its_sentences_of_today() -> None:
    page = PAGE.read_text()
    assert {code for code, language in languages().items() if f"(`{code}`, {language.digest})" not in page} == set()


def test_a_file_says_who_has_read_it_and_when(tmp_path: Path) -> None:
    file = tmp_path / "en.yml"
    written = (FOLDER / "en.yml").read_text()
    file.write_text(written.replace("reviewed: null", "reviewed: {by: A. Reader, day: 2026-12-01}"))
    assert read(file).reviewed == Reviewed("A. Reader", date(2026, 12, 1))


@pytest.mark.parametrize("language", EACH)
def test_words_that_tell_are_written_as_they_are_looked_for(language: Language) -> None:
    assert {word for word in language.words | language.romanised if fold(word) != word} == set()
    assert language.words or not language.latin
    assert not (language.latin and language.romanised)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        pytest.param(["language_ar"], "ar", id="a card"),
        pytest.param(["language_ar_distress"], "ar", id="what is urgent"),
        pytest.param(["masked_notice", "language_ar"], None, id="together with French"),
        pytest.param(["language_ar", "language_fa"], None, id="two languages"),
        pytest.param([], None, id="what a person writes"),
        pytest.param(["greet"], None, id="French"),
    ],
)
def test_a_message_is_in_the_language_of_all_its_texts(names: list[str], code: str | None) -> None:
    found = spoken_in(names)
    assert (found.code if found else None) == code
