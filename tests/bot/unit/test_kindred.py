"""Groups of words used alike, made once from vectors."""

import numpy as np

from hent_bot.prepared.kindred import together


def test_words_that_point_the_same_way_lie_together_whatever_their_length() -> None:
    words = ["frigo", "placard", "route", "chemin"]
    vectors = np.array([[1.0, 0.0], [5.0, 0.1], [0.0, 2.0], [0.1, 9.0]])
    found = together(words, vectors, groups=2, families=2)
    assert sorted(group for family in found for group in family) == [["chemin", "route"], ["frigo", "placard"]]
    assert [len(family) for family in found] == [1, 1]


def test_every_word_lies_in_one_group() -> None:
    words = [f"mot{number}" for number in range(30)]
    vectors = np.random.default_rng(0).normal(size=(30, 5))
    found = together(words, vectors, groups=6, families=3)
    assert sorted(word for family in found for group in family for word in group) == sorted(words)
