"""Whether two words differ by one letter."""

from os.path import commonprefix


def one_letter_off(word: str, other: str) -> bool:
    """Whether one letter is missing, added or changed, or two neighbours are swapped; also if nothing is."""
    shared = len(commonprefix((word, other)))
    one, two = word[shared:], other[shared:]
    return one[1:] in (two, two[1:]) or one == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])
