"""The server or the worker of the version of before, as far as there is one: ours, for which its migration is the last.

`python -m tests.journeys.before REVISION serve|worker`, with the environment of an installation.
"""

import sys
from unittest.mock import patch

from api.commands.serve import serve
from api.commands.worker import worker


def main(revision: str, command: str) -> None:
    """Until stopped."""
    with patch("api.app.head", lambda: revision), patch("api.worker.head", lambda: revision):
        {"serve": serve, "worker": worker}[command]()


if __name__ == "__main__":
    main(*sys.argv[1:])
