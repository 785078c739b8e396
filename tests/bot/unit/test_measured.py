import io
import json
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy

from hent_bot.measured import french_set, linear, names, talk

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


def test_the_gazetteer_alone_finds_names_and_leaves_what_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / "communes.csv").write_text("insee,name\n29019,Brest\n29232,Quimper\n", encoding="utf-8")
    (tmp_path / "trades").mkdir()
    (tmp_path / "trades" / "metal.yml").write_text("- {code: s, label: soudure, names: [soudeur]}\n", encoding="utf-8")
    (tmp_path / "everyday.yml").write_text('kemper: "29232"\n', encoding="utf-8")
    lists = (tmp_path / name for name in ("communes.csv", "trades", "everyday.yml"))
    found = names.found(["soudeur a kemper", "quimper pas brest", "bonjour"], *lists)
    assert [[one["value"] for one in entities] for entities in found] == [["soudeur", "kemper"], ["quimper"], []]
