import os
import stat
from pathlib import Path

from api.supervisor.logs import append_log, open_log, tail, trim


def _write(descriptor: int, text: str) -> None:
    os.write(descriptor, text.encode())
    os.close(descriptor)


def test_a_start_keeps_the_log_of_the_one_before(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "rasa.log"
    _write(open_log(log), "first\n")
    _write(open_log(log), "second\n")
    assert (log.read_text(), log.with_name("rasa.log.1").read_text()) == ("second\n", "first\n")


def test_a_restart_goes_on_in_the_same_log(tmp_path: Path) -> None:
    log = tmp_path / "rasa.log"
    _write(open_log(log), "first\n")
    _write(append_log(log), "second\n")
    assert log.read_text() == "first\nsecond\n"


def test_nobody_else_reads_a_log(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "rasa.log"
    _write(open_log(log), "")
    assert (stat.S_IMODE(log.stat().st_mode), stat.S_IMODE(log.parent.stat().st_mode)) == (0o600, 0o700)


def test_a_log_past_its_size_starts_again_under_the_writer_that_holds_it(tmp_path: Path) -> None:
    log = tmp_path / "rasa.log"
    writer = open_log(log)
    os.write(writer, b"x" * 101)
    trim(log, limit=100)
    _write(writer, "after\n")
    assert (log.read_text(), log.with_name("rasa.log.1").read_text()) == ("after\n", "x" * 101)


def test_a_log_within_its_size_is_left_alone(tmp_path: Path) -> None:
    log = tmp_path / "rasa.log"
    _write(open_log(log), "x" * 100)
    trim(log, limit=100)
    assert log.read_text() == "x" * 100


def test_the_tail_is_the_last_lines_and_empty_without_a_log(tmp_path: Path) -> None:
    log = tmp_path / "rasa.log"
    assert tail(log) == ""
    _write(open_log(log), "a\nb\nc\nd\n")
    assert tail(log, lines=2) == "c\nd"
