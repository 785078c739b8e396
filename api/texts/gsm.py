"""The alphabet of text messages (3GPP TS 23.038, GSM 7 bits): what fits in it, and what it costs."""

import re
import unicodedata
from collections.abc import Iterable

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Sent as an escape and a letter: two septets, that no gateway parts.
ESCAPED = frozenset("\f^{}\\[~]|€")

_SPELLED = str.maketrans(
    {"œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "ı": "i", "’": "'", "‘": "'", "‛": "'", "ʼ": "'", "′": "'", "`": "'"}
    | {"´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "'", "›": "'", "″": '"', "…": "..."}
    | {"–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-", "•": "-", "·": "-", "‣": "-"}
    | {"×": "x", "÷": "/", "⁄": "/", "→": "->", "←": "<-", "⇒": "=>", "≥": ">=", "≤": "<=", "©": "(c)", "®": "(r)"}
    | {"\t": " ", "\u2028": "\n", "\u2029": "\n"}
)
_QUOTED = re.compile(r"(?<=«)\s+|\s+(?=»)")
_NUMBER_SIGN = re.compile(r"(?<=[nN])[°º](?=\s?\d)")
_DROPPED = "\0"


def _fits(char: str) -> bool:
    return char in BASIC or char in ESCAPED


def _letter(char: str) -> str:
    """The char if the alphabet has it, its bare form ("ê" -> "e", "²" -> "2") if that is there, else a mark to drop."""
    if _fits(char):
        return char
    if char.isspace():
        return " "
    bare = "".join(c for c in unicodedata.normalize("NFKD", char).translate(_SPELLED) if _fits(c))
    return bare.strip() or _DROPPED


def to_gsm(text: str) -> str:
    """The text in letters that cost one septet (two for €): typography made plain, accents dropped where the
    alphabet lacks the letter (it has é è à ù), what is left over dropped with its space; never a "?" of ours."""
    plain = _QUOTED.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n"))
    letters = "".join(map(_letter, _NUMBER_SIGN.sub("o", plain).translate(_SPELLED)))
    return re.sub(rf" ?{_DROPPED}+(?=[ \n]|$)|{_DROPPED}+", "", letters)


def _parts(widths: Iterable[int], size: int) -> int:
    """How many parts of `size` units hold the characters, none of which is cut in two."""
    parts, used = 1, 0
    for width in widths:
        parts, used = (parts, used + width) if used + width <= size else (parts + 1, width)
    return parts


def segments(text: str) -> int:
    """How many messages the operator bills: 160 septets or 153 a part; 70 UTF-16 units or 67 once a letter is not
    in the alphabet."""
    if all(map(_fits, text)):
        widths, alone, joined = [2 if char in ESCAPED else 1 for char in text], 160, 153
    else:
        widths, alone, joined = [2 if ord(char) > 0xFFFF else 1 for char in text], 70, 67
    return 1 if sum(widths) <= alone else _parts(widths, joined)
