"""Where a cluster lies, so that the account that runs it reaches it, and nobody else does."""

import os
import stat
from pathlib import Path

from api.supervisor.errors import DatabaseUnavailable
from api.supervisor.processes import Owner
from api.supervisor.programs import away_from, can_enter, short_name

_SOCKET_PATH_LIMIT = 85  # bytes; macOS gives 104 for the whole path, of which /.s.PGSQL.5432 takes 14


def open_to_owner(folder: Path) -> None:
    """Make the data folder of the house one that others may cross, not list: secrets.env in it is 0600, logs 0700."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o711)


def socket_folder(home: Path, owner: Owner | None) -> Path:
    """The private folder of the socket: in `home`, or in /tmp when that path would be too long for one."""
    near = home / "socket"
    place = near if len(os.fsencode(near)) <= _SOCKET_PATH_LIMIT else Path("/tmp") / f"hent-{short_name(home)}"
    _make_private(place, owner)
    _require_owned(place, owner.uid if owner else os.geteuid())  # /tmp is everyone's
    return place


def home_of(folder: Path, owner: Owner | None) -> Path:
    """The folder of the cluster; as root, where `owner` can reach it, with a link from `<folder>/postgres`."""
    home = folder / "postgres"
    if owner and not can_enter(folder, owner):
        place = away(folder) / "postgres"
        if not home.is_symlink():
            home.symlink_to(place)
        home = place
    _make_private(home, owner)
    if owner is None:
        _require_owned(home, os.geteuid())
    return home


def away(folder: Path) -> Path:
    """The place of `folder` under /var/tmp, created, and refused if someone else put it there."""
    place = away_from(folder)
    place.mkdir(mode=0o711, exist_ok=True)
    _require_owned(place, os.geteuid())
    return place


def _make_private(folder: Path, owner: Owner | None) -> None:
    """Make `folder` (0700) if need be; what we own as root goes to `owner`, what another user owns stays."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if owner and folder.lstat().st_uid == os.geteuid():
        os.chown(folder, owner.uid, owner.gid, follow_symlinks=False)


def _require_owned(folder: Path, uid: int) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid:
        raise DatabaseUnavailable(f"Le dossier {folder} appartient à un autre compte. Supprimez-le.")
