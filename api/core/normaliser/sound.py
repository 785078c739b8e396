"""How a folded French word sounds, roughly: two spellings of one word give one sound."""

import re
from functools import lru_cache

# In this order. Capitals stand for sounds of several letters: A (an), I (in), O (on), S (ch), Y (eil), L (ail).
_RULES = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"ph", "f"),
        (r"ch", "S"),
        (r"qu|q|ck", "k"),
        (r"sc(?=[eiy])|c(?=[eiy])|t(?=ion)|z", "s"),
        (r"c", "k"),
        (r"ge(?=[ao])|g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"h", ""),
        (r"eill?|ey", "Y"),
        (r"aill?(?=[aeiou]|$)|ay(?=[aeiou])", "L"),
        (r"(?:ai|ei|i)[nm](?=[^aeiouynm]|$)", "I"),
        (r"[ae][nm](?=[^aeiouynm]|$)", "A"),
        (r"o[nm](?=[^aeiouynm]|$)", "O"),
        (r"eau|au", "o"),
        (r"oi|oua", "w"),
        (r"ai|ei", "e"),
        (r"y", "i"),
        (r"(.)\1", r"\1"),
        (r"(?:er|ez|et|ee?s?)$|[tsxdp]+$", ""),
    )
)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """The word as heard: "formasion" and "formation", "conseye" and "conseiller" give the same."""
    for written, heard in _RULES:
        word = written.sub(heard, word)
    return word
