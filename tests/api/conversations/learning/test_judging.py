"""Which messages are answers."""

from dataclasses import replace

import pytest

from api.conversations.learning.judging import is_answer, wording
from api.texts.library import entries


@pytest.mark.parametrize(
    ("says", "answers"),
    [
        pytest.param(["rsa_amount"], True, id="a right"),
        pytest.param(["masked_notice", "rsa_amount"], True, id="after a number that was hidden"),
        pytest.param(["rsa_amount", "back_to_question", "training_ask_trade"], True, id="and a question comes back"),
        pytest.param(["greet"], False, id="small talk"),
        pytest.param(["ask_birth_date"], False, id="who is speaking"),
        pytest.param(["training_ask_place"], False, id="a question of ours"),
        pytest.param(["rsa_amount", "emergency_distress"], False, id="danger, whatever else is said"),
        pytest.param(["language_ar"], False, id="another language"),
        pytest.param(["of an older version"], False, id="a name that is gone"),
        pytest.param([], False, id="nothing"),
    ],
)
def test_an_answer_is_more_than_a_question_or_a_courtesy(says: list[str], answers: bool) -> None:
    assert is_answer(says) is answers


def test_two_wordings_of_ours_are_told_apart() -> None:
    entry = entries()["rsa_amount"]
    assert wording(entry) != wording(replace(entry, web=entry.web + " Bien à vous."))
