"""Words that are obeyed at once by SMS, however they are spelt: STOP, START, AIDE, and "mauvais numéro"."""

import re
from enum import StrEnum
from functools import cache
from pathlib import Path

from api.core.documents import read_yaml
from api.core.folding import fold, words
from api.core.normaliser import normalise

FILE = Path(__file__).parents[2] / "data" / "reference" / "sms_words.yml"
PICTURE = "[image]"
"""How a message without words is kept."""
SHORT_NUMBER = 5
"""Digits of an operator's number: other services teach people to write "STOP 36179"."""


class Command(StrEnum):
    """What a message orders, when it is an order and nothing else."""

    stop = "stop"
    start = "start"
    wrong_number = "wrong_number"
    help = "help"
    picture = "picture"
    """A picture, or nothing at all: there is nothing to read."""


def command(text: str) -> Command | None:
    """The order that this message is from end to end; None for a sentence that merely contains such a word."""
    if text.strip().casefold() in ("", PICTURE):
        return Command.picture
    if _wrong_number().fullmatch(normalise(text)):
        return Command.wrong_number
    said = [_once(word) for word in _spelled(text)]
    if _is_about_messages(said, "stop"):
        return Command.stop
    if _is_about_messages(said, "start"):
        return Command.start
    meant = set(said) - _heard("polite")
    return Command.help if meant and meant <= _heard("help") else None


def _is_about_messages(said: list[str], kind: str) -> bool:
    """ "Stop", "stop svp", or "arrêtez vos sms": the word alone, or with the messages that it is about."""
    orders, messages = _heard(kind), _heard("messages") | {word for word in said if _is_short_number(word)}
    meant = set(said) - _heard("polite")
    if not meant & orders:
        return False
    return meant <= orders or bool(meant & messages and meant <= orders | messages | _heard("around"))


def _spelled(text: str) -> list[str]:
    """The words; "S.T.O.P" is one."""
    said = words(text)
    return ["".join(said)] if len(said) > 1 and all(len(word) == 1 for word in said) else said


def _is_short_number(word: str) -> bool:
    return word.isdecimal() and len(word) == SHORT_NUMBER


def _once(word: str) -> str:
    """Letters that stand twice, once: drawn out or doubled, the word is the same. Digits stay."""
    return re.sub(r"([a-z])\1+", r"\1", word)


@cache
def _heard(kind: str) -> frozenset[str]:
    return frozenset(_once(fold(str(word))) for word in read_yaml(FILE)[kind])


@cache
def _wrong_number() -> re.Pattern[str]:
    written = read_yaml(FILE)
    around = "|".join(map(re.escape, written["wrong_around"]))
    phrases = "|".join(f"(?:{phrase})" for phrase in written["wrong_number"])
    # Said twice over as well: "c pas moi vous vous trompez de numéro".
    return re.compile(rf"(?:(?:{around}) )*(?:{phrases})(?: (?:{around}|{phrases}))*")
