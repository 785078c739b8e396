"""The real PostgreSQL of the wheel, in folders of its own under /tmp."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from api.supervisor.cluster import Database, cluster_of
from api.supervisor.errors import DatabaseUnavailable
from api.supervisor.postgres import embedded, temporary
from tests.api.supervisor.waiting import lives, postmaster_of, until


@pytest.fixture(scope="module")
def shared() -> Iterator[Database]:
    """One server for the tests that only ask."""
    with temporary() as database:
        yield database


def _connect(database: Database) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(database.socket), user=database.user, password=database.password, dbname=database.name
    )


def _ask(database: Database, query: str) -> object:
    with _connect(database) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None


def test_it_answers_in_utf8_and_keeps_instants_in_utc(shared: Database) -> None:
    assert _ask(shared, "SELECT upper('é') || current_setting('server_encoding')") == "ÉUTF8"
    assert _ask(shared, "SELECT current_setting('TimeZone')") == "UTC"
    assert str(_ask(shared, "SELECT version()")).startswith("PostgreSQL 18")


def test_it_stems_french_words(shared: Database) -> None:
    assert _ask(shared, "SELECT to_tsvector('french', 'formations') @@ to_tsquery('french', 'formation')") is True


def test_its_role_makes_roles_and_databases_but_is_no_superuser(shared: Database) -> None:
    rights = "SELECT array[rolcreaterole, rolcreatedb, rolsuper] FROM pg_roles WHERE rolname = current_user"
    assert _ask(shared, rights) == [True, True, False]


def test_a_wrong_password_is_refused(shared: Database) -> None:
    stranger = Database(shared.socket, "wrong")
    assert not stranger.answers()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        _connect(stranger)


def test_nobody_reaches_it_through_the_network(shared: Database) -> None:
    assert _ask(shared, "SELECT current_setting('listen_addresses')") == ""
    assert stat.S_IMODE(shared.socket.stat().st_mode) == 0o700


def test_what_people_wrote_does_not_reach_its_log(folder: Path) -> None:
    with embedded(folder) as database, _connect(database) as connection:
        connection.execute("CREATE TABLE said (text text UNIQUE)")
        for attempt in ("INSERT INTO said VALUES ('bonjour'), ('bonjour')", "SELECT 'bonjour'::int", "bonjour"):
            with pytest.raises(psycopg.Error), connection.transaction():
                connection.execute(attempt.encode())
    log = (folder / "logs" / "postgres.log").read_text()
    assert "database system is ready" in log
    assert "bonjour" not in log


def test_rows_written_to_disk_are_there_at_the_next_start(folder: Path) -> None:
    with embedded(folder) as database, _connect(database) as connection:
        assert _ask(database, "SHOW fsync") == "on"
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    with embedded(folder) as database:
        assert _ask(database, "SELECT n FROM kept") == 7


def test_its_end_ends_every_process_of_it(folder: Path) -> None:
    with embedded(folder):
        postmaster = psutil.Process(postmaster_of(folder))
        family = [postmaster.pid, *(child.pid for child in postmaster.children())]
    assert not any(lives(pid) for pid in family)


def test_one_that_runs_is_shared_and_outlives_its_guest(folder: Path) -> None:
    with embedded(folder) as database:
        with embedded(folder) as guest:
            assert guest == database
        assert database.answers()


_HOLD = """
import sys, time
from pathlib import Path
from api.supervisor.postgres import embedded
with embedded(Path(sys.argv[1])) as database:
    print("ready", flush=True)
    time.sleep(60)
"""


def _killed_holder(folder: Path) -> int:
    """Kill outright a process that holds the server of `folder`; the pid of that server."""
    with subprocess.Popen([sys.executable, "-c", _HOLD, str(folder)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "ready\n"
        postmaster = postmaster_of(folder)
        assert lives(postmaster)
        holder.kill()
    return postmaster


def test_it_does_not_survive_a_parent_killed_outright(folder: Path) -> None:
    postmaster = _killed_holder(folder)
    until(lambda: not lives(postmaster), "PostgreSQL is gone")


def test_it_starts_while_the_one_of_a_killed_parent_is_still_ending(folder: Path) -> None:
    _killed_holder(folder)
    with embedded(folder) as database:
        assert database.answers()


def test_it_starts_after_all_its_processes_were_killed_outright(folder: Path) -> None:
    with embedded(folder) as database:
        with _connect(database) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        os.kill(postmaster_of(folder), signal.SIGKILL)
    with embedded(folder) as database:
        assert _ask(database, "SELECT n FROM kept") == 7


def test_it_starts_beside_a_stranger_that_got_the_pid_of_a_former_one(folder: Path) -> None:
    with embedded(folder):
        pass
    cluster = cluster_of(folder)
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n")
        (cluster.socket / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n{cluster.data}\n")
        with embedded(folder) as database:
            assert database.answers()
        assert lives(stranger.pid)
        stranger.kill()


def test_a_living_one_left_behind_is_ended_before_the_next_starts(folder: Path) -> None:
    with embedded(folder) as database:
        first = postmaster_of(folder)
        # As after a supervisor that died where the kernel told nobody: the server lives, the lock is free.
        (folder / "postgres.lock").unlink()
        with embedded(folder):
            assert not lives(first)
            assert postmaster_of(folder) != first
            assert database.answers()


def test_a_first_start_that_was_interrupted_is_begun_again(folder: Path) -> None:
    draft = cluster_of(folder).home / "data.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")
    with embedded(folder) as database:
        assert database.answers()


def test_the_data_of_another_version_is_refused_in_a_sentence(folder: Path) -> None:
    data = cluster_of(folder).data
    data.mkdir()
    (data / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseUnavailable, match="PostgreSQL 17"), embedded(folder):
        pass
