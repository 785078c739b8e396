"""What cannot wait is heard in each language, the most pressing first, and never in French."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.conversations.urgent import Urgency
from api.languages import Cry, cry, languages
from api.languages.pressing import KINDS
from tests.api.languages.corpora import french, table
from tests.api.languages.test_recognising import ENGLISH, rows

APART = table("urgent_apart.tsv") + table("urgent_kept.tsv")
"""Written before the phrases that now hear them: 19 and 36 of 64 were when first read, of their own kind."""
SAID = [
    pytest.param(phrase.replace(" …", ""), kind, id=f"{code} {kind}: {phrase}")
    for code, language in languages().items()
    for kind in KINDS
    for phrase in language.urgent[kind].phrases
]


def test_the_kinds_are_those_of_french_in_their_order() -> None:
    assert tuple(Urgency) == KINDS
    assert all(set(language.urgent) == set(KINDS) for language in languages().values())


@pytest.mark.parametrize(("phrase", "kind"), SAID)
def test_each_phrase_is_heard(phrase: str, kind: str) -> None:
    found = cry(phrase)
    assert found
    assert KINDS.index(found.kind) <= KINDS.index(kind)


def test_messages_written_apart_are_heard() -> None:
    assert {code for code, _, _ in APART} == set(languages())
    heard = [text for _, kind, text in APART if (found := cry(text)) and found.kind == kind]
    assert len(heard) >= 0.98 * len(APART)


def test_nothing_of_it_is_french() -> None:
    assert {text for text in french() if cry(text)} <= ENGLISH


def test_what_is_asked_every_day_is_not_pressing() -> None:
    assert [text for _, text in rows() if cry(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("no tengo comida y me quiero morir", Cry("distress", "es"), id="a life before a meal"),
        pytest.param("MY HUSBAND HITS ME!!!", Cry("violence", "en"), id="shouted"),
        pytest.param("sotul ma bate pe mine", Cry("violence", "ro"), id="without accents"),
        pytest.param("شوهرم مرا می‌زند", Cry("violence", "fa"), id="joined by a sign that is not seen"),
        pytest.param("شوهرم مرا میزند", Cry("violence", "fa"), id="joined"),
        pytest.param("أنا خائفة ويضربني كل يوم", Cry("violence", "ar"), id="and, joined to its word"),
        pytest.param("ma bate de baseball", None, id="a word that French has too"),
        pytest.param("i want to dine", None, id="not a part of a word"),
    ],
)
def test_words_are_heard_however_they_are_written(text: str, found: Cry | None) -> None:
    assert cry(text) == found


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert cry(text) is None or cry(text)
