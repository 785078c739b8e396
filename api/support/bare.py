"""A message that is the name of a need and nothing else: "microcrédit", "je veux voir un psy", "dossier MDPH".

Rasa learns sentences: of such messages it was unsure, and asked back what they say. The names stand in `themes.yml`.
"""

from functools import cache

from api.authorities.naming import home_in
from api.core.documents import read_yaml
from api.support.themes import FILE as THEMES
from api.support.themes import beside_a_need

FILE = THEMES.with_name("need_words.yml")


def names_only_a_need(text: str) -> bool:
    """Whether a normalised text names a need, and beside it at most a place and words that look for something."""
    left = beside_a_need(text)
    if left is None:
        return False
    rest = [word for word in left if word not in _around()]
    return not rest or home_in(" ".join(rest)) is not None


@cache
def _around() -> frozenset[str]:
    return frozenset(map(str, read_yaml(FILE)))
