"""Once texts of people are in the process, no log line can hold one."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Iterator

import pytest
import structlog

from hent_bot import logsafe

SECRET = "je m appelle Nolwenn Le Secret"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a root handler prints while the process is sealed."""
    before = logging.getLogRecordFactory()
    logsafe.install()
    monkeypatch.setattr(logsafe, "_sealed", True)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)
    logging.captureWarnings(False)
    logging.setLogRecordFactory(before)


def _traceback() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("rasa.core.processor").exception("while running %s", SECRET)


def _structured() -> None:
    log = structlog.wrap_logger(logging.getLogger("rasa.x"), processors=[structlog.processors.JSONRenderer()])
    log.error("endpoint.failed", body=SECRET)


LEAKS: dict[str, Callable[[], object]] = {
    "message": lambda: logging.getLogger("rasa.utils.endpoints").error(f"body={SECRET}"),
    "arguments": lambda: logging.getLogger("sanic.error").warning("%s", SECRET),
    "root logger": lambda: logging.error(SECRET),
    "traceback": _traceback,
    "structured": _structured,
    "stack": lambda: logging.getLogger("rasa").error(SECRET, stack_info=True),
    "our own traceback": lambda: logging.getLogger("hent_bot.channel").error("failed", exc_info=ValueError(SECRET)),
    "warning": lambda: warnings.warn(SECRET, stacklevel=1),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_line_says_where_it_comes_from_and_nothing_that_was_said(printed: io.StringIO, leak: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        LEAKS[leak]()
    assert printed.getvalue().strip()
    assert "Nolwenn" not in printed.getvalue()


def test_the_class_of_the_error_stays(printed: io.StringIO) -> None:
    _traceback()
    assert "ValueError" in printed.getvalue()
    assert "rasa.core.processor" in printed.getvalue()


def test_our_own_lines_stay_whole(printed: io.StringIO) -> None:
    logging.getLogger("hent_bot.channel").error("turns failed: %s", "store_failed")
    assert printed.getvalue() == "turns failed: store_failed\n"


def test_a_name_that_only_begins_like_ours_is_not_ours(printed: io.StringIO) -> None:
    logging.getLogger("hent_bot_of_another").error(SECRET)
    assert "Nolwenn" not in printed.getvalue()


def test_problems_at_start_are_told_in_full(printed: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logsafe, "_sealed", False)
    logging.getLogger("rasa.core.agent").error("Could not load model due to a missing file")
    assert "missing file" in printed.getvalue()


def test_the_origin_names_the_chain_of_errors_and_a_place_without_their_words() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError as error:
        told = logsafe.origin(error)
    assert told.startswith("RuntimeError < KeyError at test_logsafe.py:")
