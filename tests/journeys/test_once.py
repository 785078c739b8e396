"""Exactly once, whatever dies: real processes killed with SIGKILL while seven people wait for their answers."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from uuid import UUID

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from tests.api.supervisor.waiting import lives
from tests.journeys.crowd import SEARCH, Crowd
from tests.journeys.playing import OnTheWeb, heard
from tests.journeys.records import Records
from tests.stack import until

pytestmark = pytest.mark.stack

WORKER, SERVER, RASA, POSTGRES = "api.cli worker", "api.cli serve", "hent_bot run", "bin/postgres"


@contextmanager
def held(records: Records, table: str) -> Iterator[None]:
    """Nobody may write to this table for the length of the block, or until PostgreSQL dies."""
    with create_engine(records.stack.database_url, poolclass=NullPool).connect() as connection:
        connection.execute(text(f"LOCK TABLE {table} IN SHARE MODE"))
        yield
        with suppress(OperationalError):
            connection.rollback()


def held_up(records: Records, table: str) -> int:
    """How many transactions wait to write to it."""
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = CAST(:table AS regclass)"
    return int(records.all(query, table=table)[0][0])


def at_work(records: Records, ids: list[UUID]) -> int:
    """How many of these conversations a worker has in hand."""
    return int(records.all("SELECT count(lease) FROM conversations WHERE id = ANY(:ids)", ids=ids)[0][0])


def assert_answers(records: Records) -> None:
    """Somebody new is answered as if nothing had happened."""
    records.stack.wait_ready()
    assert heard(records, OnTheWeb(records, None), SEARCH)[1][:2] == ["training_found", "training_item"]


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    """One for each crowd of this file."""
    return count()


@pytest.fixture
def crowd(records: Records, numbers: Iterator[int]) -> Crowd:
    """Seven people who have begun; other ones in each test."""
    made = Crowd(records, next(numbers))
    made.gather()
    return made


def test_the_server_and_the_worker_die_between_receive_and_turn(records: Records, crowd: Crowd) -> None:
    records.stack.child(WORKER).suspend()
    crowd.write()
    assert at_work(records, list(crowd.written)) == 0
    records.stack.kill(SERVER)
    records.stack.kill(WORKER)
    crowd.settle()
    crowd.check()
    assert records.failed(*crowd.written) == 0
    assert_answers(records)


def test_the_worker_dies_between_rasas_answer_and_its_storing(records: Records, crowd: Crowd) -> None:
    records.stack.child(WORKER).suspend()
    crowd.write()
    with held(records, "messages"):
        records.stack.child(WORKER).resume()
        # All that a turn finds out is known by now: its answer is the first row that it writes. So waits the SMS.
        until(lambda: held_up(records, "messages") == len(crowd.written) + 1, 30)
        records.stack.kill(WORKER)
    crowd.settle()
    crowd.check()
    assert records.failed(*crowd.written) == 0
    assert_answers(records)


def test_rasa_dies_in_mid_turn(records: Records, crowd: Crowd) -> None:
    with held(records, "effects"):
        crowd.write()
        until(lambda: held_up(records, "effects") > 0, 30)
        records.stack.kill(RASA)
    crowd.settle()
    crowd.check()
    assert_answers(records)


def test_postgresql_dies_in_mid_turn(records: Records, crowd: Crowd) -> None:
    with held(records, "effects"):
        crowd.write()
        until(lambda: held_up(records, "effects") > 0, 30)
        records.stack.kill(POSTGRES)
    records.stack.wait_ready()
    crowd.settle()
    crowd.check()
    assert_answers(records)


def test_everything_dies_at_once_and_starts_again(records: Records, crowd: Crowd) -> None:
    records.stack.child(RASA).suspend()
    crowd.write()
    until(lambda: at_work(records, list(crowd.written)) > 0, 30)
    killed = records.stack.kill_everything()
    until(lambda: not any(lives(pid) for pid in killed), 20)
    records.stack.start()
    crowd.settle()
    crowd.check()
    assert_answers(records)
