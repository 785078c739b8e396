"""A dump is of one instant, whatever is written meanwhile, and comes back whole."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from api.backup.dumps import dump, forget_old, load, newest, revision_of
from api.backup.programs import ProgramFailed
from api.migrations.run import head
from tests.api.backup.houses import ask, run

MOMENT = datetime(2026, 11, 26, 3, 15, tzinfo=UTC)


PAIR = (
    "WITH fence AS (INSERT INTO rasa.fences (sender_id, fence) VALUES ('{0}', 1)) "
    "INSERT INTO heartbeats (name, seen_at) VALUES ('{0}', now())"
)


@contextmanager
def writing(url: str) -> Iterator[None]:
    """Somebody who writes one row of ours and one of Rasa's in each transaction, as fast as it goes."""
    stop = threading.Event()
    begun = threading.Event()

    def write() -> None:
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            number = 0
            while not stop.is_set():
                connection.execute(text(PAIR.format(number)))
                connection.commit()
                number += 1
                if number == 50:
                    begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(20)
    yield
    stop.set()
    writer.join()


def test_rasas_rows_and_ours_are_of_one_instant(house: str, empty: str, tmp_path: Path) -> None:
    with writing(house):
        file = dump(house, tmp_path, MOMENT)
    load(file, empty, tmp_path)
    ours, rasas = "SELECT name FROM heartbeats ORDER BY 1", "SELECT sender_id FROM rasa.fences ORDER BY 1"
    assert ask(empty, ours) == ask(empty, rasas)
    assert 50 <= len(ask(empty, ours)) < len(ask(house, ours))


def test_everything_comes_back_but_the_mark_of_its_migration(house: str, empty: str, tmp_path: Path) -> None:
    run(house, PAIR.format("one"))
    load(dump(house, tmp_path, MOMENT), empty, tmp_path)
    for query in (
        "SELECT kind, created_at FROM installation",
        "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema IN ('public', 'rasa') ORDER BY 1, 2, 3",
        # By name: PostgreSQL writes the casts of a condition elsewhere when it reads it back.
        "SELECT conrelid::regclass::text, conname, contype FROM pg_constraint ORDER BY 1, 2",
        "SELECT tablename, indexname FROM pg_indexes WHERE schemaname IN ('public', 'rasa') ORDER BY 1, 2",
        "SELECT name, seen_at FROM heartbeats",
    ):
        assert ask(empty, query) == ask(house, query)
        assert ask(empty, query)
    assert ask(empty, "SELECT * FROM alembic_version") == []


def test_a_dump_says_its_migration_and_is_its_owners_alone(house: str, tmp_path: Path) -> None:
    file = dump(house, tmp_path, MOMENT)
    assert revision_of(file, house) == head()
    assert file.name == "hent-20261126T031500Z.dump"
    assert file.stat().st_mode & 0o777 == 0o600
    assert newest(tmp_path) == file


def test_what_is_cut_short_is_refused_and_changes_nothing(house: str, empty: str, tmp_path: Path) -> None:
    file = dump(house, tmp_path, MOMENT)
    file.write_bytes(file.read_bytes()[:-2000])
    with pytest.raises(ProgramFailed):
        load(file, empty, tmp_path)
    assert ask(empty, "SELECT 1 FROM pg_tables WHERE schemaname IN ('public', 'rasa')") == []


def test_a_dump_that_fails_leaves_the_last_one_and_no_secret(house: str, tmp_path: Path) -> None:
    kept = dump(house, tmp_path, MOMENT)
    wrong = make_url(house).set(password="not-this-one").render_as_string(hide_password=False)
    with pytest.raises(ProgramFailed, match="pg_dump a échoué") as failure:
        dump(wrong, tmp_path, MOMENT.replace(day=27))
    assert "not-this-one" not in str(failure.value)
    assert newest(tmp_path) == kept


def test_old_dumps_go(tmp_path: Path) -> None:
    for day in (1, 11, 12, 26):
        (tmp_path / f"hent-202611{day:02}T031500Z.dump").touch()
    (tmp_path / "notes.txt").touch()
    forget_old(tmp_path, MOMENT, days=14)
    assert sorted(re.sub(r"\D", "", path.name)[6:8] for path in tmp_path.glob("*.dump")) == ["12", "26"]
    assert (tmp_path / "notes.txt").exists()
