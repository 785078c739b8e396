"""Sentences that say nearly the same are one group."""

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from api.conversations.learning.grouping import grouped, short
from api.conversations.learning.tables import Trouble, UnclearSentence


def rows(*texts: str) -> list[UnclearSentence]:
    return [UnclearSentence(id=uuid4(), seq=1, trouble=Trouble.not_understood, text=text, meant=[]) for text in texts]


def texts(*written: str) -> list[list[str]]:
    return [[one.text for one in group.sentences] for group in grouped(rows(*written))]


def test_spelling_does_not_part_and_the_biggest_group_comes_first() -> None:
    assert texts("c koi la mutuelle", "je veux un prêt", "Je veux un pret svp", "jveu un prêt") == [
        ["je veux un prêt", "Je veux un pret svp", "jveu un prêt"],
        ["c koi la mutuelle"],
    ]


def test_one_word_that_changes_everything_parts() -> None:
    assert len(texts("je veux un rdv", "je veux un prêt")) == 2


@given(st.lists(st.text(max_size=30), max_size=12))
def test_each_sentence_is_in_one_group_and_a_group_is_known_by_its_first(written: list[str]) -> None:
    made = rows(*written)
    groups = grouped(made)
    assert sorted(one.id for group in groups for one in group.sentences) == sorted(one.id for one in made)
    assert {group.name for group in groups} == {f"g{short(group.sentences[0])}" for group in groups}
