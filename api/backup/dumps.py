"""A dump: one file, everything of one instant, Rasa's schema and ours alike."""

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

from api.backup.programs import ProgramFailed, run

PREFIX, ENDING = "hent-", ".dump"
_REVISION = re.compile(r"^(\d{4})$", re.MULTILINE)
_VERSION = "alembic_version"


def dump(url: str, folder: Path, moment: datetime) -> Path:
    """Write the database at `url` into `folder`, whole or not at all; the file, which its owner alone may read.

    pg_dump reads everything in one snapshot: what is being written meanwhile is in it wholly or not at all.

    Raises ProgramFailed; OSError when the folder cannot be written.
    """
    place = folder / f"{PREFIX}{moment:%Y%m%dT%H%M%SZ}{ENDING}"
    draft = place.with_suffix(".new")
    draft.unlink(missing_ok=True)
    # Made by us before pg_dump opens it: never readable by others, not even for an instant.
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    run(
        "pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", "--lock-wait-timeout=60s", f"--file={draft}"
    )
    revision_of(draft, url)
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    return draft.replace(place)


def revision_of(file: Path, url: str) -> str:
    """The migration that the dump was made at. Raises ProgramFailed when the file is none of ours, or cut short."""
    said = run("pg_restore", url, "--data-only", f"--table={_VERSION}", "--file=-", str(file))
    found = _REVISION.search(said)
    if not found:
        raise ProgramFailed(f"{file.name} n'est pas une sauvegarde de Hent.")
    return found[1]


def load(file: Path, url: str, folder: Path) -> None:
    """Put the dump into the empty database at `url`, in one transaction, but for the mark of its migration.

    Without that mark nothing of Hent takes the database for its own: `folder` is for the list that leaves it out.

    Raises ProgramFailed: nothing was changed.
    """
    listed = run("pg_restore", url, "--list", str(file)).splitlines(keepends=True)
    chosen = folder / "restore.list"
    chosen.write_text("".join(line for line in listed if f"TABLE DATA public {_VERSION} " not in line))
    whole = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    run("pg_restore", url, f"--use-list={chosen}", *whole, "--dbname", "", str(file))


def forget_old(folder: Path, moment: datetime, days: int) -> list[Path]:
    """Delete the dumps of `folder` that are older than `days`, by their names; which. They hold personal data."""
    first = f"{PREFIX}{moment - timedelta(days=days):%Y%m%dT%H%M%SZ}{ENDING}"
    old = [path for path in sorted(folder.glob(f"{PREFIX}*{ENDING}")) if path.name < first]
    for path in old:
        path.unlink()
    return old


def newest(folder: Path) -> Path | None:
    """The last whole dump of a folder."""
    return max(folder.glob(f"{PREFIX}*{ENDING}"), default=None)
