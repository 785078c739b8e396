"""Passwords of the desk: which are refused, how they are kept, whether one is right.

Length and a list of what is tried first, rather than rules about capitals and signs (NIST SP 800-63B).
"""

import asyncio
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.core.errors import Unreadable
from api.core.folding import fold, words
from api.core.sealing import new_token

AT_LEAST = 12
"""Signs."""
DIFFERENT = 5
"""Signs that are not the same: "aaaaaaaaaaaa" is long and is the first thing tried."""
PART_AT_LEAST = 4
"""Letters of a name: "Le" is part of too many words."""

# Tried first, alone, repeated, or with figures around ("Bretagne2026!"): the longer ones of the usual lists, and ours.
COMMON = re.compile(
    "(?:motdepasse|monmotdepasse|password|passw|azerty|azertyuiop|qsdfghjklm|wxcvbn|qwerty|qwertyuiop|abcdefgh"
    "|bonjour|bienvenue|welcome|soleil|doudou|loulou|chouchou|coucou|jetaime|iloveyou|princesse|marseille|france"
    "|administrateur|administrator|admin|changezmoi|changeme|letmein|secret|conseiller|bureau|insertion"
    "|departement|finistere|morbihan|bretagne|breizh|hent|demonstration)+"
)

# RFC 9106, second recommended choice: 64 MiB, three passes; about 50 ms.
_HASHER = PasswordHasher()
# Two at once hold 128 MiB; more would only wait for the same processors.
_POOL = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")
_NOBODYS = _HASHER.hash(new_token())


def check(password: str, first_name: str, last_name: str) -> None:
    """Raises Unreadable, with the reason, when somebody of this name may not choose this password."""
    if len(password) < AT_LEAST:
        raise _refused(f"Ce mot de passe est trop court. Écrivez {AT_LEAST} signes au moins.")
    letters = "".join(sign for sign in fold(password) if sign.isalpha())
    if not letters or COMMON.fullmatch(letters) or len(set(password)) < DIFFERENT:
        raise _refused("Ce mot de passe est trop connu. Choisissez-en un autre.")
    parts = words(f"{first_name} {last_name}")
    said = "".join(words(password))
    if any(part in said for part in (*parts, "".join(parts)) if len(part) >= PART_AT_LEAST):
        raise _refused("Ce mot de passe contient votre nom. Choisissez-en un autre.")


async def digest(password: str) -> str:
    """How it is kept: Argon2id, with its salt and its cost."""
    return await asyncio.get_running_loop().run_in_executor(_POOL, _HASHER.hash, _signs(password))


async def is_right(password: str, kept: str | None) -> bool:
    """Whether it is the one that was kept; as long when nothing was, so that nobody learns who has an account."""
    right = await asyncio.get_running_loop().run_in_executor(_POOL, verify, password, kept or _NOBODYS)
    return right and kept is not None


def verify(password: str, kept: str) -> bool:
    """Whether it is the one that was kept. Takes the time that its digest asks for."""
    try:
        return _HASHER.verify(kept, _signs(password))
    except (VerificationError, InvalidHashError):
        return False


def is_dated(kept: str) -> bool:
    """Whether it was kept at another cost than today's."""
    return _HASHER.check_needs_rehash(kept)


def _signs(password: str) -> bytes:
    """One writing for what keyboards send in two ways: "é" is one sign, or a letter and its accent."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _refused(why: str) -> Unreadable:
    return Unreadable(why, error="password_refused")
