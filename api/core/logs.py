"""Logs as one JSON object a line: a word, a turn, a duration. Never a text, a number, a name, a path with a number."""

import json
import logging
import sys
from datetime import UTC, datetime

EXTRA = ("conversation", "turn", "route", "status", "milliseconds")


class JsonLines(logging.Formatter):
    """Only what we chose to say: an exception is its type and where it was raised, not what it held."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return json.dumps(line, ensure_ascii=False)


def configure(level: int = logging.INFO) -> None:
    """Send every log of this process through `JsonLines`; libraries speak from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("hent").setLevel(level)


def _where(record: logging.LogRecord) -> list[str]:
    """The frames of the error, innermost last: files and lines, no values and no message."""
    traceback = record.exc_info[2] if record.exc_info else None
    frames = []
    while traceback:
        code = traceback.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/')[2]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return frames[-6:]
