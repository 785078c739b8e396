"""An upgrade under load, step by step as docs/deploy.md says: nothing that anybody wrote is lost or answered twice."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.supervisor.ports import free_ports
from api.supervisor.postgres import temporary
from tests.conftest import RASA_PASSWORD
from tests.journeys.upgrading import FINISTERE, QUESTIONS, Installation, Load, Visitor, checked_out, rasa


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    """A new PostgreSQL and a Rasa; nothing of ours runs yet."""
    with temporary() as server, rasa() as at:
        port, actions = free_ports(2)
        given = {"SECRET_KEY": "a key for tests, and for nothing else", "RASA_TOKEN": "r", "ACTIONS_TOKEN": "a"}
        given |= {"PORT": str(port), "ACTIONS_PORT": str(actions), "RASA_URL": at, "DEFAULT_AUTHORITY": "cd29"}
        given |= {"REMINDERS": "false", "RASA_DB_PASSWORD": RASA_PASSWORD}
        named = {f"HENT_{name}": value for name, value in given.items()}
        made = Installation(tmp_path, port, {"PATH": os.defpath, "DATABASE_URL": server.url, **named})
        try:
            yield made
        finally:
            made.kill()


def is_answered_once(person: Visitor) -> bool:
    """Each question was kept once, and has one answer."""
    spoken = [(one["author"], one["text"]) for one in person.transcript()]
    asked = [text for author, text in spoken if author == "person"]
    answers = [text for author, text in spoken if author == "assistant"]
    return asked == list(QUESTIONS) and len(answers) == 2 and len(set(answers)) == 1


def test_an_upgrade_under_load_loses_nothing_and_repeats_nothing(
    house: Installation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = checked_out(tmp_path_factory.mktemp("before"))
    house.run("migrate", code=before)
    house.run("authority", "load", "-", code=before, given=FINISTERE)
    house.start("serve", before)
    house.start("worker", before)
    house.wait_ready()
    load = Load(house.url)
    with load.lasting():
        load.goes_on()
        # docker compose stop worker: what is written now is kept, and waits.
        house.stop("worker")
        begins = time.monotonic()
        house.run("migrate")
        load.goes_on()
        ends = time.monotonic()
        # The version of before still takes what is written, and says that it is not of these tables.
        assert "migrations" in house.missing()
        # docker compose up -d: the pages that find nobody try again.
        house.stop("serve")
        house.start("serve")
        house.start("worker")
        house.wait_ready()
        load.goes_on()
    tries = load.between(begins, ends)
    assert len(tries) >= 3 * 10
    assert {status for _, status in tries} <= {201, 202}
    assert max(lasted for lasted, _ in tries) < 3
    for person in load.visitors:
        person.answers(0, len(QUESTIONS))
    assert [is_answered_once(person) for person in load.visitors] == [True] * len(load.visitors)


@pytest.mark.parametrize(("required", "ends"), [("0", pytest.skip.Exception), ("1", AssertionError)])
def test_without_history_it_is_skipped_loudly_and_fails_where_all_is_required(
    required: str, ends: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUIRE_ALL", required)
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    with pytest.raises(ends, match="git fetch --unshallow"):
        checked_out(tmp_path / "before", tmp_path)
