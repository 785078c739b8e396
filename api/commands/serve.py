"""`hent serve`: the public server."""

import uvicorn

from api.app import create_app
from api.core.logs import configure
from api.core.settings import settings

LAST_WORDS_SECONDS = 2
"""Event streams stay open for ever: a server that ends gives them two seconds."""


def serve() -> None:
    """Le serveur public."""
    configure()
    chosen = settings()
    uvicorn.run(
        create_app(chosen),
        host=chosen.host,
        port=chosen.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LAST_WORDS_SECONDS,
        # Longer than the proxies in front keep theirs (60 s), so that it is never we who cut a line that is being used.
        timeout_keep_alive=75,
    )
