import io
import json
import sys

import numpy as np
import pytest
import spacy

from hent_bot.measured import french_set, linear, talk

PAIRS = [
    (f"{word} {thing}", intent)
    for intent, thing in (("rain", "la pluie"), ("sun", "le soleil"))
    for word in ("voici", "encore", "demain", "sous")
]


def test_an_answer_is_one_line_and_outlives_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    said, asked = io.StringIO(), io.StringIO('["bonjour"]\n')
    monkeypatch.setattr(talk, "_ANSWER", said)
    monkeypatch.setattr(sys, "stdin", asked)
    talk.answer(lambda texts: {"read": texts})
    assert said.getvalue() == '{"read": ["bonjour"]}\n'


def test_each_piece_of_work_has_its_time() -> None:
    watch = talk.Watch()
    for _ in range(3):
        with watch:
            pass
    assert len(watch.seconds) == 3
    assert min(watch.seconds) >= 0


def test_the_regression_reads_every_text_after_learning() -> None:
    told = linear.compare({"learn": PAIRS, "texts": ["LA PLUIE", "le soleil"]})
    assert [one["ranking"][0]["name"] for one in told["parsed"]] == ["rain", "sun"]
    assert len(told["seconds"]) == 2
    assert json.loads(json.dumps(told)) == told


def test_what_is_chosen_is_the_simplest_of_equals() -> None:
    nlp = spacy.blank("xx")
    nlp.vocab.reset_vectors(width=2)
    docs = [nlp(text) for text, _ in PAIRS]
    assert french_set.chosen(docs, np.array([intent for _, intent in PAIRS])) == 0.1
