"""`hent desk`: where caseworkers answer."""

import socket
import sys
from contextlib import suppress

import uvicorn
from fastapi import FastAPI

from api.commands.serve import LAST_WORDS_SECONDS
from api.core.logs import configure
from api.core.settings import Settings, settings
from api.desk_app import create_desk_app


class Server(uvicorn.Server):
    """Serves the desk. Streams, which stay open for ever, are ended first: none is cut off as if it had failed."""

    def __init__(self, app: FastAPI, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let whatever is open end, and wait for it a little."""
        self._app.state.fanout.close()
        await super().shutdown(sockets)


def desk() -> None:
    """Le bureau des conseillers."""
    configure()
    server = create_server(settings())
    # Ctrl-C, once everything has ended.
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(1)


def create_server(settings: Settings) -> Server:
    """The desk at its address, not started yet."""
    app = create_desk_app(settings)
    config = uvicorn.Config(
        app,
        host=settings.desk_host,
        port=settings.desk_port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LAST_WORDS_SECONDS,
        # As `hent serve`: longer than the proxies in front.
        timeout_keep_alive=75,
    )
    return Server(app, config)
