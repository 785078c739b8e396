"""The demo with a real PostgreSQL and played programs (`played_house`)."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from api.supervisor.keys import NAMES
from api.supervisor.ports import free_ports, require_free
from tests.api.supervisor.waiting import lives, until

STAYING = ("worker", "serve", "desk", "site", "rasa")
ORDER = (("migrate", "seed"), ("migrate", "rasa"), ("train", "rasa"), ("seed", "serve"), ("seed", "desk"))


@contextmanager
def _demo(folder: Path, port: int, **env: str) -> Iterator[subprocess.Popen[str]]:
    """A demo in a session of its own, with what it prints; ended at the latest by the end of the block."""
    surroundings = {name: value for name, value in os.environ.items() if name not in (*NAMES, "DATABASE_URL")}
    argv = [sys.executable, "-m", "tests.api.supervisor.played_house", str(folder / ".hent"), str(port)]
    with subprocess.Popen(
        argv,
        env=surroundings | {"PLAYED_BOOK": str(folder / "book"), "COLUMNS": "200"} | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as demo:
        try:
            yield demo
        finally:
            demo.terminate()


def _until_ready(demo: subprocess.Popen[str]) -> str:
    """What it printed until it said how to end it."""
    assert demo.stdout is not None
    lines = []
    for line in demo.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def _book(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "book").read_text().splitlines()]


def _pids(folder: Path) -> list[int]:
    postmaster = int((folder / ".hent" / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
    return [postmaster, *(signed["pid"] for signed in _book(folder) if signed["name"] in STAYING)]


def test_it_opens_in_order_says_where_to_go_and_ends_at_a_signal(folder: Path) -> None:
    port = free_ports(1)[0]
    with _demo(folder, port) as demo:
        printed = _until_ready(demo)
        names = [signed["name"] for signed in _book(folder)]
        pids = _pids(folder)
        assert all(lives(pid) for pid in pids)
        demo.send_signal(signal.SIGINT)
        assert demo.wait(20) == 0
    assert not any(lives(pid) for pid in pids)
    for expected in (
        f"http://127.0.0.1:{port}/",
        f"http://127.0.0.1:{port + 1}/",
        f"http://127.0.0.1:{port + 2}/",
        "Yann",
        "Maëlle Inventée",
        "✓ PostgreSQL",
    ):
        assert expected in printed
    assert sorted(names) == ["desk", "migrate", "rasa", "seed", "serve", "site", "train", "worker"]
    for first, then in ORDER:
        assert names.index(first) < names.index(then)
    require_free(port)


def test_each_program_is_told_where_the_others_are(folder: Path) -> None:
    port = free_ports(1)[0]
    with _demo(folder, port) as demo:
        _until_ready(demo)
    book = {signed["name"]: signed for signed in _book(folder)}
    rasa, served = book["rasa"], book["serve"]["env"]
    socket = str(folder / ".hent" / "postgres" / "socket")
    assert served["DATABASE_URL"].startswith("postgresql+psycopg://hent:")
    assert (served["HENT_PORT"], served["HENT_DESK_PORT"], served["HENT_DEMO"]) == (str(port), str(port + 1), "1")
    assert served["HENT_RASA_URL"] == f"http://127.0.0.1:{rasa['argv'][rasa['argv'].index('-p') + 1]}"
    assert rasa["argv"][rasa["argv"].index("-m", 1) + 1] == "/models/one.tar.gz"
    assert rasa["env"]["HENT_ACTIONS_URL"] == f"http://127.0.0.1:{served['HENT_ACTIONS_PORT']}/actions"
    assert [rasa["env"][f"HENT_RASA_DB_{name}"] for name in ("HOST", "NAME", "USER")] == [socket, "hent", "hent_rasa"]
    assert rasa["env"]["RASA_TELEMETRY_ENABLED"] == "false"
    for name in NAMES:
        assert len({signed["env"][name] for signed in book.values()}) == 1


def test_killed_outright_it_leaves_nothing_and_starts_again(folder: Path) -> None:
    port = free_ports(1)[0]
    with _demo(folder, port) as demo:
        _until_ready(demo)
        pids = _pids(folder)
        demo.kill()
    until(lambda: not any(lives(pid) for pid in pids), "every program is gone")
    with _demo(folder, port) as again:
        _until_ready(again)


def test_a_second_demo_of_the_same_folder_is_refused_in_a_sentence(folder: Path) -> None:
    first_port, second_port = free_ports(2)
    with _demo(folder, first_port) as first:
        _until_ready(first)
        with _demo(folder, second_port) as second:
            assert second.wait(20) == 1
            assert second.stdout is not None
            printed = second.stdout.read()
    assert printed == "Une démonstration tourne déjà dans ce dossier. Arrêtez-la d'abord avec Ctrl-C.\n"


@pytest.mark.parametrize("failing", ["train", "migrate", "serve", "desk", "site", "rasa"])
def test_a_program_that_fails_stops_the_start_and_is_named_with_its_log(folder: Path, failing: str) -> None:
    with _demo(folder, free_ports(1)[0], PLAYED_FAILURE=failing) as demo:
        printed, _ = demo.communicate(timeout=60)
        assert demo.returncode == 1
    assert f"{failing} " in printed
    assert f".hent/logs/{failing}.log" in printed
    assert "refused" in printed
    assert "Traceback" not in printed
    assert not any(lives(signed["pid"]) for signed in _book(folder))
