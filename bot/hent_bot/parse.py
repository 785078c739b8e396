"""`python -m hent_bot.parse MODEL.tar.gz`: reads a JSON list of folded texts, writes what is understood of each.

For measuring: the model alone, without a server, a conversation or a database.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from hent_bot import lean

# Rasa's libraries log to standard output, which here holds the answer alone.
ANSWER, sys.stdout = sys.stdout, sys.stderr
lean.install()

from rasa.core.agent import Agent  # noqa: E402  (it must find TensorFlow already left out)

from hent_bot.answers import understood  # noqa: E402
from hent_bot.correcting import corrected  # noqa: E402


async def parse(model: str, texts: list[str]) -> list[dict[str, Any]]:
    """`{intent, ranking, entities}` of each text, in order; a slash at its head would make it a command."""
    agent = Agent.load(model)
    return [understood(corrected(await agent.parse_message(text.lstrip("/ ")))) for text in texts]


if __name__ == "__main__":
    json.dump(asyncio.run(parse(sys.argv[1], json.load(sys.stdin))), ANSWER)
