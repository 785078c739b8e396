"""Rasa's logs in the shape of the server's: one JSON object a line, with the turn that it is about.

`turn` is the same id in the lines of the worker, of Rasa and of the actions, so that one search tells a turn's story.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timezone

from hent_bot import turn as turns


class JsonLines(logging.Formatter):
    """What logsafe leaves of a record, as api/core/logs.py writes it; `where` is told by the message already."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        turn = turns.in_progress()
        if turn is not None:
            line |= {"conversation": turn.conversation, "turn": turn.id}
        if hasattr(record, "milliseconds"):
            line["milliseconds"] = record.milliseconds
        return json.dumps(line, ensure_ascii=False)


def install() -> None:
    """Give every handler of the root logger this shape: Rasa set them up before it imported our channel."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonLines())
    # Rasa shows its own warnings only; a line a turn is ours.
    logging.getLogger("hent_bot").setLevel(logging.INFO)
