"""Logs that cannot hold what people said.

Rasa, aiohttp and SQLAlchemy put texts, slots, trackers and response bodies in their errors. No list of such places is
ever complete, so once the first text has entered the process every record that is not ours loses its message: what
stays is where it came from and the class of its error. Before that nothing personal exists, and start-up problems
are told in full.
"""

from __future__ import annotations

import logging
from typing import Any

OWN_LOGGERS = "hent_bot"
# Sanic's own access line: method, path, status, size. Our paths hold no text.
_PLAIN_LOGGERS = ("sanic.access",)

_plain_record = logging.LogRecord
_sealed = False


def seal() -> None:
    """From now on, texts of people are in the process."""
    global _sealed
    _sealed = True


def origin(error: BaseException | None) -> str:
    """Classes of an error and of its causes, and where it began: `StoreFailed < OperationalError at x.py:12`."""
    classes: list[str] = []
    place = ""
    while error is not None:
        classes.append(type(error).__name__)
        last = error.__traceback__
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        if last is not None:
            place = f" at {last.tb_frame.f_code.co_filename.rpartition('/')[2]}:{last.tb_lineno}"
        error = error.__cause__ or error.__context__
    return " < ".join(classes) + place


class SealedRecord(_plain_record):
    """A log record that forgets its message, arguments and traceback once the process is sealed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Same arguments as `logging.LogRecord`."""
        super().__init__(*args, **kwargs)
        if not _sealed or self.name in _PLAIN_LOGGERS:
            return
        error = self.exc_info[1] if self.exc_info else None
        self.exc_info = None
        self.exc_text = None
        self.stack_info = None
        if self.name.split(".")[0] != OWN_LOGGERS:
            self.msg = f"{self.name} {self.module}:{self.lineno} {origin(error)}".rstrip()
            self.args = None


def install() -> None:
    """Make every record of the process a `SealedRecord`, warnings included. May be called again."""
    logging.setLogRecordFactory(SealedRecord)
    logging.captureWarnings(True)
