"""A log line says where and what kind; never what somebody wrote."""

import json
import logging
import sys

from api.core.logs import JsonLines


def line(record: logging.LogRecord) -> dict[str, object]:
    written: dict[str, object] = json.loads(JsonLines().format(record))
    return written


def record(**extra: object) -> logging.LogRecord:
    made = logging.LogRecord("hent.turn", logging.INFO, __file__, 1, "turn %s", ("answered",), None)
    for name, value in extra.items():
        setattr(made, name, value)
    return made


def test_a_line_is_one_json_object() -> None:
    written = line(record(turn="1", milliseconds=12.5, secret="x"))
    assert (written["level"], written["from"], written["says"]) == ("info", "hent.turn", "turn answered")
    assert (written["turn"], written["milliseconds"]) == ("1", 12.5)
    assert "secret" not in written


def test_an_error_is_its_kind_and_its_place() -> None:
    try:
        raise ValueError("Maëlle Le Goff, 06 39 98 00 01")
    except ValueError:
        made = record()
        made.exc_info = sys.exc_info()
    written = line(made)
    assert written["error"] == "ValueError"
    assert "test_logs.py" in str(written["where"])
    assert "Goff" not in json.dumps(written)
