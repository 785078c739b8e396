"""The texts that a demonstration offers to caseworkers are written as everything that people read."""

import re

import pytest

from api.desk import variables
from api.seed import files
from api.seed.files import Row
from api.seed.ready_texts import ready_texts
from api.texts.gsm import segments, to_gsm

KNOWN = {
    "prenom": "Maëlle",
    "nom": "Le Goff",
    "rendez-vous": "lundi 30 novembre à 9 h 30",
    "conseiller": "Nolwenn Kerdoncuff",
    "telephone": "02 61 91 00 11",
    "lieu": "12 rue des Ajoncs, 29200 Brest",
}
entry_of_each = pytest.mark.parametrize("entry", files.ready_texts(), ids=lambda entry: entry["title"])


def test_each_collectivite_has_its_own_six() -> None:
    codes = [row["authority_code"] for row in ready_texts()]
    assert {code: codes.count(code) for code in codes} == {entry["code"]: 6 for entry in files.authorities()}
    assert len({row["id"] for row in ready_texts()}) == len(codes)


@entry_of_each
def test_each_can_be_sent_by_a_desk(entry: Row) -> None:
    variables.check(entry["text"])
    assert "{telephone}" in entry["text"]
    assert not re.search(r"\d", entry["text"])


@entry_of_each
def test_sentences_are_short_and_two_sms_are_enough(entry: Row) -> None:
    told = variables.fill(entry["text"], KNOWN)
    assert "[à compléter" not in told
    assert segments(to_gsm(told)) <= 2
    for sentence in re.split(r"[.?!]\s+", told):
        assert len(sentence.split()) <= 18, sentence
