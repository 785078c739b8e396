"""What a child prints, in `<folder>/logs/<name>.log`: the last start, the one before, and never past a size."""

import os
import shutil
from pathlib import Path

LIMIT = 5_000_000  # bytes; a start of Rasa prints some 20 KB


def open_log(path: Path) -> int:
    """A descriptor that appends to `path`, a new private file; what was there becomes `<path>.1`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        path.replace(_previous(path))
    return append_log(path)


def append_log(path: Path) -> int:
    """A descriptor that appends to `path` as it is, for a child that starts again."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def trim(path: Path, limit: int = LIMIT) -> None:
    """Past `limit` bytes, move what is written to `<path>.1` and go on from empty: the child keeps its descriptor."""
    if path.exists() and path.stat().st_size > limit:
        shutil.copyfile(path, _previous(path))
        os.truncate(path, 0)


def tail(path: Path, lines: int = 3) -> str:
    """The last `lines` lines, for the terminal."""
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else ""


def _previous(path: Path) -> Path:
    return path.with_name(path.name + ".1")
