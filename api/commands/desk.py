"""`hent desk`: where caseworkers answer."""

import uvicorn

from api.commands.serve import LAST_WORDS_SECONDS
from api.core.logs import configure
from api.core.settings import settings
from api.desk_app import create_desk_app


def desk() -> None:
    """Le bureau des conseillers."""
    configure()
    chosen = settings()
    uvicorn.run(
        create_desk_app(chosen),
        host=chosen.desk_host,
        port=chosen.desk_port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LAST_WORDS_SECONDS,
        # As `hent serve`: longer than the proxies in front.
        timeout_keep_alive=75,
    )
