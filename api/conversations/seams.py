"""Where one message may hold two requests: at the end of a sentence, or before words that open another."""

import re
from functools import cache
from pathlib import Path

from api.core.documents import read_yaml
from api.core.normaliser import normalise

FILE = Path(__file__).parents[2] / "data" / "reference" / "seams.yml"
MOST = 5
"""Pieces of a message that asks something twice; what has more tells a story, and each piece costs a reading."""
LEAST_WORDS = 2
"""Of a piece: "bonjour", "merci" and "svp" belong to what stands beside them."""
# "Une aide pour le permis ? J'ai 37 ans" asked who may have the RSA, and how old.
_AGE = re.compile(r"(?:(?:et|moi|car) )?j ai [1-9]\d ans\b")
# "12.30" and "3,5" are no ends.
_ENDS = re.compile(r"(?P<end>[.;!?…]+(?=\s|$)|\?+|\n+)|,(?=\s)")


def pieces(text: str) -> list[str]:
    """The pieces of a text, each normalised; none when nothing in it looks like a second request.

    Nothing is decided here: what follows "et" may well be the rest of the same question.
    """
    found: list[str] = []
    for clause, opens in _clauses(text):
        first, *others = _joined(clause)
        if found and (not opens or _goes_on(found[-1], first)):
            found[-1] = f"{found[-1]} {first}".strip()
        else:
            found.append(first)
        for piece in others:
            if _goes_on(found[-1], piece):
                found[-1] = f"{found[-1]} {piece}"
            else:
                found.append(piece)
    return found if 2 <= len(found) <= MOST else []


def cuts(text: str) -> list[str]:
    """The text cut wherever something new may begin, normalised: what only tells stands by itself here."""
    return [piece for clause, _ in _clauses(text) for piece in _joined(clause)]


def wants_something(piece: str) -> bool:
    """Whether a normalised piece asks, or says what somebody would like."""
    return bool(_holds("asks").search(piece) or _starts("wants").match(piece))


def only_explains(piece: str) -> bool:
    """Whether a normalised piece only says why what stands before it was asked."""
    return bool(_starts("explains").match(piece)) and not wants_something(piece)


def asks_something(text: str) -> bool:
    """Whether a text has a word of asking, or the sign."""
    return bool(_holds("asks").search(normalise(text)))


def _goes_on(before: str, piece: str) -> bool:
    """Whether a piece belongs to the one before it: it is no request, or that only tells why it is made."""
    if _is_short(before) or _is_short(piece):
        return True
    if _whole("grumbles").fullmatch(piece) or (_AGE.match(piece) and not wants_something(piece)):
        return True
    if _starts("leans").match(piece) and not _holds("besides").search(piece):
        return True
    only_tells = _starts("tells").match(before) and not _holds("asks").search(before)
    return bool(only_tells) and not _holds("besides").search(piece)


def _clauses(text: str) -> list[tuple[str, bool]]:
    """Each clause, normalised, and whether a request may begin with it: after a comma, only where words open one."""
    found, begins, ended = [], 0, True
    for seam in [*_ENDS.finditer(text), None]:
        clause = normalise(text[begins : seam.start() if seam else len(text)])
        if clause:
            found.append((clause, ended or _opens(clause)))
            ended = False
        if seam:
            begins, ended = seam.end(), ended or seam["end"] is not None
    return found


def _opens(clause: str) -> bool:
    return bool(_starts("opens").match(clause)) and not _starts("refers").match(clause)


def _joined(clause: str) -> list[str]:
    """The clause cut before each join that opens a request."""
    return _join().split(clause)


def _is_short(piece: str) -> bool:
    words = piece.replace("?", "").split()
    # "L'adresse de la CAF, à Vannes ?" asks one thing.
    says_where = len(words) == LEAST_WORDS and words[0] in _where()
    return says_where or len(words) < LEAST_WORDS


@cache
def _where() -> frozenset[str]:
    return frozenset(read_yaml(FILE)["where"])


@cache
def _whole(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of('joins')} )?{_any_of(kind)}\W*")


@cache
def _starts(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of('joins')} )?(?:{_any_of(kind)})\b")


@cache
def _holds(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S){_any_of(kind)}(?!\S)")


@cache
def _join() -> re.Pattern[str]:
    """Before what joins, so that a piece keeps its "et aussi"."""
    return re.compile(rf" (?={_any_of('joins')} {_any_of('opens')}\b)")


def _any_of(kind: str) -> str:
    words = sorted(map(str, read_yaml(FILE)[kind]), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, words))})"
