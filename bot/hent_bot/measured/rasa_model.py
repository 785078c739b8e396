"""`python -m hent_bot.measured.rasa_model MODEL.tar.gz [--neural]`: what a Rasa model understands, and in what time.

Reads a JSON list of texts; writes `{parsed, seconds}`, one of each a text. With `--neural`, TensorFlow stays.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from hent_bot import lean
from hent_bot.measured.talk import Watch, answer

# Before Rasa is imported, which must find TensorFlow already left out.
if "--neural" not in sys.argv:
    lean.install()

from rasa.core.agent import Agent

from hent_bot.answers import understood


async def parse(texts: list[str]) -> dict[str, Any]:
    """One by one, as messages come; a slash at the head of a text would make it a command."""
    agent, watch, parsed = Agent.load(sys.argv[1]), Watch(), []
    for text in texts:
        with watch:
            found = await agent.parse_message(text.lstrip("/ "))
        parsed.append(understood(found))
    return {"parsed": parsed, "seconds": watch.seconds}


if __name__ == "__main__":
    answer(lambda texts: asyncio.run(parse(texts)))
