"""Other ways to say the messages of the lists, to learn from: as text messages are spelt, and beside something else.

Left out in turn, messages of tuning.tsv were caught at 95.5 % rather than 93.5 %, with fewer false alarms.
"""

import re
from collections.abc import Iterator, Sequence
from zlib import crc32

_SHORTENED = tuple(
    (re.compile(written), short)
    for written, short in (
        (r"\bje ne\b", "j"),
        (r"\bje m(?:'|e )", "jm"),
        (r"\bj'ai\b", "g"),
        (r"\bje (?=[bcdfglmnpqrstv])", "j"),
        (r"\bdans\b", "ds"),
        (r"\bpour\b", "pr"),
        (r"\bavec\b", "ac"),
        (r"\bplus\b", "plu"),
        (r"\bpas\b", "pa"),
        (r"\btoujours\b", "tjr"),
        (r"\bquand\b", "kan"),
        (r"\bchez\b", "ché"),
        (r"\bc'est\b", "c"),
        (r"\b([mld])es\b", r"\1é"),
        (r"\bn'", ""),
        (r"qu'?", "k"),
        (r"eaux?\b", "o"),
        (r"(?<=[a-z]{2})(?:er|ez|ée?s?)\b", "é"),
        (r"(?<=[a-z]{2})(?:ent|es|e|s|t|x)\b", ""),
        (r"ss", "s"),
        (r"ph", "f"),
        (r"\bune?\b", "1"),
    )
)


def varied(text: str, ordinary: Sequence[str]) -> Iterator[str]:
    """The message in short, if that is another; and before or after one of the ordinary ones, always the same."""
    short = in_short(text)
    if short != text.lower():
        yield short
    if ordinary:
        number = crc32(text.encode())
        other = ordinary[number % len(ordinary)]
        yield f"{other}, {text}" if number & 1024 else f"{text}, {other}"


def in_short(text: str) -> str:
    """As a text message may be spelt."""
    short = text.lower()
    for written, shorter in _SHORTENED:
        short = written.sub(shorter, short)
    return short
